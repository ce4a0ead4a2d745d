/** The wallboard, read again when something changes on the desk and each minute. */

import { useThrottledCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useConsole } from "../../session/ConsoleContext.tsx";

/** Changes come in bursts; each reading counts a whole day anew. Unit: milliseconds. */
const SOONEST_MS = 5_000;
/** What only time changes (an hour that passed, a call-back that came due) sends no event. Unit: milliseconds. */
const EVERY_MS = 60_000;

export function useWallboard() {
  const { api, desk } = useConsole();
  const query = useQuery({
    queryKey: ["wallboard"],
    queryFn: () => api.reports.now(),
    refetchInterval: EVERY_MS,
  });
  const { refetch } = query;
  const soon = useThrottledCallback(() => void refetch(), SOONEST_MS);
  useEffect(() => {
    const stops = [desk.state.subscribe(soon), desk.onCall(soon)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [desk, soon]);
  return query;
}
