/** What is known of the end of a patient’s account, and what a change of it makes old. */
import type { Deletion } from "@consilium/kit/api";
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useConsole } from "../../session/ConsoleContext.tsx";

const DELETION_KEY = "deletion";
const UNDER_WAY_MS = 10_000;

export function useDeletion(patientId: string): UseQueryResult<Deletion> {
  const { api, me } = useConsole();
  return useQuery({
    queryKey: [DELETION_KEY, patientId],
    queryFn: () => api.rights.planOf(patientId),
    enabled: me.role === "supervisor",
    // What is under way is over in less than a minute.
    refetchInterval: ({ state: { data } }) =>
      data?.deleted_at != null && data.finished_at === null ? UNDER_WAY_MS : false,
  });
}

export function useRightsChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    const keys = [DELETION_KEY, "patient", "patients", "archive", "archive-record", "holds"];
    await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
  }, [client]);
}
