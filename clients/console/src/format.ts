/** Spans, ages and shares that only the console writes; dates, sizes and clocks come from the kit. */
import { numberFormat } from "@consilium/kit/brand";

export function secondsSince(iso: string, now: number): number {
  return Math.max(0, (now - Date.parse(iso)) / 1000);
}

/** ISO 8601 duration for the `datetime` attribute of a running span. */
export function isoDuration(seconds: number): string {
  return `PT${Math.max(0, Math.floor(seconds))}S`;
}

/** Full years between a birth date (`YYYY-MM-DD`) and now; null when the date is none. */
export function ageOf(birthDate: string | null, now: number): number | null {
  if (birthDate === null) return null;
  const [year, month, day] = birthDate.slice(0, 10).split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined || Number.isNaN(year + month + day))
    return null;
  const today = new Date(now);
  const before = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < day);
  const age = today.getFullYear() - year - (before ? 1 : 0);
  return age >= 0 && age < 150 ? age : null;
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** From here on the next smaller unit says nothing to anybody. Unit: seconds. */
const ROUND_FROM = 36_000;

/** «45 s», «3 min 20 s», «2 h 5 min», «14 h»: the two largest units of a length of time, as short as the locale writes them. */
export function spanWords(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const largest = UNITS.findIndex(([, size]) => whole >= size);
  let rest = whole;
  const parts: string[] = [];
  for (const [unit, size] of UNITS.slice(largest, largest + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(inUnit(count, unit, locale));
    if (unit === "hour" && whole >= ROUND_FROM) break;
  }
  return largest < 0 ? inUnit(0, "second", locale) : parts.join("\u00a0");
}

function inUnit(count: number, unit: string, locale: string): string {
  const format = numberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" });
  return format.format(count).replaceAll(" ", "\u00a0");
}

/** «12.5%» of thousandths. */
export function shareWords(permille: number, locale: string): string {
  return numberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(permille / 1_000);
}

/** Start of a calendar day in local time as RFC 3339, for the server's `from`; `plusDays` 1 gives the end of it for `to`. */
export function dayStart(isoDate: string, plusDays = 0): string {
  const [year, month, day] = isoDate.split("-").map(Number);
  return new Date(year ?? 1970, (month ?? 1) - 1, (day ?? 1) + plusDays).toISOString();
}
