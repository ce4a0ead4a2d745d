/**
 * A call ordered while a question waits in the line: beside the wait, or instead of it. Plain functions. The order goes first, so that a
 * failure leaves the patient with at least what he had.
 */
import { ApiProblem, type Callback, type Consultation, type Conversation } from "@consilium/kit/api";

/** What becomes of the question that waits. */
export type Wait = "keep" | "replace";

/** The question of this queue that still waits for somebody. */
export function waitingIn(
  conversations: readonly Conversation[],
  queueId: string | null,
): Consultation | null {
  const open = conversations.map(({ open_consultation }) => open_consultation);
  return open.find((each) => each?.phase === "queued" && each.queue.id === queueId) ?? null;
}

export type Left =
  /** The question is out of the line, or was not to be taken out. */
  | "done"
  /** Somebody has taken it meanwhile: it is answered, and the call is ordered too. */
  | "taken"
  /** The call is ordered; the question still waits. */
  | "still-waiting";

export interface Ordered {
  callback: Callback;
  left: Left;
}

/** Throws what the order was refused with; then nothing has changed. */
export async function orderInstead(
  order: () => Promise<Callback>,
  cancel: (() => Promise<unknown>) | null,
): Promise<Ordered> {
  const callback = await order();
  return { callback, left: cancel === null ? "done" : await leaveLine(cancel) };
}

export async function leaveLine(cancel: () => Promise<unknown>): Promise<Left> {
  try {
    await cancel();
    return "done";
  } catch (cause) {
    return cause instanceof ApiProblem && cause.slug === "conflict" ? "taken" : "still-waiting";
  }
}
