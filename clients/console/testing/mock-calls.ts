/** Calls of the pretend clinic: of every end, in each consultation a few; what one of them was like. */
import type { CallOutcome, CallQuality, CallRow, ConsultationRow } from "@consilium/kit/api";
import { callSample } from "../../kit/testing/calls.ts";

const OUTCOMES: readonly CallOutcome[] = [
  "completed",
  "missed",
  "completed",
  "declined",
  "lost",
  "completed",
  "cancelled",
  "busy",
];
const STEP_SECONDS = 2_100;

export function mockCalls(rows: readonly ConsultationRow[]): CallRow[] {
  const taken = rows.filter(({ participants }) => participants.length > 0);
  return taken.flatMap((row, index) =>
    Array.from({ length: 1 + (index % 3) }, (_, nth) => mockCall(row, index * 3 + nth)),
  );
}

function mockCall(row: ConsultationRow, index: number): CallRow {
  const outcome = OUTCOMES[index % OUTCOMES.length] ?? "completed";
  const started = Date.now() - index * STEP_SECONDS * 1000 - 90_000;
  const at = (seconds: number) => new Date(started + seconds * 1000).toISOString();
  const talked = outcome === "completed" ? 95 + ((index * 397) % 1_900) : outcome === "lost" ? 73 : 0;
  const operator = row.participants[0];
  const fromPatient = index % 5 === 4;
  const staff = { user_id: `@${operator?.operator_id}:demo.test`, name: operator?.name ?? "" };
  const patient = { user_id: "@p:demo.test", name: row.patient.name };
  const stay = { joined_at: at(12), left_at: at(12 + talked) };
  return {
    ...callSample({
      id: `call-${index}`,
      consultation_id: row.id,
      conversation_id: row.conversation_id,
      room_id: row.room_id,
      kind: index % 3 === 1 ? "audio" : "video",
      state: "ended",
      outcome,
      decline_reason: outcome === "declined" ? "call_later" : null,
      caller_side: fromPatient ? "patient" : "staff",
      caller_user_id: fromPatient ? patient.user_id : staff.user_id,
      caller_name: fromPatient ? patient.name : staff.name,
      started_at: at(0),
      ring_until: at(45),
      answered_at: talked > 0 ? at(12) : null,
      ended_at: at(12 + talked),
      talked_seconds: talked,
      participants:
        talked > 0
          ? [
              { ...staff, side: "staff", ...stay },
              { ...patient, side: "patient", ...stay },
            ]
          : [],
    }),
    patient: row.patient,
  };
}

export function mockQuality(call: CallRow): { participants: CallQuality[] } {
  const good = { reports: 31, freezes: 0, freeze_ms: 0 };
  return {
    participants: call.participants.map(({ user_id, name, side }) =>
      side === "staff"
        ? {
            ...good,
            user_id,
            name,
            loss_permille: { mean: 2, worst: 11 },
            jitter_ms: { mean: 6, worst: 22 },
            round_trip_ms: { mean: 48, worst: 120 },
          }
        : {
            user_id,
            name,
            reports: 30,
            freezes: 4,
            freeze_ms: 5_300,
            loss_permille: { mean: 41, worst: 180 },
            jitter_ms: { mean: 28, worst: 96 },
            round_trip_ms: { mean: 210, worst: 640 },
          },
    ),
  };
}
