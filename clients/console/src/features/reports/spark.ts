/** The line of a sparkline. */

/** From nought at the bottom to the greatest value at the top; a gap where there is none. Null: fewer than two values to join. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number): string | null {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const top = Math.max(...known);
  const step = width / (values.length - 1);
  let isJoined = false;
  const parts = values.map((value, index) => {
    if (value === null) {
      isJoined = false;
      return "";
    }
    const y = top === 0 ? height : height - (value / top) * height;
    const part = `${isJoined ? "L" : "M"}${round(index * step)} ${round(y)}`;
    isJoined = true;
    return part;
  });
  return parts.filter((part) => part !== "").join("");
}

const round = (value: number) => Math.round(value * 100) / 100;
