/**
 * What a shortcut is, and how a key press is matched to one.
 *
 * Shortcuts name physical keys (`KeyboardEvent.code`), so that T is in the same place on a Latin, Cyrillic or German
 * layout. Plain functions: the window's listener lives in `useShortcuts.ts`, the rules for clashes in `conflicts.ts`.
 */

export type Platform = "windows" | "macos";

/** One press. `primary` is Ctrl on Windows and Linux, Command on macOS. */
export interface Chord {
  readonly code: string;
  readonly primary?: true;
  readonly shift?: true;
  readonly alt?: true;
}

/** `outside-text`: only while the focus is in no text field; `anywhere`: also while typing. */
export type Reach = "outside-text" | "anywhere";

/** One chord, or two pressed one after the other (G, then W). */
export interface Shortcut {
  readonly reach: Reach;
  readonly chords: readonly [Chord] | readonly [Chord, Chord];
}

/** The parts of a `KeyboardEvent` that matter here. */
export interface Press {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** A second chord must follow within this time, else the first is forgotten. */
export const SEQUENCE_TIMEOUT_MS = 1_500;

export function key(code: string, modifiers: Omit<Chord, "code"> = {}): Shortcut {
  return { reach: "outside-text", chords: [{ code, ...modifiers }] };
}

export function sequence(first: string, second: string): Shortcut {
  return { reach: "outside-text", chords: [{ code: first }, { code: second }] };
}

export function everywhere(code: string, modifiers: Omit<Chord, "code"> = {}): Shortcut {
  return { reach: "anywhere", chords: [{ code, ...modifiers }] };
}

/** The chord as the modifiers that the platform really reports. */
export function onPlatform(chord: Chord, platform: Platform): Press {
  const primary = chord.primary === true;
  return {
    code: chord.code,
    ctrlKey: primary && platform === "windows",
    metaKey: primary && platform === "macos",
    shiftKey: chord.shift === true,
    altKey: chord.alt === true,
  };
}

export function samePress(a: Press, b: Press): boolean {
  return (
    a.code === b.code &&
    a.ctrlKey === b.ctrlKey &&
    a.metaKey === b.metaKey &&
    a.shiftKey === b.shiftKey &&
    a.altKey === b.altKey
  );
}

/** What is remembered between presses: the first chord of a sequence and when it was pressed. */
export type Pending = { readonly press: Press; readonly at: number } | null;

export type Match<Id> = { readonly hit: Id | null; readonly pending: Pending };

export interface Binding<Id> {
  readonly id: Id;
  readonly shortcut: Shortcut;
}

/** Which command a press means, given what was pressed just before. `at` in milliseconds of any steady clock. */
export function matchPress<Id>(
  bindings: readonly Binding<Id>[],
  press: Press,
  where: { platform: Platform; inText: boolean; pending: Pending; at: number },
): Match<Id> {
  const usable = bindings.filter((binding) => !where.inText || binding.shortcut.reach === "anywhere");
  const pending =
    where.pending !== null && where.at - where.pending.at <= SEQUENCE_TIMEOUT_MS ? where.pending : null;
  if (pending !== null) {
    const second = usable.find(
      ({ shortcut: { chords } }) =>
        chords.length === 2 &&
        samePress(onPlatform(chords[0], where.platform), pending.press) &&
        samePress(onPlatform(chords[1], where.platform), press),
    );
    return { hit: second?.id ?? null, pending: null };
  }
  const single = usable.find(
    ({ shortcut: { chords } }) =>
      chords.length === 1 && samePress(onPlatform(chords[0], where.platform), press),
  );
  if (single !== undefined) return { hit: single.id, pending: null };
  const opens = usable.some(
    ({ shortcut: { chords } }) =>
      chords.length === 2 && samePress(onPlatform(chords[0], where.platform), press),
  );
  return { hit: null, pending: opens ? { press, at: where.at } : null };
}

/** Legends of keys whose `code` is not a letter or digit; a layout map of the browser takes precedence. */
const LEGENDS: Readonly<Record<string, string>> = {
  BracketLeft: "[",
  BracketRight: "]",
  Comma: ",",
  Period: ".",
  Slash: "/",
  Backslash: "\\",
  Semicolon: ";",
  Quote: "'",
  Minus: "-",
  Equal: "=",
  Backquote: "`",
  Escape: "Esc",
  Enter: "Enter",
  Space: "Space",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

export type LayoutMap = Pick<ReadonlyMap<string, string>, "get">;

/** What is printed on the key: from the browser's layout map where it has one, else the Latin legend. */
export function keyLegend(code: string, layout: LayoutMap | null): string {
  const printed = layout?.get(code);
  if (printed !== undefined && printed.length > 0) return printed.toUpperCase();
  return LEGENDS[code] ?? code.replace(/^(Key|Digit)/, "");
}

/** The keys of a shortcut as they are shown, chord by chord: `[["G"], ["W"]]`, `[["Ctrl", "K"]]`. */
export function shortcutLegend(shortcut: Shortcut, platform: Platform, layout: LayoutMap | null): string[][] {
  return shortcut.chords.map((chord) => {
    const parts: string[] = [];
    if (chord.primary) parts.push(platform === "macos" ? "⌘" : "Ctrl");
    if (chord.alt) parts.push(platform === "macos" ? "⌥" : "Alt");
    if (chord.shift) parts.push(platform === "macos" ? "⇧" : "Shift");
    parts.push(keyLegend(chord.code, layout));
    return parts;
  });
}

/** `aria-keyshortcuts` of a shortcut of one chord; sequences have no notation there. */
export function ariaShortcut(
  shortcut: Shortcut,
  platform: Platform,
  layout: LayoutMap | null,
): string | undefined {
  if (shortcut.chords.length !== 1) return undefined;
  const [chord] = shortcut.chords;
  const parts: string[] = [];
  if (chord.primary) parts.push(platform === "macos" ? "Meta" : "Control");
  if (chord.alt) parts.push("Alt");
  if (chord.shift) parts.push("Shift");
  parts.push(keyLegend(chord.code, layout));
  return parts.join("+");
}

export function platformOf(userAgent: string): Platform {
  return /Mac|iPhone|iPad/.test(userAgent) ? "macos" : "windows";
}
