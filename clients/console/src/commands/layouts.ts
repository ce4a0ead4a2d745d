/**
 * Keyboard layouts as far as shortcuts can clash with them: which physical key types what.
 *
 * For each `code`: what it types alone, with Shift, with AltGr (= Ctrl+Alt) on Windows, and whether Option on macOS
 * types a character (on Apple's layouts it does on every printable key). Facts of the vendors' standard layouts
 * "US", "Russian (PC)" and "German".
 */

export type LayoutName = "en" | "ru" | "de";

export interface LayoutKey {
  readonly base: string;
  readonly shift: string;
  readonly altGr?: string;
}

export type Layout = Readonly<Record<string, LayoutKey>>;

const LETTER_CODES = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `Key${letter}`);

function letters(order: string): Record<string, LayoutKey> {
  const typed = [...order];
  return Object.fromEntries(
    LETTER_CODES.map((code, index) => {
      const base = typed[index] ?? "";
      return [code, { base, shift: base.toUpperCase() }];
    }),
  );
}

function row(codes: readonly string[], base: string, shift: string): Record<string, LayoutKey> {
  const [plain, shifted] = [[...base], [...shift]];
  return Object.fromEntries(
    codes.map((code, index) => [code, { base: plain[index] ?? "", shift: shifted[index] ?? "" }]),
  );
}

const DIGITS = [..."1234567890"].map((digit) => `Digit${digit}`);
const SIGNS = [
  "Backquote",
  "Minus",
  "Equal",
  "BracketLeft",
  "BracketRight",
  "Backslash",
  "Semicolon",
  "Quote",
  "Comma",
  "Period",
  "Slash",
];

function withAltGr(layout: Record<string, LayoutKey>, altGr: Readonly<Record<string, string>>): Layout {
  const result = { ...layout };
  for (const [code, typed] of Object.entries(altGr)) {
    const known = result[code];
    if (known !== undefined) result[code] = { ...known, altGr: typed };
  }
  return result;
}

export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  en: {
    ...letters("abcdefghijklmnopqrstuvwxyz"),
    ...row(DIGITS, "1234567890", "!@#$%^&*()"),
    ...row(SIGNS, "`-=[]\\;',./", '~_+{}|:"<>?'),
  },
  ru: withAltGr(
    {
      ...letters("фисвуапршолдьтщзйкыегмцчня"),
      ...row(DIGITS, "1234567890", '!"№;%:?*()'),
      ...row(SIGNS, "ё-=хъ\\жэбю.", "Ё_+ХЪ/ЖЭБЮ,"),
    },
    { Digit8: "₽" },
  ),
  de: withAltGr(
    {
      ...letters("abcdefghijklmnopqrstuvwxzy"),
      ...row(DIGITS, "1234567890", '!"§$%&/()='),
      ...row(SIGNS, "^ß´ü+#öä,.-", "°?`Ü*'ÖÄ;:_"),
    },
    {
      KeyQ: "@",
      KeyE: "€",
      KeyM: "µ",
      Digit2: "²",
      Digit3: "³",
      Digit7: "{",
      Digit8: "[",
      Digit9: "]",
      Digit0: "}",
      Minus: "\\",
      BracketRight: "~",
    },
  ),
};
