/** All patients: found by name, phone or e-mail, sorted by a press on a head. */
import type { PatientRow } from "@consilium/kit/api";
import { phoneNumber, useRegion } from "@consilium/kit/brand";
import type { SortingState } from "@tanstack/react-table";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { ageOf, calendarDate } from "../../format.ts";
import { IconUsers } from "../../icons.ts";
import { sortingOf, TableView } from "../../list/TableView.tsx";
import { compareNames } from "../../live/names.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import type { Column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { findPatients, isSex } from "./model.ts";

/** All rows of a desk's patients are sorted here up to this many; beyond it the server searches. */
const HERE_MAX = 10_000;
const PAGE = 200;

export function patientColumns(t: TFunction, locale: string, now: number): Column<PatientRow>[] {
  return [
    {
      id: "name",
      track: "minmax(10rem, 2fr)",
      accessorFn: (row) => row.name,
      header: t("patients.name"),
      cell: ({ row }) => row.original.name,
      sortFn: (a, b) => compareNames(a.original.name, b.original.name),
    },
    {
      id: "age",
      track: "4.5rem",
      numeric: true,
      accessorFn: (row) => row.birth_date ?? "",
      header: t("patients.age"),
      cell: ({ row }) => ageOf(row.original.birth_date, now) ?? "—",
      // Younger first: a later date is a smaller age.
      sortFn: (a, b) => compareText(b.original.birth_date, a.original.birth_date),
    },
    {
      id: "sex",
      track: "6rem",
      spare: true,
      accessorFn: (row) => row.sex ?? "",
      header: t("patients.sex"),
      cell: ({ row }) => (isSex(row.original.sex) ? t(`sex.${row.original.sex}`) : "—"),
      sortFn: (a, b) => compareText(a.original.sex, b.original.sex),
    },
    {
      id: "phone",
      track: "minmax(9rem, 1fr)",
      accessorFn: (row) => row.phone ?? "",
      header: t("patients.phone"),
      cell: ({ row }) => (row.original.phone === null ? "—" : phoneNumber(row.original.phone)),
      sortFn: (a, b) => compareText(a.original.phone, b.original.phone),
    },
    {
      id: "consultations",
      track: "7.5rem",
      numeric: true,
      accessorFn: (row) => row.consultations,
      header: t("patients.consultations"),
      cell: ({ row }) => row.original.consultations,
      sortFn: (a, b) => a.original.consultations - b.original.consultations,
    },
    {
      id: "last",
      track: "9rem",
      accessorFn: (row) => row.last_consultation_at ?? "",
      header: t("patients.last"),
      cell: ({ row }) =>
        row.original.last_consultation_at === null ? "—" : <When at={row.original.last_consultation_at} />,
      sortFn: (a, b) => compareText(a.original.last_consultation_at, b.original.last_consultation_at),
    },
    {
      id: "since",
      track: "8rem",
      spare: true,
      accessorFn: (row) => row.created_at,
      header: t("patients.since"),
      cell: ({ row }) => calendarDate(row.original.created_at, locale),
      sortFn: (a, b) => compareText(a.original.created_at, b.original.created_at),
    },
  ];
}

/** ISO dates and plain strings by code unit; what is unknown stands first going up. */
function compareText(a: string | null, b: string | null): number {
  const [x, y] = [a ?? "", b ?? ""];
  return x < y ? -1 : x > y ? 1 : 0;
}

const USUAL: SortingState = [{ id: "last", desc: true }];

export function PatientsView() {
  const { t } = useTranslation();
  const locale = useRegion();
  const { api } = useConsole();
  const { search } = useDesk().place;
  const [now] = useState(() => Date.now());
  const q = search.q ?? "";
  const first = useAllPages<PatientRow>(["patients", ""], (cursor) => api.patients({ limit: PAGE, cursor }), {
    eager: true,
    limit: HERE_MAX,
  });
  const tooMany = first.total > HERE_MAX && q !== "";
  const found = useAllPages<PatientRow>(
    ["patients", tooMany ? q : ""],
    (cursor) => api.patients({ limit: PAGE, cursor, ...(tooMany ? { q } : {}) }),
    { eager: true, limit: HERE_MAX },
  );
  const list = tooMany ? found : first;
  const rows = useMemo(() => (tooMany ? list.items : findPatients(list.items, q)), [tooMany, list.items, q]);
  const columns = useMemo(() => patientColumns(t, locale, now), [t, locale, now]);
  const sorting = useMemo(() => sortingOf(search.sort, USUAL), [search.sort]);
  return (
    <TableView
      columns={columns}
      list={list}
      rows={rows}
      total={q === "" ? list.total : rows.length}
      filtered={q !== ""}
      sorting={sorting}
      search={{ label: t("patients.search"), delay: tooMany ? 250 : 120 }}
      nothing={{
        icon: <IconUsers size={32} stroke={1.5} />,
        title: t(q === "" ? "patients.emptyTitle" : "patients.noneTitle"),
        text: t(q === "" ? "patients.emptyText" : "patients.noneText"),
      }}
    />
  );
}
