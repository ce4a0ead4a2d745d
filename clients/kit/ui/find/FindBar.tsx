/** Looking for words in the conversation: the field, how many messages have them, to the one before and after, how far back was looked. */
import { type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../brand/formats.ts";
import { useDensity } from "../density.tsx";
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from "../icons.ts";
import { RoundButton } from "../RoundButton.tsx";
import { senderName } from "../sender.ts";
import css from "./Find.module.css";
import type { Find } from "./useFind.ts";

export interface FindBarProps {
  find: Find;
  onClose: () => void;
  /** Asked again: the cursor goes into the field, and what stands there is marked. */
  asked: unknown;
}

export function FindBar({ find, onClose, asked }: FindBarProps) {
  const { t } = useTranslation("kit");
  const density = useDensity();
  const bar = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is the reason to do it again
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  useKeys(bar, (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
    if (event.key !== "Enter" || event.isComposing || event.target !== field.current) return;
    event.preventDefault();
    if (event.shiftKey) find.newer();
    else find.older();
  });
  const icon = { size: density === "calm" ? 24 : 20, stroke: 1.75, "aria-hidden": true } as const;
  return (
    <search ref={bar} className={css.bar} data-density={density} aria-label={t("find.label")}>
      <div className={css.line}>
        <span className={css.lens}>
          <IconSearch {...icon} />
        </span>
        <input
          ref={field}
          className={css.field}
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          aria-label={t("find.label")}
          placeholder={t("find.placeholder")}
          value={find.query}
          onChange={(event) => find.setQuery(event.currentTarget.value)}
        />
        <Place find={find} />
        <RoundButton aria-label={t("find.older")} title={t("find.older")} onClick={find.older}>
          <IconChevronUp {...icon} />
        </RoundButton>
        <RoundButton aria-label={t("find.newer")} title={t("find.newer")} onClick={find.newer}>
          <IconChevronDown {...icon} />
        </RoundButton>
        <RoundButton aria-label={t("find.close")} onClick={onClose}>
          <IconX {...icon} />
        </RoundButton>
      </div>
      <LookLine find={find} />
    </search>
  );
}

/** Keys that are pressed in the bar are its own: nothing around it hears those that it takes. */
function useKeys(bar: RefObject<HTMLElement | null>, onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const box = bar.current;
    const hear = (event: KeyboardEvent) => latest.current(event);
    box?.addEventListener("keydown", hear);
    return () => box?.removeEventListener("keydown", hear);
  }, [bar]);
}

/** Which of how many; said aloud with who said it and what. */
function Place({ find: { words, count, place, current, look } }: { find: Find }) {
  const { t } = useTranslation("kit");
  if (words.length === 0) return null;
  const body = current?.body;
  const said = body?.type === "text" || body?.type === "notice" ? body.text : "";
  return (
    <span className={css.place} role="status">
      {count > 0 && t("find.place", { place, count })}
      {count === 0 && look === "whole" && t("find.none")}
      {current !== null && (
        <span className="unseen">
          {current.mine ? t("message.you") : senderName(current.sender, t)}: {said}
        </span>
      )}
    </span>
  );
}

/** How far back was looked, while that is not all. */
function LookLine({ find: { look, count, reachedAt, lookFurther } }: { find: Find }) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  if (look === "idle" || look === "whole") return null;
  const reached = reachedAt === null ? "" : t("find.reached", { day: formats.day(reachedAt) });
  return (
    <p className={css.look} data-look={look}>
      <span role="status">
        {look === "looking" && t("find.looking")}
        {look === "failed" && t("list.earlierFailed")}
        {look === "stopped" && count === 0 && t("find.notYet")}
      </span>
      <span>{reached}</span>
      {look !== "looking" && (
        <button type="button" className={css.further} onClick={lookFurther}>
          {t(look === "failed" ? "list.again" : "find.further")}
        </button>
      )}
    </p>
  );
}
