/**
 * Colours in OKLCH and their contrast, with the same arithmetic as the server's `config` crate.
 *
 * Source of OKLab: Björn Ottosson, "A perceptual color space for image processing" (2020); of contrast: WCAG 2.2.
 */

export interface Oklch {
  /** Perceived lightness, 0..1. */
  lightness: number;
  /** Colourfulness, 0..0.37. */
  chroma: number;
  /** Degrees. */
  hue: number;
}

type Triple = [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

const RGB_TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const LMS_TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const LAB_TO_LMS: Matrix = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const LMS_TO_RGB: Matrix = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];

const times = (matrix: Matrix, [x, y, z]: Triple): Triple =>
  matrix.map((row) => row[0] * x + row[1] * y + row[2] * z) as Triple;

export function toOklch(hex: string): Oklch {
  const lms = times(RGB_TO_LMS, linearOf(hex)).map(Math.cbrt) as Triple;
  const [lightness, a, b] = times(LMS_TO_LAB, lms);
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  return { lightness, chroma: Math.hypot(a, b), hue: (hue + 360) % 360 };
}

/** The nearest colour that a screen can show: same lightness and hue, chroma lowered as far as it must be. */
export function toHex(color: Oklch): string {
  let [low, high] = [0, color.chroma];
  if (inGamut(toLinear(color))) low = high;
  // 24 halvings bring the error below what 8 bits can tell.
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (inGamut(toLinear({ ...color, chroma: middle }))) low = middle;
    else high = middle;
  }
  const bytes = toLinear({ ...color, chroma: low }).map(toByte);
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG 2.2 contrast of two hexadecimal colours, 1..21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = linearOf(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linearOf(hex: string): Triple {
  const value = Number.parseInt(hex.replace("#", ""), 16);
  const parts: Triple = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  return parts.map((part) => {
    const v = part / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

function toLinear({ lightness, chroma, hue }: Oklch): Triple {
  const angle = (hue * Math.PI) / 180;
  const lab: Triple = [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
  return times(LMS_TO_RGB, times(LAB_TO_LMS, lab).map((part) => part ** 3) as Triple);
}

const inGamut = (linear: Triple): boolean => linear.every((part) => part >= -0.0001 && part <= 1.0001);

function toByte(linear: number): number {
  const v = Math.min(1, Math.max(0, linear));
  return Math.round((v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055) * 255);
}
