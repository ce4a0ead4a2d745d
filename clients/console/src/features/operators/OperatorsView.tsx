/** All operators, live: who is there, since when, with how many talks. */
import type { Operator, Queue } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { Avatar } from "@consilium/kit/ui";
import type { SortingState } from "@tanstack/react-table";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconHeadset, IconPlus } from "../../icons.ts";
import { sortingOf, TableView } from "../../list/TableView.tsx";
import { useLiveList } from "../../list/useLiveList.ts";
import { useDeskState } from "../../live/hooks.ts";
import type { Column } from "../../ui/DataTable.tsx";
import { Elapsed } from "../../ui/Elapsed.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { findOperators, statusRank } from "./model.ts";
import classes from "./OperatorsView.module.css";

function columns(t: TFunction, locale: string, queues: ReadonlyMap<string, Queue>): Column<Operator>[] {
  const collator = new Intl.Collator(locale, { sensitivity: "base" });
  return [
    {
      id: "name",
      track: "minmax(11rem, 1.5fr)",
      accessorFn: (row) => row.name,
      header: t("operators.name"),
      cell: ({ row }) => (
        <span className={classes.who}>
          <Avatar name={row.original.name} size="sm" />
          <span className={classes.name}>{row.original.name}</span>
        </span>
      ),
      sortFn: (a, b) => collator.compare(a.original.name, b.original.name),
    },
    {
      id: "title",
      track: "minmax(7rem, 1fr)",
      spare: true,
      accessorFn: (row) => row.title ?? "",
      header: t("operators.title"),
      cell: ({ row }) => row.original.title ?? "—",
      sortFn: (a, b) => collator.compare(a.original.title ?? "", b.original.title ?? ""),
    },
    {
      id: "status",
      track: "minmax(10rem, 1fr)",
      accessorFn: (row) => row.status,
      header: t("operators.status"),
      cell: ({ row }) => (
        <span className={classes.status}>
          <StatusDot status={row.original.status} />
          {t(`status.${row.original.status}`)}
        </span>
      ),
      sortFn: (a, b) =>
        statusRank(a.original.status) - statusRank(b.original.status) ||
        collator.compare(a.original.name, b.original.name),
    },
    {
      id: "since",
      track: "6rem",
      numeric: true,
      accessorFn: (row) => row.status_since,
      header: t("operators.since"),
      cell: ({ row }) => <Elapsed since={row.original.status_since} />,
      sortFn: (a, b) => (a.original.status_since < b.original.status_since ? 1 : -1),
    },
    {
      id: "talks",
      track: "5rem",
      numeric: true,
      accessorFn: (row) => row.active_consultations,
      header: t("operators.active"),
      cell: ({ row }) => row.original.active_consultations,
      sortFn: (a, b) => a.original.active_consultations - b.original.active_consultations,
    },
    {
      id: "queues",
      track: "minmax(8rem, 3fr)",
      enableSorting: false,
      accessorFn: (row) => row.queues.join(),
      header: t("operators.queues"),
      cell: ({ row }) => row.original.queues.map((id) => queues.get(id)?.name ?? id).join(", ") || "—",
    },
    {
      id: "role",
      track: "8rem",
      spare: true,
      accessorFn: (row) => row.role,
      header: t("operators.role"),
      cell: ({ row }) => t(`role.${row.original.role}`),
      sortFn: (a, b) => (a.original.role < b.original.role ? -1 : a.original.role > b.original.role ? 1 : 0),
    },
  ];
}

const USUAL: SortingState = [{ id: "status", desc: false }];

export function OperatorsView() {
  const { t } = useTranslation();
  const locale = useRegion();
  const { search } = useDesk().place;
  const { board } = useDeskState();
  const q = search.q ?? "";
  const all = useMemo(() => [...board.operators.values()], [board.operators]);
  const list = useLiveList(all, all.length);
  const rows = useMemo(() => findOperators(all, q), [all, q]);
  const cols = useMemo(() => columns(t, locale, board.queues), [t, locale, board.queues]);
  const sorting = useMemo(() => sortingOf(search.sort, USUAL), [search.sort]);
  return (
    <TableView
      columns={cols}
      list={list}
      rows={rows}
      total={rows.length}
      filtered={q !== ""}
      sorting={sorting}
      search={{ label: t("operators.search"), delay: 0 }}
      tools={
        <CommandButton
          id="operators.add"
          size="sm"
          variant="default"
          hideWhenForbidden
          icon={<IconPlus size={16} stroke={1.75} />}
        />
      }
      nothing={{
        icon: <IconHeadset size={32} stroke={1.5} />,
        title: t("operators.noneTitle"),
        text: t("operators.noneText"),
      }}
    />
  );
}
