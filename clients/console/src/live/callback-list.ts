/** Which call-backs the list shows: the filter in the address, and the open ones of the live board. Plain functions. */
import type { CallbackRow, CallbackSource } from "@consilium/kit/api";
import type { DeskSearch } from "./route.ts";
import { holdsCallback, isOpenCallback, isWaitingCallback } from "./sections.ts";

export const STATES = ["open", "waiting", "mine", "taken", "ended"] as const;
export type ListState = (typeof STATES)[number];
export const DUES = ["overdue", "hour", "day"] as const;
export type DueFilter = (typeof DUES)[number];
export const SOURCES: readonly CallbackSource[] = ["app", "form", "desk", "partner", "missed_call"];
export const OUTCOMES = ["answered", "not_reached", "wrong_number", "not_needed"] as const;

const HOUR_MS = 3_600_000;

export interface ListFilter {
  readonly state: ListState;
  readonly due: DueFilter | null;
  readonly queue: string | null;
  readonly operator: string | null;
  readonly source: CallbackSource | null;
  /** Only of what has ended. */
  readonly outcome: (typeof OUTCOMES)[number] | null;
  readonly q: string;
}

export function filterOf(search: DeskSearch): ListFilter {
  const state = STATES.find((each) => each === search.state) ?? "open";
  return {
    state,
    due: state === "ended" ? null : (DUES.find((each) => each === search.due) ?? null),
    queue: search.queue ?? null,
    // What is mine has no other operator.
    operator: state === "mine" ? null : (search.operator ?? null),
    source: SOURCES.find((each) => each === search.source) ?? null,
    outcome: state === "ended" ? (OUTCOMES.find((each) => each === search.outcome) ?? null) : null,
    q: search.q ?? "",
  };
}

/** Whether anything but the usual is asked for. */
export function isFiltered({ state, q, ...narrowing }: ListFilter): boolean {
  return state !== "open" || q !== "" || Object.values(narrowing).some((one) => one !== null);
}

/** Open ones of the live board. */
export function openRows(
  rows: Iterable<CallbackRow>,
  filter: ListFilter,
  operatorId: string | null,
  now: number,
): CallbackRow[] {
  return [...rows].filter(
    (row) =>
      inState(row, filter.state, operatorId) &&
      (filter.queue === null || row.queue.id === filter.queue) &&
      (filter.operator === null || row.operator?.id === filter.operator) &&
      (filter.source === null || row.source === filter.source) &&
      isDue(row, filter.due, now) &&
      matches(row, filter.q),
  );
}

function inState(row: CallbackRow, state: ListState, operatorId: string | null): boolean {
  if (!isOpenCallback(row)) return false;
  switch (state) {
    case "waiting":
      return isWaitingCallback(row);
    case "mine":
      return holdsCallback(row, operatorId);
    case "taken":
      return !isWaitingCallback(row);
    case "open":
      return true;
    case "ended":
      return false;
  }
}

function isDue(row: CallbackRow, due: DueFilter | null, now: number): boolean {
  if (due === null) return true;
  if (due === "overdue") return isLate(row, now);
  return Date.parse(row.due_at) - now <= (due === "hour" ? HOUR_MS : 24 * HOUR_MS);
}

/** The service says so, or its word is on its way. */
export function isLate(row: Pick<CallbackRow, "overdue" | "due_at" | "phase">, now: number): boolean {
  return isOpenCallback(row) && (row.overdue || Date.parse(row.due_at) <= now);
}

function matches({ name, person, for_name, phone, reason }: CallbackRow, q: string): boolean {
  const wanted = q.trim().toLowerCase();
  if (wanted === "") return true;
  const digits = wanted.replace(/\D/g, "");
  const inPhone = digits.length >= 3 && (phone ?? "").replace(/\D/g, "").includes(digits);
  const texts = [name, person?.name ?? "", for_name ?? "", reason ?? ""];
  return inPhone || texts.some((text) => text.toLowerCase().includes(wanted));
}
