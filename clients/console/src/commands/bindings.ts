/** A person's own keys: read back from settings, laid over the defaults, checked before they are accepted. */
import type { Command } from "./command.ts";
import { type Conflict, findConflicts, LAYOUT_NAMES } from "./conflicts.ts";
import type { Binding, Chord, Platform, Press, Shortcut } from "./shortcut.ts";

/** By command id; what is not here has its default. */
export type OwnBindings = Readonly<Record<string, Shortcut>>;

const CODE = /^[A-Z][A-Za-z0-9]{1,24}$/;
const MODIFIER_CODES: ReadonlySet<string> = new Set([
  "ShiftLeft",
  "ShiftRight",
  "ControlLeft",
  "ControlRight",
  "AltLeft",
  "AltRight",
  "MetaLeft",
  "MetaRight",
  "CapsLock",
  "Tab",
  "Enter",
]);

function parseChord(raw: unknown): Chord | null {
  if (typeof raw !== "object" || raw === null) return null;
  const { code, primary, shift, alt } = raw as Record<string, unknown>;
  if (typeof code !== "string" || !CODE.test(code)) return null;
  return {
    code,
    ...(primary === true ? { primary } : {}),
    ...(shift === true ? { shift } : {}),
    ...(alt === true ? { alt } : {}),
  };
}

function parseShortcut(raw: unknown): Shortcut | null {
  if (typeof raw !== "object" || raw === null) return null;
  const { reach, chords } = raw as Record<string, unknown>;
  if (!Array.isArray(chords) || chords.length < 1 || chords.length > 2) return null;
  const [first, second] = chords.map(parseChord);
  if (first === undefined || first === null || second === null) return null;
  return {
    reach: reach === "anywhere" ? "anywhere" : "outside-text",
    chords: second === undefined ? [first] : [first, second],
  };
}

/** Bindings from storage; each that makes no sense is left out. */
export function parseBindings(raw: unknown): OwnBindings {
  if (typeof raw !== "object" || raw === null) return {};
  const bindings: Record<string, Shortcut> = {};
  for (const [id, value] of Object.entries(raw)) {
    const shortcut = parseShortcut(value);
    if (shortcut !== null) bindings[id] = shortcut;
  }
  return bindings;
}

/** The commands with a person's own keys. */
export function withBindings(commands: readonly Command[], own: OwnBindings): readonly Command[] {
  return commands.map((command) => {
    const shortcut = own[command.id];
    return shortcut === undefined ? command : { ...command, shortcut };
  });
}

export function bindingsOf(commands: readonly Command[]): Binding<string>[] {
  return commands.flatMap(({ id, shortcut }) => (shortcut === null ? [] : [{ id, shortcut }]));
}

/** The chord that was pressed, or null for a modifier alone and keys that move the focus. */
export function chordOf(press: Press, platform: Platform): Chord | null {
  if (MODIFIER_CODES.has(press.code) || press.code === "") return null;
  const primary = platform === "macos" ? press.metaKey : press.ctrlKey;
  const foreign = platform === "macos" ? press.ctrlKey : press.metaKey;
  if (foreign) return null;
  return {
    code: press.code,
    ...(primary ? { primary: true } : {}),
    ...(press.shiftKey ? { shift: true } : {}),
    ...(press.altKey ? { alt: true } : {}),
  };
}

/** Keys with a modifier that types nothing reach into text fields; single keys do not. */
export function shortcutOf(chord: Chord): Shortcut {
  return { reach: chord.primary === true ? "anywhere" : "outside-text", chords: [chord] };
}

/** The first clash that `shortcut` would bring to the command `id`, on any layout; null when it may be had. */
export function clashOf(
  commands: readonly Command[],
  id: string,
  shortcut: Shortcut,
  platform: Platform,
): Conflict | null {
  const bindings = bindingsOf(withBindings(commands, { [id]: shortcut }));
  for (const layout of LAYOUT_NAMES) {
    const clash = findConflicts(bindings, platform, layout).find(({ ids }) =>
      (ids as readonly string[]).includes(id),
    );
    if (clash !== undefined) return clash;
  }
  return null;
}
