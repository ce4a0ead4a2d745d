/** When a call is wanted, and what keeps an order from going out. Plain functions; local times are those of one time zone. */
import { ApiProblem, type CallbackWindowRequest } from "@consilium/kit/api";
import { civil } from "@consilium/kit/brand";

/** Parts of a day that a person would name; nobody has to think of minutes. Hours of the local clock. */
export const PARTS = [
  { id: "morning", from: 9, to: 12 },
  { id: "noon", from: 12, to: 15 },
  { id: "afternoon", from: 15, to: 18 },
  { id: "evening", from: 18, to: 21 },
] as const;
export type PartId = (typeof PARTS)[number]["id"];

const DAYS = 6;
/** A part that is nearly over cannot be promised any more. */
const LEFT_HOURS_MIN = 0.5;

/** What is chosen: `null` day: as soon as possible. */
export interface Wish {
  /** `YYYY-MM-DD` */
  day: string | null;
  part: PartId | null;
}

export const SOON: Wish = { day: null, part: null };

/** Days that can be chosen, from today on; today only while a part of it is left. */
export function daysFrom(now: number, zone: string): string[] {
  const today = civil(now, zone).slice(0, 10);
  const days = Array.from({ length: DAYS + 1 }, (_, ahead) => plusDays(today, ahead));
  return days.filter((day) => partsOf(day, now, zone).length > 0).slice(0, DAYS);
}

export function partsOf(day: string, now: number, zone: string): (typeof PARTS)[number][] {
  const local = civil(now, zone);
  if (day !== local.slice(0, 10)) return [...PARTS];
  const hour = Number(local.slice(11, 13)) + Number(local.slice(14, 16)) / 60;
  return PARTS.filter(({ to }) => to - hour >= LEFT_HOURS_MIN);
}

/** The wish as the service takes it; `undefined`: as soon as possible; `null`: not chosen to the end. */
export function windowOf({ day, part }: Wish): CallbackWindowRequest | undefined | null {
  if (day === null) return undefined;
  const chosen = PARTS.find(({ id }) => id === part);
  if (chosen === undefined) return null;
  const at = (hour: number) => `${day}T${String(hour).padStart(2, "0")}:00`;
  return { start: at(chosen.from), end: at(chosen.to) };
}

/** Noon of a day in UTC, to name it by: no zone moves it to another day when it is told in UTC. */
export function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}

function plusDays(day: string, ahead: number): string {
  return new Date(noonOf(day) + ahead * 86_400_000).toISOString().slice(0, 10);
}

/** «+7 (912) 345-67-89» → `+79123456789`; `null`: not a number with a country code. A Russian 8 in front means +7. */
export function phoneOf(typed: string): string | null {
  const digits = typed.replace(/[\s()-]/g, "");
  const number = /^8\d{10}$/.test(digits) ? `+7${digits.slice(1)}` : digits;
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null;
}

export type Refusal =
  /** One is ordered already: go there. */
  | { kind: "open-already"; callbackId: string }
  /** Nobody is chosen yet. */
  | { kind: "service" }
  | { kind: "phone" }
  | { kind: "time" }
  | { kind: "failed"; key: "callback.refusal.offline" | "callback.refusal.busy" | "callback.refusal.failed" };

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
    case "invalid":
      if (cause.fields.some(({ field }) => field === "phone")) return { kind: "phone" };
      return cause.fields.some(({ field }) => field === "window" || field === "again_at")
        ? { kind: "time" }
        : failed("failed");
    default:
      return failed("failed");
  }
}
