/** Moments and spans that only the console writes; sizes, dates and clocks come from the kit's `useFormats`. */

export function secondsSince(iso: string, now: number): number {
  return Math.max(0, (now - Date.parse(iso)) / 1000);
}

/** ISO 8601 duration for the `datetime` attribute of a running span. */
export function isoDuration(seconds: number): string {
  return `PT${Math.max(0, Math.floor(seconds))}S`;
}

function dayNumber(date: Date): number {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000);
}

/** "21:04" today, "yesterday 21:04", "12 Mar, 21:04", "12 Mar 2025": as short as stays clear in a list. */
export function shortWhen(iso: string, now: number, locale: string): string {
  const [date, today] = [new Date(iso), new Date(now)];
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(date);
  const days = dayNumber(today) - dayNumber(date);
  if (days === 0) return time;
  if (days === 1)
    return `${new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-1, "day")} ${time}`;
  const sameYear = date.getFullYear() === today.getFullYear();
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", ...year }).format(date);
  return sameYear ? `${day}, ${time}` : day;
}

export function fullWhen(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(new Date(iso));
}

/** A calendar date (`YYYY-MM-DD`), which has no zone, as the locale writes it. */
export function calendarDate(isoDate: string, locale: string): string {
  const date = new Date(`${isoDate.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return isoDate;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(date);
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

/** Start of a calendar day in local time as RFC 3339, for the server's `from`; `plusDays` 1 gives the end of it for `to`. */
export function dayStart(isoDate: string, plusDays = 0): string {
  const [year, month, day] = isoDate.split("-").map(Number);
  return new Date(year ?? 1970, (month ?? 1) - 1, (day ?? 1) + plusDays).toISOString();
}
