/** Rows for tests: one plausible consultation, queue or operator each, changed by what a test cares about. */
import type {
  ConsultationDetail,
  ConsultationRow,
  FollowUp,
  Operator,
  Participant,
  PatientRow,
  Queue,
  Rehearsal,
} from "@consilium/kit/api";

export const NOON = Date.parse("2026-11-24T12:00:00Z");

export function ago(seconds: number): string {
  return new Date(NOON - seconds * 1000).toISOString();
}

export function lead(operatorId: string, name = "Dr. Petrova"): Participant {
  return { operator_id: operatorId, name, role: "lead", joined_at: ago(300), invited_by: null };
}

export function row(change: Partial<ConsultationRow> & { id: string }): ConsultationRow {
  return {
    conversation_id: `conversation-${change.id}`,
    room_id: `!${change.id}:demo.test`,
    person: null,
    queue: { id: "therapist", name: "Therapist" },
    phase: "queued",
    requested_at: ago(432),
    taken_at: null,
    first_answer_at: null,
    ended_at: null,
    hold: null,
    participants: [],
    waiting: { place: 1, estimate: null, came_back: false },
    end_reason: null,
    message_count: 1,
    first_event_id: null,
    last_event_id: null,
    patient: { id: `patient-${change.id}`, name: "Anna Kuznetsova", age: 34, sex: "female" },
    priority: 0,
    offer: null,
    sla: null,
    transfer: null,
    previous_operator: null,
    last_message_at: null,
    unanswered_since: null,
    tags: [],
    fields_changed_at: null,
    chosen_fields: [],
    missing_fields: [],
    conclusion: null,
    rating: null,
    rating_until: null,
    erased_at: null,
    conclusion_need: "off",
    red_flag: false,
    answered_at: null,
    language: null,
    device_check: null,
    ...change,
  };
}

export function detail(change: Partial<ConsultationDetail> & { id: string }): ConsultationDetail {
  return {
    ...row(change),
    history: [],
    keys: { ready: true, devices: 1 },
    answers: null,
    fields: [],
    ...change,
  };
}

export function queue(change: Partial<Queue> & { id: string }): Queue {
  return {
    name: change.id,
    circle: "general",
    circle_name: "Conversation",
    price: null,
    waiting: 0,
    active: 0,
    on_hold: 0,
    oldest_waiting_since: null,
    operators_online: 1,
    is_routed: false,
    retired: false,
    ...change,
  };
}

export function operator(change: Partial<Operator> & { id: string }): Operator {
  return {
    user_id: `@${change.id}:demo.test`,
    name: change.id,
    title: null,
    grade: null,
    role: "operator",
    queues: ["therapist"],
    status: "online",
    status_since: ago(3600),
    status_reason: null,
    status_kind: null,
    wrap_up_until: null,
    active_consultations: 0,
    skills: [],
    languages: [],
    capacity: 4,
    hours: [],
    time_zone: null,
    duty: null,
    ...change,
  };
}

export function patient(change: Partial<PatientRow> & { id: string }): PatientRow {
  return {
    user_id: `@${change.id}:demo.test`,
    name: change.id,
    birth_date: "1992-03-14",
    sex: "female",
    phone: null,
    email: null,
    created_at: ago(86_400),
    last_consultation_at: null,
    consultations: 0,
    also: [],
    ...change,
  };
}

export function followUp(change: Partial<FollowUp> = {}): FollowUp {
  return {
    id: "f1",
    version: 1,
    patient: { id: "p1", name: "Anna Kuznetsova", age: 34, sex: "female" },
    consultation_id: null,
    state: "open",
    due_at: ago(60),
    is_due: true,
    operator: { id: "o1", name: "Petrova" },
    queue: { id: "therapist", name: "Therapist" },
    note: "Call about the results",
    message: null,
    created_at: ago(86_400),
    created_by: { id: "o1", name: "Petrova" },
    ended_at: null,
    ended_by: null,
    ...change,
  };
}

/** One that was begun a moment ago, and in which nothing has happened. */
export function newRehearsal(change: Partial<Rehearsal> = {}): Rehearsal {
  return {
    id: "r1",
    begun_at: "2026-11-30T08:00:00Z",
    begun_by: { id: "o1", name: "Ms Volkova" },
    ended_at: null,
    link: "https://clinic.example/?rehearsal=aa",
    qr: { size: 33, path: "M4 4h1v1h-1z" },
    opened_at: null,
    joined_at: null,
    patient: null,
    consultation_id: null,
    queue: null,
    asked_at: null,
    heard: false,
    taken_at: null,
    answered_at: null,
    closed_at: null,
    passed: false,
    ...change,
  };
}
