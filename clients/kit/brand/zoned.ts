/** Clocks in time zones of their own: when a patient wants to be called, whatever the reader's clock says. How a moment is written is `dates.ts`. */
import { dateFormat } from "./intl.ts";

export type Instant = string | number | Date;

/** The reader's own time zone. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether clocks in both zones show the same at that time. */
export function sameClock(one: string, other: string, at: Instant): boolean {
  return civil(at, one) === civil(at, other);
}

/** `2026-11-28T15:00`: what a clock in the zone shows; without one the reader's. */
export function civil(at: Instant, zone?: string): string {
  if (zone === undefined) return ownCivil(new Date(at));
  const parts = dateFormat("en-GB", {
    timeZone: knownZone(zone),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

function ownCivil(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Days since 1970 of the calendar in the zone. */
export function dayNumber(at: Instant, zone?: string): number {
  return Date.parse(`${civil(at, zone).slice(0, 10)}T00:00:00Z`) / 86_400_000;
}

export function yearOf(at: Instant, zone?: string): string {
  return civil(at, zone).slice(0, 4);
}

/** A zone that this browser does not know is better shown by its own clock than not at all. */
export function knownZone(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined;
  try {
    return dateFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** «Yekaterinburg, UTC+5» */
export function zoneName(zone: string, at: Instant, region: string): string {
  const known = knownZone(zone);
  if (known === undefined) return zone;
  const named = (timeZoneName: "longGeneric" | "shortOffset") =>
    dateFormat(region, { timeZone: known, timeZoneName })
      .formatToParts(new Date(at))
      .find(({ type }) => type === "timeZoneName")?.value ?? "";
  const offset = named("shortOffset").replace("GMT", "UTC");
  // What every zone's name ends with says nothing beside the offset.
  const name = named("longGeneric").replace(/,? (стандартное время|Standard Time)$/u, "");
  return name === "" || name.startsWith("GMT") ? offset : `${name}, ${offset}`;
}
