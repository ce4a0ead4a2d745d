/** All calls, newest first: with whom, how it ended, how long, who; filtered by how it ended, operator, patient. */
import type { CallRow } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing, IconPhoneX, IconVideo } from "../../icons.ts";
import { TableView } from "../../list/TableView.tsx";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import type { Column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import classes from "./CallsView.module.css";
import { callQuery, OUTCOMES, outcomeKey, staffNames } from "./model.ts";

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
    {
      id: "patient",
      track: "minmax(10rem, 2fr)",
      enableSorting: false,
      accessorFn: ({ patient }) => patient.name,
      header: t("calls.patient"),
      cell: ({ row: { original } }) => (
        <span className={classes.patient}>
          <Direction row={original} />
          <span className={classes.name}>{original.patient.name}</span>
        </span>
      ),
    },
    {
      id: "kind",
      track: "7rem",
      enableSorting: false,
      accessorFn: ({ kind }) => kind,
      header: t("calls.kind"),
      cell: ({ row }) => t(`calls.kinds.${row.original.kind}`),
    },
    {
      id: "outcome",
      track: "minmax(8rem, 1fr)",
      enableSorting: false,
      accessorFn: ({ outcome }) => outcome,
      header: t("calls.outcome.name"),
      cell: ({ row: { original } }) => (
        <span data-outcome={original.outcome ?? original.state} className={classes.outcome}>
          {t(outcomeKey(original))}
        </span>
      ),
    },
    {
      id: "length",
      track: "8rem",
      numeric: true,
      enableSorting: false,
      accessorFn: ({ talked_seconds }) => talked_seconds,
      header: t("calls.length"),
      cell: ({ row }) => (row.original.talked_seconds > 0 ? clock(row.original.talked_seconds) : "–"),
    },
    {
      id: "operator",
      track: "minmax(9rem, 1.5fr)",
      spare: true,
      enableSorting: false,
      accessorFn: (row) => staffNames(row).join(", "),
      header: t("calls.operator"),
      cell: ({ row }) => staffNames(row.original).join(", "),
    },
    {
      id: "started",
      track: "9rem",
      enableSorting: false,
      accessorFn: ({ started_at }) => started_at,
      header: t("calls.started"),
      cell: ({ row }) => <When at={row.original.started_at} />,
    },
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
      tools={<Filters />}
      nothing={{
        icon: <IconPhone size={32} stroke={1.5} />,
        title: t(filtered ? "calls.noneTitle" : "calls.emptyTitle"),
        text: t(filtered ? "calls.noneText" : "calls.emptyText"),
      }}
    />
  );
}

function Filters() {
  const { t } = useTranslation();
  const { place, filter } = useDesk();
  const board = useBoard();
  const operators = useMemo(
    () => [...board.operators.values()].map(({ id, name }) => ({ value: id, label: name })),
    [board.operators],
  );
  return (
    <>
      <Select
        size="sm"
        className={classes.filter}
        aria-label={t("calls.outcome.name")}
        placeholder={t("calls.anyOutcome")}
        clearable
        data={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`calls.outcome.${outcome}`) }))}
        value={place.search.outcome ?? null}
        onChange={(outcome) => filter({ outcome })}
      />
      <Select
        size="sm"
        className={classes.filter}
        aria-label={t("calls.operator")}
        placeholder={t("calls.anyOperator")}
        clearable
        searchable
        data={operators}
        value={place.search.operator ?? null}
        onChange={(operator) => filter({ operator })}
      />
      <PatientFilter />
    </>
  );
}

const FOUND_MAX = 20;

/** Patients are many: the server looks for what is typed. */
function PatientFilter() {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { place, filter } = useDesk();
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 250);
  const found = useQuery({
    queryKey: ["patients", "found", q],
    queryFn: () => api.patients({ q, limit: FOUND_MAX }),
    placeholderData: (before) => before,
  });
  const chosen = place.search.patient ?? null;
  const known = useQuery({
    queryKey: ["patient", "name", chosen],
    queryFn: () => api.patient(chosen ?? ""),
    enabled: chosen !== null && found.data?.items.some(({ id }) => id === chosen) === false,
  });
  const items = [...(found.data?.items ?? []), ...(known.data === undefined ? [] : [known.data])];
  return (
    <Select
      size="sm"
      className={classes.filter}
      aria-label={t("calls.patient")}
      placeholder={t("calls.anyPatient")}
      clearable
      searchable
      // The server has looked already: by phone too, which stands in no label.
      filter={({ options }) => options}
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen}
      onSearchChange={setTyped}
      onChange={(patient) => filter({ patient })}
    />
  );
}
