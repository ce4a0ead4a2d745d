/** What a live list is filtered by: where, whose, and what presses. */
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import type { Filter } from "@consilium/kit/ui/filters";
import { useTranslation } from "react-i18next";
import { useChoiceFilter, useFieldFilter, usePeopleFilters, useTagFilter } from "../../list/filters.ts";
import type { ListFilter } from "../../live/queue-list.ts";
import type { QueueSection } from "../../live/sections.ts";

const URGENCIES = ["urgent", "red_flag"] as const;
const SLAS = ["warning", "breach"] as const;
const ANSWERS = ["true", "false"] as const;

export function useQueueFilters(section: QueueSection, filter: ListFilter): readonly Filter[] {
  const { queue, operator } = usePeopleFilters();
  const tag = useTagFilter();
  const field = useFieldFilter("consultation");
  const pressure = usePressure(filter);
  const isNobodys = section === "waiting" || section === "mine";
  return [queue, ...tag, ...field, ...(isNobodys ? [] : [operator]), ...pressure];
}

/** Urgency, promises, answers, language. */
function usePressure({ urgent, redFlag, sla, language }: ListFilter): readonly Filter[] {
  const { t } = useTranslation();
  const { languages } = useBrand();
  const choice = useChoiceFilter();
  const spoken = languages.map((code) => ({ value: code, label: languageName(code) }));
  return [
    choice("urgent", {
      label: t("list.urgency"),
      options: URGENCIES.map((value) => ({ value, label: t(`list.urgencies.${value}`) })),
      value: redFlag ? "red_flag" : urgent ? "urgent" : null,
      changes: (one) => ({
        urgent: one === "urgent" ? "true" : null,
        red_flag: one === "red_flag" ? "true" : null,
      }),
    }),
    choice("sla", {
      label: t("list.sla"),
      options: SLAS.map((value) => ({ value, label: t(`list.slas.${value}`) })),
      value: sla,
    }),
    choice("unanswered", {
      label: t("list.answer"),
      options: ANSWERS.map((value) => ({ value, label: t(`list.answers.${value}`) })),
    }),
    ...(spoken.length > 1
      ? [choice("language", { label: t("list.language"), options: spoken, value: language })]
      : []),
  ];
}
