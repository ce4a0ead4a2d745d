/** Days, rows and differences of a report in words. */

import type { ReportGroup, ReportRow } from "@consilium/kit/api";
import { dateFormat, weekday } from "@consilium/kit/brand";
import type { TFunction } from "i18next";
import { type Days, daysOfWeek } from "./days.ts";
import type { Delta, FigureId } from "./figures.ts";

const at = (day: string) => new Date(`${day}T00:00:00Z`);

/** «1–28 November 2026» */
export function daysWords({ from, to }: Days, locale: string): string {
  const format = dateFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return from === to ? format.format(at(from)) : format.formatRange(at(from), at(to));
}

/** What a row is about: «07:00–08:00», «Sat, 28 Nov», «23–29 Nov», a name. */
export function rowWords(
  row: Pick<ReportRow, "key" | "name">,
  group: ReportGroup,
  locale: string,
  t: TFunction,
): string {
  const { key, name } = row;
  const short = { day: "numeric", month: "short", timeZone: "UTC" } as const;
  switch (group) {
    case "hour": {
      const next = String((Number(key) + 1) % 24).padStart(2, "0");
      return `${key}:00–${next}:00`;
    }
    case "day":
      return weekday(key, locale);
    case "week": {
      const week = daysOfWeek(key);
      return week === null ? key : dateFormat(locale, short).formatRange(at(week.from), at(week.to));
    }
    case "queue":
    case "operator":
      return name ?? (key === "" ? t(`reports.nobody.${group}`) : key);
  }
}

/** The same for a tick of the chart, where there is room for little. */
export function tickWords(
  row: Pick<ReportRow, "key" | "name">,
  group: ReportGroup,
  locale: string,
  t: TFunction,
): string {
  if (group === "hour") return row.key;
  if (group !== "day") return rowWords(row, group, locale, t);
  return dateFormat(locale, { day: "numeric", month: "numeric", timeZone: "UTC" }).format(at(row.key));
}

export function deltaWords(delta: Delta, t: TFunction): string {
  switch (delta.is) {
    case "unknown":
      return t("reports.delta.unknown");
    case "same":
      return t("reports.delta.same");
    case "more":
    case "less":
      return t(`reports.delta.${delta.is}.${delta.kind}`, { by: delta.by });
  }
}

export function nameOf(id: FigureId, t: TFunction): string {
  return t(`reports.figure.${id}.name`);
}
