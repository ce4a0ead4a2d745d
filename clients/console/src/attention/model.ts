/**
 * What calls for the operator's attention, and for how long. Plain functions over the live board.
 *
 * A patient who waits rings until somebody takes him or the operator has looked at the list; an own patient who wrote
 * rings until the talk is opened, and so does one that a colleague has asked into; to supervisors
 * a call-back that nobody made in time rings until they have looked, or somebody has taken it, and so does a patient who waits longer than is promised;
 * an alarm of a rule rings until one of them has said that he has seen it. What one wanted to come back to rings at its time, until it was looked at.
 * What has been seen once never rings again.
 */
import type { CallbackRow, ConsultationRow, FollowUp, OperatorStatus } from "@consilium/kit/api";
import { isLead } from "../live/sections.ts";

export type Signal = "waiting" | "mine" | "invited" | "overdue" | "late" | "alarm" | "due" | "call";

export interface Attention {
  /** Waiting consultations that nobody has looked at yet. */
  readonly waiting: ReadonlySet<string>;
  /** Own consultations with a message that has not been looked at, with the time of that message. */
  readonly mine: ReadonlyMap<string, string>;
  /** Call-backs that are overdue, by id and since when; only for supervisors. */
  readonly overdue: ReadonlySet<string>;
  /** Consultations of which a promise of the queue is broken; only for supervisors. */
  readonly late: ReadonlySet<string>;
  /** Alarms of rules that no supervisor has seen yet, by id; only for supervisors. */
  readonly alarms: ReadonlySet<string>;
  /** Follow-ups whose time has come, by id and time. */
  readonly due: ReadonlySet<string>;
  /** A call of a patient that rings and that nobody has heard out: its id. */
  readonly call: string | null;
  /** Everything ever noticed: `id` for waiting, `id|time` for a message, `call|id` for a call, `overdue|id|time` for a call-back, `late|id|promise|time` for a broken promise, `due|id|time` for a follow-up. */
  readonly seen: ReadonlySet<string>;
}

export const CALM: Attention = {
  waiting: new Set(),
  mine: new Map(),
  overdue: new Set(),
  late: new Set(),
  alarms: new Set(),
  due: new Set(),
  call: null,
  seen: new Set(),
};

export interface Desk {
  readonly operatorId: string | null;
  readonly status: OperatorStatus;
  readonly queues: readonly string[];
  /** Queues whose patients are offered to operators by themselves. */
  readonly routed: ReadonlySet<string>;
  /** The consultation whose conversation is on the screen of a focused window, or null. */
  readonly looking: string | null;
}

function waitingKey(row: ConsultationRow): string {
  return `${row.id}|${row.offer?.until ?? row.transfer?.at ?? ""}`;
}

function isHandedTo(row: ConsultationRow, operatorId: string | null): boolean {
  const to = row.transfer?.to ?? null;
  return to !== null && to.id === operatorId;
}

/** Whether a patient in the queue is this operator's business now; "transfer only" hears of transfers alone. */
function concerns(row: ConsultationRow, desk: Desk): boolean {
  if (row.offer !== null) return row.offer.to.id === desk.operatorId;
  // Somebody will be asked. What is handed to oneself in a queue that is closed is not offered.
  if (desk.routed.has(row.queue.id) && !isHandedTo(row, desk.operatorId)) return false;
  const onDuty = desk.status === "online" || (desk.status === "transfer_only" && row.transfer !== null);
  return onDuty && (desk.queues.length === 0 || desk.queues.includes(row.queue.id));
}

export interface Noticed {
  readonly attention: Attention;
  readonly signals: readonly Signal[];
}

/** Since when the operator is in a consultation as a colleague of its lead; null: he is not. */
function guestSince(row: ConsultationRow, operatorId: string | null): string | null {
  const isGuest = ({ operator_id: id, role }: ConsultationRow["participants"][number]) =>
    id === operatorId && role !== "lead";
  const isOpen = row.phase === "active" || row.phase === "on_hold";
  return isOpen ? (row.participants.find(isGuest)?.joined_at ?? null) : null;
}

/** The attention due for `rows`; `signals` are the sounds to make now, each at most once. */
export function notice(before: Attention, rows: Iterable<ConsultationRow>, desk: Desk): Noticed {
  const waiting = new Set<string>();
  const mine = new Map<string, string>();
  const signals = new Set<Signal>();
  const looked: string[] = [];
  for (const row of rows) {
    const guest = guestSince(row, desk.operatorId);
    if (guest !== null && row.id === desk.looking) looked.push(`${row.id}|${guest}`);
    else if (guest !== null && !before.seen.has(`${row.id}|${guest}`)) {
      mine.set(row.id, guest);
      if (before.mine.get(row.id) !== guest) signals.add("invited");
    }
    if (row.phase === "queued" && concerns(row, desk)) {
      const key = waitingKey(row);
      if (before.seen.has(key)) continue;
      waiting.add(key);
      if (!before.waiting.has(key)) signals.add("waiting");
    } else if (isLead(row, desk.operatorId) && row.unanswered_since !== null && row.id !== desk.looking) {
      const at = row.last_message_at ?? row.unanswered_since;
      if (before.seen.has(`${row.id}|${at}`)) continue;
      mine.set(row.id, at);
      if (before.mine.get(row.id) !== at) signals.add("mine");
    }
  }
  const isNew = looked.some((key) => !before.seen.has(key));
  const seen = isNew ? new Set([...before.seen, ...looked]) : before.seen;
  return { attention: { ...before, waiting, mine, seen }, signals: [...signals] };
}

/** Call-backs that nobody made in time; `isTold`: this operator is to hear of them. */
export function noticeOverdue(before: Attention, rows: Iterable<CallbackRow>, isTold: boolean): Noticed {
  const overdue = new Set<string>();
  if (isTold) {
    for (const row of rows) {
      const key = `overdue|${row.id}|${row.overdue_since ?? ""}`;
      if (row.overdue && !isSeenTo(row) && !before.seen.has(key)) overdue.add(key);
    }
  }
  if (overdue.size === before.overdue.size && [...overdue].every((key) => before.overdue.has(key)))
    return { attention: before, signals: [] };
  const isNew = [...overdue].some((key) => !before.overdue.has(key));
  return { attention: { ...before, overdue }, signals: isNew ? ["overdue"] : [] };
}

/** Somebody has taken it since it became overdue: it is late, and in hand. One that was in hand before and is not made still alarms. */
function isSeenTo({ operator, phase, taken_at: taken, overdue_since: since }: CallbackRow): boolean {
  const isHeld = operator !== null && (phase === "taken" || phase === "calling");
  return isHeld && taken !== null && since !== null && Date.parse(taken) >= Date.parse(since);
}

/** The supervisor has looked at what is overdue. */
export function sawOverdue(attention: Attention): Attention {
  if (attention.overdue.size === 0) return attention;
  return { ...attention, overdue: new Set(), seen: new Set([...attention.seen, ...attention.overdue]) };
}

/** Patients who wait longer than is promised; `isTold`: this operator is to hear of them. */
export function noticeLate(before: Attention, rows: Iterable<ConsultationRow>, isTold: boolean): Noticed {
  const late = new Set<string>();
  if (isTold) {
    for (const { id, sla } of rows) {
      if (sla === null || sla.level !== "breach") continue;
      const key = `late|${id}|${sla.target}|${sla.due_at}`;
      if (!before.seen.has(key)) late.add(key);
    }
  }
  const isNew = [...late].some((key) => !before.late.has(key));
  if (!isNew && late.size === before.late.size) return { attention: before, signals: [] };
  return { attention: { ...before, late }, signals: isNew ? ["late"] : [] };
}

/** The supervisor knows who waits longer than is promised. */
export function sawLate(attention: Attention): Attention {
  if (attention.late.size === 0) return attention;
  return { ...attention, late: new Set(), seen: new Set([...attention.seen, ...attention.late]) };
}

/** Alarms that nobody has seen. They end for all supervisors at once, and only when one of them says so. */
export function noticeAlarms(before: Attention, ids: readonly string[]): Noticed {
  const isNew = ids.some((id) => !before.alarms.has(id));
  if (!isNew && ids.length === before.alarms.size) return { attention: before, signals: [] };
  return { attention: { ...before, alarms: new Set(ids) }, signals: isNew ? ["alarm"] : [] };
}

/** Follow-ups whose time has come. One that was put off rings again at its new time. */
export function noticeDue(before: Attention, items: Iterable<Pick<FollowUp, "id" | "due_at">>): Noticed {
  const due = new Set<string>();
  for (const { id, due_at: at } of items) {
    const key = `due|${id}|${at}`;
    if (!before.seen.has(key)) due.add(key);
  }
  const isNew = [...due].some((key) => !before.due.has(key));
  if (!isNew && due.size === before.due.size) return { attention: before, signals: [] };
  return { attention: { ...before, due }, signals: isNew ? ["due"] : [] };
}

/** The operator has looked at what he wanted to come back to. */
export function sawDue(attention: Attention): Attention {
  if (attention.due.size === 0) return attention;
  return { ...attention, due: new Set(), seen: new Set([...attention.seen, ...attention.due]) };
}

/** A call rings here, or (with null) none does any more. */
export function noticeCall(before: Attention, id: string | null): Noticed {
  const due = id !== null && !before.seen.has(`call|${id}`) ? id : null;
  if (due === before.call) return { attention: before, signals: [] };
  return { attention: { ...before, call: due }, signals: due === null ? [] : ["call"] };
}

/** The operator has heard that it rings: it goes on without a sound. */
export function heardCall(attention: Attention): Attention {
  const { call } = attention;
  if (call === null) return attention;
  return { ...attention, call: null, seen: new Set([...attention.seen, `call|${call}`]) };
}

/** The operator has looked at the waiting list. */
export function sawWaiting(attention: Attention): Attention {
  if (attention.waiting.size === 0) return attention;
  return { ...attention, waiting: new Set(), seen: new Set([...attention.seen, ...attention.waiting]) };
}

/** The operator has opened the conversation `id`. */
export function sawConversation(attention: Attention, id: string): Attention {
  const at = attention.mine.get(id);
  if (at === undefined) return attention;
  const mine = new Map(attention.mine);
  mine.delete(id);
  return { ...attention, mine, seen: new Set([...attention.seen, `${id}|${at}`]) };
}

/** What rings on; an invitation is one of those that wait for the talk to be opened, a rule's alarm sounds like what is overdue, and what one wanted to come back to like what is one's own. A broken promise to a patient has a sound of its own. */
export function ringing(attention: Attention): Exclude<Signal, "invited" | "alarm" | "due"> | null {
  if (attention.call !== null) return "call";
  if (attention.mine.size + attention.due.size > 0) return "mine";
  if (attention.late.size > 0) return "late";
  if (attention.overdue.size + attention.alarms.size > 0) return "overdue";
  return attention.waiting.size > 0 ? "waiting" : null;
}

/** The number before the page's title: patients who wait for this operator to do something. */
export function titleCount(waiting: number, unreadMine: number): string {
  const count = waiting + unreadMine;
  return count === 0 ? "" : count > 99 ? "(99+) " : `(${count}) `;
}
