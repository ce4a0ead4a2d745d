/** The table of figures that benchmarks in browsers print, as the load generator does. */

/** The value in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export function printHead() {
  console.log("| work | figure | median | unit | target | |\n|---|---|---|---|---|---|");
}

/** One figure; at most one of `atMost` and `atLeast` is what it must reach. */
export function printRow(work, figure, value, { unit = "ms", atMost = null, atLeast = null } = {}) {
  const target = atMost !== null ? `≤ ${atMost}` : atLeast !== null ? `≥ ${atLeast}` : "–";
  const isMissed = (atMost !== null && value > atMost) || (atLeast !== null && value < atLeast);
  const verdict = target === "–" ? "" : isMissed ? "**missed**" : "met";
  console.log(`| ${work} | ${figure} | ${value.toFixed(2)} | ${unit} | ${target} | ${verdict} |`);
}
