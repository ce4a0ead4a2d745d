/** Which days, cut how, of which service and operator; all of it stands in the address. */
import { isCalendarDate } from "@consilium/kit/brand";
import { DateField } from "@consilium/kit/ui";
import { Switch } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { FilterSelect, named } from "../../list/FilterSelect.tsx";
import { useBoard } from "../../live/hooks.ts";
import { changeSearch, type DeskSearch } from "../../live/route.ts";
import { at } from "../../router/usePlace.ts";
import { DAYS_MAX, type Days, PERIODS } from "./days.ts";
import classes from "./Filters.module.css";
import { type Choice, GROUPS, isDays } from "./model.ts";

/** Other rows: what was opened behind one of the old ones is closed. */
function useOtherRows(): (change: { readonly [Name in keyof DeskSearch]?: string | null }) => void {
  const { search } = useDesk().place;
  const navigate = useNavigate();
  return (change) =>
    void navigate({
      to: "/$section/{-$id}",
      params: at("reports", null),
      search: changeSearch(search, change),
      replace: true,
    });
}

export function Filters({ choice }: { choice: Choice }) {
  const { t } = useTranslation();
  const { filter } = useDesk();
  const otherRows = useOtherRows();
  const { queues, operators } = useBoard();
  const periods = useMemo(
    () => PERIODS.map((period) => ({ value: period, label: t(`reports.period.${period}`) })),
    [t],
  );
  const groups = useMemo(
    () => GROUPS.map((group) => ({ value: group, label: t(`reports.group.${group}`) })),
    [t],
  );
  const set = { clearable: false, allowDeselect: false } as const;
  /** Typing begins with the days that were shown. */
  const choose = (period: string | null) => {
    const typed = period === "custom" && isDays(choice.days) ? choice.days : { from: null, to: null };
    otherRows({ period, ...typed });
  };
  return (
    <div className={classes.filters}>
      <FilterSelect
        field="period"
        className={classes.period}
        label={t("reports.periodLabel")}
        data={periods}
        value={choice.period}
        onChange={choose}
        {...set}
      />
      {choice.period === "custom" && <TypedDays choice={choice} />}
      <FilterSelect
        field="group"
        label={t("reports.groupLabel")}
        data={groups}
        value={choice.group}
        onChange={(group) => otherRows({ group })}
        {...set}
      />
      <FilterSelect
        field="queue"
        label={t("list.queue")}
        placeholder={t("list.allQueues")}
        searchable
        data={named(queues.values())}
      />
      <FilterSelect
        field="operator"
        label={t("list.operator")}
        placeholder={t("list.allOperators")}
        searchable
        data={named(operators.values())}
      />
      <Switch
        className={classes.compare}
        label={t("reports.compare")}
        checked={choice.compares}
        onChange={(event) => filter({ compare: event.currentTarget.checked ? null : "off" })}
      />
    </div>
  );
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
