/** What the list and the card of call-backs decide. Plain functions. */
import type { CallbackOutcome, CallbackRow, CallbackSort, CallbackView } from "@consilium/kit/api";
import type { DeskSearch } from "../../live/route.ts";
import { holdsCallback, isOpenCallback, isWaitingCallback } from "../../live/sections.ts";

export const STATES = ["open", "waiting", "mine", "taken", "ended"] as const;
export type ListState = (typeof STATES)[number];
export const DUES = ["overdue", "hour", "day"] as const;
export type DueFilter = (typeof DUES)[number];
export const OUTCOMES: readonly CallbackOutcome[] = ["answered", "not_reached", "wrong_number", "not_needed"];

const HOUR_MS = 3_600_000;
/** What is due so soon is the next thing to do. */
const SOON_MS = 15 * 60_000;

export interface ListFilter {
  readonly state: ListState;
  readonly due: DueFilter | null;
  readonly queue: string | null;
  readonly q: string;
}

export function filterOf(search: DeskSearch): ListFilter {
  const state = STATES.find((each) => each === search.state) ?? "open";
  return {
    state,
    due: state === "ended" ? null : (DUES.find((each) => each === search.due) ?? null),
    queue: search.queue ?? null,
    q: search.q ?? "",
  };
}

/** Whether anything but the usual is asked for. */
export function isFiltered({ state, due, queue, q }: ListFilter): boolean {
  return state !== "open" || due !== null || queue !== null || q !== "";
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

/** What `GET /callbacks` is asked for what has ended. */
export function endedQuery(
  filter: ListFilter,
  sort: string | undefined,
): { view: CallbackView; queue?: string; q?: string; sort: CallbackSort } {
  return {
    view: "ended",
    sort: sort === "ordered" ? "oldest" : "newest",
    ...(filter.queue === null ? {} : { queue: filter.queue }),
    ...(filter.q === "" ? {} : { q: filter.q }),
  };
}

export type DueWords =
  | { kind: "ended" }
  | { kind: "late"; sinceMs: number }
  | { kind: "soon"; inMs: number }
  /** Not before this: the patient wants it later, or it is tried again later. */
  | { kind: "from"; at: string }
  | { kind: "by"; at: string };

export function dueWords(row: CallbackRow, now: number): DueWords {
  if (!isOpenCallback(row)) return { kind: "ended" };
  const due = Date.parse(row.due_at);
  if (isLate(row, now)) return { kind: "late", sinceMs: Math.max(0, now - due) };
  if (due - now <= SOON_MS) return { kind: "soon", inMs: due - now };
  const from = row.phase === "no_answer" ? row.again_at : (row.window?.start ?? null);
  if (from !== null && isWaitingCallback(row) && Date.parse(from) > now) return { kind: "from", at: from };
  return { kind: "by", at: row.due_at };
}

/** A span as its largest unit, for `callbacks.span.*`. */
export function spanOf(ms: number): { unit: "minutes" | "hours" | "days"; count: number } {
  const minutes = Math.max(1, Math.floor(ms / 60_000));
  if (minutes < 60) return { unit: "minutes", count: minutes };
  if (minutes < 48 * 60) return { unit: "hours", count: Math.floor(minutes / 60) };
  return { unit: "days", count: Math.floor(minutes / (24 * 60)) };
}

/** Key of the words for where it stands. */
export function stateKey({ phase, ending, outcome }: CallbackRow): string {
  if (ending === "cancelled") return "callbacks.ending.cancelled";
  if (outcome !== null) return `callbacks.outcome.${outcome}`;
  return `callbacks.phase.${phase === "archived" ? "done" : phase}`;
}

/** What the telephone is called with. */
export function telLink(phone: string): string {
  return `tel:${phone.replaceAll(/[^\d+]/g, "")}`;
}

/** When it is tried again, in minutes from now; `null`: after the queue's own time. */
export const AGAIN_MINUTES = [null, 15, 30, 60, 180] as const;
