/** When a call is wanted, and what keeps an order from going out. Plain functions; local times are those of one time zone. */
import { ApiProblem, type CallbackWindowRequest, type WorkingHours } from "@consilium/kit/api";
import { civil } from "@consilium/kit/brand";

/** A part of a day to be called in, by the local clock: `09:00`; `24:00` is the day's end. */
export interface Part {
  /** `09:00-12:00` */
  id: string;
  from: string;
  to: string;
}

/** Parts of a day that a person would name; nobody has to think of minutes. Minutes of the local clock. */
const PART_MINUTES = 180;
const DAY_MINUTES = 1_440;
/** Where a queue works at all times, nobody is called at night. */
const AT_ALL_TIMES: [number, number] = [9 * 60, 21 * 60];
/** What is shorter belongs to the part beside it. */
const PART_MINUTES_MIN = 60;
/** Days after today of which the service tells the hours. */
const DAYS_AHEAD = 7;
const DAYS = 6;
/** A part that is nearly over cannot be promised any more. */
const LEFT_MINUTES_MIN = 30;

/** When somebody can call: `undefined`: not known, as where the queue works at all times. */
export type Hours = Pick<WorkingHours, "times"> | undefined;

/** What is chosen: `null` day: as soon as possible. */
export interface Wish {
  /** `YYYY-MM-DD` */
  day: string | null;
  /** Id of the part. */
  part: string | null;
}

export const SOON: Wish = { day: null, part: null };

/** Days that can be chosen, from today on: those with a part in the queue's hours that is not over. */
export function daysFrom(now: number, zone: string, hours?: Hours): string[] {
  const today = civil(now, zone).slice(0, 10);
  const days = Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => plusDays(today, ahead));
  return days.filter((day) => partsOf(day, now, zone, hours).length > 0).slice(0, DAYS);
}

/** Parts of a day, by the patient's clock, in which the queue works. */
export function partsOf(day: string, now: number, zone: string, hours?: Hours): Part[] {
  const local = civil(now, zone);
  const passed = day === local.slice(0, 10) ? minutesOf(local.slice(11)) : 0;
  return spansOf(day, zone, hours)
    .flatMap(cut)
    .filter(([, to]) => to - passed >= LEFT_MINUTES_MIN)
    .map(([from, to]) => ({ id: `${clockOf(from)}-${clockOf(to)}`, from: clockOf(from), to: clockOf(to) }));
}

/** Working times of a local day, as minutes of it. */
function spansOf(day: string, zone: string, hours: Hours): [number, number][] {
  const times = hours?.times ?? null;
  if (times === null) return [AT_ALL_TIMES];
  return times.flatMap(({ start, end }): [number, number][] => {
    const [from, to] = [civil(start, zone), civil(end, zone)];
    if (from.slice(0, 10) > day || to.slice(0, 10) < day) return [];
    const first = from.slice(0, 10) < day ? 0 : minutesOf(from.slice(11));
    const last = to.slice(0, 10) > day ? DAY_MINUTES : minutesOf(to.slice(11));
    return last - first >= LEFT_MINUTES_MIN ? [[first, last]] : [];
  });
}

function cut([from, to]: [number, number]): [number, number][] {
  const parts: [number, number][] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(to, (Math.floor(start / PART_MINUTES) + 1) * PART_MINUTES);
    const before = parts.at(-1);
    const isShort =
      end - start < PART_MINUTES_MIN || (before !== undefined && before[1] - before[0] < PART_MINUTES_MIN);
    if (before !== undefined && isShort) before[1] = end;
    else parts.push([start, end]);
    start = end;
  }
  return parts;
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

function clockOf(minutes: number): string {
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** The wish as far as other hours allow it. */
export function fitted(wish: Wish, now: number, zone: string, hours?: Hours): Wish {
  if (wish.day === null) return wish;
  const parts = partsOf(wish.day, now, zone, hours);
  if (parts.length === 0) return SOON;
  return parts.some(({ id }) => id === wish.part) ? wish : { ...wish, part: null };
}

/** The wish as the service takes it; `undefined`: as soon as possible; `null`: not chosen to the end. */
export function windowOf({ day, part }: Wish): CallbackWindowRequest | undefined | null {
  if (day === null) return undefined;
  const [from, to] = part?.split("-") ?? [];
  if (from === undefined || to === undefined) return null;
  const end = minutesOf(to) === DAY_MINUTES ? `${plusDays(day, 1)}T00:00` : `${day}T${to}`;
  return { start: `${day}T${from}`, end };
}

/** Noon of a day in UTC, to name it by: no zone moves it to another day when it is told in UTC. */
export function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}

function plusDays(day: string, ahead: number): string {
  return new Date(noonOf(day) + ahead * 86_400_000).toISOString().slice(0, 10);
}

export type Refusal =
  /** One is ordered already: go there. */
  | { kind: "open-already"; callbackId: string }
  /** Nobody is chosen yet. */
  | { kind: "service" }
  /** What becomes of the question that waits is not said yet. */
  | { kind: "wait" }
  | { kind: "phone" }
  | { kind: "time" }
  | {
      kind: "failed";
      key: `callback.refusal.${"offline" | "busy" | "failed"}` | "consents.again";
    };

export function refusalOf(cause: unknown): Refusal {
  const failed = (key: "offline" | "busy" | "failed"): Refusal => ({
    kind: "failed",
    key: `callback.refusal.${key}`,
  });
  if (!(cause instanceof ApiProblem)) return failed("failed");
  switch (cause.slug) {
    case "conflict":
      return cause.callbackId === null
        ? failed("failed")
        : { kind: "open-already", callbackId: cause.callbackId };
    case "offline":
    case "unavailable":
      return failed("offline");
    case "rate-limited":
      return failed("busy");
    case "consents-missing":
    case "consent-changed":
      return { kind: "failed", key: "consents.again" };
    case "outside-hours":
      return { kind: "time" };
    default:
      if (cause.fields.some(({ field }) => field === "phone")) return { kind: "phone" };
      return cause.fields.some(({ field }) => field === "window" || field === "again_at")
        ? { kind: "time" }
        : failed("failed");
  }
}
