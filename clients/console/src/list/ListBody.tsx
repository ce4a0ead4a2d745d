/** What a list shows for its rows: a skeleton, a problem with a way on, that there is nothing, or the rows. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Loading, Nothing, Problem } from "../ui/Loadable.tsx";
import type { AllPages } from "../ui/useAllPages.ts";
import { useShowAll } from "./filters.ts";

/** The part of a list of pages that its view needs; a live list fills it from the board. */
export type Listed<T> = Pick<
  AllPages<T>,
  "items" | "total" | "atLeast" | "status" | "error" | "fetching" | "more" | "refetch"
>;

export interface Emptiness {
  icon: ReactNode;
  title: string;
  text: string;
}

interface ListBodyProps {
  list: Listed<unknown>;
  /** Rows that are left after what is searched here. */
  count: number;
  /** Whether the address narrows the list: then there is a way out of it. */
  filtered: boolean;
  nothing: Emptiness;
  rowHeight?: number;
  children: ReactNode;
}

export function ListBody({ list, count, filtered, nothing, rowHeight, children }: ListBodyProps) {
  const { t } = useTranslation();
  const showAll = useShowAll();
  if (list.status === "pending") {
    return <Loading {...(rowHeight === undefined ? {} : { rows: 12, rowHeight })} />;
  }
  if (list.status === "error" && list.items.length === 0) {
    return <Problem error={list.error} onRetry={list.refetch} busy={list.fetching} />;
  }
  if (count > 0) return children;
  return (
    <Nothing
      {...nothing}
      {...(filtered ? { action: { label: t("list.clearFilters"), onClick: showAll } } : {})}
    />
  );
}
