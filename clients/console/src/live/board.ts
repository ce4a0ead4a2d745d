/**
 * The live picture of the desk: open consultations, call-backs, queues, operators. Plain values and their transitions.
 *
 * Filled by one load of the lists and kept true by the server's events; sections, counts and tabs are derived from it,
 * so that they can never disagree. Ended consultations stay for as long as the page shows them (`rows`), but are in no
 * live section.
 */
import type { CallbackRow, ConsultationRow, Operator, Queue } from "@consilium/kit/api";
import {
  inSection,
  isOpenCallback,
  isWaitingCallback,
  QUEUE_SECTIONS,
  type QueueSection,
  sectionOf,
} from "./sections.ts";

export interface Board {
  readonly rows: ReadonlyMap<string, ConsultationRow>;
  readonly callbacks: ReadonlyMap<string, CallbackRow>;
  /**
   * Consultations that were here and are not this operator's to see any more, as they were last: in no section, but a
   * list under the pointer and an open pane keep their places.
   */
  readonly left: ReadonlyMap<string, ConsultationRow>;
  /** Call-backs of the same kind. */
  readonly leftCallbacks: ReadonlySet<string>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly operators: ReadonlyMap<string, Operator>;
}

export const EMPTY_BOARD: Board = {
  rows: new Map(),
  callbacks: new Map(),
  left: new Map(),
  leftCallbacks: new Set(),
  queues: new Map(),
  operators: new Map(),
};

export type BoardEvent =
  | { readonly kind: "consultation"; readonly consultation: ConsultationRow }
  | { readonly kind: "callback"; readonly callback: CallbackRow }
  | { readonly kind: "gone"; readonly what: "consultation" | "callback"; readonly id: string }
  | { readonly kind: "queue"; readonly queue: Queue }
  | { readonly kind: "operator"; readonly operator: Operator };

function keyed<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

export function loadBoard(
  rows: readonly ConsultationRow[],
  queues: readonly Queue[],
  operators: readonly Operator[],
  callbacks: readonly CallbackRow[] = [],
): Board {
  return {
    rows: keyed(rows),
    callbacks: keyed(callbacks),
    left: new Map(),
    leftCallbacks: new Set(),
    queues: keyed(queues),
    operators: keyed(operators),
  };
}

/** Several events as one transition: a burst after a reconnect must not render once for each. */
export function applyEvents(board: Board, events: readonly BoardEvent[]): Board {
  const rows = new Map(board.rows);
  const callbacks = new Map(board.callbacks);
  const left = new Map(board.left);
  const leftCallbacks = new Set(board.leftCallbacks);
  const queues = new Map(board.queues);
  const operators = new Map(board.operators);
  const leave = (what: "consultation" | "callback", id: string) => {
    const row = rows.get(id);
    if (what === "callback") {
      if (callbacks.delete(id)) leftCallbacks.add(id);
    } else if (row !== undefined) {
      rows.delete(id);
      left.set(id, row);
    }
  };
  for (const event of events) {
    switch (event.kind) {
      case "consultation":
        rows.set(event.consultation.id, event.consultation);
        left.delete(event.consultation.id);
        break;
      case "callback":
        callbacks.set(event.callback.id, event.callback);
        leftCallbacks.delete(event.callback.id);
        break;
      case "gone":
        leave(event.what, event.id);
        break;
      case "queue":
        queues.set(event.queue.id, event.queue);
        break;
      case "operator":
        operators.set(event.operator.id, event.operator);
        break;
    }
  }
  return { rows, callbacks, left, leftCallbacks, queues, operators };
}

/** The consultation that is open in a conversation; there is at most one. */
export function openIn(
  rows: Iterable<ConsultationRow>,
  conversationId: string | null,
): ConsultationRow | null {
  if (conversationId === null) return null;
  for (const row of rows)
    if (row.conversation_id === conversationId && sectionOf(row, null) !== null) return row;
  return null;
}

/** How many consultations stand in each live section; `operatorId` decides what is "mine". */
export function countSections(board: Board, operatorId: string | null): Record<QueueSection, number> {
  const counts: Record<QueueSection, number> = { waiting: 0, mine: 0, active: 0, "on-hold": 0 };
  for (const row of board.rows.values()) {
    for (const section of QUEUE_SECTIONS) if (inSection(row, section, operatorId)) counts[section] += 1;
  }
  return counts;
}

/** Call-backs that wait for somebody: those that nobody has, and this operator's own. */
export function countCallbacks(board: Board, operatorId: string | null): { count: number; overdue: number } {
  let [count, overdue] = [0, 0];
  for (const row of board.callbacks.values()) {
    if (!isOpenCallback(row)) continue;
    if (isWaitingCallback(row) || row.operator?.id === operatorId) count += 1;
    if (row.overdue) overdue += 1;
  }
  return { count, overdue };
}
