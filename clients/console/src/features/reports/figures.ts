/** The figures of a report: how each is read, what it counts, and what a difference to the period before means. */

import type { ReportFigure, ReportFigures, Spread } from "@consilium/kit/api";
import { numberFormat } from "@consilium/kit/brand";
import { shareWords, spanWords } from "../../format.ts";

/** `count`: things; `span`: seconds; `millis`: thousandths of them; `share`: thousandths of a whole; `times`: thousandths of one. */
export type Kind = "count" | "span" | "millis" | "share" | "times";
export type Area = "consultations" | "answer" | "work" | "promises" | "queues" | "calls" | "operators";

export interface Figure {
  readonly kind: Kind;
  readonly area: Area;
  /** Whether more of it is good news; undefined: it is only news. */
  readonly moreIs?: "good" | "bad";
  readonly of: (figures: ReportFigures) => number | null;
  /** The consultations, calls or call-backs that can be listed behind it. */
  readonly behind?: ReportFigure;
}

const median = (spread: Spread | null) => spread?.median_seconds ?? null;
const p90 = (spread: Spread | null) => spread?.p90_seconds ?? null;

export const FIGURES = {
  entered: { kind: "count", area: "consultations", of: (f) => f.entered, behind: "entered" },
  answered: { kind: "count", area: "consultations", of: (f) => f.answered, behind: "answered" },
  closed: { kind: "count", area: "consultations", of: (f) => f.closed, behind: "closed" },
  abandoned: {
    kind: "count",
    area: "consultations",
    moreIs: "bad",
    of: (f) => f.abandoned,
    behind: "abandoned",
  },
  abandonment: {
    kind: "share",
    area: "consultations",
    moreIs: "bad",
    of: (f) => f.abandonment_permille,
    behind: "abandoned",
  },
  transfers: { kind: "count", area: "consultations", of: (f) => f.transfers, behind: "transferred" },
  reopened: {
    kind: "count",
    area: "consultations",
    moreIs: "bad",
    of: (f) => f.reopened,
    behind: "reopened",
  },
  rating: {
    kind: "times",
    area: "consultations",
    moreIs: "good",
    of: (f) => f.rating_permille,
    behind: "rated",
  },
  rated: { kind: "count", area: "consultations", of: (f) => f.rated, behind: "rated" },
  response: { kind: "share", area: "consultations", of: (f) => f.response_permille, behind: "rated" },
  waitMedian: { kind: "span", area: "answer", moreIs: "bad", of: (f) => median(f.wait), behind: "wait" },
  waitP90: { kind: "span", area: "answer", moreIs: "bad", of: (f) => p90(f.wait), behind: "wait" },
  firstResponseMedian: {
    kind: "span",
    area: "answer",
    moreIs: "bad",
    of: (f) => median(f.first_response),
    behind: "first_response",
  },
  firstResponseP90: {
    kind: "span",
    area: "answer",
    moreIs: "bad",
    of: (f) => p90(f.first_response),
    behind: "first_response",
  },
  handlingMedian: { kind: "span", area: "work", of: (f) => median(f.handling), behind: "handling" },
  handlingP90: { kind: "span", area: "work", of: (f) => p90(f.handling), behind: "handling" },
  resolutionMedian: { kind: "span", area: "work", of: (f) => median(f.resolution), behind: "resolution" },
  resolutionP90: { kind: "span", area: "work", of: (f) => p90(f.resolution), behind: "resolution" },
  sla: {
    kind: "share",
    area: "promises",
    moreIs: "good",
    of: (f) => f.sla.kept_permille,
    behind: "sla_kept",
  },
  slaBroken: {
    kind: "count",
    area: "promises",
    moreIs: "bad",
    of: (f) => f.sla.broken,
    behind: "sla_broken",
  },
  slaWait: {
    kind: "share",
    area: "promises",
    moreIs: "good",
    of: (f) => f.sla_wait.kept_permille,
    behind: "sla_wait_kept",
  },
  slaWaitBroken: {
    kind: "count",
    area: "promises",
    moreIs: "bad",
    of: (f) => f.sla_wait.broken,
    behind: "sla_wait_broken",
  },
  slaFirstResponse: {
    kind: "share",
    area: "promises",
    moreIs: "good",
    of: (f) => f.sla_first_response.kept_permille,
    behind: "sla_first_response_kept",
  },
  slaFirstResponseBroken: {
    kind: "count",
    area: "promises",
    moreIs: "bad",
    of: (f) => f.sla_first_response.broken,
    behind: "sla_first_response_broken",
  },
  slaResolution: {
    kind: "share",
    area: "promises",
    moreIs: "good",
    of: (f) => f.sla_resolution.kept_permille,
    behind: "sla_resolution_kept",
  },
  slaResolutionBroken: {
    kind: "count",
    area: "promises",
    moreIs: "bad",
    of: (f) => f.sla_resolution.broken,
    behind: "sla_resolution_broken",
  },
  depthAverage: { kind: "times", area: "queues", moreIs: "bad", of: (f) => f.depth_average_permille },
  depthMax: { kind: "count", area: "queues", moreIs: "bad", of: (f) => f.depth_max },
  calls: { kind: "count", area: "calls", of: (f) => f.calls, behind: "calls" },
  callsCompleted: { kind: "count", area: "calls", of: (f) => f.calls_completed, behind: "calls_completed" },
  callTime: { kind: "span", area: "calls", of: (f) => f.call_seconds, behind: "calls_completed" },
  callsMeasured: {
    kind: "count",
    area: "calls",
    of: (f) => f.call_quality.measured,
    behind: "calls_measured",
  },
  callsPoor: {
    kind: "count",
    area: "calls",
    moreIs: "bad",
    of: (f) => f.call_quality.poor,
    behind: "calls_poor",
  },
  callLoss: { kind: "share", area: "calls", moreIs: "bad", of: (f) => f.call_quality.loss_permille },
  callJitter: { kind: "millis", area: "calls", moreIs: "bad", of: (f) => f.call_quality.jitter_ms },
  callRoundTrip: { kind: "millis", area: "calls", moreIs: "bad", of: (f) => f.call_quality.round_trip_ms },
  callFreezes: { kind: "count", area: "calls", moreIs: "bad", of: (f) => f.call_quality.freezes },
  callbacksDue: { kind: "count", area: "calls", of: (f) => f.callbacks_due, behind: "callbacks_due" },
  callbacksOnTime: {
    kind: "share",
    area: "calls",
    moreIs: "good",
    of: (f) => f.callbacks_on_time_permille,
    behind: "callbacks_on_time",
  },
  callbacksLate: {
    kind: "count",
    area: "calls",
    moreIs: "bad",
    of: (f) => f.callbacks_due - f.callbacks_on_time,
    behind: "callbacks_late",
  },
  onDuty: { kind: "span", area: "operators", of: (f) => f.on_duty_seconds },
  occupancy: { kind: "share", area: "operators", of: (f) => f.occupancy_permille },
  concurrency: { kind: "times", area: "operators", of: (f) => f.concurrency_permille },
} as const satisfies Record<string, Figure>;

export type FigureId = keyof typeof FIGURES;
export const FIGURE_IDS = Object.keys(FIGURES) as FigureId[];
export const AREAS: readonly Area[] = [
  "consultations",
  "answer",
  "work",
  "promises",
  "queues",
  "calls",
  "operators",
];
/** Of what is measured over time there may be none: nobody is on duty for a queue, and nobody leads what waits. */
const OVER_TIME: readonly Area[] = ["queues", "operators"];

/** What is seen first: one figure for each question a supervisor has. */
export const HEADLINES: readonly FigureId[] = [
  "entered",
  "answered",
  "abandonment",
  "waitMedian",
  "sla",
  "handlingMedian",
  "reopened",
  "rating",
  "callbacksOnTime",
  "occupancy",
];

export function isFigure(value: string | undefined): value is FigureId {
  return value !== undefined && Object.hasOwn(FIGURES, value);
}

export function figureOf(id: FigureId): Figure {
  return FIGURES[id];
}

/** Those of an area; what can be told of no row, as time on duty of a queue, is left out. */
export function figuresIn(area: Area, all: readonly ReportFigures[]): FigureId[] {
  return FIGURE_IDS.filter((id) => {
    const { area: own, of } = figureOf(id);
    return own === area && (!OVER_TIME.includes(area) || all.some((figures) => of(figures) !== null));
  });
}

/** «—» where there was no case: that is not nought. */
export const NONE = "—";

export function figureWords(id: FigureId, value: number | null, locale: string): string {
  if (value === null) return NONE;
  return kindWords(figureOf(id).kind, value, locale);
}

export function kindWords(kind: Kind, value: number, locale: string): string {
  switch (kind) {
    case "count":
      return numberFormat(locale).format(value);
    case "span":
      return spanWords(value, locale);
    case "millis":
      return numberFormat(locale, { style: "unit", unit: "millisecond", unitDisplay: "short" }).format(value);
    case "share":
      return shareWords(value, locale);
    case "times":
      return numberFormat(locale, { maximumFractionDigits: 2 }).format(value / 1_000);
  }
}

/** The difference to the period before. */
export type Delta =
  | { readonly is: "unknown" }
  | { readonly is: "same" }
  | {
      readonly is: "more" | "less";
      readonly by: string;
      /** Words for how it differs: `share` in percentage points, `span` longer or shorter. */
      readonly kind: Kind;
      readonly tone: "good" | "bad" | "plain";
    };

/** `now` against `before`; unknown where one of them has no case. */
export function deltaOf(id: FigureId, now: number | null, before: number | null, locale: string): Delta {
  if (now === null || before === null) return { is: "unknown" };
  if (now === before) return { is: "same" };
  const { kind, moreIs } = figureOf(id);
  const isMore = now > before;
  const tone = moreIs === undefined ? "plain" : (moreIs === "good") === isMore ? "good" : "bad";
  return {
    is: isMore ? "more" : "less",
    kind,
    by: byWords(kind, Math.abs(now - before), before, locale),
    tone,
  };
}

/** Counts in percent of what was, times and shares as they are: half a per cent more abandonment is told in points. */
function byWords(kind: Kind, difference: number, before: number, locale: string): string {
  if (kind === "count" && before > 0) {
    const percent = { style: "percent", maximumFractionDigits: difference < before / 100 ? 1 : 0 } as const;
    return numberFormat(locale, percent).format(difference / before);
  }
  if (kind === "share") {
    return numberFormat(locale, { maximumFractionDigits: 1 }).format(difference / 10);
  }
  return kindWords(kind, difference, locale);
}
