/** The sections of the console: their order, who may open them, and which consultations belong to which. */
import type { Callback, ConsultationRow, ParticipantRole } from "@consilium/kit/api";

export const QUEUE_SECTIONS = ["waiting", "mine", "active", "on-hold"] as const;
export const RECORD_SECTIONS = [
  "callbacks",
  "follow-ups",
  "calls",
  "archive",
  "patients",
  "operators",
  "wallboard",
  "reports",
  "audit",
  "integrations",
  "settings",
  "setup",
] as const;
export const SECTIONS = [...QUEUE_SECTIONS, ...RECORD_SECTIONS] as const;

export type QueueSection = (typeof QUEUE_SECTIONS)[number];
export type Section = (typeof SECTIONS)[number];

export function isSection(value: string): value is Section {
  return (SECTIONS as readonly string[]).includes(value);
}

export function isQueueSection(section: Section): section is QueueSection {
  return (QUEUE_SECTIONS as readonly string[]).includes(section);
}

const FOR_SUPERVISORS: readonly Section[] = [
  "wallboard",
  "reports",
  "audit",
  "integrations",
  "settings",
  "setup",
];

export function sectionAllowed(section: Section, role: "operator" | "supervisor"): boolean {
  return role === "supervisor" || !FOR_SUPERVISORS.includes(section);
}

export function isWaitingCallback({ phase }: Pick<Callback, "phase">): boolean {
  return phase === "new" || phase === "no_answer";
}

export function isOpenCallback(callback: Pick<Callback, "phase">): boolean {
  return isWaitingCallback(callback) || callback.phase === "taken" || callback.phase === "calling";
}

/** `operatorId` has it in his hands. */
export function holdsCallback(
  { phase, operator }: Pick<Callback, "phase" | "operator">,
  operatorId: string | null,
): boolean {
  return (phase === "taken" || phase === "calling") && operator !== null && operator.id === operatorId;
}

/** `operatorId` leads the consultation. */
export function isLead(row: Pick<ConsultationRow, "participants">, operatorId: string | null): boolean {
  return row.participants.some(
    (participant) => participant.role === "lead" && participant.operator_id === operatorId,
  );
}

/** `operatorId` leads something that is under way or on hold. */
export function leadsSomething(
  rows: Iterable<Pick<ConsultationRow, "phase" | "participants">>,
  operatorId: string | null,
): boolean {
  for (const row of rows) {
    if ((row.phase === "active" || row.phase === "on_hold") && isLead(row, operatorId)) return true;
  }
  return false;
}

export function takesPart(row: Pick<ConsultationRow, "participants">, operatorId: string | null): boolean {
  return roleIn(row, operatorId) !== null;
}

/** As what `operatorId` takes part; null: he does not. */
export function roleIn(
  row: Pick<ConsultationRow, "participants">,
  operatorId: string | null,
): ParticipantRole | null {
  return row.participants.find(({ operator_id: id }) => id === operatorId)?.role ?? null;
}

/** Where `operatorId` finds a consultation among what is live; null: it is over. */
export function sectionOf(row: ConsultationRow, operatorId: string | null): QueueSection | null {
  return QUEUE_SECTIONS.find((section) => inSection(row, section, operatorId)) ?? null;
}

export function inSection(row: ConsultationRow, section: QueueSection, operatorId: string | null): boolean {
  switch (section) {
    case "waiting":
      return row.phase === "queued";
    case "mine":
      return (row.phase === "active" || row.phase === "on_hold") && takesPart(row, operatorId);
    case "active":
      return row.phase === "active";
    case "on-hold":
      return row.phase === "on_hold";
  }
}
