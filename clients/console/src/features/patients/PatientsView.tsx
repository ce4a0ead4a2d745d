/** All patients: found by name, phone or e-mail, sorted by a press on a head; what changes is told by the stream. */
import type { PatientRow } from "@consilium/kit/api";
import { dateOf, phoneNumber, useRegion } from "@consilium/kit/brand";
import type { Filter } from "@consilium/kit/ui/filters";
import { Button } from "@mantine/core";
import type { SortingState } from "@tanstack/react-table";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { ageOf } from "../../format.ts";
import { IconUserPlus, IconUsers } from "../../icons.ts";
import { useChoiceFilter, useDaysFilter, useFieldFilter } from "../../list/filters.ts";
import { sortingOf, TableView } from "../../list/TableView.tsx";
import type { Selecting } from "../../list/useSelection.ts";
import { useReadable } from "../../live/hooks.ts";
import { compareNames } from "../../live/names.ts";
import { withChanges } from "../../live/patient-rows.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { byValue, type Column, column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { findPatients, isSex, narrowed, patientFilter, SEXES } from "./model.ts";

/** All rows of a desk's patients are sorted here up to this many; beyond it the server searches. */
const HERE_MAX = 10_000;
const PAGE = 200;
const EVERYBODY = { eager: true, limit: HERE_MAX, told: true } as const;

export function patientColumns(t: TFunction, locale: string, now: number): Column<PatientRow>[] {
  return [
    column({
      id: "name",
      track: "minmax(10rem, 2fr)",
      header: t("patients.name"),
      cell: ({ name }) => name,
      value: ({ name }) => name,
      compare: (a, b) => compareNames(a.name, b.name),
    }),
    column({
      id: "age",
      track: "4.5rem",
      numeric: true,
      header: t("patients.age"),
      cell: ({ birth_date: born }) => ageOf(born, now) ?? "—",
      value: bornAt,
      // Younger first: a later date is a smaller age.
      compare: (a, b) => byValue(bornAt(b), bornAt(a)),
    }),
    column({
      id: "sex",
      track: "6rem",
      spare: true,
      header: t("patients.sex"),
      cell: ({ sex }) => (isSex(sex) ? t(`sex.${sex}`) : "—"),
      value: ({ sex }) => sex ?? "",
    }),
    column({
      id: "phone",
      track: "9.5rem",
      header: t("patients.phone"),
      cell: ({ phone }) => (phone === null ? "—" : phoneNumber(phone)),
      value: ({ phone }) => phone ?? "",
    }),
    column({
      id: "consultations",
      track: "7.5rem",
      numeric: true,
      header: t("patients.consultations"),
      cell: ({ consultations }) => consultations,
      value: ({ consultations }) => consultations,
    }),
    column({
      id: "last",
      track: "9rem",
      header: t("patients.last"),
      cell: ({ last_consultation_at: at }) => (at === null ? "—" : <When at={at} />),
      value: ({ last_consultation_at: at }) => at ?? "",
    }),
    column({
      id: "since",
      track: "8rem",
      spare: true,
      header: t("patients.since"),
      cell: ({ created_at: at }) => dateOf(at, locale),
      value: ({ created_at: at }) => at,
    }),
  ];
}

/** What is unknown stands first going up. */
function bornAt({ birth_date: born }: PatientRow): string {
  return born ?? "";
}

const USUAL: SortingState = [{ id: "last", desc: true }];

export function PatientsView() {
  const { t } = useTranslation();
  const locale = useRegion();
  const { api, desk, me } = useConsole();
  const { epoch, changed } = useReadable(desk.patients.state);
  const { search } = useDesk().place;
  const [now] = useState(() => Date.now());
  const q = search.q ?? "";
  const first = useAllPages<PatientRow>(
    ["patients", "", epoch],
    (cursor) => api.patients({ limit: PAGE, cursor }),
    EVERYBODY,
  );
  const everybody = useMemo(() => withChanges(first.items, changed), [first.items, changed]);
  const filter = useMemo(() => patientFilter(search), [search]);
  const here = useMemo(() => narrowed(findPatients(everybody, q), filter, now), [everybody, q, filter, now]);
  const filtered = q !== "" || filter.sex !== null || filter.days !== null || filter.field !== null;
  // Whoever acts for somebody of that name, and what stands in own fields, is known to the server alone.
  const asksServer =
    (filtered && first.total > HERE_MAX) || filter.field !== null || (q !== "" && here.length === 0);
  const asked = useMemo(
    () => ({
      ...(q === "" ? {} : { q }),
      ...(filter.sex === null ? {} : { sex: filter.sex }),
      ...(filter.days === null ? {} : { days: filter.days }),
      ...(filter.field === null ? {} : { field: filter.field }),
    }),
    [q, filter],
  );
  const found = useAllPages<PatientRow>(
    ["patients", asksServer ? asked : "", epoch],
    (cursor) => api.patients({ limit: PAGE, cursor, ...(asksServer ? asked : {}) }),
    EVERYBODY,
  );
  const there = useMemo(() => {
    // What stands in own fields no row says.
    const adds = (row: PatientRow) =>
      filter.field === null && narrowed(findPatients([row], q), filter, now).length > 0;
    return withChanges(found.items, changed, adds);
  }, [found.items, changed, q, filter, now]);
  const list = asksServer ? found : first;
  const rows = asksServer ? there : here;
  const isWhole = filtered || list.complete;
  const columns = useMemo(() => patientColumns(t, locale, now), [t, locale, now]);
  const sorting = useMemo(() => sortingOf(search.sort, USUAL), [search.sort]);
  const choosing = useMemo(
    () => ({
      label: ({ name }: PatientRow) => name,
      acts: (selecting: Selecting) => <CarryAway rows={rows} selecting={selecting} />,
    }),
    [rows],
  );
  return (
    <TableView
      columns={columns}
      list={list}
      rows={rows}
      total={isWhole ? rows.length : Math.max(list.total, rows.length)}
      filtered={filtered}
      filters={usePatientFilters()}
      sorting={sorting}
      search={{ label: t("patients.search"), delay: first.total > HERE_MAX ? 250 : 120 }}
      tools={
        <CommandButton
          id="patients.add"
          size="sm"
          variant="default"
          icon={<IconUserPlus size={16} stroke={1.75} />}
        />
      }
      {...(me.role === "supervisor" ? { choosing } : {})}
      nothing={{
        icon: <IconUsers size={32} stroke={1.5} />,
        title: t(filtered ? "patients.noneTitle" : "patients.emptyTitle"),
        text: t(filtered ? "patients.noneText" : "patients.emptyText"),
      }}
    />
  );
}

/** Chosen patients as a table, for supervisors. */
function CarryAway({ rows, selecting }: { rows: readonly PatientRow[]; selecting: Selecting }) {
  const { t } = useTranslation();
  const { dialog } = useDesk();
  const { ids, settle } = selecting;
  const open = () => {
    const chosen = rows.filter(({ id }) => ids.has(id)).map(({ id, name }) => ({ id, name }));
    dialog.set({ kind: "bulk", wish: { of: "patients", kind: "export", rows: chosen, settle } });
  };
  return (
    <Button size="compact-sm" variant="default" onClick={open}>
      {t("bulk.act.export")}
    </Button>
  );
}

/** By the card, by when they came last, by what stands in the brand's own fields. */
function usePatientFilters(): readonly Filter[] {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  const sex = choice("sex", {
    label: t("patients.sex"),
    options: SEXES.map((value) => ({ value, label: t(`sex.${value}`) })),
  });
  return [sex, useDaysFilter(t("patients.seen")), ...useFieldFilter("patient")];
}
