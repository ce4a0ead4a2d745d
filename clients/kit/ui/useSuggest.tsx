/** Suggestions under the fingers: a list over the field, driven from the field, which keeps the focus. */
import {
  type ChangeEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import css from "./Suggest.module.css";
import {
  type ComingFiles,
  type Insertion,
  inserted,
  type Suggestion,
  type SuggestSource,
  wordAt,
} from "./suggest.ts";

interface SuggestProps {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string) => void;
  source: SuggestSource | undefined;
  /** What comes with a text that was put in. */
  onFiles?: (files: ComingFiles) => void;
}

export interface Suggesting {
  /** The list; null while nothing is suggested. Stands before the field. */
  list: ReactNode;
  /** Whether the key was for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  /** For the field. */
  props: {
    onSelect: (event: SyntheticEvent<HTMLTextAreaElement>) => void;
    "aria-autocomplete"?: "list";
    "aria-controls"?: string;
    "aria-activedescendant"?: string;
  };
  /** A change of the field's text, with its caret. */
  onChange: (event: ChangeEvent<HTMLTextAreaElement>) => void;
}

export function useSuggest({ field, text, onText, source, onFiles }: SuggestProps): Suggesting {
  const list = useId();
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState<string | null>(null);
  const toSelect = useRef<readonly [number, number] | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what the selection waits for
  useLayoutEffect(() => {
    if (toSelect.current === null) return;
    field.current?.setSelectionRange(...toSelect.current);
    toSelect.current = null;
  }, [field, text]);

  const at = source === undefined ? null : wordAt(text, caret, source.trigger, source.spaces);
  const key = at === null ? null : `${at.from}|${at.word}`;
  const items = source === undefined || at === null || closed === key ? [] : source.find(at.word);
  const chosen = items[Math.min(active, items.length - 1)];

  const choose = ({ id, act }: Suggestion) => {
    if (source === undefined || at === null) return;
    const insertion: Insertion = act === undefined ? source.insert(id) : { text: "" };
    const after = inserted(text, at.from, caret, insertion);
    toSelect.current = after.select;
    setCaret(after.select[1]);
    setActive(0);
    onText(after.text);
    field.current?.focus();
    act?.();
    if (insertion.files !== undefined) onFiles?.(insertion.files);
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (chosen === undefined || event.nativeEvent.isComposing) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : items.length - 1;
      setActive((Math.min(active, items.length - 1) + step) % items.length);
    } else if ((event.key === "Enter" && !event.shiftKey && !event.ctrlKey) || event.key === "Tab") {
      choose(chosen);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setClosed(key);
    } else return false;
    event.preventDefault();
    return true;
  };
  return {
    onKeyDown,
    onChange: (event) => {
      setCaret(event.target.selectionStart);
      setActive(0);
      onText(event.target.value);
    },
    props: {
      onSelect: (event) => setCaret(event.currentTarget.selectionStart),
      ...(source === undefined ? {} : { "aria-autocomplete": "list" as const }),
      ...(chosen === undefined
        ? {}
        : { "aria-controls": list, "aria-activedescendant": `${list}-${chosen.id}` }),
    },
    list:
      chosen === undefined ? null : (
        <div id={list} role="listbox" aria-label={source?.label} className={css.list}>
          {items.map((item) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys
            <div
              key={item.id}
              ref={item === chosen ? intoSight : undefined}
              id={`${list}-${item.id}`}
              role="option"
              aria-selected={item === chosen}
              tabIndex={-1}
              className={css.item}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(item)}
            >
              <span className={css.label}>{item.label}</span>
              {item.about !== undefined && <span className={css.about}>{item.about}</span>}
            </div>
          ))}
        </div>
      ),
  };
}

function intoSight(item: HTMLElement | null): void {
  item?.scrollIntoView({ block: "nearest" });
}
