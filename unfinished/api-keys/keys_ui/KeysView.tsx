/** All keys of partners' systems: what each may do, when it was last used. */
import type { ApiKey } from "@consilium/kit/api";
import type { TFunction } from "i18next";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { IconKey } from "../../icons.ts";
import { TableView } from "../../list/TableView.tsx";
import { useNow } from "../../live/hooks.ts";
import { type Column, column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import classes from "./Integrations.module.css";
import { keyStandingOf } from "./model.ts";
import { useApiKeys } from "./useApiKeys.ts";

const NONE: readonly ApiKey[] = [];

function columns(t: TFunction): Column<ApiKey>[] {
  return [
    column({
      id: "name",
      track: "minmax(9rem, 2fr)",
      header: t("apiKeys.name"),
      cell: ({ name }) => name,
    }),
    column({
      id: "standing",
      track: "8rem",
      header: t("apiKeys.standing"),
      cell: (apiKey) => <KeyStanding apiKey={apiKey} />,
    }),
    column({
      id: "scopes",
      track: "minmax(10rem, 3fr)",
      header: t("apiKeys.scopes"),
      cell: ({ scopes }) => scopes.map((scope) => t(`apiKeys.scope.${scope}`)).join(", "),
    }),
    column({
      id: "beginning",
      track: "7rem",
      spare: true,
      header: t("apiKeys.beginning"),
      cell: ({ beginning }) => <code>{beginning}…</code>,
    }),
    column({
      id: "used",
      track: "minmax(7rem, 1fr)",
      header: t("apiKeys.lastUsed"),
      cell: ({ last_used_at: at }) => (at === null ? t("apiKeys.never") : <When at={at} />),
    }),
  ];
}

export function KeyStanding({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const standing = keyStandingOf(apiKey, useNow());
  return (
    <span className={classes.tone} data-tone={standing === "good" ? "success" : "muted"}>
      {t(`apiKeys.stands.${standing}`)}
    </span>
  );
}

export function KeysView({ tools }: { tools: ReactNode }) {
  const { t } = useTranslation();
  const query = useApiKeys();
  const rows = query.data?.keys ?? NONE;
  const cols = useMemo(() => columns(t), [t]);
  const refetch = () => void query.refetch();
  return (
    <TableView
      columns={cols}
      list={{
        items: rows,
        total: rows.length,
        status: query.status,
        error: query.error,
        fetching: query.isFetching,
        more: refetch,
        refetch,
      }}
      rows={rows}
      total={rows.length}
      filtered={false}
      tools={tools}
      nothing={{
        icon: <IconKey size={32} stroke={1.5} />,
        title: t("apiKeys.noneTitle"),
        text: t("apiKeys.noneText"),
      }}
    />
  );
}
