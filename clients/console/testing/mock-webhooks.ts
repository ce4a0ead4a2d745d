/** Webhooks of the pretend clinic: one that works, one that was switched off because nothing reached it, and what was told. */
import type { WebhookDelivery, WebhookEndpoint, Webhooks } from "@consilium/kit/api";

const MINUTE_MS = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

const EVENT_TYPES: Webhooks["event_types"] = [
  "consultation.requested",
  "consultation.queued",
  "consultation.offered",
  "consultation.taken",
  "consultation.transferred",
  "consultation.returned",
  "consultation.held",
  "consultation.resumed",
  "consultation.closed",
  "consultation.person_corrected",
  "consultation.rated",
  "consultation.tagged",
  "consultation.assigned",
  "consultation.raised",
  "participant.joined",
  "participant.left",
  "queue_invitation.made",
  "queue_invitation.accepted",
  "conclusion.signed",
  "conclusion.amended",
  "note.written",
  "call.started",
  "call.answered",
  "call.ended",
  "callback.ordered",
  "callback.taken",
  "callback.finished",
  "callback.overdue",
  "follow_up.made",
  "follow_up.due",
  "follow_up.done",
  "rule.alarmed",
  "consent.given",
  "consent.withdrawn",
  "hold.placed",
  "hold.lifted",
  "patient.created",
  "patient.changed",
  "patient.merged",
  "patient.unmerged",
  "patient.deleted",
  "operator.status_changed",
];

const WORKS: WebhookEndpoint = {
  id: "crm",
  url: "https://crm.demo-clinic.example/hooks/consilium",
  description: "CRM",
  events: EVENT_TYPES.slice(0, 7),
  fields: ["patient.name", "patient.phone"],
  on: true,
  off_reason: null,
  created_at: ago(60 * 24 * 30),
  former_secret_until: ago(-60 * 20),
  failing_since: null,
  waiting: 1,
  dead: 1,
};

const FAILED: WebhookEndpoint = {
  ...WORKS,
  id: "reports",
  url: "https://reports.example/in",
  description: "",
  events: ["call.ended", "callback.overdue"],
  fields: [],
  on: false,
  off_reason: "failing",
  former_secret_until: null,
  failing_since: ago(60 * 24 * 3),
  waiting: 214,
  dead: 12,
};

const TOLD: WebhookDelivery = {
  id: "msg_5",
  type: "consultation.taken",
  at: ago(1),
  state: "delivered",
  attempts: 1,
  last_attempt_at: ago(1),
  next_attempt_at: null,
  response_status: 200,
  latency_ms: 84,
  failure: null,
  data: { consultation_id: "c-9", phase: "active" },
};

const DELIVERIES: readonly WebhookDelivery[] = [
  {
    ...TOLD,
    state: "waiting",
    attempts: 3,
    response_status: 503,
    failure: "status",
    next_attempt_at: ago(-2),
  },
  {
    ...TOLD,
    id: "msg_4",
    type: "consultation.queued",
    state: "waiting",
    attempts: 0,
    response_status: null,
    latency_ms: null,
  },
  { ...TOLD, id: "msg_3", type: "consultation.requested", at: ago(7) },
  { ...TOLD, id: "msg_2", type: "webhook.test", at: ago(50) },
  {
    ...TOLD,
    id: "msg_1",
    type: "consultation.closed",
    at: ago(60 * 30),
    state: "dead",
    attempts: 12,
    failure: "timeout",
    response_status: null,
    latency_ms: null,
  },
];

/** The answer of a route of webhooks; undefined: there is none. */
export function webhookAnswer(world: string, what: string | undefined): unknown {
  const endpoints = world === "empty" ? [] : [WORKS, FAILED];
  const fieldTypes: Webhooks["field_types"] = [
    "patient.name",
    "patient.phone",
    "patient.email",
    "patient.birth_date",
  ];
  if (what === undefined) return { endpoints, event_types: EVENT_TYPES, field_types: fieldTypes };
  if (what === "deliveries") return { items: DELIVERIES, next_cursor: null, total: DELIVERIES.length };
  if (what === "secret")
    return { endpoint: WORKS, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=" };
  if (what === "test") return { id: "msg_6" };
  return undefined;
}
