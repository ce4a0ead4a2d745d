/** What a report is asked for, as the address says it, and what can be opened behind its numbers. */
import type { ReportFigure, ReportGroup, ReportQuery, ReportRow } from "@consilium/kit/api";
import { isCalendarDate } from "@consilium/kit/brand";
import type { Behind } from "../../live/behind.ts";
import type { DeskSearch } from "../../live/route.ts";
import { DAYS_MAX, type Days, daysOf, isPeriod, lengthOf, type Period } from "./days.ts";
import { type FigureId, isFigure } from "./figures.ts";

export const GROUPS = ["hour", "day", "week", "queue", "operator"] as const satisfies readonly ReportGroup[];

/** What one comes for most often: how it goes lately, day by day. */
const USUAL_PERIOD: Period = "last-30-days";
const USUAL_GROUP: ReportGroup = "day";
const USUAL_FIGURE: FigureId = "entered";

export interface Choice {
  readonly period: Period;
  /** What is wrong with days that were typed, or the days. */
  readonly days: Days | DaysProblem;
  readonly group: ReportGroup;
  /** What the chart shows. */
  readonly figure: FigureId;
  readonly compares: boolean;
  readonly queue: string | undefined;
  readonly operator: string | undefined;
}

export type DaysProblem = "unfinished" | "backwards" | "too-long";

export function isDays(days: Days | DaysProblem): days is Days {
  return typeof days === "object";
}

export function choiceOf(search: DeskSearch, today: string): Choice {
  const period = isPeriod(search.period) ? search.period : USUAL_PERIOD;
  return {
    period,
    days: period === "custom" ? typedDays(search) : daysOf(period, today),
    group: GROUPS.find((group) => group === search.group) ?? USUAL_GROUP,
    figure: isFigure(search.figure) ? search.figure : USUAL_FIGURE,
    compares: search.compare !== "off",
    queue: search.queue,
    operator: search.operator,
  };
}

function typedDays({ from, to }: DeskSearch): Days | DaysProblem {
  if (from === undefined || to === undefined || !isCalendarDate(from) || !isCalendarDate(to))
    return "unfinished";
  const days = { from, to };
  if (lengthOf(days) < 1) return "backwards";
  return lengthOf(days) > DAYS_MAX ? "too-long" : days;
}

export function queryOf({ group, queue, operator }: Choice, days: Days): ReportQuery {
  return {
    ...days,
    group,
    ...(queue === undefined ? {} : { queue }),
    ...(operator === undefined ? {} : { operator }),
  };
}

export const BEHIND = [
  "entered",
  "answered",
  "abandoned",
  "closed",
  "transferred",
  "reopened",
  "rated",
  "wait",
  "first_response",
  "handling",
  "resolution",
  "sla_kept",
  "sla_broken",
  "sla_wait_kept",
  "sla_wait_broken",
  "sla_first_response_kept",
  "sla_first_response_broken",
  "sla_resolution_kept",
  "sla_resolution_broken",
  "calls",
  "calls_completed",
  "calls_measured",
  "calls_poor",
  "callbacks_due",
  "callbacks_on_time",
  "callbacks_late",
] as const satisfies readonly ReportFigure[];

/** Whether the things behind a figure are consultations; else they are calls or call-backs. */
export function isOfConsultations(figure: ReportFigure): boolean {
  return !figure.startsWith("call");
}

/** What an address names; null: nothing that a report has. */
export function behindOf(id: string): Behind | null {
  const [name = "", ...rest] = id.split("~");
  const figure = BEHIND.find((each) => each === name);
  if (figure === undefined) return null;
  return { figure, key: rest.length === 0 ? null : rest.join("~") };
}

/** The row of the period before that stands against one of this period; a week has none, its days lie across two. */
export function counterpart(
  rows: readonly ReportRow[],
  { group, index, key }: { group: ReportGroup; index: number; key: string },
): ReportRow | undefined {
  if (group === "week") return undefined;
  return group === "day" ? rows[index] : rows.find((row) => row.key === key);
}
