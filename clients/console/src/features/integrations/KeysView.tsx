/** Keys of partners' systems: what each may do, when it was last used. */
import type { ApiKey, ApiScope } from "@consilium/kit/api";
import type { TFunction } from "i18next";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { IconKey } from "../../icons.ts";
import { TableView } from "../../list/TableView.tsx";
import { type Column, column } from "../../ui/DataTable.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { KeyStandingWords } from "./KeyStandingWords.tsx";
import { scopeWords } from "./key-model.ts";
import { useApiKeys } from "./useApiKeys.ts";
import { wholeList } from "./whole-list.ts";

const NONE: readonly ApiKey[] = [];
const NO_TYPES: readonly ApiScope[] = [];

/** In one line: what one may, else how much; the card says it all. */
function scopesInShort(scopes: readonly ApiScope[], types: readonly ApiScope[], t: TFunction): string {
  const [first] = scopes;
  if (scopes.length === types.length) return t("apiKeys.everything");
  return scopes.length === 1 && first !== undefined
    ? t(scopeWords(first))
    : t("apiKeys.scopeCount", { count: scopes.length });
}

function columns(t: TFunction, types: readonly ApiScope[]): Column<ApiKey>[] {
  return [
    column({
      id: "name",
      track: "minmax(8rem, 2fr)",
      header: t("apiKeys.name"),
      cell: ({ name }) => name,
    }),
    column({
      id: "standing",
      track: "8rem",
      header: t("apiKeys.standing"),
      cell: (apiKey) => <KeyStandingWords apiKey={apiKey} />,
    }),
    column({
      id: "scopes",
      track: "minmax(9rem, 2fr)",
      header: t("apiKeys.scopes"),
      cell: ({ scopes }) => scopesInShort(scopes, types, t),
    }),
    column({
      id: "beginning",
      track: "9rem",
      spare: true,
      header: t("apiKeys.beginning"),
      cell: ({ beginning }) => <code>{beginning}…</code>,
    }),
    column({
      id: "used",
      track: "minmax(7rem, 1fr)",
      header: t("apiKeys.used"),
      cell: ({ last_used_at: at }) => (at === null ? t("apiKeys.never") : <When at={at} />),
    }),
  ];
}

export function KeysView({ tools }: { tools: ReactNode }) {
  const { t } = useTranslation();
  const query = useApiKeys();
  const rows = query.data?.keys ?? NONE;
  const types = query.data?.scope_types ?? NO_TYPES;
  const cols = useMemo(() => columns(t, types), [t, types]);
  return (
    <TableView
      columns={cols}
      {...wholeList(query, rows)}
      tools={tools}
      nothing={{
        icon: <IconKey size={32} stroke={1.5} />,
        title: t("apiKeys.noneTitle"),
        text: t("apiKeys.noneText"),
      }}
    />
  );
}
