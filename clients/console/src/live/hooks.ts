/** React's view of the live desk: board, own operator, counts, action states, and one clock for all running times. */
import type { CallbackRow, ConsultationRow, Operator } from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";
import { useReadable } from "@consilium/kit/ui/useReadable";
import { useMemo, useSyncExternalStore } from "react";
import { useConsole } from "../session/ConsoleContext.tsx";
import type { ActionState } from "./actions.ts";
import { type Board, countCallbacks, countSections, openIn } from "./board.ts";
import type { CallbackState } from "./callback-actions.ts";
import { type DeskState, myOperator } from "./desk.ts";
import { leadsSomething, type QueueSection } from "./sections.ts";
import { countOf } from "./views.ts";

export { useReadable };

export function useDeskState(): DeskState {
  return useReadable(useConsole().desk.state);
}

export function useBoard(): Board {
  return useDeskState().board;
}

export function useRow(id: string | null): ConsultationRow | null {
  const board = useBoard();
  return id === null ? null : (board.rows.get(id) ?? null);
}

/** A consultation that was on the board and is not this operator's to see any more. */
export function useLeftRow(id: string | null): ConsultationRow | null {
  const board = useBoard();
  return id === null ? null : (board.left.get(id) ?? null);
}

/** The consultation that is open in a conversation, where there is one. */
export function useConsultationIn(conversationId: string | null): ConsultationRow | null {
  const { rows } = useBoard();
  return useMemo(() => openIn(rows.values(), conversationId), [rows, conversationId]);
}

export function useMyOperator(): Operator | null {
  const { me } = useConsole();
  const board = useBoard();
  return myOperator(me, board);
}

/** Whether a patient would be left behind, if the operator went now. */
export function useLeadsSomething(): boolean {
  const { me } = useConsole();
  const { rows } = useBoard();
  return useMemo(() => leadsSomething(rows.values(), me.operator?.id ?? null), [rows, me.operator?.id]);
}

export function useCounts(): Record<QueueSection, number> {
  const { me } = useConsole();
  const board = useBoard();
  const operatorId = me.operator?.id ?? null;
  return useMemo(() => countSections(board, operatorId), [board, operatorId]);
}

/** How many rows each view shows whose list is live: derived from the board, as the sections' own counts are. */
export function useViewCounts(): ReadonlyMap<string, number> {
  const { me, views } = useConsole();
  const board = useBoard();
  const items = useReadable(views.items);
  // Only whether a call-back is late depends on the hour.
  const minute = useMinute();
  const operatorId = me.operator?.id ?? null;
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const view of items.values()) {
      const count = countOf(view, board, operatorId, minute);
      if (count !== null) counts.set(view.id, count);
    }
    return counts;
  }, [board, items, operatorId, minute]);
}

export function useCallbackRow(id: string | null): CallbackRow | null {
  const board = useBoard();
  return id === null ? null : (board.callbacks.get(id) ?? null);
}

/** Whether a call-back was on the board and is not this operator's to see any more. */
export function useHasLeft(callbackId: string): boolean {
  return useBoard().leftCallbacks.has(callbackId);
}

export function useCallbackCounts(): { count: number; overdue: number } {
  const { me } = useConsole();
  const board = useBoard();
  const operatorId = me.operator?.id ?? null;
  return useMemo(() => countCallbacks(board, operatorId), [board, operatorId]);
}

export function useCallbackState(id: string | null): CallbackState | null {
  const states = useReadable(useConsole().callbackActions.states);
  return id === null ? null : (states.get(id) ?? null);
}

export function useActionState(id: string | null): ActionState | null {
  const states = useReadable(useConsole().actions.states);
  return id === null ? null : (states.get(id) ?? null);
}

const clock = new Cell(Date.now());
let ticking: ReturnType<typeof setInterval> | null = null;
const watchers = new Set<() => void>();

function watch(listener: () => void): () => void {
  watchers.add(listener);
  const stop = clock.subscribe(listener);
  if (ticking === null) {
    clock.set(Date.now());
    ticking = setInterval(() => clock.set(Date.now()), 1_000);
  }
  return () => {
    stop();
    watchers.delete(listener);
    if (watchers.size > 0 || ticking === null) return;
    clearInterval(ticking);
    ticking = null;
  };
}

/** A clock that nobody watched stood still; who asks first finds it right. */
function now(): number {
  if (ticking === null && Math.abs(Date.now() - clock.get()) >= 1_000) clock.set(Date.now());
  return clock.get();
}

/** Milliseconds since 1970, once a second; every running time on the page ticks in the same instant. */
export function useNow(): number {
  return useSyncExternalStore(watch, now);
}

const MINUTE_MS = 60_000;

function minuteNow(): number {
  return Math.floor(now() / MINUTE_MS) * MINUTE_MS;
}

/** The beginning of this minute, in milliseconds since 1970: for what a second does not change, and need not be drawn anew for. */
export function useMinute(): number {
  return useSyncExternalStore(watch, minuteNow);
}
