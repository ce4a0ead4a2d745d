/** A plausible call-back for tests and pretend worlds, changed by what is cared about. */
import type { Callback, CallbackRow } from "../api/index.ts";

export function callbackSample(part: Partial<Callback> = {}): Callback {
  return {
    id: "callback-1",
    queue: { id: "q1", name: "General practitioner" },
    phase: "new",
    phase_since: "2026-11-28T11:40:00Z",
    source: "app",
    conversation_id: "conversation-1",
    room_id: "!r:x",
    requested_at: "2026-11-28T11:40:00Z",
    person: null,
    for_name: null,
    reason: null,
    phone: "+79123456789",
    window: null,
    time_zone: "Europe/Moscow",
    due_at: "2026-11-28T12:40:00Z",
    again_at: null,
    attempts: 0,
    operator: null,
    taken_at: null,
    means: null,
    ending: null,
    outcome: null,
    ended_at: null,
    erased_at: null,
    ...part,
  };
}

export function callbackRowSample(part: Partial<CallbackRow> = {}): CallbackRow {
  return {
    ...callbackSample(part),
    patient: { id: "patient-1", name: "Anna Kuznetsova", age: 34, sex: "female" },
    name: "Anna Kuznetsova",
    overdue: false,
    overdue_since: null,
    call_id: null,
    note: null,
    sealed_sequence: null,
    ...part,
  };
}
