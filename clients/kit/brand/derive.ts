/**
 * Colour roles from the brand's two colours, light and dark.
 *
 * The first group is the server's `config/src/brand/palette.rs`, number by number: the server refuses a brand whose roles
 * fail WCAG AA, and `config/brands/tokens.fixture.json` holds both to the same answer. The second group is only ours.
 */
import { contrast, type Oklch, toHex, toOklch } from "./oklch.ts";

const STATES = { success: 152, warning: 70, danger: 27, info: 245, note: 95 } as const;
type State = keyof typeof STATES;

export type SharedRole =
  | "surface"
  | "surface-raised"
  | "surface-sunken"
  | "text"
  | "text-muted"
  | "line"
  | "line-strong"
  | "brand"
  | "on-brand"
  | "brand-soft"
  | "accent"
  | "on-accent"
  | State;
/** Of a call: its ground is dark in both schemes, as pictures want it. */
export type CallRole =
  | "stage"
  | "stage-raised"
  | "on-stage"
  | "on-stage-muted"
  | "stage-accent"
  | "hang-up"
  | "answer"
  | "on-call";
export type ColorRole = SharedRole | CallRole | "brand-hover" | "brand-tint" | `${State}-soft`;

/** Hexadecimal colours by role. */
export type Roles = Record<ColorRole, string>;
export interface ColorRoles {
  light: Roles;
  dark: Roles;
}

interface Ground {
  surface: number;
  raised: number;
  sunken: number;
  text: number;
  textMuted: number;
  line: number;
  lineStrong: number;
  soft: number;
  state: number;
  /** Ours: a pressed or hovered fill moves this far. */
  hover: number;
}

const LIGHT: Ground = {
  surface: 0.985,
  raised: 1,
  sunken: 0.955,
  text: 0.22,
  textMuted: 0.45,
  line: 0.89,
  lineStrong: 0.62,
  soft: 0.945,
  state: 0.48,
  hover: -0.05,
};
const DARK: Ground = {
  surface: 0.19,
  raised: 0.235,
  sunken: 0.155,
  text: 0.94,
  textMuted: 0.75,
  line: 0.34,
  lineStrong: 0.58,
  soft: 0.29,
  state: 0.79,
  hover: 0.05,
};

const CHROMA_NEUTRAL = 0.008;
const CHROMA_SOFT = 0.045;
const CHROMA_TINT = 0.022;
const CHROMA_STATE = 0.13;
const CHROMA_STATE_SOFT = 0.035;
/** On dark ground the brand's colours are at least this light. */
const DARK_BRAND_LIGHTNESS = 0.74;
const CHROMA_STAGE = 0.02;
/** White stands on both at 4.5:1. */
const HANG_UP: Oklch = { lightness: 0.54, chroma: 0.19, hue: 27 };
const ANSWER: Oklch = { lightness: 0.5, chroma: 0.12, hue: 152 };
const TEXT_CONTRAST = 4.5;
const WHITE = "#ffffff";
const INK = "#101214";

export function deriveRoles(colors: { brand: string; accent: string }): ColorRoles {
  const hue = toOklch(colors.brand);
  return {
    light: palette(LIGHT, hue, colors.brand, colors.accent),
    dark: palette(DARK, hue, lighter(colors.brand), lighter(colors.accent)),
  };
}

function lighter(hex: string): string {
  const color = toOklch(hex);
  return toHex({ ...color, lightness: Math.max(color.lightness, DARK_BRAND_LIGHTNESS) });
}

function palette(ground: Ground, of: Oklch, brand: string, accent: string): Roles {
  const tinted = (lightness: number, chroma: number) =>
    toHex({ lightness, chroma: Math.min(chroma, of.chroma), hue: of.hue });
  const neutral = (lightness: number) => tinted(lightness, CHROMA_NEUTRAL);
  const state = (name: State) => toHex({ lightness: ground.state, chroma: CHROMA_STATE, hue: STATES[name] });
  const soft = (name: State) =>
    toHex({ lightness: ground.soft, chroma: CHROMA_STATE_SOFT, hue: STATES[name] });
  const filled = toOklch(brand);
  return {
    surface: neutral(ground.surface),
    "surface-raised": neutral(ground.raised),
    "surface-sunken": neutral(ground.sunken),
    text: neutral(ground.text),
    "text-muted": neutral(ground.textMuted),
    line: neutral(ground.line),
    "line-strong": neutral(ground.lineStrong),
    brand: brand.toLowerCase(),
    "on-brand": textOn(brand),
    "brand-soft": tinted(ground.soft, CHROMA_SOFT),
    accent: accent.toLowerCase(),
    "on-accent": textOn(accent),
    success: state("success"),
    warning: state("warning"),
    danger: state("danger"),
    info: state("info"),
    note: state("note"),
    "brand-hover": toHex({ ...filled, lightness: filled.lightness + ground.hover }),
    // As light as `brand-soft` but calmer: large grounds such as one's own messages.
    "brand-tint": tinted(ground.soft, CHROMA_TINT),
    "success-soft": soft("success"),
    "warning-soft": soft("warning"),
    "danger-soft": soft("danger"),
    "info-soft": soft("info"),
    "note-soft": soft("note"),
    stage: tinted(0.2, CHROMA_STAGE),
    "stage-raised": tinted(0.32, CHROMA_STAGE),
    "on-stage": neutral(0.96),
    "on-stage-muted": neutral(0.8),
    "stage-accent": lighter(brand),
    "hang-up": toHex(HANG_UP),
    answer: toHex(ANSWER),
    "on-call": WHITE,
  };
}

/** White or near-black, whichever is easier to read on `ground`; white where both are readable. */
function textOn(ground: string): string {
  const white = contrast(WHITE, ground);
  return white >= TEXT_CONTRAST || white >= contrast(INK, ground) ? WHITE : INK;
}

/** Ten shades of a colour, light to dark: what Mantine wants for a named colour. */
export function shades(
  hex: string,
): [string, string, string, string, string, string, string, string, string, string] {
  const { chroma, hue } = toOklch(hex);
  const at = (lightness: number, part: number) => toHex({ lightness, chroma: chroma * part, hue });
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
