/** All webhooks: where they lead, how they stand. */
import type { WebhookEndpoint } from "@consilium/kit/api";
import type { TFunction } from "i18next";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { IconWebhook } from "../../icons.ts";
import { TableView } from "../../list/TableView.tsx";
import { type Column, column } from "../../ui/DataTable.tsx";
import { hostOf } from "./model.ts";
import { StandingWords } from "./StandingWords.tsx";
import { useWebhooks } from "./useWebhooks.ts";
import { wholeList } from "./whole-list.ts";

const NONE: readonly WebhookEndpoint[] = [];

function columns(t: TFunction): Column<WebhookEndpoint>[] {
  return [
    column({
      id: "url",
      track: "minmax(11rem, 2fr)",
      header: t("webhooks.url"),
      cell: ({ url }) => hostOf(url),
    }),
    column({
      id: "description",
      track: "minmax(8rem, 2fr)",
      header: t("webhooks.description"),
      cell: ({ description }) => description || "—",
    }),
    column({
      id: "standing",
      track: "minmax(9rem, 1.5fr)",
      header: t("webhooks.standing"),
      cell: (endpoint) => <StandingWords endpoint={endpoint} />,
    }),
    column({
      id: "events",
      track: "6rem",
      spare: true,
      numeric: true,
      header: t("webhooks.eventCount"),
      cell: ({ events }) => events.length,
    }),
    column({
      id: "waiting",
      track: "6rem",
      numeric: true,
      header: t("webhooks.waiting"),
      cell: ({ waiting }) => waiting,
    }),
    column({
      id: "dead",
      track: "8rem",
      numeric: true,
      header: t("webhooks.dead"),
      cell: ({ dead }) => dead,
    }),
  ];
}

export function WebhooksView({ tools }: { tools: ReactNode }) {
  const { t } = useTranslation();
  const query = useWebhooks();
  const rows = query.data?.endpoints ?? NONE;
  const cols = useMemo(() => columns(t), [t]);
  return (
    <TableView
      columns={cols}
      {...wholeList(query, rows)}
      tools={tools}
      nothing={{
        icon: <IconWebhook size={32} stroke={1.5} />,
        title: t("webhooks.noneTitle"),
        text: t("webhooks.noneText"),
      }}
    />
  );
}
