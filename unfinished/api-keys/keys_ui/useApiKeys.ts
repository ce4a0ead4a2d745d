/** The keys of partners' systems. */
import { useQuery } from "@tanstack/react-query";
import { useConsole } from "../../session/ConsoleContext.tsx";

export const KEYS = ["api-keys"] as const;

export function useApiKeys(enabled = true) {
  const { api } = useConsole();
  return useQuery({ queryKey: KEYS, queryFn: () => api.apiKeys.list(), enabled });
}
