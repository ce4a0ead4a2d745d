/** What moves on a page by itself while somebody begins to read it: Chromium's own measure, and what moved. */

/** Counts from the first frame of each page on. Runs before the page's own code. */
export function watchShifts() {
  const found = { sum: 0, moved: [] };
  const named = ({ node }) => (node?.outerHTML ?? node?.textContent ?? "what is gone").slice(0, 100);
  const keep = (entries) => {
    for (const { value, hadRecentInput, sources } of entries) {
      // What follows a press at once is its answer.
      if (hadRecentInput) continue;
      found.sum += value;
      found.moved.push(`${value.toFixed(4)} ${sources.map(named).join(" | ")}`);
    }
  };
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  globalThis.consiliumShifts = () => {
    keep(observer.takeRecords());
    return found;
  };
}

/** Since the page was opened: the sum, and what moved, in the two frames after this one too. */
export const shiftsOf = (person) =>
  person.page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(globalThis.consiliumShifts())))),
  );
