/** Times in a time zone of their own: when a patient wants to be called, whatever the reader's clock says. */

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useRegion } from "./BrandProvider.tsx";
import { dateFormat } from "./intl.ts";

type Instant = string | number;

export interface Span {
  start: Instant;
  end: Instant;
}

export interface ZonedFormats {
  /** «today», «tomorrow», «Mon, 30 November» */
  day(at: Instant, zone: string): string;
  /** «today, 15:30» */
  moment(at: Instant, zone: string): string;
  /** «tomorrow, 15:00–18:00» */
  window(span: Span, zone: string): string;
  /** «Yekaterinburg, UTC+5» */
  zone(zone: string, at?: Instant): string;
}

type Words = (key: string) => string;

export function useZonedFormats(): ZonedFormats {
  const { t } = useTranslation("kit");
  const region = useRegion();
  return useMemo(() => makeZonedFormats(region, (key) => t(key)), [region, t]);
}

/** `now` is asked at each call, so «tomorrow» turns into «today» at midnight. */
export function makeZonedFormats(region: string, t: Words, now: () => number = Date.now): ZonedFormats {
  const time = (at: Instant, zone: string) =>
    dateFormat(region, {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: knownZone(zone),
    }).format(new Date(at));
  const day = (at: Instant, zone: string) => {
    const ahead = dayNumber(at, zone) - dayNumber(now(), zone);
    if (ahead === 0) return t("day.today");
    if (ahead === 1) return t("day.tomorrow");
    if (ahead === -1) return t("day.yesterday");
    const weekday = ahead > 0 && ahead < 14 ? ({ weekday: "short" } as const) : {};
    const far = { day: "numeric", month: "long", ...weekday, timeZone: knownZone(zone) } as const;
    return dateFormat(region, far).format(new Date(at));
  };
  const moment = (at: Instant, zone: string) => `${day(at, zone)}, ${time(at, zone)}`;
  return {
    day,
    moment,
    window: ({ start, end }, zone) =>
      dayNumber(start, zone) === dayNumber(end, zone)
        ? `${moment(start, zone)}–${time(end, zone)}`
        : `${moment(start, zone)} – ${moment(end, zone)}`,
    zone: (zone, at = now()) => zoneName(zone, at, region),
  };
}

/** The reader's own time zone. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether clocks in both zones show the same at that time. */
export function sameClock(one: string, other: string, at: Instant): boolean {
  return civil(at, one) === civil(at, other);
}

/** `2026-11-28T15:00`: what a clock in the zone shows. */
export function civil(at: Instant, zone: string): string {
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

/** Days since 1970 of the calendar in the zone. */
export function dayNumber(at: Instant, zone: string): number {
  return Date.parse(`${civil(at, zone).slice(0, 10)}T00:00:00Z`) / 86_400_000;
}

/** A zone that this browser does not know is better shown by its own clock than not at all. */
function knownZone(zone: string): string | undefined {
  try {
    return dateFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function zoneName(zone: string, at: Instant, region: string): string {
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
