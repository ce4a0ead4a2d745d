/**
 * Colour roles from the brand's two colours.
 *
 * Hue and chroma of the brand stay; lightness moves in OKLCH, in steps of 0.005, until the contrast asked for (WCAG 2.2:
 * text 4.5:1, controls 3:1) is reached. The same arithmetic runs in the server when it loads a brand: keep both alike.
 */

export const ROLE_NAMES = [
  "surface",
  "surface-raised",
  "surface-sunken",
  "text",
  "text-muted",
  "line",
  "line-strong",
  "brand",
  "brand-hover",
  "on-brand",
  "brand-soft",
  "on-brand-soft",
  "accent",
  "success",
  "success-soft",
  "warning",
  "warning-soft",
  "danger",
  "danger-soft",
  "info",
  "info-soft",
  "note",
  "note-soft",
] as const;

export type ColorRole = (typeof ROLE_NAMES)[number];
/** Hexadecimal colours by role. */
export type Roles = Record<ColorRole, string>;
export interface ColorRoles {
  light: Roles;
  dark: Roles;
}

export interface Oklch {
  l: number;
  c: number;
  h: number;
}

const TEXT_CONTRAST = 4.5;
const CONTROL_CONTRAST = 3;
const STEP = 0.005;
/** Hues (degrees) of the states: they mean the same under every brand. */
const STATE_HUES = { success: 152, warning: 70, danger: 25, info: 245, note: 85 } as const;

export function deriveRoles(colors: { brand: string; accent: string }): ColorRoles {
  const brand = toOklch(colors.brand);
  const accent = toOklch(colors.accent);
  return { light: lightRoles(brand, accent), dark: darkRoles(brand, accent) };
}

function lightRoles(brand: Oklch, accent: Oklch): Roles {
  const { h } = brand;
  const grey = (l: number, c: number) => toHex({ l, c: Math.min(c, brand.c), h });
  const surface = grey(0.985, 0.004);
  const sunken = grey(0.962, 0.008);
  const filled = towards(brand, -1, [sunken], TEXT_CONTRAST);
  const soft = toHex({ l: 0.945, c: Math.min(brand.c, 0.035), h });
  const onDarkText = filledPair(filled);
  return {
    surface,
    "surface-raised": "#ffffff",
    "surface-sunken": sunken,
    text: grey(0.24, 0.02),
    "text-muted": toHex(
      towards({ l: 0.5, c: Math.min(brand.c, 0.022), h }, -1, [sunken, soft], TEXT_CONTRAST),
    ),
    line: grey(0.9, 0.012),
    "line-strong": toHex(towards({ l: 0.7, c: Math.min(brand.c, 0.02), h }, -1, [sunken], CONTROL_CONTRAST)),
    brand: toHex(onDarkText.fill),
    "brand-hover": toHex({ ...onDarkText.fill, l: onDarkText.fill.l - 0.05 }),
    "on-brand": onDarkText.text,
    "brand-soft": soft,
    "on-brand-soft": toHex(towards({ l: 0.4, c: Math.min(brand.c, 0.11), h }, -1, [soft], TEXT_CONTRAST + 1)),
    accent: toHex(towards(accent, -1, [sunken], TEXT_CONTRAST)),
    ...stateRoles(-1, 0.55, 0.95, sunken),
  };
}

function darkRoles(brand: Oklch, accent: Oklch): Roles {
  const { h } = brand;
  const grey = (l: number, c: number) => toHex({ l, c: Math.min(c, brand.c), h });
  const raised = grey(0.245, 0.014);
  const soft = toHex({ l: 0.31, c: Math.min(brand.c, 0.05), h });
  const lit = towards({ ...brand, l: Math.max(brand.l, 0.68) }, 1, [raised, soft], TEXT_CONTRAST);
  const pair = filledPair(lit);
  return {
    surface: grey(0.2, 0.012),
    "surface-raised": raised,
    "surface-sunken": grey(0.165, 0.01),
    text: grey(0.95, 0.006),
    "text-muted": toHex(
      towards({ l: 0.7, c: Math.min(brand.c, 0.015), h }, 1, [raised, soft], TEXT_CONTRAST),
    ),
    line: grey(0.335, 0.014),
    "line-strong": toHex(towards({ l: 0.5, c: Math.min(brand.c, 0.02), h }, 1, [raised], CONTROL_CONTRAST)),
    brand: toHex(pair.fill),
    "brand-hover": toHex({ ...pair.fill, l: pair.fill.l + 0.05 }),
    "on-brand": pair.text,
    "brand-soft": soft,
    "on-brand-soft": toHex(towards({ l: 0.88, c: Math.min(brand.c, 0.06), h }, 1, [soft], TEXT_CONTRAST + 1)),
    accent: toHex(towards({ ...accent, l: Math.max(accent.l, 0.7) }, 1, [raised], TEXT_CONTRAST)),
    ...stateRoles(1, 0.76, 0.3, raised),
  };
}

type StateRoles = Pick<
  Roles,
  Extract<ColorRole, keyof typeof STATE_HUES | `${keyof typeof STATE_HUES}-soft`>
>;

function stateRoles(direction: 1 | -1, lightness: number, softLightness: number, ground: string): StateRoles {
  const roles: Partial<Record<ColorRole, string>> = {};
  for (const [name, hue] of Object.entries(STATE_HUES) as [keyof typeof STATE_HUES, number][]) {
    const soft = toHex({ l: softLightness, c: 0.035, h: hue });
    roles[`${name}-soft`] = soft;
    roles[name] = toHex(towards({ l: lightness, c: 0.14, h: hue }, direction, [ground, soft], TEXT_CONTRAST));
  }
  return roles as StateRoles;
}

/** A fill and the text on it at 4.5:1: white where it can be, else near-black; the fill moves if neither fits. */
function filledPair(fill: Oklch): { fill: Oklch; text: string } {
  const dark = "#10151a";
  const hex = toHex(fill);
  if (contrast(hex, "#ffffff") >= TEXT_CONTRAST) return { fill, text: "#ffffff" };
  if (contrast(hex, dark) >= TEXT_CONTRAST) return { fill, text: dark };
  return { fill: towards(fill, -1, ["#ffffff"], TEXT_CONTRAST), text: "#ffffff" };
}

/** Moves the lightness until `color` has `ratio` against every ground, or black or white is reached. */
function towards(color: Oklch, direction: 1 | -1, grounds: string[], ratio: number): Oklch {
  let { l } = color;
  while (l > 0 && l < 1) {
    const hex = toHex({ ...color, l });
    if (grounds.every((ground) => contrast(hex, ground) >= ratio)) break;
    l += direction * STEP;
  }
  return { ...color, l: Math.min(1, Math.max(0, l)) };
}

/** Ten shades of a colour, light to dark: what Mantine wants for a named colour. */
export function shades(
  hex: string,
): [string, string, string, string, string, string, string, string, string, string] {
  const { c, h } = toOklch(hex);
  const at = (l: number, part: number) => toHex({ l, c: c * part, h });
  return [
    at(0.97, 0.15),
    at(0.93, 0.3),
    at(0.87, 0.5),
    at(0.79, 0.75),
    at(0.71, 0.9),
    at(0.63, 1),
    at(0.55, 1),
    at(0.48, 0.95),
    at(0.4, 0.85),
    at(0.32, 0.7),
  ];
}

/** WCAG 2.2 contrast of two hexadecimal colours, 1..21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = channels(hex).map(linear) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(hex: string): [number, number, number] {
  const digits = hex.replace("#", "");
  const full = digits.length === 3 ? [...digits].map((d) => d + d).join("") : digits;
  const value = Number.parseInt(full, 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const gamma = (v: number) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** sRGB → OKLCH (B. Ottosson's matrices). */
export function toOklch(hex: string): Oklch {
  const [r, g, b] = channels(hex).map(linear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const h = (Math.atan2(bb, a) * 180) / Math.PI;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: h < 0 ? h + 360 : h,
  };
}

/** OKLCH → sRGB; chroma shrinks until the colour is inside sRGB. */
export function toHex(color: Oklch): string {
  let { c } = color;
  let rgb = toLinearRgb({ ...color, c });
  while (c > 0 && rgb.some((v) => v < -0.0005 || v > 1.0005)) {
    c = Math.max(0, c - STEP / 2);
    rgb = toLinearRgb({ ...color, c });
  }
  const bytes = rgb.map((v) => Math.round(Math.min(1, Math.max(0, gamma(Math.max(0, v)))) * 255));
  return `#${bytes.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

function toLinearRgb({ l, c, h }: Oklch): [number, number, number] {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
}
