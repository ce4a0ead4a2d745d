/** All call-backs: what is open from the live board, what has ended from the service; what is due first stands on top. */
import type { CallbackRow } from "@consilium/kit/api";
import type { Filter } from "@consilium/kit/ui/filters";
import { useQueryClient } from "@tanstack/react-query";
import type { SortingState } from "@tanstack/react-table";
import type { TFunction } from "i18next";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconPhoneCall } from "../../icons.ts";
import { useChoiceFilter, usePeopleFilters } from "../../list/filters.ts";
import { sortingOf, TableView } from "../../list/TableView.tsx";
import { useLiveList } from "../../list/useLiveList.ts";
import { useBoard, useMinute, useNow } from "../../live/hooks.ts";
import { compareNames } from "../../live/names.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type Column, column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import classes from "./Callbacks.module.css";
import {
  DUES,
  endedQuery,
  filterOf,
  isFiltered,
  isLate,
  type ListFilter,
  OUTCOMES,
  openRows,
  SOURCES,
  STATES,
} from "./model.ts";
import { aboutWhom, Due, State, useWhenText, Who } from "./words.tsx";

const PAGE = 100;

/** What has ended comes page by page: only the service sorts it, by when it was ordered. */
function columns(t: TFunction, when: (row: CallbackRow) => string, isEnded: boolean): Column<CallbackRow>[] {
  return [
    column({
      id: "due",
      track: "minmax(12.5rem, 1.25fr)",
      header: isEnded ? t("callbacks.column.ended") : t("callbacks.column.due"),
      cell: (row) => <Due row={row} />,
      ...(!isEnded && { value: ({ due_at }) => due_at }),
    }),
    column({
      id: "name",
      track: "minmax(10rem, 1.5fr)",
      header: t("callbacks.column.patient"),
      cell: (row) => (
        <span className={classes.name}>
          <Who row={row} />
          {aboutWhom(row) !== null && (
            <span className={classes.muted}> · {t("persons.for", { name: aboutWhom(row) })}</span>
          )}
        </span>
      ),
      ...(!isEnded && { value: ({ name }) => name, compare: (a, b) => compareNames(a.name, b.name) }),
    }),
    column({
      id: "reason",
      track: "minmax(7rem, 2fr)",
      header: t("callbacks.column.reason"),
      cell: ({ reason }) => reason ?? <span className={classes.muted}>—</span>,
    }),
    column({
      id: "queue",
      track: "minmax(8rem, 1fr)",
      spare: true,
      header: t("callbacks.column.queue"),
      cell: ({ queue }) => queue.name,
      ...(!isEnded && {
        value: ({ queue }) => queue.name,
        compare: (a, b) => compareNames(a.queue.name, b.queue.name),
      }),
    }),
    column({
      id: "when",
      track: "minmax(12.5rem, 1.25fr)",
      spare: true,
      header: t("callbacks.column.when"),
      cell: when,
    }),
    column({
      id: "state",
      track: "minmax(8rem, 1.25fr)",
      header: t("callbacks.column.state"),
      cell: (row) => <State row={row} />,
    }),
    column({
      id: "ordered",
      track: "7.5rem",
      header: t("callbacks.column.ordered"),
      cell: ({ requested_at: at }) => <When at={at} />,
      value: ({ requested_at: at }) => at,
    }),
  ];
}

function callbackSorting(sort: string | undefined, isEnded: boolean): SortingState {
  if (isEnded) return [{ id: "ordered", desc: sort !== "ordered" }];
  return sortingOf(sort, [{ id: "due", desc: false }]);
}

/** Rows of the place: live ones at once, ended ones page by page. */
function useRows() {
  const { me, api, desk } = useConsole();
  const { search } = useDesk().place;
  const { callbacks } = useBoard();
  const filter = useMemo(() => filterOf(search), [search]);
  const isEnded = filter.state === "ended";
  const minute = useMinute();
  const query = endedQuery(filter, search.sort);
  const ended = useAllPages<CallbackRow>(
    ["callbacks", isEnded ? query : null],
    (cursor) =>
      isEnded
        ? api.callbacks.list({ ...query, limit: PAGE, cursor })
        : Promise.resolve({ items: [], next_cursor: null, total: 0 }),
    { eager: false, limit: PAGE },
  );
  const client = useQueryClient();
  useEffect(
    () => desk.onCallback(() => void client.invalidateQueries({ queryKey: ["callbacks"] })),
    [desk, client],
  );
  const operatorId = me.operator?.id ?? null;
  const open = useMemo(
    () => openRows(callbacks.values(), filter, operatorId, minute),
    [callbacks, filter, operatorId, minute],
  );
  const live = useLiveList(open, callbacks.size);
  return { filter, isEnded, list: isEnded ? ended : live };
}

export function CallbacksView() {
  const { t } = useTranslation();
  const { search } = useDesk().place;
  const { list, filter, isEnded } = useRows();
  const when = useWhenText();
  const cols = useMemo(() => columns(t, when, isEnded), [t, when, isEnded]);
  const sorting = useMemo(() => callbackSorting(search.sort, isEnded), [search.sort, isEnded]);
  const filtered = isFiltered(filter);
  return (
    <TableView
      columns={cols}
      list={list}
      rows={list.items}
      total={list.total}
      filtered={filtered}
      sorting={sorting}
      search={{ label: t("callbacks.search"), delay: isEnded ? 250 : 120 }}
      filters={useCallbackFilters(filter)}
      nothing={{
        icon: <IconPhoneCall size={32} stroke={1.5} />,
        title: t(filtered ? "callbacks.noneTitle" : "callbacks.emptyTitle"),
        text: t(filtered ? "callbacks.noneText" : "callbacks.emptyText"),
      }}
    />
  );
}

function useCallbackFilters({ state, due, source, outcome }: ListFilter): readonly Filter[] {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  const { queue, operator } = usePeopleFilters();
  const { callbacks } = useBoard();
  const now = useNow();
  const late = [...callbacks.values()].filter((row) => isLate(row, now)).length;
  const ofState = choice("state", {
    required: true,
    label: t("callbacks.column.state"),
    options: STATES.map((value) => ({ value, label: t(`callbacks.state.${value}`) })),
    value: state,
    changes: (next) => ({ state: next === "open" ? null : next, sort: null }),
  });
  const byDue = choice("due", {
    label: t("callbacks.column.due"),
    options: DUES.map((value) => ({ value, label: t(`callbacks.dueFilter.${value}`, { count: late }) })),
    value: due,
  });
  const bySource = choice("source", {
    label: t("callbacks.sourceName"),
    options: SOURCES.map((value) => ({ value, label: t(`callbacks.source.${value}`) })),
    value: source,
  });
  const byOutcome = choice("outcome", {
    label: t("callbacks.outcomeName"),
    options: OUTCOMES.map((value) => ({ value, label: t(`callbacks.outcome.${value}`) })),
    value: outcome,
  });
  const isEnded = state === "ended";
  return [
    ofState,
    ...(isEnded ? [] : [byDue]),
    queue,
    ...(state === "mine" ? [] : [operator]),
    bySource,
    ...(isEnded ? [byOutcome] : []),
  ];
}
