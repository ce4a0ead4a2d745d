/** All follow-ups: one's own, everybody's that one may see, and those that are over. */
import type { FollowUp, FollowUpView } from "@consilium/kit/api";
import type { Filter } from "@consilium/kit/ui/filters";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconAlarm } from "../../icons.ts";
import { useChoiceFilter, usePeopleFilters } from "../../list/filters.ts";
import { TableView } from "../../list/TableView.tsx";
import { FOLLOW_UPS } from "../../live/follow-ups.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type Column, column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import classes from "./FollowUps.module.css";
import { VIEWS, viewOf } from "./model.ts";
import { DueTime, useOwnerWords } from "./words.tsx";

const PAGE = 100;

function columns(t: TFunction, view: FollowUpView, owner: (one: FollowUp) => string): Column<FollowUp>[] {
  const isOver = view === "ended";
  return [
    column({
      id: "when",
      track: "minmax(10rem, 1fr)",
      header: t("followUps.when"),
      cell: (one) => (isOver ? <When at={one.due_at} /> : <DueTime followUp={one} />),
    }),
    column({
      id: "patient",
      track: "minmax(10rem, 1.5fr)",
      header: t("followUps.patient"),
      cell: ({ patient }) => patient.name,
    }),
    column({
      id: "what",
      track: "minmax(10rem, 3fr)",
      header: t("followUps.what"),
      cell: ({ note, message }) =>
        note ??
        (message === null ? (
          <span className={classes.muted}>—</span>
        ) : (
          t("followUps.message.short", { text: message.text })
        )),
    }),
    column({
      id: "who",
      track: "minmax(9rem, 1fr)",
      header: t("followUps.who"),
      cell: owner,
    }),
    column({
      id: isOver ? "ended" : "made",
      track: "minmax(8rem, 1fr)",
      ...(!isOver && { spare: true }),
      header: t(isOver ? "followUps.ended" : "followUps.madeBy"),
      cell: ({ state, created_by: maker }) => (isOver ? t(`followUps.state.${state}`) : maker.name),
    }),
  ];
}

export function FollowUpsView() {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { search } = useDesk().place;
  const view = viewOf(search.state);
  const queue = search.queue ?? null;
  // One's own list is one's own.
  const operator = view === "mine" ? null : (search.operator ?? null);
  const narrow = { ...(queue !== null && { queue }), ...(operator !== null && { operator }) };
  const list = useAllPages<FollowUp>(
    [FOLLOW_UPS, "list", view, queue, operator],
    (cursor) => api.followUps.list({ view, limit: PAGE, cursor, ...narrow }),
    { eager: false, limit: PAGE },
  );
  const owner = useOwnerWords();
  const cols = useMemo(() => columns(t, view, owner), [t, view, owner]);
  return (
    <TableView
      columns={cols}
      list={list}
      rows={list.items}
      total={list.total}
      filtered={view !== "mine" || queue !== null || operator !== null}
      filters={useFollowUpFilters(view)}
      nothing={{
        icon: <IconAlarm size={32} stroke={1.5} />,
        title: t(view === "mine" ? "followUps.emptyTitle" : "followUps.noneTitle"),
        text: t(view === "mine" ? "followUps.emptyText" : "followUps.noneText"),
      }}
    />
  );
}

function useFollowUpFilters(view: FollowUpView): readonly Filter[] {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  const { queue, operator } = usePeopleFilters();
  const which = choice("state", {
    required: true,
    label: t("followUps.view"),
    options: VIEWS.map((value) => ({ value, label: t(`followUps.views.${value}`) })),
    value: view,
    changes: (state) => ({ state: state === "mine" ? null : state }),
  });
  // One's own list is one's own.
  return [which, queue, ...(view === "mine" ? [] : [{ ...operator, label: t("followUps.who") }])];
}
