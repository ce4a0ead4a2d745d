/** What the walk's people photograph, drawn here: nobody's skin and nobody's letter. */
import { painted } from "./png.mjs";

const SIZE = { width: 640, height: 480 };
const mixed = (from, to, part) => from.map((value, index) => Math.round(value + (to[index] - value) * part));

/** Skin with red spots. */
export function rash() {
  const spots = [[200, 190, 26], [262, 238, 34], [322, 176, 20], [352, 262, 38], [250, 312, 22], [410, 214, 24], [300, 340, 17], [174, 268, 16], [440, 300, 18]];
  return painted(SIZE.width, SIZE.height, (x, y) => {
    const shade = Math.abs(y - 240 - x / 12) / 420;
    const skin = mixed([236, 198, 174], [150, 104, 84], Math.min(1, shade * shade * 2.4));
    const red = spots.reduce((most, [cx, cy, radius]) => Math.max(most, 1 - Math.hypot(x - cx, y - cy) / (radius * 1.5)), 0);
    return mixed(skin, [198, 82, 76], Math.min(0.5, red * 0.8));
  });
}

/** A sheet of paper with writing on it, on a table. */
export function letter() {
  return painted(SIZE.width, SIZE.height, (x, y) => {
    const [left, top] = [x - 150 + y / 24, y - 34];
    const inside = left > 0 && left < 330 && top > 0;
    if (!inside) return mixed([128, 92, 66], [92, 62, 44], ((x + (y % 24) * 3) % 160) / 160);
    const line = Math.floor((top - 96) / 20);
    const length = line < 0 ? (top > 40 && top < 54 ? 130 : 0) : 268 - ((line * 53) % 90);
    const written = left > 32 && left < 32 + length && (line < 0 || (top - 96) % 20 < 7) && (Math.floor(left / 9) + line * 3) % 7 !== 0;
    return written ? [96, 98, 108] : mixed([250, 248, 242], [226, 222, 214], left / 420);
  });
}
