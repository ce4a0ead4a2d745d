/** All calls, newest first: with whom, how it ended, how long, who; filtered by when, who called, kind, how it ended, service, operator, patient. */
import type { CallRow } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import type { ChoiceFilter, Filter } from "@consilium/kit/ui/filters";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing, IconPhoneX, IconVideo } from "../../icons.ts";
import { named, useChoiceFilter, usePeopleFilters, usePeriodFilters } from "../../list/filters.ts";
import { TableView } from "../../list/TableView.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type Column, column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import classes from "./CallsView.module.css";
import { callQuery, KINDS, ON_NOW, OUTCOMES, outcomeKey, SIDES, staffNames } from "./model.ts";

const PAGE = 100;

export function useCallRows() {
  const { api } = useConsole();
  const { search } = useDesk().place;
  const query = useMemo(() => callQuery(search), [search]);
  return useAllPages<CallRow>(["calls", query], (cursor) => api.callRows({ ...query, limit: PAGE, cursor }), {
    eager: false,
    limit: PAGE,
  });
}

function columns(t: TFunction, clock: (seconds: number) => string): Column<CallRow>[] {
  return [
    column({
      id: "patient",
      track: "minmax(10rem, 2fr)",
      header: t("calls.patient"),
      cell: (row) => (
        <span className={classes.patient}>
          <Direction row={row} />
          <span className={classes.name}>{row.patient.name}</span>
        </span>
      ),
    }),
    column({
      id: "kind",
      track: "7rem",
      header: t("calls.kind"),
      cell: ({ kind }) => t(`calls.kinds.${kind}`),
    }),
    column({
      id: "outcome",
      track: "minmax(8rem, 1fr)",
      header: t("calls.outcome.name"),
      cell: (row) => (
        <span data-outcome={row.outcome ?? row.state} className={classes.outcome}>
          {t(outcomeKey(row))}
        </span>
      ),
    }),
    column({
      id: "length",
      track: "8rem",
      numeric: true,
      header: t("calls.length"),
      cell: ({ talked_seconds: seconds }) => (seconds > 0 ? clock(seconds) : "–"),
    }),
    column({
      id: "operator",
      track: "minmax(9rem, 1.5fr)",
      spare: true,
      header: t("calls.operator"),
      cell: (row) => staffNames(row).join(", "),
    }),
    column({
      id: "started",
      track: "9rem",
      header: t("calls.started"),
      cell: ({ started_at: at }) => <When at={at} />,
    }),
  ];
}

/** Who called, and whether they talked, by shape; the words stand in the row. */
function Direction({ row }: { row: CallRow }) {
  const { t } = useTranslation();
  const props = {
    size: 18,
    stroke: 1.75,
    role: "img",
    "aria-label": t(`calls.from.${row.caller_side}`),
  } as const;
  if (row.outcome !== null && row.outcome !== "completed") return <IconPhoneX {...props} />;
  if (row.kind === "video") return <IconVideo {...props} />;
  return row.caller_side === "staff" ? <IconPhoneOutgoing {...props} /> : <IconPhoneIncoming {...props} />;
}

export function CallsView() {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const { place } = useDesk();
  const list = useCallRows();
  const cols = useMemo(() => columns(t, clock), [t, clock]);
  const filtered = Object.keys(callQuery(place.search)).length > 0;
  return (
    <TableView
      columns={cols}
      list={list}
      rows={list.items}
      total={list.total}
      filtered={filtered}
      filters={useCallFilters()}
      nothing={{
        icon: <IconPhone size={32} stroke={1.5} />,
        title: t(filtered ? "calls.noneTitle" : "calls.emptyTitle"),
        text: t(filtered ? "calls.noneText" : "calls.emptyText"),
      }}
    />
  );
}

function useCallFilters(): readonly Filter[] {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  const { queue, operator } = usePeopleFilters();
  const period = usePeriodFilters({ from: t("calls.filter.from"), to: t("calls.filter.to") });
  const side = choice("caller_side", {
    label: t("calls.direction"),
    options: SIDES.map((value) => ({ value, label: t(`calls.from.${value}`) })),
    plain: true,
  });
  const kind = choice("kind", {
    label: t("calls.kind"),
    options: KINDS.map((value) => ({ value, label: t(`calls.kinds.${value}`) })),
  });
  const outcome = choice("outcome", {
    label: t("calls.outcome.name"),
    options: [
      { value: ON_NOW, label: t("calls.filter.onNow") },
      ...OUTCOMES.map((value) => ({ value, label: t(`calls.outcome.${value}`) })),
    ],
  });
  return [...period, side, kind, outcome, queue, operator, usePatientFilter()];
}

const FOUND_MAX = 20;

/** Patients are many: the server looks for what is typed. */
function usePatientFilter(): ChoiceFilter {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  const { api } = useConsole();
  const { place } = useDesk();
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 250);
  const found = useQuery({
    queryKey: ["patients", "found", q],
    queryFn: () => api.patients({ q, limit: FOUND_MAX }),
    placeholderData: (before) => before,
  });
  const chosen = place.search.patient ?? null;
  const isFound = found.data?.items.some(({ id }) => id === chosen) ?? false;
  const known = useQuery({
    queryKey: ["patient", "name", chosen],
    queryFn: () => api.patient(chosen ?? ""),
    enabled: chosen !== null && found.data !== undefined && !isFound,
  });
  const besides = isFound || known.data === undefined ? [] : [known.data];
  const options = named([...(found.data?.items ?? []), ...besides]);
  return choice("patient", { label: t("calls.patient"), options, onSearch: setTyped });
}
