/** The consultation of an address: from the live board, else asked for; and its detail (history, keys), kept fresh. */
import { ApiProblem, type ConsultationDetail, type ConsultationRow } from "@consilium/kit/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useDeskState, useLeftRow, useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";

export function detailKey(id: string | null) {
  return ["consultation", id] as const;
}

export type ConsultationState =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly problem: ApiProblem; readonly retry: () => void }
  /** It was here, and is not this operator's to see any more. */
  | { readonly status: "left" }
  | { readonly status: "ready"; readonly row: ConsultationRow; readonly detail: ConsultationDetail | null };

/** History and keys of a consultation; asked again whenever its row changes phase, people or the patient's answers. */
export function useDetail(id: string | null) {
  const { api, desk } = useConsole();
  const row = useRow(id);
  const hasLeft = useLeftRow(id) !== null;
  const client = useQueryClient();
  const query = useQuery({
    queryKey: detailKey(id),
    queryFn: () => api.consultation(id ?? ""),
    enabled: id !== null && !hasLeft,
    staleTime: 30_000,
  });
  const people = row?.participants.map(({ operator_id: operator, role }) => `${operator} ${role}`).join();
  const stage =
    row === null ? null : `${row.phase}|${row.transfer?.at ?? ""}|${people}|${row.answered_at ?? ""}`;
  useEffect(() => {
    if (stage !== null) void client.invalidateQueries({ queryKey: detailKey(id) });
  }, [client, id, stage]);
  // What was read of it is not kept.
  useEffect(() => {
    if (hasLeft) client.removeQueries({ queryKey: detailKey(id) });
  }, [client, id, hasLeft]);
  useEffect(
    () =>
      desk.onKeys((consultationId, devices) => {
        client.setQueryData<ConsultationDetail>(detailKey(consultationId), (before) =>
          before === undefined ? undefined : { ...before, keys: { ready: devices > 0, devices } },
        );
      }),
    [client, desk],
  );
  return query;
}

export function useConsultation(id: string): ConsultationState {
  const { desk } = useConsole();
  const row = useRow(id);
  const hasLeft = useLeftRow(id) !== null;
  const { status } = useDeskState();
  const detail = useDetail(id);
  const fetched = detail.data;
  // A link to a consultation that is over already: the live lists do not have it.
  useEffect(() => {
    if (row === null && !hasLeft && fetched !== undefined && status === "ready")
      desk.apply({ kind: "consultation", consultation: fetched });
  }, [row, hasLeft, fetched, status, desk]);
  if (hasLeft) return { status: "left" };
  if (row !== null) return { status: "ready", row, detail: fetched ?? null };
  if (fetched !== undefined) return { status: "ready", row: fetched, detail: fetched };
  if (detail.isError)
    return { status: "failed", problem: ApiProblem.of(detail.error), retry: () => void detail.refetch() };
  return { status: "loading" };
}
