/** Call-backs of the pretend clinic: in each state, due and overdue, in other time zones, by the form too. */
import type { CallbackDetail, CallbackRow, ConsultationRow } from "@consilium/kit/api";
import { callbackRowSample } from "../../kit/testing/callbacks.ts";

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
const at = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();
const REASONS = [
  "Обсудить результаты анализов: гемоглобин снова снижен.",
  "Давление скачет второй день, таблетки не помогают.",
  null,
  "Спросить про дозу лекарства для ребёнка, 4 года.",
  "Нужна справка в бассейн, не понимаю, какие анализы сдавать и куда потом с ними идти, чтобы не ездить несколько раз.",
];
const STAFF = {
  petrova: { id: "petrova", name: "Петрова Ирина" },
  sokolov: { id: "sokolov", name: "Соколов Андрей" },
};

export function mockCallbacks(rows: readonly ConsultationRow[], me: string): CallbackRow[] {
  const people = rows.slice(0, 12);
  const own = me === "sokolov" ? STAFF.sokolov : STAFF.petrova;
  const one = (index: number, part: Partial<CallbackRow>): CallbackRow[] => {
    const person = people[index % Math.max(1, people.length)];
    if (person === undefined) return [];
    return [
      callbackRowSample({
        id: `b-${index}`,
        queue: person.queue,
        conversation_id: `conversation-b-${index}`,
        room_id: `!c-${index}:demo.test`,
        requested_at: at(-20 - index * 9),
        phase_since: at(-20 - index * 9),
        reason: REASONS[index % REASONS.length] ?? null,
        phone: `+7912345${10 + index}67`,
        due_at: at(40),
        patient: person.patient,
        name: person.patient.name,
        ...part,
      }),
    ];
  };
  const window = (from: number, minutes: number) => ({ start: at(from), end: at(from + minutes) });
  return [
    ...one(0, { due_at: at(-25), overdue: true, overdue_since: at(-25) }),
    ...one(1, { due_at: at(9) }),
    ...one(2, { window: window(120, 180), due_at: at(300), time_zone: "Asia/Vladivostok" }),
    ...one(3, { source: "form", patient: null, name: "Сергей Ильич", conversation_id: null, room_id: null }),
    ...one(4, { phase: "taken", operator: own, taken_at: at(-4) }),
    ...one(5, { phase: "calling", operator: own, means: "telephone", taken_at: at(-7), due_at: at(3) }),
    ...one(6, { phase: "taken", operator: own === STAFF.petrova ? STAFF.sokolov : STAFF.petrova }),
    ...one(7, { phase: "no_answer", operator: own, attempts: 2, again_at: at(18), due_at: at(78) }),
    ...one(8, {
      source: "missed_call",
      phone: null,
      due_at: at(-130),
      overdue: true,
      overdue_since: at(-130),
    }),
    ...one(9, { window: window(24 * 60, 180), due_at: at(27 * 60) }),
    ...one(10, {
      phase: "archived",
      operator: own,
      ending: "done",
      outcome: "answered",
      means: "telephone",
      note: "Анализы в норме, пересдать через месяц.",
      ended_at: at(-50),
      sealed_sequence: 41,
    }),
    ...one(11, { phase: "cancelled", ending: "cancelled", ended_at: at(-90) }),
    ...one(12, {
      phase: "archived",
      ending: "done",
      outcome: "answered",
      means: "telephone",
      name: "",
      phone: null,
      reason: null,
      patient: null,
      ended_at: at(-60 * DAY_MINUTES),
      erased_at: at(-30 * DAY_MINUTES),
    }),
  ];
}

/** With a plausible life. */
export function mockCallbackDetail(row: CallbackRow): CallbackDetail {
  const patient = { kind: "patient", name: row.name } as const;
  const staff = { kind: "operator", name: row.operator?.name ?? "" } as const;
  const step = (
    action: string,
    when: string,
    actor: CallbackDetail["history"][number]["actor"],
    note = "",
  ) => ({
    at: when,
    actor,
    action,
    operator: null,
    note: note === "" ? null : note,
  });
  const later = (minutes: number) => new Date(Date.parse(row.requested_at) + minutes * MINUTE).toISOString();
  return {
    ...row,
    history: [
      step("ordered", row.requested_at, patient),
      ...(row.operator === null ? [] : [step("taken", later(5), staff)]),
      ...(row.means === "telephone" ? [step("telephoned", later(6), staff)] : []),
      ...(row.attempts > 0 ? [step("not_answered", later(7), staff, "Длинные гудки, сбросили.")] : []),
      ...(row.overdue
        ? [step("overdue", row.overdue_since ?? row.due_at, { kind: "system", name: "" })]
        : []),
      ...(row.ending === "done" ? [step("finished", row.ended_at ?? later(9), staff, row.note ?? "")] : []),
      ...(row.ending === "cancelled" ? [step("cancelled", row.ended_at ?? later(9), patient)] : []),
    ],
    consent: null,
  };
}
