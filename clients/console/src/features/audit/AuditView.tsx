/** Who did what to what, newest first; each entry carries its link of the chain. */
import type { AuditEntry } from "@consilium/kit/api";
import { fullWhen, useRegion } from "@consilium/kit/brand";
import type { Filter } from "@consilium/kit/ui/filters";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconHistory } from "../../icons.ts";
import { useChoiceFilter } from "../../list/filters.ts";
import { TableView } from "../../list/TableView.tsx";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type Column, column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing } from "../../ui/Loadable.tsx";
import { RecordPanel } from "../../ui/RecordPanel.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import classes from "./AuditView.module.css";
import { ChainCheck } from "./ChainCheck.tsx";
import { ACTIONS, type AuditRow, auditQuery, auditRows, detailLines, shortId } from "./model.ts";

const PAGE = 100;

function useAudit() {
  const { api } = useConsole();
  const { search } = useDesk().place;
  const query = useMemo(() => auditQuery(search), [search]);
  return useAllPages<AuditEntry>(["audit", query], (cursor) => api.audit({ ...query, limit: PAGE, cursor }), {
    eager: false,
    limit: PAGE,
  });
}

function columns(t: TFunction): Column<AuditRow>[] {
  return [
    column({
      id: "sequence",
      track: "4.5rem",
      spare: true,
      numeric: true,
      header: t("audit.number"),
      cell: ({ entry }) => entry.sequence,
    }),
    column({
      id: "at",
      track: "minmax(7rem, 0.8fr)",
      header: t("audit.when"),
      cell: ({ entry }) => <When at={entry.at} />,
    }),
    column({
      id: "actor",
      track: "minmax(9rem, 1.5fr)",
      header: t("audit.actor"),
      cell: ({ entry: { actor } }) => (
        <>
          {actor.name} <span className={classes.muted}>{t(`role.${actor.role}`)}</span>
        </>
      ),
    }),
    column({
      id: "action",
      track: "minmax(10rem, 1.5fr)",
      header: t("audit.action"),
      cell: ({ entry }) => actionWords(entry.action, t),
    }),
    column({
      id: "subject",
      track: "minmax(8rem, 1fr)",
      header: t("audit.subject"),
      cell: ({ entry: { subject } }) => (
        <>
          {t(`audit.kind.${subject.kind}`, { defaultValue: subject.kind })}{" "}
          <code className={classes.muted} title={subject.id}>
            {shortId(subject.id)}
          </code>
        </>
      ),
    }),
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
  const { actor, action, subject, from, to } = search;
  const filtered = [actor, action, subject, from, to].some((value) => value !== undefined);
  return (
    <TableView
      columns={cols}
      list={list}
      rows={rows}
      total={list.total}
      filtered={filtered}
      filters={useAuditFilters()}
      tools={<ChainCheck />}
      nothing={{
        icon: <IconHistory size={32} stroke={1.5} />,
        title: t("audit.emptyTitle"),
        text: t("audit.emptyText"),
      }}
    />
  );
}

function useAuditFilters(): readonly Filter[] {
  const { t } = useTranslation();
  const choice = useChoiceFilter();
  const { subject, from, to } = useDesk().place.search;
  const { operators } = useBoard();
  return [
    choice("actor", {
      label: t("audit.filter.actor"),
      options: [...operators.values()].map(({ user_id, name }) => ({ value: user_id, label: name })),
    }),
    choice("action", {
      label: t("audit.filter.action"),
      options: ACTIONS.map((action) => ({ value: action, label: actionWords(action, t) })),
    }),
    { kind: "words", field: "subject", label: t("audit.filter.subject"), value: subject ?? null },
    { kind: "day", field: "from", label: t("audit.filter.from"), value: from ?? null, max: to },
    { kind: "day", field: "to", label: t("audit.filter.to"), value: to ?? null, min: from },
  ];
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
    <RecordPanel label={t("audit.card")}>
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
    </RecordPanel>
  );
}
