/** What was told and what became of it, newest first; what was given up can be sent again. */
import type { WebhookDelivery, WebhookDeliveryState, WebhookEndpoint } from "@consilium/kit/api";
import { Button, Select } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import classes from "./Integrations.module.css";
import { toneOf } from "./model.ts";
import { deliveriesKey, useRefreshed } from "./useWebhooks.ts";

const PAGE = 30;
/** While the card is open the log follows; deliveries are no events of the stream, of which there would be too many. */
const FOLLOW_MS = 3_000;
const STATES: readonly WebhookDeliveryState[] = ["waiting", "delivered", "dead"];

export function DeliveryLog({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const [state, setState] = useState<WebhookDeliveryState | null>(null);
  const log = useInfiniteQuery({
    queryKey: deliveriesKey(endpoint.id, state),
    queryFn: ({ pageParam }) =>
      api.webhooks.deliveries(endpoint.id, {
        limit: PAGE,
        cursor: pageParam,
        ...(state === null ? {} : { state }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: FOLLOW_MS,
    placeholderData: (before) => before,
  });
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={classes.log} aria-label={t("webhooks.log")}>
      <div className={classes.logHead}>
        <h3>{t("webhooks.log")}</h3>
        <Select
          size="xs"
          aria-label={t("webhooks.logState")}
          placeholder={t("webhooks.anyState")}
          clearable
          value={state}
          data={STATES.map((each) => ({ value: each, label: t(`webhooks.state.${each}`) }))}
          onChange={setState}
        />
      </div>
      {log.data === undefined &&
        (log.isError ? (
          <Problem error={log.error} onRetry={() => void log.refetch()} busy={log.isFetching} />
        ) : (
          <Loading rows={4} rowHeight={40} />
        ))}
      {log.data !== undefined && items.length === 0 && (
        <p className={classes.muted}>{t("webhooks.logEmpty")}</p>
      )}
      <ol className={classes.entries}>
        {items.map((delivery) => (
          <Entry key={delivery.id} endpoint={endpoint} delivery={delivery} />
        ))}
      </ol>
      {log.hasNextPage && (
        <Button
          variant="default"
          size="sm"
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </section>
  );
}

function Entry({ endpoint, delivery }: { endpoint: WebhookEndpoint; delivery: WebhookDelivery }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const refreshed = useRefreshed();
  const again = useMutation({
    mutationFn: () => api.webhooks.sendAgain(endpoint.id, delivery.id),
    onSuccess: () => refreshed(null),
  });
  const mayGo = endpoint.on || delivery.type === "webhook.test";
  const words = t(`webhooks.event.${delivery.type}`);
  return (
    <li className={classes.entry}>
      <span className={classes.entryLine}>
        <strong>{words}</strong>
        <When at={delivery.at} className={classes.muted} />
      </span>
      <span className={classes.entryLine}>
        <Became delivery={delivery} />
        {mayGo && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={again.isPending}
            aria-label={t("webhooks.sendAgainOf", { event: words })}
            onClick={() => again.mutate()}
          >
            {t("webhooks.sendAgain")}
          </Button>
        )}
      </span>
      <Refusal error={again.error} />
    </li>
  );
}

/** State, answer, time and attempts in one line; the next attempt where there is one. */
function Became({ delivery }: { delivery: WebhookDelivery }) {
  const { t } = useTranslation();
  const { state, failure, response_status: status, latency_ms: latency, attempts } = delivery;
  const parts = [
    failure !== null && t(`webhooks.failure.${failure}`),
    status !== null && t("webhooks.status", { status }),
    latency !== null && t("webhooks.latency", { latency }),
    attempts > 1 && t("webhooks.attempts", { count: attempts }),
  ];
  return (
    <span className={classes.became}>
      <span className={classes.tone} data-tone={toneOf(delivery)}>
        {t(`webhooks.state.${state}`)}
      </span>
      <span className={classes.muted}>{parts.filter((part) => part !== false).join(" · ")}</span>
      {delivery.next_attempt_at !== null && attempts > 0 && (
        <span className={classes.muted}>
          {t("webhooks.next")} <When at={delivery.next_attempt_at} />
        </span>
      )}
    </span>
  );
}
