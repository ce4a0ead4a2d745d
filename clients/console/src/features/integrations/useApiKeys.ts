/** The keys of partners' systems. */
import type { ApiKey, ApiKeys } from "@consilium/kit/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useConsole } from "../../session/ConsoleContext.tsx";

const LIST = ["api-keys"] as const;
/** When a key was last used changes without anybody at the desk; it is kept to a minute. */
const FOLLOW_MS = 60_000;

export function useApiKeys(enabled = true) {
  const { api } = useConsole();
  return useQuery({ queryKey: LIST, queryFn: () => api.apiKeys.list(), enabled, refetchInterval: FOLLOW_MS });
}

/** What an own action answered is shown at once. */
export function useKeyRefreshed() {
  const client = useQueryClient();
  return useCallback(
    (changed: ApiKey) => {
      client.setQueryData<ApiKeys>(LIST, (before) => {
        if (before === undefined) return before;
        const known = before.keys.some(({ id }) => id === changed.id);
        const keys = before.keys.map((key) => (key.id === changed.id ? changed : key));
        return { ...before, keys: known ? keys : [...keys, changed] };
      });
      void client.invalidateQueries({ queryKey: LIST });
    },
    [client],
  );
}
