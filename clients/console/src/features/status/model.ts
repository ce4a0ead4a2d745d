/** Statuses an operator may choose, and which of them want a reason. */
import type {
  HandOver,
  LeavingChoice,
  LeavingConsultation,
  OperatorStatus,
  ReturnedConsultation,
} from "@consilium/kit/api";

export const CHOICES: readonly OperatorStatus[] = [
  "online",
  "transfer_only",
  "away",
  "break",
  "going_off",
  "offline",
];

export type ReasonedStatus = "away" | "break";

export function wantsReason(status: OperatorStatus): status is ReasonedStatus {
  return status === "away" || status === "break";
}

/** Keys of the reasons offered, under `reason`. */
export const REASONS: Readonly<Record<ReasonedStatus, readonly string[]>> = {
  away: ["meeting", "call", "documents"],
  break: ["lunch", "rest", "personal"],
};

/** Whole seconds for which the desk offers nobody yet after a call; 0: it does. */
export function wrapUpSeconds(until: string | null, now: number): number {
  return until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000));
}

/** A heartbeat says "this desk is alive"; it makes no sense from somebody who went home, unless he still has a patient there. */
export function beats(status: OperatorStatus | null, leads: boolean): boolean {
  return status !== null && (status !== "offline" || leads);
}

/** Statuses with which one goes: what one leads must not stay behind unasked. */
export type LeavingStatus = "going_off" | "offline";

export function leaves(status: OperatorStatus): status is LeavingStatus {
  return status === "going_off" || status === "offline";
}

/** What somebody who goes has said of one consultation. */
export interface Wish {
  readonly choice: LeavingChoice;
  readonly note: string;
}

/** What was chosen, or what happens without a word. */
export function choiceOf(one: LeavingConsultation, wishes: ReadonlyMap<string, Wish>): LeavingChoice {
  const wished = wishes.get(one.consultation_id)?.choice;
  const usual = one.choices[0] ?? "keep";
  return wished !== undefined && one.choices.includes(wished) ? wished : usual;
}

/** What the service is told: what was shown, so that nothing else happens than that. */
export function handOvers(
  consultations: readonly LeavingConsultation[],
  wishes: ReadonlyMap<string, Wish>,
): HandOver[] {
  return consultations.map((one) => {
    const choice = choiceOf(one, wishes);
    const note = wishes.get(one.consultation_id)?.note.trim() ?? "";
    const words = choice === "keep" || note === "" ? {} : { note };
    return { consultation_id: one.consultation_id, choice, ...words };
  });
}

/** What was taken after what was read last, newest first. */
export function unread(
  returned: readonly ReturnedConsultation[],
  seen: string | null,
): readonly ReturnedConsultation[] {
  const since = seen === null ? 0 : Date.parse(seen);
  return returned.filter(({ returned_at: at }) => Date.parse(at) > since);
}
