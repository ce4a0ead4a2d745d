/**
 * Finds shortcuts that clash: with one another, with the browser or the system, or with typing on some layout.
 *
 * Run over every command × platform × layout by `conflicts.test.ts`, and by the shortcut sheet before a person's own
 * binding is accepted.
 */
import { LAYOUTS, type LayoutName } from "./layouts.ts";
import {
  type Binding,
  keyLegend,
  onPlatform,
  type Platform,
  type Press,
  type Shortcut,
  samePress,
} from "./shortcut.ts";

export type Conflict =
  | { readonly kind: "same-keys"; readonly ids: readonly [string, string] }
  | { readonly kind: "starts-a-sequence"; readonly ids: readonly [string, string] }
  | { readonly kind: "reserved"; readonly ids: readonly [string]; readonly by: string }
  | { readonly kind: "types-a-character"; readonly ids: readonly [string]; readonly character: string }
  | { readonly kind: "same-legend"; readonly ids: readonly [string, string]; readonly legend: string };

export const PLATFORMS: readonly Platform[] = ["windows", "macos"];
export const LAYOUT_NAMES: readonly LayoutName[] = ["en", "ru", "de"];

/**
 * Presses that the browser or the system keeps, or whose meaning in text nobody may change. Finding (Ctrl-F) is none of them: where there is a talk it is the
 * talk's, everywhere else the browser's own.
 */
const RESERVED: Readonly<Record<Platform, readonly { press: string; by: string }[]>> = {
  windows: [
    ...[
      "KeyN",
      "KeyT",
      "KeyW",
      "Shift+KeyN",
      "Shift+KeyT",
      "Shift+KeyW",
      "Tab",
      "Shift+Tab",
      "PageUp",
      "PageDown",
    ].map((rest) => ({ press: `Ctrl+${rest}`, by: "browser tabs and windows" })),
    ...[
      "KeyA",
      "KeyC",
      "KeyV",
      "KeyX",
      "KeyZ",
      "KeyY",
      "Shift+KeyZ",
      "Shift+KeyV",
      "KeyB",
      "KeyI",
      "KeyU",
    ].map((rest) => ({
      press: `Ctrl+${rest}`,
      by: "text editing",
    })),
    ...[
      "KeyR",
      "KeyL",
      "KeyP",
      "KeyS",
      "KeyD",
      "KeyJ",
      "KeyH",
      "KeyO",
      "Shift+KeyR",
      "Shift+KeyI",
      "Shift+KeyJ",
      "Shift+KeyC",
      "Shift+Delete",
    ].map((rest) => ({ press: `Ctrl+${rest}`, by: "browser" })),
    ...["F4", "Tab", "Space", "Escape", "ArrowLeft", "ArrowRight", "KeyD", "KeyE", "KeyF", "Home"].map(
      (rest) => ({
        press: `Alt+${rest}`,
        by: "system",
      }),
    ),
    ...["F5", "F10", "F11", "F12"].map((press) => ({ press, by: "browser" })),
  ],
  macos: [
    ...[
      "KeyN",
      "KeyT",
      "KeyW",
      "Shift+KeyN",
      "Shift+KeyT",
      "Shift+KeyW",
      "KeyQ",
      "KeyH",
      "KeyM",
      "Tab",
      "Space",
      "Backquote",
      "Comma",
      "Shift+KeyQ",
    ].map((rest) => ({ press: `Meta+${rest}`, by: "system" })),
    ...[
      "KeyA",
      "KeyC",
      "KeyV",
      "KeyX",
      "KeyZ",
      "Shift+KeyZ",
      "KeyB",
      "KeyI",
      "KeyU",
      "ArrowLeft",
      "ArrowRight",
      "ArrowUp",
      "ArrowDown",
    ].map((rest) => ({
      press: `Meta+${rest}`,
      by: "text editing",
    })),
    ...["KeyR", "KeyL", "KeyP", "KeyS", "KeyD", "KeyO", "Alt+KeyI", "Alt+KeyJ", "Shift+KeyR"].map((rest) => ({
      press: `Meta+${rest}`,
      by: "browser",
    })),
    ...["F11", "F12"].map((press) => ({ press, by: "system" })),
  ],
};

function nameOf(press: Press): string {
  const parts: string[] = [];
  if (press.ctrlKey) parts.push("Ctrl");
  if (press.metaKey) parts.push("Meta");
  if (press.altKey) parts.push("Alt");
  if (press.shiftKey) parts.push("Shift");
  parts.push(press.code);
  return parts.join("+");
}

/** What the press would type into a text field on this layout, or null. */
export function typedCharacter(press: Press, platform: Platform, layout: LayoutName): string | null {
  const printed =
    LAYOUTS[layout][press.code] ?? (press.code === "Space" ? { base: " ", shift: " " } : undefined);
  if (printed === undefined || press.metaKey) return null;
  if (press.altKey) {
    if (platform === "macos" && !press.ctrlKey) return `⌥${printed.base}`;
    return press.ctrlKey ? (("altGr" in printed ? printed.altGr : undefined) ?? null) : null;
  }
  if (press.ctrlKey) return null;
  return press.shiftKey ? printed.shift : printed.base;
}

function single(shortcut: Shortcut): boolean {
  return shortcut.chords.length === 1;
}

function ownConflicts(binding: Binding<string>, platform: Platform, layout: LayoutName): Conflict[] {
  const found: Conflict[] = [];
  for (const chord of binding.shortcut.chords) {
    const press = onPlatform(chord, platform);
    const reserved = RESERVED[platform].find((entry) => entry.press === nameOf(press));
    if (reserved !== undefined) found.push({ kind: "reserved", ids: [binding.id], by: reserved.by });
    const typed = typedCharacter(press, platform, layout);
    const bare = !press.altKey && !press.ctrlKey;
    // Outside text a bare letter is what single keys are for; with Option or AltGr it is a composed character there too.
    if (typed !== null && (binding.shortcut.reach === "anywhere" || !bare)) {
      found.push({ kind: "types-a-character", ids: [binding.id], character: typed });
    }
  }
  return found;
}

function legendOf(shortcut: Shortcut, layout: LayoutName): string {
  // A Cyrillic keyboard carries the Latin legends too, and browsers report those: only Latin layouts differ.
  const printed =
    layout === "ru" ? null : new Map(Object.entries(LAYOUTS[layout]).map(([code, { base }]) => [code, base]));
  return shortcut.chords
    .map(
      (chord) =>
        [chord.primary, chord.alt, chord.shift].map((on) => (on ? "+" : "-")).join("") +
        keyLegend(chord.code, printed),
    )
    .join(" ");
}

function pairConflict(
  a: Binding<string>,
  b: Binding<string>,
  platform: Platform,
  layout: LayoutName,
): Conflict | null {
  const ids = [a.id, b.id] as const;
  const [first, other] = [
    onPlatform(a.shortcut.chords[0], platform),
    onPlatform(b.shortcut.chords[0], platform),
  ];
  if (samePress(first, other)) {
    if (single(a.shortcut) !== single(b.shortcut)) return { kind: "starts-a-sequence", ids };
    const [secondA, secondB] = [a.shortcut.chords[1], b.shortcut.chords[1]];
    if (secondA === undefined || secondB === undefined) return { kind: "same-keys", ids };
    if (samePress(onPlatform(secondA, platform), onPlatform(secondB, platform)))
      return { kind: "same-keys", ids };
  }
  const legend = legendOf(a.shortcut, layout);
  return legend === legendOf(b.shortcut, layout) ? { kind: "same-legend", ids, legend } : null;
}

/** Every clash among `bindings` on one platform and layout; an empty list means none. */
export function findConflicts(
  bindings: readonly Binding<string>[],
  platform: Platform,
  layout: LayoutName,
): Conflict[] {
  const found: Conflict[] = [];
  bindings.forEach((binding, index) => {
    found.push(...ownConflicts(binding, platform, layout));
    for (const other of bindings.slice(index + 1)) {
      const conflict = pairConflict(binding, other, platform, layout);
      if (conflict !== null) found.push(conflict);
    }
  });
  return found;
}
