/**
 * Whether a patient's call rings at this console: at who leads his consultation, or calls him back. Colleagues are asked into the call, or join it.
 *
 * Only what the service says of a call comes here. Events of a room ring nothing, whoever sent them: who may call, and whether the room is open for
 * calls, is the service's to judge, which lets nobody else in.
 */
import type { ConsultationRow } from "@consilium/kit/api";
import type { ConversationSummary } from "@consilium/kit/matrix";
import { roleIn } from "./sections.ts";

export function ringsAtDesk(where: {
  /** The call's consultation; `null`: it has none, or it is not on this desk. */
  row: Pick<ConsultationRow, "participants"> | null;
  operatorId: string | null;
  /** Of this console in the call's room; `null`: it does not know the room. */
  membership: ConversationSummary["membership"] | null;
}): boolean {
  const role = where.row === null ? null : roleIn(where.row, where.operatorId);
  const isGuest = role !== null && role !== "lead";
  return !isGuest && where.membership === "joined";
}
