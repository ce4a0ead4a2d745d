/** Whether somebody is on duty by his schedule, as values: now, today, or when next. What he is ready for is his status, and another thing. */
import type { CallbackWindow } from "@consilium/kit/api";
import { civil } from "@consilium/kit/brand";

/** `today`: his times of today by the reader's clock, in order, with one that is still going on since yesterday. */
export type Duty =
  /** He has no schedule. */
  | { readonly kind: "none" }
  /** He is on duty now, until a time that an end of work follows. */
  | { readonly kind: "now"; readonly until: string; readonly today: readonly CallbackWindow[] }
  /** He will be, still today. */
  | { readonly kind: "today"; readonly today: readonly CallbackWindow[] }
  /** He was, today. */
  | { readonly kind: "over"; readonly today: readonly CallbackWindow[] }
  /** Not today; next then, or not in the week to come. */
  | { readonly kind: "off"; readonly next: string | null };

const dayOf = (at: string | number) => civil(at).slice(0, 10);

/** Times that touch are one: midnight is no end of work. */
function joined(times: readonly CallbackWindow[]): CallbackWindow[] {
  const all: CallbackWindow[] = [];
  for (const time of times) {
    const last = all.at(-1);
    if (last !== undefined && last.end === time.start) all[all.length - 1] = { ...last, end: time.end };
    else all.push(time);
  }
  return all;
}

export function dutyAt(times: readonly CallbackWindow[] | null | undefined, now: number): Duty {
  if (times === null || times === undefined) return { kind: "none" };
  const all = joined(times);
  const current = all.find(({ start, end }) => Date.parse(start) <= now && now < Date.parse(end));
  const today = all.filter((time) => time === current || dayOf(time.start) === dayOf(now));
  if (current !== undefined) return { kind: "now", until: current.end, today };
  const isAhead = ({ start }: CallbackWindow) => Date.parse(start) > now;
  if (today.some(isAhead)) return { kind: "today", today };
  if (today.length > 0) return { kind: "over", today };
  return { kind: "off", next: all.find(isAhead)?.start ?? null };
}

const KINDS: readonly Duty["kind"][] = ["now", "today", "over", "off", "none"];

/** From "has to be there" to "nobody said anything". */
export function dutyRank({ kind }: Duty): number {
  return KINDS.indexOf(kind);
}
