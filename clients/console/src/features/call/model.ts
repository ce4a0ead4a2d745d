/** What the console's call panels and its list of calls decide. Plain functions. */
import type {
  Call,
  CallbackRow,
  CallKind,
  CallOutcome,
  CallQuality,
  CallQuery,
  CallRow,
  CallSide,
  ConsultationRow,
} from "@consilium/kit/api";
import type { CallEnd } from "@consilium/kit/calls";
import type { CommandCall } from "../../commands/command.ts";
import { spanOf } from "../../list/days.ts";
import type { DeskSearch } from "../../live/route.ts";
import { holdsCallback, roleIn, takesPart } from "../../live/sections.ts";

export const OUTCOMES: readonly CallOutcome[] = [
  "completed",
  "missed",
  "declined",
  "cancelled",
  "busy",
  "lost",
];

export const SIDES: readonly CallSide[] = ["patient", "staff"];
export const KINDS: readonly CallKind[] = ["audio", "video"];
/** Stands among the outcomes in the address: what has none yet. */
export const ON_NOW = "open";

function isOneOf<T extends string>(all: readonly T[], value: string | undefined): value is T {
  return (all as readonly (string | undefined)[]).includes(value);
}

/** What `GET /calls` is asked for at an address; what makes no sense there is left out. */
export function callQuery(search: DeskSearch): Omit<CallQuery, "limit" | "cursor"> {
  const { outcome, operator, patient, queue, caller_side: side, kind } = search;
  return {
    ...(outcome === ON_NOW ? { open: true } : {}),
    ...(isOneOf(OUTCOMES, outcome) ? { outcome } : {}),
    ...(isOneOf(SIDES, side) ? { caller_side: side } : {}),
    ...(isOneOf(KINDS, kind) ? { kind } : {}),
    ...(queue === undefined ? {} : { queue }),
    ...(operator === undefined ? {} : { operator }),
    ...(patient === undefined ? {} : { patient }),
    ...spanOf(search),
  };
}

/** The staff in a call by name, the caller first where he is of them. */
export function staffNames(call: Pick<Call, "participants" | "caller_name" | "caller_side">): string[] {
  const names = call.participants.filter(({ side }) => side === "staff").map(({ name }) => name);
  return call.caller_side === "staff" ? [...new Set([call.caller_name, ...names])] : [...new Set(names)];
}

/** Key of the words for how a call stands or ended. */
export function outcomeKey({ state, outcome }: Pick<CallRow, "state" | "outcome">): string {
  return outcome === null ? `calls.state.${state}` : `calls.outcome.${outcome}`;
}

/** The call that is talked in a consultation without this console; one that only rings is nobody's to join. */
export function callOn(open: readonly Call[], consultationId: string): Call | null {
  return open.find((call) => call.consultation_id === consultationId && call.state === "answered") ?? null;
}

/** Whether the patient of a consultation may be called, and whether a call is on there without this operator. */
export function chances(input: {
  row: ConsultationRow | null;
  operatorId: string | null;
  isAvailable: boolean;
  open: readonly Call[];
}): Pick<CommandCall, "mayStart" | "mayJoin"> {
  const { row, operatorId, isAvailable, open } = input;
  if (row === null || !isAvailable || !takesPart(row, operatorId)) return { mayStart: false, mayJoin: false };
  const live = row.phase === "active" || row.phase === "on_hold";
  const isOn = callOn(open, row.id) !== null;
  return { mayStart: live && !isOn && !observes(row, operatorId), mayJoin: live && isOn };
}

/** Whether an operator only looks and listens: the media server takes nothing from him. */
export function observes(row: ConsultationRow | null, operatorId: string | null): boolean {
  return row !== null && roleIn(row, operatorId) === "observer";
}

/** What one may do about a call that is over. */
export function offersAgain(why: CallEnd): boolean {
  return why !== "completed" && why !== "elsewhere" && why !== "removed";
}

/** Whom to call: the patient of a consultation, or of a call-back. */
export type CallTarget = { consultationId: string } | { callbackId: string };

/** Who is called again after a call: its consultation's patient, else whom the operator is to call back in its conversation; null: nobody. */
export function againTarget(
  call: Pick<Call, "consultation_id" | "conversation_id">,
  callbacks: Iterable<CallbackRow>,
  operatorId: string | null,
): CallTarget | null {
  if (call.consultation_id !== null) return { consultationId: call.consultation_id };
  for (const each of callbacks) {
    const isHis = each.conversation_id === call.conversation_id && holdsCallback(each, operatorId);
    if (isHis) return { callbackId: each.id };
  }
  return null;
}

/** Loss beyond this, in thousandths, or freezes at all are what a supervisor looks for. */
const LOSS_BAD = 30;
const ROUND_TRIP_BAD_MS = 300;
const JITTER_BAD_MS = 40;

/** The measures of a participant that stand out. */
export function badMeasures(quality: CallQuality): ("loss" | "roundTrip" | "jitter" | "freezes")[] {
  return [
    ...(quality.loss_permille.mean > LOSS_BAD ? (["loss"] as const) : []),
    ...(quality.round_trip_ms.mean > ROUND_TRIP_BAD_MS ? (["roundTrip"] as const) : []),
    ...(quality.jitter_ms.mean > JITTER_BAD_MS ? (["jitter"] as const) : []),
    ...(quality.freezes > 0 ? (["freezes"] as const) : []),
  ];
}
