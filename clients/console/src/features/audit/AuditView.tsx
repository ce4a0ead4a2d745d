/** Who did what to what, newest first; each entry carries its link of the chain. */
import type { AuditEntry } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import type { TFunction } from "i18next";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { fullWhen } from "../../format.ts";
import { IconHistory } from "../../icons.ts";
import { TableView } from "../../list/TableView.tsx";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import type { Column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing } from "../../ui/Loadable.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import classes from "./AuditView.module.css";
import { ACTIONS, type AuditRow, auditRows, detailLines, shortId } from "./model.ts";

const PAGE = 100;

function useAudit() {
  const { api } = useConsole();
  const { search } = useDesk().place;
  const query = useMemo(
    () => ({ actor: search.actor, action: search.action, subject: search.subject }),
    [search],
  );
  return useAllPages<AuditEntry>(["audit", query], (cursor) => api.audit({ ...query, limit: PAGE, cursor }), {
    eager: false,
    limit: PAGE,
  });
}

function columns(t: TFunction): Column<AuditRow>[] {
  return [
    {
      id: "sequence",
      track: "4.5rem",
      spare: true,
      numeric: true,
      enableSorting: false,
      accessorFn: ({ entry }) => entry.sequence,
      header: t("audit.number"),
      cell: ({ row }) => row.original.entry.sequence,
    },
    {
      id: "at",
      track: "minmax(7rem, 0.8fr)",
      enableSorting: false,
      accessorFn: ({ entry }) => entry.at,
      header: t("audit.when"),
      cell: ({ row }) => <When at={row.original.entry.at} />,
    },
    {
      id: "actor",
      track: "minmax(9rem, 1.5fr)",
      enableSorting: false,
      accessorFn: ({ entry }) => entry.actor.name,
      header: t("audit.actor"),
      cell: ({ row: { original } }) => (
        <>
          {original.entry.actor.name}{" "}
          <span className={classes.muted}>{t(`role.${original.entry.actor.role}`)}</span>
        </>
      ),
    },
    {
      id: "action",
      track: "minmax(10rem, 1.5fr)",
      enableSorting: false,
      accessorFn: ({ entry }) => entry.action,
      header: t("audit.action"),
      cell: ({ row }) => actionWords(row.original.entry.action, t),
    },
    {
      id: "subject",
      track: "minmax(8rem, 1fr)",
      enableSorting: false,
      accessorFn: ({ entry }) => entry.subject.id,
      header: t("audit.subject"),
      cell: ({ row: { original } }) => (
        <>
          {t(`audit.kind.${original.entry.subject.kind}`, { defaultValue: original.entry.subject.kind })}{" "}
          <code className={classes.muted} title={original.entry.subject.id}>
            {shortId(original.entry.subject.id)}
          </code>
        </>
      ),
    },
  ];
}

/** The service itself has no name. */
function actorName({ actor }: AuditEntry, t: TFunction): string {
  return actor.name === "" ? t(`role.${actor.role}`) : actor.name;
}

function actionWords(action: string, t: TFunction): string {
  return t(`audit.did.${action.replaceAll(".", "_")}`, { defaultValue: action });
}

export function AuditView() {
  const { t } = useTranslation();
  const { search } = useDesk().place;
  const list = useAudit();
  const rows = useMemo(() => auditRows(list.items), [list.items]);
  const cols = useMemo(() => columns(t), [t]);
  const filtered = [search.actor, search.action, search.subject].some((value) => value !== undefined);
  return (
    <TableView
      columns={cols}
      list={list}
      rows={rows}
      total={list.total}
      filtered={filtered}
      tools={<Filters />}
      nothing={{
        icon: <IconHistory size={32} stroke={1.5} />,
        title: t("audit.emptyTitle"),
        text: t("audit.emptyText"),
      }}
    />
  );
}

function Filters() {
  const { t } = useTranslation();
  const { place, filter } = useDesk();
  const board = useBoard();
  const actors = useMemo(
    () => [...board.operators.values()].map(({ user_id, name }) => ({ value: user_id, label: name })),
    [board.operators],
  );
  const actions = useMemo(
    () => ACTIONS.map((action) => ({ value: action, label: actionWords(action, t) })),
    [t],
  );
  return (
    <>
      <Select
        size="sm"
        className={classes.filter}
        aria-label={t("audit.filter.actor")}
        placeholder={t("audit.anyActor")}
        clearable
        searchable
        data={actors}
        value={place.search.actor ?? null}
        onChange={(actor) => filter({ actor })}
      />
      <Select
        size="sm"
        className={classes.filter}
        aria-label={t("audit.filter.action")}
        placeholder={t("audit.anyAction")}
        clearable
        searchable
        data={actions}
        value={place.search.action ?? null}
        onChange={(action) => filter({ action })}
      />
      <Filter
        label={t("audit.filter.subject")}
        value={place.search.subject ?? ""}
        onChange={(subject) => filter({ subject })}
      />
    </>
  );
}

function Filter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const later = useDebouncedCallback(onChange, 300);
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      size="sm"
      className={classes.filter}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}

export function AuditPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const locale = useRegion();
  const list = useAudit();
  const entry = list.items.find(({ sequence }) => String(sequence) === id);
  if (entry === undefined) {
    if (list.status === "pending") return <Loading rows={6} rowHeight={24} />;
    return <Nothing icon={<IconHistory size={32} stroke={1.5} />} title={t("audit.unknown")} />;
  }
  return (
    <section className={classes.panel} aria-label={t("audit.card")}>
      <h2>{actionWords(entry.action, t)}</h2>
      <Facts
        facts={[
          { name: t("audit.number"), value: String(entry.sequence) },
          { name: t("audit.when"), value: fullWhen(entry.at, locale) },
          { name: t("audit.actor"), value: `${actorName(entry, t)} (${t(`role.${entry.actor.role}`)})` },
          { name: t("audit.account"), value: entry.actor.user_id },
          { name: t("audit.action"), value: <code>{entry.action}</code> },
          { name: t("audit.subject"), value: <code>{`${entry.subject.kind} ${entry.subject.id}`}</code> },
          { name: t("audit.hash"), value: <code>{entry.hash}</code> },
        ]}
      />
      {Object.keys(entry.detail).length > 0 && (
        <>
          <h3>{t("audit.detail")}</h3>
          <Facts facts={detailLines(entry.detail)} />
        </>
      )}
    </section>
  );
}
