/** Times, sizes and money as the language in use and the brand's country write them. Times are in the zone of the reader's clock unless one is named. */

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Money, WaitEstimate } from "../api/types.ts";
import { useRegion } from "./BrandProvider.tsx";
import { dateOf, dayWords, momentWords, timeOf } from "./dates.ts";
import { numberFormat } from "./intl.ts";
import { dayNumber, type Instant, zoneName } from "./zoned.ts";

export interface Span {
  start: Instant;
  end: Instant;
}

export interface Formats {
  /** «21:04» */
  time(at: Instant, zone?: string): string;
  /** «today», «tomorrow», «Tue, 1 December», «12 March», «12 March 2025» */
  day(at: Instant, zone?: string): string;
  /** «today, 21:04» */
  dayTime(at: Instant, zone?: string): string;
  /** «12 Mar 2026» */
  date(at: Instant): string;
  /** «tomorrow, 15:00–18:00» */
  window(span: Span, zone?: string): string;
  /** «Yekaterinburg, UTC+5» */
  zone(zone: string, at?: Instant): string;
  /** Numbers in tabular form: «7:12», «1:07:12» */
  clock(seconds: number): string;
  /** «6–10 min», «about a minute», «1–2 h» */
  waitRange(estimate: WaitEstimate): string;
  /** «900 ₽»; kopecks only where there are some */
  money(amount: Money): string;
  /** «2.4 MB» */
  fileSize(bytes: number): string;
  number(value: number): string;
  /** «+7 495 000-00-01» of `+74950000001` */
  phone(number: string): string;
  /** «Chrome, Firefox and Safari» */
  list(words: readonly string[]): string;
}

export function useFormats(): Formats {
  const { t } = useTranslation("kit");
  const region = useRegion();
  return useMemo(() => makeFormats(region, (key, values) => t(key, values ?? {})), [region, t]);
}

type Words = (key: string, values?: Record<string, unknown>) => string;

/** `now` is asked at each call, so «tomorrow» turns into «today» at midnight. */
export function makeFormats(language: string, t: Words, now: () => Date = () => new Date()): Formats {
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  const number = numberFormat(language);
  const reading = (zone: string | undefined) => ({ region: language, now: now().getTime(), t, zone });
  return {
    time: (at, zone) => timeOf(at, language, zone),
    day: (at, zone) => dayWords(at, reading(zone)),
    dayTime: (at, zone) => momentWords(at, reading(zone)),
    date: (at) => dateOf(at, language),
    window: ({ start, end }, zone) =>
      dayNumber(start, zone) === dayNumber(end, zone)
        ? `${momentWords(start, reading(zone))}–${timeOf(end, language, zone)}`
        : `${momentWords(start, reading(zone))} – ${momentWords(end, reading(zone))}`,
    zone: (zone, at = now()) => zoneName(zone, at, language),
    clock,
    waitRange: (estimate) => waitRange(estimate, t),
    money: ({ amount_minor, currency }) => money(language, amount_minor, currency),
    fileSize: (bytes) => fileSize(language, bytes),
    number: (value) => number.format(value),
    phone: phoneNumber,
    list: (words) => list.format(words),
  };
}

/** Grouped as people of the country read it aloud; a short number (112) and one from elsewhere stay as they are. */
export function phoneNumber(number: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(number);
  if (russian !== null) return `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}`;
  const british = /^\+44(20)(\d{4})(\d{4})$/.exec(number) ?? /^\+44(\d{4})(\d{3})(\d{3})$/.exec(number);
  if (british !== null) return `+44 ${british[1]} ${british[2]} ${british[3]}`;
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return american === null ? number : `+1 ${american[1]}-${american[2]}-${american[3]}`;
}

/** «+7 (912) 345-67-89» → `+79123456789`; `null`: not a number with a country code. A Russian 8 in front means +7. */
export function phoneOf(typed: string): string | null {
  const digits = typed.replace(/[\s()-]/g, "");
  const number = /^8\d{10}$/.test(digits) ? `+7${digits.slice(1)}` : digits;
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null;
}

export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Rounded outwards to whole minutes, to five above a quarter of an hour, to hours above two: never more exact than honest. */
function waitRange({ p50_seconds, p80_seconds }: WaitEstimate, t: Words): string {
  const low = Math.max(1, Math.floor(p50_seconds / 60));
  const high = Math.max(low, Math.ceil(p80_seconds / 60));
  if (high <= 1) return t("wait.minute");
  if (high > 120) return range(Math.max(1, Math.floor(low / 60)), Math.ceil(high / 60), "wait.hours", t);
  if (high > 15)
    return range(Math.max(5, Math.floor(low / 5) * 5), Math.ceil(high / 5) * 5, "wait.minutes", t);
  return range(low, high, "wait.minutes", t);
}

function range(low: number, high: number, key: string, t: Words): string {
  return t(key, { span: low === high ? String(low) : `${low}–${high}`, count: high });
}

function money(language: string, minor: number, currency: string): string {
  const probe = numberFormat(language, { style: "currency", currency });
  const digits = probe.resolvedOptions().maximumFractionDigits ?? 2;
  const amount = minor / 10 ** digits;
  const whole = Number.isInteger(amount);
  return numberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: whole ? 0 : digits,
    maximumFractionDigits: whole ? 0 : digits,
  }).format(amount);
}

function fileSize(language: string, bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return numberFormat(language, {
    style: "unit",
    unit: units[unit],
    unitDisplay: "short",
    maximumFractionDigits: unit >= 2 && value < 100 ? 1 : 0,
  }).format(value);
}
