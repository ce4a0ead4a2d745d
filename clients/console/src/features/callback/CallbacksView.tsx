/** All call-backs: what is open from the live board, what has ended from the service; what is due first stands on top. */
import type { CallbackRow } from "@consilium/kit/api";
import { Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { SortingState } from "@tanstack/react-table";
import type { TFunction } from "i18next";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconPhoneCall } from "../../icons.ts";
import { sortingOf, TableView } from "../../list/TableView.tsx";
import { useLiveList } from "../../list/useLiveList.ts";
import { useBoard, useNow } from "../../live/hooks.ts";
import { compareNames } from "../../live/names.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import type { Column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import classes from "./Callbacks.module.css";
import { DUES, endedQuery, filterOf, isFiltered, isLate, openRows, STATES } from "./model.ts";
import { Due, State, useWhenText, Who } from "./words.tsx";

const PAGE = 100;

function columns(t: TFunction, when: (row: CallbackRow) => string, isEnded: boolean): Column<CallbackRow>[] {
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [
    {
      id: "due",
      track: "minmax(12.5rem, 1.25fr)",
      enableSorting: !isEnded,
      accessorFn: ({ due_at }) => due_at,
      header: isEnded ? t("callbacks.column.ended") : t("callbacks.column.due"),
      cell: ({ row }) => <Due row={row.original} />,
      sortFn: (a, b) => text(a.original.due_at, b.original.due_at),
    },
    {
      id: "name",
      track: "minmax(10rem, 1.5fr)",
      enableSorting: !isEnded,
      accessorFn: ({ name }) => name,
      header: t("callbacks.column.patient"),
      cell: ({ row }) => (
        <span className={classes.name}>
          <Who row={row.original} />
        </span>
      ),
      sortFn: (a, b) => compareNames(a.original.name, b.original.name),
    },
    {
      id: "reason",
      track: "minmax(7rem, 2fr)",
      enableSorting: false,
      accessorFn: ({ reason }) => reason ?? "",
      header: t("callbacks.column.reason"),
      cell: ({ row }) => row.original.reason ?? <span className={classes.muted}>—</span>,
    },
    {
      id: "queue",
      track: "minmax(8rem, 1fr)",
      spare: true,
      enableSorting: !isEnded,
      accessorFn: ({ queue }) => queue.name,
      header: t("callbacks.column.queue"),
      cell: ({ row }) => row.original.queue.name,
      sortFn: (a, b) => compareNames(a.original.queue.name, b.original.queue.name),
    },
    {
      id: "when",
      track: "minmax(12.5rem, 1.25fr)",
      spare: true,
      enableSorting: false,
      accessorFn: ({ window }) => window?.start ?? "",
      header: t("callbacks.column.when"),
      cell: ({ row }) => when(row.original),
    },
    {
      id: "state",
      track: "minmax(8rem, 1.25fr)",
      enableSorting: false,
      accessorFn: ({ phase }) => phase,
      header: t("callbacks.column.state"),
      cell: ({ row }) => <State row={row.original} />,
    },
    {
      id: "ordered",
      track: "7.5rem",
      accessorFn: ({ requested_at }) => requested_at,
      header: t("callbacks.column.ordered"),
      cell: ({ row }) => <When at={row.original.requested_at} />,
      sortFn: (a, b) => text(a.original.requested_at, b.original.requested_at),
    },
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
  const minute = Math.floor(useNow() / 60_000);
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
    () => openRows(callbacks.values(), filter, operatorId, minute * 60_000),
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
      tools={<Filters />}
      nothing={{
        icon: <IconPhoneCall size={32} stroke={1.5} />,
        title: t(filtered ? "callbacks.noneTitle" : "callbacks.emptyTitle"),
        text: t(filtered ? "callbacks.noneText" : "callbacks.emptyText"),
      }}
    />
  );
}

function Filters() {
  const { t } = useTranslation();
  const { place, filter: change } = useDesk();
  const { queues, callbacks } = useBoard();
  const filter = filterOf(place.search);
  const now = useNow();
  const late = [...callbacks.values()].filter((row) => isLate(row, now)).length;
  const dueLabel = (due: (typeof DUES)[number]) =>
    due === "overdue" ? t("callbacks.dueFilter.overdue", { count: late }) : t(`callbacks.dueFilter.${due}`);
  return (
    <>
      <Select
        size="sm"
        className={classes.filter}
        aria-label={t("callbacks.column.state")}
        allowDeselect={false}
        data={STATES.map((state) => ({ value: state, label: t(`callbacks.state.${state}`) }))}
        value={filter.state}
        onChange={(state) => change({ state: state === "open" ? null : state, sort: null })}
      />
      <Select
        size="sm"
        className={classes.filter}
        aria-label={t("callbacks.column.due")}
        placeholder={t("callbacks.anyDue")}
        clearable
        disabled={filter.state === "ended"}
        data={DUES.map((due) => ({ value: due, label: dueLabel(due) }))}
        value={filter.due}
        onChange={(due) => change({ due })}
      />
      <Select
        size="sm"
        className={classes.filter}
        aria-label={t("callbacks.column.queue")}
        placeholder={t("callbacks.anyQueue")}
        clearable
        data={[...queues.values()].map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.queue}
        onChange={(queue) => change({ queue })}
      />
    </>
  );
}
