/** The webhooks of the service, read again whenever one changed. */
import type { WebhookEndpoint, Webhooks } from "@consilium/kit/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { useConsole } from "../../session/ConsoleContext.tsx";

const LIST = ["webhooks"] as const;
const DELIVERIES = "webhook-deliveries";

/** `enabled`: false for who may not see them; then nothing is asked. */
export function useWebhooks(enabled = true) {
  const { api, desk } = useConsole();
  const client = useQueryClient();
  const query = useQuery({ queryKey: LIST, queryFn: () => api.webhooks.list(), enabled });
  useEffect(() => desk.onWebhook(() => void client.invalidateQueries({ queryKey: LIST })), [desk, client]);
  return query;
}

export function deliveriesKey(id: string, state: string | null) {
  return [DELIVERIES, id, state] as const;
}

/** What an own action answered is shown at once; the log is read again. */
export function useRefreshed() {
  const client = useQueryClient();
  return useCallback(
    (changed: WebhookEndpoint | { readonly id: string; readonly removed: true } | null) => {
      if (changed !== null) {
        client.setQueryData<Webhooks>(LIST, (before) => before && merged(before, changed));
      }
      void client.invalidateQueries({ queryKey: LIST });
      // The log of what was removed is not there any more, and its card is about to go.
      if (changed === null || !("removed" in changed))
        void client.invalidateQueries({ queryKey: [DELIVERIES] });
    },
    [client],
  );
}

function merged(
  before: Webhooks,
  changed: WebhookEndpoint | { readonly id: string; readonly removed: true },
): Webhooks {
  if ("removed" in changed) {
    return { ...before, endpoints: before.endpoints.filter(({ id }) => id !== changed.id) };
  }
  const known = before.endpoints.some(({ id }) => id === changed.id);
  const endpoints = known
    ? before.endpoints.map((endpoint) => (endpoint.id === changed.id ? changed : endpoint))
    : [...before.endpoints, changed];
  return { ...before, endpoints };
}
