/** Changes the own status at once and tells the server; puts it back when that fails. Keeps the heartbeat. */
import { ApiProblem, type HandOver, type OperatorStatus, type StatusKind } from "@consilium/kit/api";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLeadsSomething, useMyOperator } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { problemWords } from "../../ui/problem.ts";
import { beats, type LeavingStatus } from "./model.ts";

/** Less than half of what the server waits before it takes an operator for away. */
const HEARTBEAT_MS = 20_000;

export interface StatusControl {
  readonly status: OperatorStatus;
  /** `kind`: which of the brand's own statuses it is. Whether the service has taken it. */
  readonly set: (status: OperatorStatus, reason?: string, kind?: StatusKind) => Promise<boolean>;
  /** Goes, and says what becomes of what one leads. Whether the service has taken it. */
  readonly leave: (status: LeavingStatus, handOver: readonly HandOver[]) => Promise<boolean>;
  /** Ends the wrap-up after a call. */
  readonly ready: () => Promise<void>;
}

export function useStatus(): StatusControl {
  const { api, desk } = useConsole();
  const operator = useMyOperator();
  const { t } = useTranslation();
  const change = useCallback(
    async (
      status: OperatorStatus,
      { reason, kind, handOver = [] }: { reason?: string; kind?: StatusKind; handOver?: readonly HandOver[] },
    ) => {
      if (operator === null) return false;
      const before = operator;
      desk.apply({
        kind: "operator",
        operator: {
          ...operator,
          status,
          status_kind: kind ?? null,
          status_reason: reason ?? null,
          status_since: new Date().toISOString(),
        },
      });
      try {
        desk.apply({ kind: "operator", operator: await api.setStatus(status, reason, kind?.id, handOver) });
        return true;
      } catch (error) {
        desk.apply({ kind: "operator", operator: before });
        sayFailed(ApiProblem.of(error), t);
        return false;
      }
    },
    [api, desk, operator, t],
  );
  const set = useCallback(
    (status: OperatorStatus, reason?: string, kind?: StatusKind) =>
      change(status, {
        ...(reason === undefined ? {} : { reason }),
        ...(kind === undefined ? {} : { kind }),
      }),
    [change],
  );
  const leave = useCallback(
    (status: LeavingStatus, handOver: readonly HandOver[]) => change(status, { handOver }),
    [change],
  );
  const ready = useCallback(async () => {
    try {
      desk.apply({ kind: "operator", operator: await api.wrappedUp() });
    } catch (error) {
      sayFailed(ApiProblem.of(error), t);
    }
  }, [api, desk, t]);
  return { status: operator?.status ?? "offline", set, leave, ready };
}

function sayFailed(problem: ApiProblem, t: TFunction): void {
  notifications.show({
    color: "red",
    title: t("status.failed"),
    message: problemWords(problem, t).title,
    closeButtonProps: { "aria-label": t("close") },
  });
}

const NO_KINDS: readonly StatusKind[] = [];

/** Statuses of the brand's own that are kinds of one; read again when the settings of them change. */
export function useStatusKinds(of: OperatorStatus): readonly StatusKind[] {
  const { api, desk } = useConsole();
  const client = useQueryClient();
  useEffect(
    () =>
      desk.onSettings((section) => {
        if (section === "statuses") void client.invalidateQueries({ queryKey: ["statuses"] });
      }),
    [desk, client],
  );
  const { data } = useQuery({ queryKey: ["statuses"], queryFn: () => api.statuses() });
  return data?.filter((kind) => kind.of === of) ?? NO_KINDS;
}

export function useHeartbeat(): void {
  const { api } = useConsole();
  const status = useMyOperator()?.status ?? null;
  const alive = beats(status, useLeadsSomething());
  useEffect(() => {
    if (!alive) return;
    const beat = () => void api.heartbeat().catch(() => undefined);
    beat();
    const timer = setInterval(beat, HEARTBEAT_MS);
    return () => clearInterval(timer);
  }, [api, alive]);
}
