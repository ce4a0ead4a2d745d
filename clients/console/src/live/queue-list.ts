/**
 * What the live list shows: which rows, in which order, and when a change may enter it.
 *
 * The order on the screen is a value of its own (`Shown`): while somebody points at the list or has scrolled it, rows
 * keep their places; those that left stay as ghosts, those that came are only announced.
 */
import type { ConsultationRow, SlaFilter } from "@consilium/kit/api";
import { compareNames, folded } from "./names.ts";
import { inSection, type QueueSection } from "./sections.ts";
import { whoseName } from "./whose.ts";

export const SORTS = ["waiting", "sla", "newest", "oldest", "patient"] as const;
export type Sort = (typeof SORTS)[number];

export interface ListFilter {
  readonly q: string;
  readonly queue: string | null;
  readonly operator: string | null;
  readonly tag: string | null;
  /** What was chosen in a field of the brand's own: `occasion:again`. */
  readonly field: string | null;
  /** Only those with a raised priority. */
  readonly urgent: boolean;
  /** Only those with a red flag among the answers. */
  readonly redFlag: boolean;
  /** Only those of which a promise stands so. */
  readonly sla: SlaFilter | null;
  /** Only those whose patient waits for an answer, or does not. */
  readonly unanswered: boolean | null;
  /** Only those whose patient speaks it. */
  readonly language: string | null;
  readonly sort: Sort;
}

export const NO_FILTER: ListFilter = {
  q: "",
  queue: null,
  operator: null,
  tag: null,
  field: null,
  urgent: false,
  redFlag: false,
  sla: null,
  unanswered: null,
  language: null,
  sort: "waiting",
};

export function isSort(value: unknown): value is Sort {
  return typeof value === "string" && (SORTS as readonly string[]).includes(value);
}

/** Whether the list is narrowed: an order narrows nothing. */
export function isFiltered({ q, urgent, redFlag, sort: _, ...chosen }: ListFilter): boolean {
  return q.trim().length > 0 || urgent || redFlag || Object.values(chosen).some((one) => one !== null);
}

/** What is asked of the row itself; what can be decided soonest stands first. */
function presses(row: ConsultationRow, filter: ListFilter): boolean {
  if (filter.urgent && row.priority <= 0) return false;
  if (filter.redFlag && !row.red_flag) return false;
  if (filter.sla !== null && row.sla?.level !== filter.sla) return false;
  if (filter.unanswered !== null && (row.unanswered_since !== null) !== filter.unanswered) return false;
  return filter.language === null || row.language === filter.language;
}

function matches(row: ConsultationRow, filter: ListFilter, needle: string): boolean {
  if (!presses(row, filter)) return false;
  if (filter.queue !== null && row.queue.id !== filter.queue) return false;
  if (filter.tag !== null && !row.tags.some(({ id }) => id === filter.tag)) return false;
  if (filter.field !== null && !row.chosen_fields.includes(filter.field)) return false;
  if (
    filter.operator !== null &&
    !row.participants.some((participant) => participant.operator_id === filter.operator)
  )
    return false;
  return (
    needle.length === 0 ||
    folded(row.patient.name).includes(needle) ||
    folded(whoseName(row)).includes(needle) ||
    folded(row.queue.name).includes(needle)
  );
}

/** Since when somebody waits for an answer: in the queue since the request, in a talk since the first unanswered message. */
export function waitingSince(row: ConsultationRow): string | null {
  return row.phase === "queued" ? (row.transfer?.at ?? row.requested_at) : row.unanswered_since;
}

function compareWaiting(a: ConsultationRow, b: ConsultationRow): number {
  if (a.phase === "queued" && b.phase === "queued" && a.priority !== b.priority)
    return b.priority - a.priority;
  const [since, other] = [waitingSince(a), waitingSince(b)];
  if (since !== null && other !== null) return since < other ? -1 : since > other ? 1 : 0;
  if (since !== null || other !== null) return since !== null ? -1 : 1;
  const [last, lastOther] = [a.last_message_at ?? a.requested_at, b.last_message_at ?? b.requested_at];
  return last < lastOther ? 1 : last > lastOther ? -1 : 0;
}

const SLA_RANKS: Readonly<Record<string, number>> = { breach: 0, warning: 1, kept: 2 };

/** Broken promises first, then what is nearest to be; what nothing was promised comes last. */
function compareSla(a: ConsultationRow, b: ConsultationRow): number {
  const rank = ({ sla }: ConsultationRow) => (sla === null ? 3 : (SLA_RANKS[sla.level] ?? 3));
  const [due, other] = [a.sla?.due_at ?? "", b.sla?.due_at ?? ""];
  return rank(a) - rank(b) || (due < other ? -1 : due > other ? 1 : byTime(a, b));
}

function byTime(a: ConsultationRow, b: ConsultationRow): number {
  return a.requested_at < b.requested_at ? -1 : a.requested_at > b.requested_at ? 1 : 0;
}

const ORDERS: Readonly<Record<Sort, (a: ConsultationRow, b: ConsultationRow) => number>> = {
  waiting: compareWaiting,
  sla: compareSla,
  newest: (a, b) => byTime(b, a),
  oldest: byTime,
  patient: (a, b) => compareNames(whoseName(a), whoseName(b)),
};

/** The rows of a section, filtered and sorted; equal rows keep an order by id, so that nothing flickers. */
export function listRows(
  rows: Iterable<ConsultationRow>,
  section: QueueSection,
  filter: ListFilter,
  operatorId: string | null,
): ConsultationRow[] {
  const needle = folded(filter.q);
  const chosen: ConsultationRow[] = [];
  for (const row of rows)
    if (inSection(row, section, operatorId) && matches(row, filter, needle)) chosen.push(row);
  const order = ORDERS[filter.sort];
  return chosen.sort((a, b) => order(a, b) || (a.id < b.id ? -1 : 1));
}

/** How many rows a section has with these filters. */
export function countRows(
  rows: Iterable<ConsultationRow>,
  section: QueueSection,
  filter: ListFilter,
  operatorId: string | null,
): number {
  const needle = folded(filter.q);
  let count = 0;
  for (const row of rows) if (inSection(row, section, operatorId) && matches(row, filter, needle)) count += 1;
  return count;
}

/** The order on the screen. `announced`: ids that wait for their entry; `gone`: ids shown that are no longer in the section. */
export interface Shown {
  readonly ids: readonly string[];
  readonly announced: readonly string[];
  readonly gone: ReadonlySet<string>;
}

export const NOTHING_SHOWN: Shown = { ids: [], announced: [], gone: new Set() };

/** Whether the list may change freely, or must keep still under the pointer. */
export type Stillness = "free" | "held";

function isPrefix(ids: readonly string[], of: readonly string[]): boolean {
  return ids.length <= of.length && ids.every((id, index) => of[index] === id);
}

/** The next order on the screen for `target`, the true order. Rows added after the last never move another one. */
export function settle(shown: Shown, target: readonly string[], stillness: Stillness): Shown {
  if (stillness === "free" || isPrefix(shown.ids, target))
    return { ids: target, announced: [], gone: new Set() };
  const wanted = new Set(target);
  const kept = new Set(shown.ids);
  return {
    ids: shown.ids,
    announced: target.filter((id) => !kept.has(id)),
    gone: new Set(shown.ids.filter((id) => !wanted.has(id))),
  };
}

/** The id a step up or down from `current`; the first one where nothing is chosen. Stops at the ends. */
export function neighbour(ids: readonly string[], current: string | null, step: 1 | -1): string | null {
  if (ids.length === 0) return null;
  const index = current === null ? -1 : ids.indexOf(current);
  if (index < 0) return ids[step === 1 ? 0 : ids.length - 1] ?? null;
  return ids[Math.min(Math.max(index + step, 0), ids.length - 1)] ?? null;
}
