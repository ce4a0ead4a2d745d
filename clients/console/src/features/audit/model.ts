/** Audit entries as values: what is asked for at an address, the words of an action, the lines of a detail. */
import type { AuditEntry } from "@consilium/kit/api";
import { dayStart } from "../../format.ts";
import type { DeskSearch } from "../../live/route.ts";

/** The acts that can be filtered by; the server knows no list of them. */
export const ACTIONS = [
  "consultation.requested",
  "consultation.offered",
  "consultation.passed",
  "consultation.offer_lapsed",
  "consultation.wait_warning",
  "consultation.wait_broken",
  "consultation.response_warning",
  "consultation.response_broken",
  "consultation.resolution_warning",
  "consultation.resolution_broken",
  "consultation.taken",
  "consultation.held",
  "consultation.resumed",
  "consultation.transferred",
  "consultation.returned",
  "consultation.taken_over",
  "consultation.invited",
  "queue_invitation.made",
  "queue_invitation.accepted",
  "queue_invitation.refused",
  "queue_invitation.declined",
  "queue_invitation.expired",
  "queue_invitation.taken_back",
  "queue_invitation.over",
  "consultation.left",
  "consultation.dismissed",
  "consultation.silence_warned",
  "consultation.closed",
  "consultation.cancelled",
  "consultation.answers_changed",
  "consultation.answers_read",
  "consultation.person_corrected",
  "consultation.abandoned",
  "consultation.reopened",
  "consultation.tagged",
  "consultation.untagged",
  "consultation.macro_run",
  "consultation.rule_run",
  "consultation.raised",
  "consultation.lowered",
  "consultation.moved",
  "consultation.assigned",
  "consultation.row_exported",
  "callback.rule_run",
  "rule.alarm_seen",
  "consultation.fields_changed",
  "patient.created",
  "invitation.made",
  "invitation.used",
  "invitation.taken_back",
  "patient.read",
  "patient.listed",
  "patient.changed",
  "patient.merged",
  "patient.unmerged",
  "patient.duplicate_dismissed",
  "patient.duplicate_restored",
  "patient.access_granted",
  "patient.access_withdrawn",
  "patient.notes_erased",
  "patient.conclusions_erased",
  "person.added",
  "person.changed",
  "person.removed",
  "person.returned",
  "person.read",
  "consent.given",
  "consent.withdrawn",
  "patient.exported",
  "patient.row_exported",
  "patient.deleted",
  "patient.deletion_finished",
  "patient.signed_out",
  "conclusion.written",
  "conclusion.read",
  "conclusion.signature_asked",
  "conclusion.signature_refused",
  "conclusion.signature_withdrawn",
  "conclusion.signed",
  "conclusion.amended",
  "note.written",
  "note.edited",
  "note.deleted",
  "follow_up.made",
  "follow_up.changed",
  "follow_up.put_off",
  "follow_up.handed",
  "follow_up.handed_on",
  "follow_up.due",
  "follow_up.message_sent",
  "follow_up.message_failed",
  "follow_up.done",
  "follow_up.cancelled",
  "canned.created",
  "canned.changed",
  "canned.removed",
  "macro.created",
  "macro.changed",
  "desk_file.kept",
  "settings.changed",
  "settings.restored",
  "settings.removed",
  "tag.created",
  "tag.changed",
  "view.shared",
  "view.unshared",
  "view.changed",
  "view.removed",
  "heads.sent",
  "audit.verified",
  "doctor.examined",
  "archive.read",
  "archive.searched",
  "archive.sealed",
  "archive.erased",
  "hold.placed",
  "hold.lifted",
  "operator.created",
  "operator.changed",
  "operator.restored",
  "operator.removed",
  "demo.marked",
  "demo.removal_begun",
  "demo.removal_finished",
  "rehearsal.begun",
  "rehearsal.joined",
  "rehearsal.ended",
  "rehearsal.skipped",
  "checklist.marked",
  "checklist.unmarked",
  "backup_secret.released",
  "backup_secret.taken_over",
  "identity.approved",
  "keys.refused",
  "consultation.rated",
  "call.started",
  "call.answered",
  "call.ended",
  "callback.ordered",
  "callback.taken",
  "callback.released",
  "callback.called",
  "callback.telephoned",
  "callback.not_answered",
  "callback.put_off",
  "callback.moved",
  "callback.finished",
  "callback.cancelled",
  "callback.noted",
  "callback.overdue",
  "callback.archived",
  "webhook.created",
  "webhook.changed",
  "webhook.removed",
  "webhook.secret_replaced",
  "webhook.tested",
  "webhook.replayed",
  "webhook.switched_off",
  "api_key.created",
  "api_key.changed",
  "api_key.revoked",
] as const;

/** What `GET /audit` is asked for at an address; `to` is a day and means its end. */
export function auditQuery({ actor, action, subject, from, to }: DeskSearch) {
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
    ...(subject === undefined ? {} : { subject }),
    ...(from === undefined ? {} : { from: dayStart(from) }),
    ...(to === undefined ? {} : { to: dayStart(to, 1) }),
  };
}

export interface AuditRow {
  /** Table rows want a string. */
  readonly id: string;
  readonly entry: AuditEntry;
}

export function auditRows(entries: readonly AuditEntry[]): AuditRow[] {
  return entries.map((entry) => ({ id: String(entry.sequence), entry }));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-([0-9a-f]{12})$/;

/** An id for a line of a table: ids of one day begin alike, their ends tell them apart. */
export function shortId(id: string): string {
  const end = UUID.exec(id)?.[2];
  return end === undefined ? id : `…${end}`;
}

/** The detail as flat lines, `a.b` for what is nested. */
export function detailLines(
  detail: AuditEntry["detail"],
): { readonly name: string; readonly value: string }[] {
  const lines: { name: string; value: string }[] = [];
  const walk = (prefix: string, value: unknown) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value))
        walk(prefix === "" ? name : `${prefix}.${name}`, inner);
    } else
      lines.push({
        name: prefix,
        value: Array.isArray(value) ? value.map(String).join(", ") : String(value),
      });
  };
  walk("", detail);
  return lines.filter(({ name }) => name !== "");
}
