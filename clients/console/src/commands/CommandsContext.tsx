/** The commands bound to the desk: what may be done now, and doing it. One context for buttons, keys, menus, palette. */
import { OPEN_DIALOG } from "@consilium/kit/ui";
import {
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { bindingsOf, type OwnBindings, withBindings } from "./bindings.ts";
import { COMMANDS, commandById } from "./catalogue.ts";
import type { Command, CommandContext, CommandEffects } from "./command.ts";
import {
  type LayoutMap,
  matchPress,
  type Pending,
  type Platform,
  platformOf,
  type Shortcut,
  shortcutLegend,
} from "./shortcut.ts";

export interface Commands {
  readonly context: CommandContext;
  readonly platform: Platform;
  readonly layout: LayoutMap | null;
  /** Every command, with the operator's own keys. */
  readonly all: readonly Command[];
  readonly find: (id: string) => Command;
  readonly run: (id: string) => void;
  readonly legend: (shortcut: Shortcut) => string[][];
}

const CommandsContext = createContext<Commands | null>(null);

export function useCommands(): Commands {
  const commands = use(CommandsContext);
  if (commands === null) throw new Error("useCommands outside CommandsProvider");
  return commands;
}

/** Keyboard API of Chromium: what is printed on the keys of the layout in use. */
interface KeyboardWithLayout {
  getLayoutMap(): Promise<LayoutMap>;
}

function useLayoutMap(): LayoutMap | null {
  const [layout, setLayout] = useState<LayoutMap | null>(null);
  useEffect(() => {
    const keyboard = (navigator as { keyboard?: Partial<KeyboardWithLayout> }).keyboard;
    keyboard?.getLayoutMap?.().then(setLayout, () => undefined);
  }, []);
  return layout;
}

const TEXT_INPUTS: ReadonlySet<string> = new Set([
  "text",
  "search",
  "email",
  "tel",
  "url",
  "password",
  "number",
  "date",
  "time",
  "datetime-local",
]);

/** Whether typing in `target` writes text. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return target instanceof HTMLInputElement && TEXT_INPUTS.has(target.type);
}

/** A dialog or an open menu has the keyboard to itself. */
function isCaptured(target: EventTarget | null): boolean {
  if (document.querySelector(OPEN_DIALOG) !== null) return true;
  return (
    target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
  );
}

/** Whether it had when the key went down: a dialog that the key closes is gone before the key comes to the desk. */
function useCaptured(): RefObject<boolean> {
  const captured = useRef(false);
  // Before the dialogs listen, which do so in effects.
  useLayoutEffect(() => {
    const look = (event: KeyboardEvent) => {
      captured.current = isCaptured(event.target);
    };
    window.addEventListener("keydown", look, true);
    return () => window.removeEventListener("keydown", look, true);
  }, []);
  return captured;
}

/** A space presses the button that has the focus; it is no shortcut there. */
function isPressedBySpace(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('button, a, summary, input, [role="button"], [role="tab"], [role="row"]') !== null
  );
}

function isSingleKey(shortcut: Shortcut): boolean {
  return shortcut.reach === "outside-text" && shortcut.chords.every((chord) => !chord.primary && !chord.alt);
}

interface ProviderProps {
  context: CommandContext;
  effects: CommandEffects;
  /** Whether keys without a modifier count. */
  singleKeys: boolean;
  /** The operator's own keys. */
  bindings: OwnBindings;
  children: ReactNode;
}

export function CommandsProvider({ context, effects, singleKeys, bindings, children }: ProviderProps) {
  const layout = useLayoutMap();
  const captured = useCaptured();
  const platform = useMemo(() => platformOf(navigator.userAgent), []);
  const all = useMemo(() => withBindings(COMMANDS, bindings), [bindings]);
  const latest = useRef({ context, effects });
  useEffect(() => {
    latest.current = { context, effects };
  });

  const attempt = useCallback((command: Command, writing: boolean): boolean => {
    const now = { ...latest.current.context, writing };
    if (!command.isAllowed(now)) return false;
    command.run(now, latest.current.effects);
    return true;
  }, []);

  useEffect(() => {
    const bound = bindingsOf(all).filter(({ shortcut }) => singleKeys || !isSingleKey(shortcut));
    let pending: Pending = null;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || captured.current) return;
      if (event.code === "Space" && isPressedBySpace(event.target)) return;
      const inText = isTextField(event.target);
      const match = matchPress(bound, event, { platform, inText, pending, at: event.timeStamp });
      pending = match.pending;
      if (match.hit === null) return;
      const command = commandById(match.hit);
      if (event.repeat && command.repeats !== true) return;
      if (attempt(command, inText)) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [all, attempt, captured, platform, singleKeys]);

  const value = useMemo<Commands>(
    () => ({
      context,
      platform,
      layout,
      all,
      find: (id) => all.find((command) => command.id === id) ?? commandById(id),
      run: (id) => void attempt(commandById(id), false),
      legend: (shortcut) => shortcutLegend(shortcut, platform, layout),
    }),
    [all, attempt, context, layout, platform],
  );
  return <CommandsContext value={value}>{children}</CommandsContext>;
}
