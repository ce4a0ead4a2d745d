/** Alarms of rules that no supervisor has seen yet, newest first, live. Nobody else has any. */
import { type Page, RuleApi, type RuleRun } from "@consilium/kit/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useConsole } from "../session/ConsoleContext.tsx";

/** More are counted and come when these are seen. */
const SHOWN = 3;
const ALARMS = ["rule-alarms"] as const;
const NONE: Page<RuleRun> = { items: [], next_cursor: null, total: 0 };

export function useRuleAlarms(): Page<RuleRun> {
  const { desk, me } = useConsole();
  const rules = useRuleApi();
  const client = useQueryClient();
  const enabled = me.role === "supervisor";
  useEffect(() => desk.onRule(() => void client.invalidateQueries({ queryKey: ALARMS })), [desk, client]);
  const { data } = useQuery({
    queryKey: ALARMS,
    queryFn: () => rules.runs({ open_alarms: true, limit: SHOWN }),
    enabled,
  });
  return (enabled ? data : undefined) ?? NONE;
}

/** Says for all supervisors that an alarm was seen. */
export function useSeeAlarm() {
  const rules = useRuleApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => rules.see(id),
    onSuccess: ({ id }) => {
      client.setQueryData<Page<RuleRun>>(ALARMS, (before) => before && without(before, id));
      void client.invalidateQueries({ queryKey: ALARMS });
    },
  });
}

function useRuleApi(): RuleApi {
  const { api } = useConsole();
  return useMemo(() => new RuleApi(api.client), [api]);
}

function without(page: Page<RuleRun>, id: string): Page<RuleRun> {
  const items = page.items.filter((run) => run.id !== id);
  return { ...page, items, total: page.total - (page.items.length - items.length) };
}
