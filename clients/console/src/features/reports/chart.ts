/** What the chart draws: bars of one figure, and those of the period before where rows stand against rows. */
import type { Report } from "@consilium/kit/api";
import { type FigureId, figureOf } from "./figures.ts";
import { counterpart } from "./model.ts";

/** More queues or operators than this are no picture any more; they stand in the table. */
export const BARS_MAX = 20;

export interface Bar {
  readonly label: string;
  /** Absent: there was no case. */
  readonly now?: number;
  readonly before?: number;
}

export interface Bars {
  readonly bars: readonly Bar[];
  readonly hasBefore: boolean;
  /** Rows that are not drawn. */
  readonly left: number;
  /** Names are long, and lie better than they stand. */
  readonly lies: boolean;
}

export function barsOf(
  report: Report,
  before: Report | undefined,
  id: FigureId,
  label: (row: Report["rows"][number]) => string,
): Bars {
  const { group, rows } = report;
  const lies = group === "queue" || group === "operator";
  const shown = lies ? rows.slice(0, BARS_MAX) : rows;
  const { of } = figureOf(id);
  const bars = shown.map((row, index): Bar => {
    const now = of(row.figures);
    const other = before === undefined ? undefined : counterpart(before.rows, { group, index, key: row.key });
    const then = other === undefined ? null : of(other.figures);
    return { label: label(row), ...(now !== null && { now }), ...(then !== null && { before: then }) };
  });
  const hasBefore = bars.some((bar) => bar.before !== undefined);
  return { bars, hasBefore, left: rows.length - shown.length, lies };
}
