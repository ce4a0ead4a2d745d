/** A calendar date typed by hand in the order of a region: «12.03.1990», «03/12/1990» ↔ `1990-03-12`. */
import { dateFormat } from "./intl.ts";

type Part = "day" | "month" | "year";

export interface DateOrder {
  readonly parts: readonly Part[];
  readonly separator: string;
}

const DIGITS: Readonly<Record<Part, number>> = { day: 2, month: 2, year: 4 };

export function dateOrder(region: string): DateOrder {
  const format = dateFormat(region, { day: "2-digit", month: "2-digit", year: "numeric" });
  const found = format.formatToParts(0);
  const parts = found.map(({ type }) => type).filter((type): type is Part => type in DIGITS);
  return { parts, separator: found.find(({ type }) => type === "literal")?.value.trim() || "." };
}

/** «12.03.1990» of `1990-03-12`; what is no such date stays as it is. */
export function writtenDate(iso: string, { parts, separator }: DateOrder): string {
  const [year, month, day] = iso.split("-");
  if (year === undefined || month === undefined || day === undefined) return iso;
  const values = { year, month, day };
  return parts.map((part) => values[part]).join(separator);
}

/** What has been typed with its separators put in: digits that do not fit into a part go into the next. */
export function withSeparators(typed: string, { parts, separator }: DateOrder): string {
  const groups: string[] = [];
  for (const run of typed.split(/\D+/).filter((digits) => digits !== "")) {
    let rest = run;
    while (rest !== "" && groups.length < parts.length) {
      const room = DIGITS[parts[groups.length] ?? "year"];
      groups.push(rest.slice(0, room));
      rest = rest.slice(room);
    }
  }
  const goesOn = /\D$/.test(typed) && groups.length > 0 && groups.length < parts.length;
  return groups.join(separator) + (goesOn ? separator : "");
}

/** `1990-03-12` of «12.03.1990» or «12.3.1990»; null: no date of the calendar. */
export function readDate(typed: string, { parts }: DateOrder): string | null {
  const groups = typed.split(/\D+/).filter((digits) => digits !== "");
  if (groups.length !== parts.length) return null;
  const value = (part: Part) => groups[parts.indexOf(part)] ?? "";
  if (value("year").length !== 4) return null;
  const iso = `${value("year")}-${value("month").padStart(2, "0")}-${value("day").padStart(2, "0")}`;
  return isCalendarDate(iso) ? iso : null;
}

/** Whether it is `YYYY-MM-DD` and stands in the calendar. */
export function isCalendarDate(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
  );
}
