/** All operators, live: who is there, since when, with how many talks. */
import type { Operator, Queue } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { Avatar } from "@consilium/kit/ui";
import type { Filter } from "@consilium/kit/ui/filters";
import type { SortingState } from "@tanstack/react-table";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconHeadset, IconPlus } from "../../icons.ts";
import { named, useChoiceFilter, usePeopleFilters } from "../../list/filters.ts";
import { sortingOf, TableView } from "../../list/TableView.tsx";
import { useLiveList } from "../../list/useLiveList.ts";
import { dutyAt, dutyRank } from "../../live/duty.ts";
import { useBoard, useDeskState, useMinute } from "../../live/hooks.ts";
import { statusWords } from "../../live/reason.ts";
import { byValue, type Column, column } from "../../ui/DataTable.tsx";
import { DutyToday } from "../../ui/Duty.tsx";
import { Elapsed } from "../../ui/Elapsed.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import {
  circlesOf,
  findOperators,
  narrowed,
  type OperatorFilter,
  operatorFilter,
  ROLES,
  STATUS_ORDER,
  statusRank,
} from "./model.ts";
import classes from "./OperatorsView.module.css";

interface Known {
  readonly locale: string;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly minute: number;
}

function columns(t: TFunction, { locale, queues, minute }: Known): Column<Operator>[] {
  const collator = new Intl.Collator(locale, { sensitivity: "base" });
  const rank = ({ duty }: Operator) => dutyRank(dutyAt(duty, minute));
  return [
    column({
      id: "name",
      track: "minmax(11rem, 1.5fr)",
      header: t("operators.name"),
      cell: ({ name }) => (
        <span className={classes.who}>
          <Avatar name={name} size="sm" />
          <span className={classes.name}>{name}</span>
        </span>
      ),
      value: ({ name }) => name,
      compare: (a, b) => collator.compare(a.name, b.name),
    }),
    column({
      id: "title",
      track: "minmax(7rem, 1fr)",
      spare: true,
      header: t("operators.title"),
      cell: ({ title }) => title ?? "—",
      value: ({ title }) => title ?? "",
      compare: (a, b) => collator.compare(a.title ?? "", b.title ?? ""),
    }),
    column({
      id: "status",
      track: "minmax(10rem, 1fr)",
      header: t("operators.status"),
      cell: (operator) => (
        <span className={classes.status}>
          <StatusDot status={operator.status} color={operator.status_kind?.color ?? null} />
          {statusWords(operator, t)}
        </span>
      ),
      value: ({ status }) => status,
      compare: (a, b) => statusRank(a.status) - statusRank(b.status) || collator.compare(a.name, b.name),
    }),
    column({
      id: "since",
      track: "6rem",
      numeric: true,
      header: t("operators.since"),
      cell: ({ status_since: since }) => <Elapsed since={since} />,
      value: ({ status_since: since }) => since,
      // Shorter first: a later time is a shorter span.
      compare: (a, b) => byValue(b.status_since, a.status_since),
    }),
    column({
      id: "talks",
      track: "5rem",
      numeric: true,
      header: t("operators.active"),
      cell: ({ active_consultations: talks }) => talks,
      value: ({ active_consultations: talks }) => talks,
    }),
    column({
      id: "duty",
      track: "minmax(7rem, 1fr)",
      spare: true,
      header: t("operators.duty"),
      cell: ({ duty }) => <DutyToday times={duty} />,
      value: ({ duty }) => dutyAt(duty, minute).kind,
      compare: (a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name),
    }),
    column({
      id: "queues",
      track: "minmax(8rem, 3fr)",
      header: t("operators.queues"),
      cell: (row) => row.queues.map((id) => queues.get(id)?.name ?? id).join(", ") || "—",
    }),
    column({
      id: "role",
      track: "8rem",
      spare: true,
      header: t("operators.role"),
      cell: ({ role }) => t(`role.${role}`),
      value: ({ role }) => role,
    }),
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
  const filter = useMemo(() => operatorFilter(search), [search]);
  const rows = useMemo(
    () => narrowed(findOperators(all, q), filter, board.queues),
    [all, q, filter, board.queues],
  );
  const minute = useMinute();
  const cols = useMemo(
    () => columns(t, { locale, queues: board.queues, minute }),
    [t, locale, board.queues, minute],
  );
  const sorting = useMemo(() => sortingOf(search.sort, USUAL), [search.sort]);
  return (
    <TableView
      columns={cols}
      list={list}
      rows={rows}
      total={rows.length}
      filtered={q !== "" || Object.values(filter).some((value) => value !== null)}
      filters={useOperatorFilters(filter)}
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

/** Whom they serve, what they may do, how they are now. A brand with one circle is not asked for it. */
function useOperatorFilters({ role, status }: OperatorFilter): readonly Filter[] {
  const { t } = useTranslation();
  const { queues } = useBoard();
  const choice = useChoiceFilter();
  const { queue } = usePeopleFilters();
  const circles = circlesOf(queues.values());
  return [
    queue,
    ...(circles.length > 1
      ? [choice("circle", { label: t("operators.circle"), options: named(circles) })]
      : []),
    choice("role", {
      label: t("operators.role"),
      options: ROLES.map((value) => ({ value, label: t(`role.${value}`) })),
      value: role,
    }),
    choice("status", {
      label: t("operators.status"),
      options: STATUS_ORDER.map((value) => ({ value, label: t(`status.${value}`) })),
      value: status,
    }),
  ];
}
