/** What is known of the end of a patient’s account, and what a change of it makes old. */
import type { Deletion } from "@consilium/kit/api";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { useAskAgain } from "../../ui/useAskAgain.ts";

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

const OF_PATIENT = [DELETION_KEY, "patient", "patients", "archive", "archive-record", "holds"];

export function useRightsChanged(): () => Promise<void> {
  return useAskAgain(OF_PATIENT);
}
