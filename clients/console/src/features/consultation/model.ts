/** What the conversation pane shows for a consultation, decided from plain values. */
import type {
  ConsultationRow,
  GuestRole,
  HistoryEntry,
  Me,
  Operator,
  Participant,
  ParticipantRole,
  Person,
  Queue,
} from "@consilium/kit/api";
import type { ConversationSummary, RecoveryState, TimelineSnapshot } from "@consilium/kit/matrix";
import { folded } from "../../live/names.ts";
import { isLead, roleIn, takesPart } from "../../live/sections.ts";

export type PaneKind =
  /** Nobody has it yet: what an operator may know before taking. */
  | "queue-card"
  /** The talk itself. */
  | "talk"
  /** Somebody else leads it; its words are not for us. */
  | "elsewhere"
  /** Over. */
  | "ended";

export function paneOf(row: ConsultationRow, operatorId: string | null): PaneKind {
  switch (row.phase) {
    case "queued":
      return "queue-card";
    case "active":
    case "on_hold":
      return takesPart(row, operatorId) ? "talk" : "elsewhere";
    case "archived":
    case "cancelled":
    case "abandoned":
      return "ended";
  }
}

export function leadOf(row: ConsultationRow): Participant | null {
  return row.participants.find(({ role }) => role === "lead") ?? null;
}

export function leadName(row: ConsultationRow): string | null {
  return leadOf(row)?.name ?? null;
}

/** Why the history cannot be read yet, most fundamental first; null when all is well. */
export type KeysNotice = "set-up" | "unlock" | "not-delivered" | null;

export function keysNotice(input: {
  recovery: RecoveryState | null;
  devices: number | null;
  snapshot: Pick<TimelineSnapshot, "unreadableCount"> | null;
}): KeysNotice {
  if (input.recovery === "absent") return "set-up";
  if (input.recovery === "locked") return "unlock";
  if ((input.snapshot?.unreadableCount ?? 0) === 0) return null;
  // While it is on its way the timeline says so itself.
  return input.devices === 0 ? "not-delivered" : null;
}

/** Whether the room is there to be read: the invitation was accepted. */
export function isJoined(summary: ConversationSummary | undefined): boolean {
  return summary?.membership === "joined";
}

/** Since when the span in the head runs, and what it means. */
export function spanOf(row: ConsultationRow): {
  kind: "waits" | "talks" | "held" | "took";
  since: string;
  until: string | null;
} {
  if (row.phase === "queued") return { kind: "waits", since: row.requested_at, until: null };
  if (row.phase === "on_hold" && row.hold !== null)
    return { kind: "held", since: row.hold.since, until: null };
  const since = row.taken_at ?? row.requested_at;
  return row.ended_at === null
    ? { kind: "talks", since, until: null }
    : { kind: "took", since, until: row.ended_at };
}

/** Places to transfer to, without the one where it is; those that can answer at once first. */
export interface TransferChoice {
  readonly id: string;
  readonly kind: "queue" | "operator";
  readonly name: string;
  readonly ready: boolean;
}

export function filterChoices(choices: readonly TransferChoice[], q: string): TransferChoice[] {
  const needle = q.trim().toLocaleLowerCase();
  return choices
    .filter(({ name }) => name.toLocaleLowerCase().includes(needle))
    .sort((a, b) => Number(b.ready) - Number(a.ready) || a.name.localeCompare(b.name));
}

/** As what a colleague may be asked in; the first is the usual one. */
export const GUEST_ROLES = ["consultant", "observer", "trainee"] as const satisfies readonly GuestRole[];

export function isGuestRole(value: string | null): value is (typeof GUEST_ROLES)[number] {
  return (GUEST_ROLES as readonly (string | null)[]).includes(value);
}

export interface Colleague {
  readonly operator: Operator;
  /** As what he takes part already. */
  readonly role: ParticipantRole | null;
}

/** Who can be asked in: on duty or in it already, not this operator, by name; newcomers first. */
export function colleagues(
  operators: Iterable<Operator>,
  row: ConsultationRow | null,
  me: string | null,
  q: string,
): Colleague[] {
  const needle = folded(q);
  return [...operators]
    .map((operator) => ({ operator, role: row === null ? null : roleIn(row, operator.id) }))
    .filter(({ operator: { id, name, status }, role }) => {
      const isOnDuty = status === "online" || status === "transfer_only";
      return id !== me && (isOnDuty || role !== null) && folded(name).includes(needle);
    })
    .sort(
      (a, b) =>
        Number(a.role !== null) - Number(b.role !== null) || a.operator.name.localeCompare(b.operator.name),
    );
}

/** Services whose operators can be asked in, with how many of them are there; those with somebody there first. */
export function queuesToAsk(
  queues: Iterable<Queue>,
  operators: Iterable<Operator>,
  row: ConsultationRow | null,
  me: string | null,
): { readonly queue: Queue; readonly there: number }[] {
  const comes = [...operators].filter(
    ({ id, status }) =>
      id !== me &&
      (status === "online" || status === "transfer_only") &&
      (row === null || roleIn(row, id) === null),
  );
  return [...queues]
    .filter(({ retired }) => !retired)
    .map((queue) => ({ queue, there: comes.filter((one) => one.queues.includes(queue.id)).length }))
    .sort((a, b) => Number(b.there > 0) - Number(a.there > 0) || a.queue.name.localeCompare(b.queue.name));
}

/** Whether this operator may send a participant out, or is the one who may leave. */
export function mayDismiss(
  row: ConsultationRow,
  { operator_id: id, role }: Pick<Participant, "operator_id" | "role">,
  me: string | null,
  myRole: Me["role"],
): boolean {
  if (role === "lead" || (row.phase !== "active" && row.phase !== "on_hold")) return false;
  return id === me || isLead(row, me) || myRole === "supervisor";
}

export function mayLead(row: ConsultationRow, operatorId: string | null): boolean {
  return isLead(row, operatorId);
}

const KNOWN_ACTIONS = [
  "requested",
  "offered",
  "passed",
  "offer_lapsed",
  "wait_warning",
  "wait_broken",
  "response_warning",
  "response_broken",
  "resolution_warning",
  "resolution_broken",
  "taken",
  "held",
  "resumed",
  "transferred",
  "taken_over",
  "closed",
  "cancelled",
  "answers_changed",
  "person_corrected",
  "abandoned",
  "reopened",
  "returned",
  "silence_warned",
  "raised",
  "lowered",
  "moved",
  "assigned",
  "invited",
  "left",
  "dismissed",
];

/** Key of the words for an entry; an action that this build does not know is written as it came. */
export function historyKey(entry: HistoryEntry): string | null {
  if (!KNOWN_ACTIONS.includes(entry.action)) return null;
  // Nobody pressed anything: its operator went off, or the patient was silent.
  const byRule =
    entry.actor.kind === "system" && (entry.action === "transferred" || entry.action === "closed");
  return `history.${entry.action}${byRule ? "ByRule" : ""}`;
}

/** Whether there is anybody else for whom it could be; `persons`: whom the patient acts for, as far as his card was read. */
export function hasWhomToChoose(
  person: ConsultationRow["person"],
  persons: readonly Pick<Person, "active">[] | undefined,
): boolean {
  return person !== null || (persons?.some(({ active }) => active) ?? false);
}

/** Who leads it, and supervisors also while it waits; nobody once it is over. */
export function mayCorrectWhom(
  phase: ConsultationRow["phase"],
  leads: boolean,
  isSupervisor: boolean,
): boolean {
  if (phase === "queued") return isSupervisor;
  return (phase === "active" || phase === "on_hold") && (leads || isSupervisor);
}
