/** What the archive is filtered by. */
import type { Filter } from "@consilium/kit/ui/filters";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import {
  useChoiceFilter,
  useDaysFilter,
  useFieldFilter,
  usePeopleFilters,
  useTagFilter,
} from "../../list/filters.ts";

const STARS = ["1", "2", "3", "4", "5"] as const;
const YES_NO = ["true", "false"] as const;

export function useArchiveFilters(): readonly Filter[] {
  const { queue, operator } = usePeopleFilters();
  const tag = useTagFilter();
  const field = useFieldFilter("consultation");
  return [queue, operator, ...tag, ...field, ...useTime(), ...useContent()];
}

/** Days back from now, or days of the calendar: one takes the other away. */
function useTime(): readonly Filter[] {
  const { t } = useTranslation();
  const { from, to } = useDesk().place.search;
  const days = useDaysFilter(t("list.period"));
  return [
    { ...days, changes: (value) => ({ days: value, from: null, to: null }) },
    {
      kind: "day",
      field: "from",
      label: t("archive.from"),
      value: from ?? null,
      max: to,
      changes: (day) => ({ days: null, from: day }),
    },
    {
      kind: "day",
      field: "to",
      label: t("archive.to"),
      value: to ?? null,
      min: from,
      changes: (day) => ({ days: null, to: day }),
    },
  ];
}

function useContent(): readonly Filter[] {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  return [
    choice("stars_max", {
      label: t("archive.filter.stars"),
      options: STARS.map((value) => ({
        value,
        label: t("archive.filter.starsMax", { count: Number(value) }),
      })),
    }),
    choice("conclusion", {
      label: t("archive.filter.conclusion"),
      options: YES_NO.map((value) => ({ value, label: t(`archive.filter.conclusions.${value}`) })),
    }),
    choice("held", {
      label: t("archive.filter.hold"),
      options: YES_NO.map((value) => ({ value, label: t(`archive.filter.holds.${value}`) })),
    }),
  ];
}
