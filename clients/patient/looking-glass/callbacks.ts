/** Every state of a call-back without a server: `/looking-glass/?scene=usual&callback=<name>&path=/call-back/b1`. */
import type { Callback } from "@consilium/kit/api";
import { type Answers, callbackSample } from "@consilium/kit/testing";
import { ago } from "./consultation.ts";

const API = "/_consilium/v1";

export function callbackAnswers(name: string | null, ru: boolean): Answers {
  const open = callbackOf(name, ru);
  const past = name === "none" ? [] : [...(open === null ? [] : [open]), ...ended(ru)];
  let ordered = open ?? callback(ru);
  const change = (part: Partial<Callback>) => {
    ordered = { ...ordered, ...part };
    return { body: ordered, delayMs: 400 };
  };
  return {
    [`GET ${API}/callbacks`]: () => ({
      body: {
        items: past.map((each) => (each.id === "b1" ? ordered : each)),
        next_cursor: null,
        total: past.length,
      },
    }),
    [`POST ${API}/callbacks`]: (body) => {
      if (name === "refused-phone")
        return {
          status: 422,
          body: {
            type: "urn:consilium:problem:invalid",
            detail: "A field is not valid.",
            errors: [{ field: "phone", message: "Not a number." }],
          },
        };
      if (name === "refused-offline") return "offline";
      const { reason = null } = (body ?? {}) as { reason?: string | null };
      const answer = change({ reason });
      past.unshift(ordered);
      return { ...answer, status: 201 };
    },
    [`POST ${API}/callbacks/b1/cancel`]: () =>
      change({ phase: "cancelled", ending: "cancelled", ended_at: ago(0) }),
    [`POST ${API}/callbacks/b1/move`]: () => change({ window: window(24, 3), due_at: ahead(27 * 60) }),
  };
}

function ahead(minutes: number): string {
  return ago(-minutes);
}

/** Whole hours from now. */
function window(inHours: number, hours: number): { start: string; end: string } {
  const start = new Date();
  start.setMinutes(0, 0, 0);
  start.setHours(start.getHours() + inHours);
  return { start: start.toISOString(), end: new Date(start.getTime() + hours * 3_600_000).toISOString() };
}

function callback(ru: boolean, part: Partial<Callback> = {}): Callback {
  return callbackSample({
    id: "b1",
    conversation_id: "v1",
    room_id: "!room:demo.example",
    queue: { id: "q1", name: ru ? "Терапевт" : "General practitioner" },
    requested_at: ago(20),
    phase_since: ago(20),
    due_at: ahead(40),
    time_zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    reason: ru
      ? "Хочу обсудить анализы: гемоглобин снова снижен, и болит голова по утрам."
      : "I would like to talk about my test results: haemoglobin is low again, and my head aches in the morning.",
    ...part,
  });
}

function callbackOf(name: string | null, ru: boolean): Callback | null {
  const operator = { id: "o1", name: ru ? "Ирина Петрова" : "Irina Petrova" };
  switch (name) {
    case "new":
      return callback(ru);
    case "window": {
      const wanted = window(20, 3);
      return callback(ru, { window: wanted, due_at: wanted.end });
    }
    case "foreign": {
      const wanted = window(3, 3);
      return callback(ru, { window: wanted, due_at: wanted.end, time_zone: "Asia/Vladivostok" });
    }
    case "late":
      return callback(ru, { due_at: ago(25), phone: null });
    case "taken":
      return callback(ru, { phase: "taken", operator, taken_at: ago(2) });
    case "calling":
      return callback(ru, { phase: "calling", operator, means: "telephone" });
    case "calling-app":
      return callback(ru, { phase: "calling", operator, means: "app" });
    case "no-answer":
      return callback(ru, {
        phase: "no_answer",
        operator,
        means: "telephone",
        attempts: 2,
        again_at: ahead(25),
        due_at: ahead(85),
      });
    case "done":
      return callback(ru, {
        phase: "archived",
        operator,
        ending: "done",
        outcome: "answered",
        ended_at: ago(3),
      });
    case "cancelled":
      return callback(ru, { phase: "cancelled", ending: "cancelled", ended_at: ago(3) });
    default:
      return null;
  }
}

function ended(ru: boolean): Callback[] {
  const day = 60 * 24;
  const one = (id: string, days: number, part: Partial<Callback>) =>
    callback(ru, {
      id,
      requested_at: ago(days * day),
      ended_at: ago(days * day - 60),
      phase: "archived",
      ...part,
    });
  return [
    one("b2", 12, {
      ending: "done",
      outcome: "answered",
      operator: { id: "o1", name: ru ? "Ирина Петрова" : "Irina Petrova" },
    }),
    one("b3", 41, {
      ending: "done",
      outcome: "not_reached",
      attempts: 3,
      operator: { id: "o2", name: ru ? "Александр Соколов" : "Alexander Sokolov" },
    }),
  ];
}
