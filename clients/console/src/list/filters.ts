/** Filters of the list at this place: they stand in the address. Those that several lists have are made here. */
import { type ChoiceFilter, type Filter, type FilterParts, useFilters } from "@consilium/kit/ui/filters";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { useBoard, useReadable } from "../live/hooks.ts";
import { compareNames } from "../live/names.ts";
import type { DeskSearch } from "../live/route.ts";
import type { Navigation } from "../router/usePlace.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { useFieldFilters } from "../ui/useFieldFilters.ts";
import { DAYS } from "./days.ts";

interface Head {
  /** Whether it has room for the button's name. */
  wide?: boolean;
  /** What a change does, where it is more than another address of the list. */
  onChange?: Navigation["filter"];
}

/** Their parts for the head of the list. */
export function useListFilters(
  filters: readonly Filter[],
  { wide = false, onChange }: Head = {},
): FilterParts {
  const { t } = useTranslation();
  const { filter } = useDesk();
  const words = {
    label: t("list.filter"),
    any: t("list.any"),
    clear: t("list.clear"),
    remove: (said: string) => t("list.removeFilter", { filter: said }),
  };
  return useFilters({ filters, words, named: wide, onChange: onChange ?? filter });
}

/** Takes away all that narrows the list at this place, what is searched for too; its order stays. */
export function useShowAll(): () => void {
  const { place, filter } = useDesk();
  const { sort: _, ...narrowed } = place.search;
  return () => filter(Object.fromEntries(Object.keys(narrowed).map((field) => [field, null])));
}

type Named = { readonly id: string; readonly name: string };

/** What can be chosen, for `data` and `options`. */
export function named(items: Iterable<Named>) {
  return [...items].map(({ id, name }) => ({ value: id, label: name }));
}

function byName(items: Iterable<Named>) {
  return named([...items].sort((a, b) => compareNames(a.name, b.name)));
}

type ChoiceParts = Pick<ChoiceFilter, "label" | "options"> & Partial<ChoiceFilter>;

/** Makes a filter of a field of the address. */
export function useChoiceFilter(): (field: keyof DeskSearch, parts: ChoiceParts) => ChoiceFilter {
  const { search } = useDesk().place;
  return (field, parts) => ({ kind: "choice", field, value: search[field] ?? null, ...parts });
}

/** By service and by operator. */
export function usePeopleFilters(): { readonly queue: ChoiceFilter; readonly operator: ChoiceFilter } {
  const { t } = useTranslation();
  const { queues, operators } = useBoard();
  const choice = useChoiceFilter();
  const services = useMemo(() => byName(queues.values()), [queues]);
  const people = useMemo(() => byName(operators.values()), [operators]);
  return {
    queue: choice("queue", { label: t("list.queue"), options: services }),
    operator: choice("operator", { label: t("list.operator"), options: people }),
  };
}

/** By tag: those in use, and the one that is chosen. */
export function useTagFilter(): readonly ChoiceFilter[] {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  const { search } = useDesk().place;
  const all = useReadable(useConsole().tags.items);
  const tags = [...all.values()].filter(({ id, archived }) => !archived || id === search.tag);
  return tags.length === 0 ? [] : [choice("tag", { label: t("list.tag"), options: byName(tags) })];
}

/** By what was chosen in the brand's own fields. */
export function useFieldFilter(of: "patient" | "consultation"): readonly ChoiceFilter[] {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  const options = useFieldFilters(of);
  return options.length === 0 ? [] : [choice("field", { label: t("fields.filter"), options, plain: true })];
}

/** By how long ago. */
export function useDaysFilter(label: string): ChoiceFilter {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  return choice("days", {
    label,
    options: DAYS.map((value) => ({ value, label: t("list.lastDays", { count: Number(value) }) })),
  });
}

/** By when: days back from now, or days of the calendar; one takes the other away. */
export function usePeriodFilters(labels: { readonly from: string; readonly to: string }): readonly Filter[] {
  const { t } = useTranslation();
  const { from, to } = useDesk().place.search;
  const days = useDaysFilter(t("list.period"));
  return [
    { ...days, changes: (value) => ({ days: value, from: null, to: null }) },
    {
      kind: "day",
      field: "from",
      label: labels.from,
      value: from ?? null,
      max: to,
      changes: (day) => ({ days: null, from: day }),
    },
    {
      kind: "day",
      field: "to",
      label: labels.to,
      value: to ?? null,
      min: from,
      changes: (day) => ({ days: null, to: day }),
    },
  ];
}
