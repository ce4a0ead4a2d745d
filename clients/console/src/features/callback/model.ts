/** What the list and the card of call-backs decide. Plain functions. */
import type { CallbackQuery, CallbackRow } from "@consilium/kit/api";
import { isLate, type ListFilter } from "../../live/callback-list.ts";
import { isOpenCallback, isWaitingCallback } from "../../live/sections.ts";

export {
  DUES,
  filterOf,
  isFiltered,
  isLate,
  type ListFilter,
  OUTCOMES,
  openRows,
  SOURCES,
  STATES,
} from "../../live/callback-list.ts";

/** What is due so soon is the next thing to do. */
const SOON_MS = 15 * 60_000;

/** What `GET /callbacks` is asked for what has ended. */
export function endedQuery(
  filter: ListFilter,
  sort: string | undefined,
): Pick<CallbackQuery, "view" | "sort" | "queue" | "operator" | "source" | "outcome" | "q"> {
  return {
    view: "ended",
    sort: sort === "ordered" ? "oldest" : "newest",
    ...(filter.queue === null ? {} : { queue: filter.queue }),
    ...(filter.operator === null ? {} : { operator: filter.operator }),
    ...(filter.source === null ? {} : { source: filter.source }),
    ...(filter.outcome === null ? {} : { outcome: filter.outcome }),
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
