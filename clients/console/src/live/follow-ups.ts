/** Follow-ups whose time has come and that are this operator's to do: loaded again whenever one of them may have changed. */
import type { FollowUp } from "@consilium/kit/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useConsole } from "../session/ConsoleContext.tsx";
import type { FollowUpTold } from "./desk.ts";
import { useMyOperator } from "./hooks.ts";

/** Before every key of follow-ups. */
export const FOLLOW_UPS = "follow-ups";
const DUE = [FOLLOW_UPS, "due"] as const;
/** More than these are a list that nobody works off; the section has all. */
const DUE_MAX = 200;

export interface DueFollowUps {
  /** What comes first on top. */
  readonly items: readonly FollowUp[];
  /** How many there are, those that are not among the items too. */
  readonly total: number;
}

const NONE: DueFollowUps = { items: [], total: 0 };

/** What staff is told of: a message alone goes by itself, and is over in a moment. */
export function told({ items, total }: DueFollowUps): DueFollowUps {
  const shown = items.filter(({ note, message }) => note !== null || message?.state !== "leaving");
  return { items: shown, total: total - (items.length - shown.length) };
}

/** Whether what changed is, or was, one of this operator's; while he is not known yet, it may be. */
export function concerns(
  changed: FollowUpTold,
  operator: { readonly id: string; readonly queues: readonly string[] } | null,
  due: readonly FollowUp[],
): boolean {
  if (operator === null) return true;
  if (due.some(({ id }) => id === changed.follow_up_id)) return true;
  if (!("queue_id" in changed)) return false;
  const { operator_id: owner, queue_id: queue } = changed;
  return owner === null ? operator.queues.includes(queue) : owner === operator.id;
}

export function useDueFollowUps(): DueFollowUps {
  const { api } = useConsole();
  const { data } = useQuery({
    queryKey: DUE,
    queryFn: async (): Promise<DueFollowUps> => {
      const { items, total } = await api.followUps.list({ view: "mine", due: true, limit: DUE_MAX });
      return told({ items, total });
    },
    staleTime: 60_000,
  });
  return data ?? NONE;
}

/** Keeps all lists of follow-ups true; once for the desk. */
export function useFollowUpEvents(): void {
  const { desk } = useConsole();
  const client = useQueryClient();
  const me = useMyOperator();
  useEffect(
    () =>
      desk.onFollowUp((changed) => {
        const due = client.getQueryData<DueFollowUps>(DUE)?.items ?? [];
        const isMine = changed === null || concerns(changed, me, due);
        // Lists and cards that are looked at are few; the list of what is due is every console's.
        void client.invalidateQueries({
          queryKey: [FOLLOW_UPS],
          predicate: ({ queryKey }) => isMine || queryKey[1] !== DUE[1],
        });
      }),
    [desk, client, me],
  );
}
