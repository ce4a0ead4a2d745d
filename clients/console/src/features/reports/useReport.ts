/** The report that the address asks for, and that of the period before. */
import type { Report, ReportQuery } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useMinute } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { daysBefore, todayIn } from "./days.ts";
import { type Choice, choiceOf, isDays, queryOf } from "./model.ts";

export function useChoice(): Choice & { today: string } {
  const { time_zone: zone } = useBrand();
  const { search } = useDesk().place;
  const today = todayIn(zone, useMinute());
  return useMemo(() => ({ ...choiceOf(search, today), today }), [search, today]);
}

function useOne(query: ReportQuery | null) {
  const { api } = useConsole();
  return useQuery<Report>({
    queryKey: ["report", query],
    queryFn: () => api.reports.consultations(query as ReportQuery),
    enabled: query !== null,
    placeholderData: keepPreviousData,
  });
}

export function useReport(choice: Choice) {
  const { days } = choice;
  const now = isDays(days) ? queryOf(choice, days) : null;
  const before = isDays(days) && choice.compares ? queryOf(choice, daysBefore(days)) : null;
  const report = useOne(now);
  const compared = useOne(before);
  // What is kept from another question is never compared with.
  const isFresh = before !== null && !compared.isPlaceholderData && !report.isPlaceholderData;
  return { report, before: isFresh ? compared.data : undefined, compared };
}
