/** What the archive is filtered by. */
import type { Filter } from "@consilium/kit/ui/filters";
import { useTranslation } from "react-i18next";
import {
  useChoiceFilter,
  useFieldFilter,
  usePeopleFilters,
  usePeriodFilters,
  useTagFilter,
} from "../../list/filters.ts";

const STARS = ["1", "2", "3", "4", "5"] as const;
const YES_NO = ["true", "false"] as const;

export function useArchiveFilters(): readonly Filter[] {
  const { t } = useTranslation();
  const { queue, operator } = usePeopleFilters();
  const tag = useTagFilter();
  const field = useFieldFilter("consultation");
  const time = usePeriodFilters({ from: t("archive.from"), to: t("archive.to") });
  return [queue, operator, ...tag, ...field, ...time, ...useContent()];
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
