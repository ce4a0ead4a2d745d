/** Which days, cut how, of which service and operator; all of it stands in the address. */
import { isCalendarDate } from "@consilium/kit/brand";
import { DateField } from "@consilium/kit/ui";
import type { Filter } from "@consilium/kit/ui/filters";
import { Switch } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useChoiceFilter, useListFilters, usePeopleFilters } from "../../list/filters.ts";
import { changeSearch } from "../../live/route.ts";
import { at, type Navigation } from "../../router/usePlace.ts";
import { DAYS_MAX, type Days, PERIODS } from "./days.ts";
import classes from "./Filters.module.css";
import { type Choice, GROUPS, isDays } from "./model.ts";

/** Other rows: what was opened behind one of the old ones is closed. */
function useReportChange(): Navigation["filter"] {
  const { place, filter } = useDesk();
  const navigate = useNavigate();
  return (change) => {
    const isOtherRows = "period" in change || "group" in change;
    if (!isOtherRows) filter(change);
    else {
      void navigate({
        to: "/$section/{-$id}",
        params: at("reports", null),
        search: changeSearch(place.search, change),
        replace: true,
      });
    }
  };
}

export function Filters({ choice }: { choice: Choice }) {
  const { t } = useTranslation();
  const { filter } = useDesk();
  const { controls, chips } = useListFilters(useReportFilters(choice), {
    wide: true,
    onChange: useReportChange(),
  });
  return (
    <div className={classes.filters}>
      {controls}
      {choice.period === "custom" && <TypedDays choice={choice} />}
      <Switch
        className={classes.compare}
        label={t("reports.compare")}
        checked={choice.compares}
        onChange={(event) => filter({ compare: event.currentTarget.checked ? null : "off" })}
      />
      {chips}
    </div>
  );
}

function useReportFilters(choice: Choice): readonly Filter[] {
  const { t } = useTranslation();
  const of = useChoiceFilter();
  const { queue, operator } = usePeopleFilters();
  const period = of("period", {
    required: true,
    label: t("reports.periodLabel"),
    options: PERIODS.map((value) => ({ value, label: t(`reports.period.${value}`) })),
    value: choice.period,
    // Typing begins with the days that were shown.
    changes: (next) => {
      const typed = next === "custom" && isDays(choice.days) ? choice.days : { from: null, to: null };
      return { period: next, from: typed.from, to: typed.to };
    },
  });
  const group = of("group", {
    required: true,
    label: t("reports.groupLabel"),
    options: GROUPS.map((value) => ({ value, label: t(`reports.group.${value}`) })),
    value: choice.group,
  });
  return [period, group, queue, operator];
}

/** What is typed is a date only at its end: until then it stays here. */
function TypedDays({ choice }: { choice: Choice }) {
  const { t } = useTranslation();
  const { place, filter } = useDesk();
  const { from = "", to = "" } = place.search;
  const [typed, setTyped] = useState<Days>({ from, to });
  const hint = useId();
  useEffect(() => setTyped({ from, to }), [from, to]);
  const change = (part: keyof Days) => (value: string) => {
    setTyped((before) => ({ ...before, [part]: value }));
    if (isCalendarDate(value)) filter({ [part]: value });
  };
  const problem = isDays(choice.days) || choice.days === "unfinished" ? null : choice.days;
  return (
    <div className={classes.days}>
      {(["from", "to"] as const).map((part) => (
        <DateField
          key={part}
          size="sm"
          className={classes.day}
          aria-label={t(`reports.${part}`)}
          aria-describedby={problem === null ? undefined : hint}
          error={problem !== null}
          value={typed[part]}
          onChange={change(part)}
        />
      ))}
      {problem !== null && (
        <p id={hint} className={classes.problem} role="alert">
          {t(`reports.days.${problem}`, { count: DAYS_MAX })}
        </p>
      )}
    </div>
  );
}
