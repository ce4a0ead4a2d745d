/** A pretend clinic for looking at screens: empty, usual, full or broken. Same seed, same people. */
import type {
  ArchiveRecord,
  AuditEntry,
  ConsultationDetail,
  ConsultationRow,
  Me,
  Operator,
  PatientCard,
  PatientRow,
  Queue,
  StatusHistoryEntry,
  TranscriptEntry,
} from "@consilium/kit/api";
import { answersOf } from "./mock-answers.ts";
import { cardFields, consultationFields, MISSING_FIELDS } from "./mock-fields.ts";
import { STANDARD } from "./mock-retention.ts";
import { scheduleOf } from "./mock-schedule.ts";
import { operator } from "./rows.ts";

export { mockBrand } from "./mock-brand.ts";

export type WorldName = "empty" | "usual" | "full" | "broken";

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const FIRST = [
  "Анна",
  "Олег",
  "Мария",
  "Иван",
  "Екатерина",
  "Дмитрий",
  "Ольга",
  "Сергей",
  "Наталья",
  "Павел",
  "Alexandra",
  "Thomas",
  "Лейла",
  "Руслан",
];
const LAST_F = [
  "Кузнецова",
  "Смирнова",
  "Попова",
  "Васильева",
  "Соколова",
  "Михайлова",
  "Новикова",
  "Фёдорова",
  "Морозова",
  "Волкова",
];
const LAST_M = [
  "Кузнецов",
  "Смирнов",
  "Попов",
  "Васильев",
  "Соколов",
  "Михайлов",
  "Новиков",
  "Фёдоров",
  "Морозов",
  "Волков",
];
const FEMALE = new Set(["Анна", "Мария", "Екатерина", "Ольга", "Наталья", "Alexandra", "Лейла"]);

const QUEUES = [
  { id: "therapist", name: "Терапевт" },
  { id: "paediatrician", name: "Педиатр" },
  { id: "psychologist", name: "Психолог" },
  { id: "dermatologist", name: "Дерматолог" },
] as const;

const STAFF = [
  {
    id: "petrova",
    name: "Петрова Ирина",
    title: "Терапевт",
    role: "operator",
    queues: ["therapist", "paediatrician"],
    status: "online",
  },
  {
    id: "sokolov",
    name: "Соколов Андрей",
    title: "Педиатр",
    role: "operator",
    queues: ["paediatrician"],
    status: "online",
  },
  {
    id: "volkova",
    name: "Волкова Елена",
    title: "Старший врач",
    role: "supervisor",
    queues: ["therapist", "paediatrician", "psychologist", "dermatologist"],
    status: "online",
  },
  {
    id: "belov",
    name: "Белов Максим",
    title: "Психолог",
    role: "operator",
    queues: ["psychologist"],
    status: "break",
  },
  {
    id: "ivanova",
    name: "Иванова Софья",
    title: "Дерматолог",
    role: "operator",
    queues: ["dermatologist"],
    status: "transfer_only",
  },
  {
    id: "grigoriev",
    name: "Григорьев Никита",
    title: "Терапевт",
    role: "operator",
    queues: ["therapist"],
    status: "away",
  },
  {
    id: "lebedeva",
    name: "Лебедева Дарья",
    title: "Терапевт",
    role: "operator",
    queues: ["therapist"],
    status: "offline",
  },
] as const;

const SIZES: Readonly<
  Record<
    WorldName,
    {
      waiting: number;
      mine: number;
      active: number;
      held: number;
      ended: number;
      patients: number;
      staff: number;
    }
  >
> = {
  empty: { waiting: 0, mine: 0, active: 0, held: 0, ended: 0, patients: 0, staff: 3 },
  usual: { waiting: 8, mine: 4, active: 6, held: 2, ended: 40, patients: 120, staff: 7 },
  full: { waiting: 420, mine: 14, active: 260, held: 60, ended: 400, patients: 10_000, staff: 7 },
  broken: { waiting: 3, mine: 1, active: 1, held: 0, ended: 3, patients: 5, staff: 3 },
};

/** Whom parents ask for. */
const CHILD = { id: "person-1", name: "Миша", age: 4, sex: "male", relationship: "PRN" } as const;

export class MockWorld {
  readonly name: WorldName;
  readonly rows = new Map<string, ConsultationRow>();
  readonly patients: PatientRow[] = [];
  readonly operators = new Map<string, Operator>();
  readonly audit: AuditEntry[] = [];
  me = "petrova";
  private readonly roll: () => number;
  private count = 0;

  constructor(name: WorldName, me: string) {
    this.name = name;
    this.me = me;
    this.roll = random(7);
    const size = SIZES[name];
    for (const staff of STAFF.slice(0, size.staff)) this.operators.set(staff.id, this.operator(staff));
    for (let index = 0; index < size.patients; index += 1) this.patients.push(this.patient(index));
    for (let index = 0; index < size.waiting; index += 1) this.add("queued", null, index);
    for (let index = 0; index < size.mine; index += 1)
      this.add(index === 3 ? "on_hold" : "active", me, index);
    for (let index = 0; index < size.active; index += 1)
      this.add("active", index % 2 === 0 ? "sokolov" : "volkova", index);
    for (let index = 0; index < size.held; index += 1) this.add("on_hold", "sokolov", index);
    for (let index = 0; index < size.ended; index += 1)
      this.add("archived", index % 3 === 0 ? "sokolov" : "petrova", index);
    for (let index = 0; index < (name === "empty" ? 0 : 180); index += 1)
      this.audit.push(this.auditEntry(index));
  }

  private pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.roll() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  private ago(seconds: number): string {
    return new Date(Date.now() - seconds * 1000).toISOString();
  }

  private operator(staff: (typeof STAFF)[number]): Operator {
    return operator({
      id: staff.id,
      name: staff.name,
      title: staff.title,
      role: staff.role,
      queues: [...staff.queues],
      status: staff.status,
      status_since: this.ago(600 + this.roll() * 9000),
      status_reason: staff.status === "break" ? "Обед" : null,
      active_consultations: Math.floor(this.roll() * 5),
      ...scheduleOf(staff.status === "online"),
    });
  }

  private patient(index: number): PatientRow {
    const first = this.pick(FIRST);
    const last = this.pick(FEMALE.has(first) ? LAST_F : LAST_M);
    return {
      id: `patient-${index}`,
      user_id: `@p${index}:demo.test`,
      name: `${first} ${last}`,
      birth_date:
        this.roll() < 0.1
          ? null
          : `${1940 + Math.floor(this.roll() * 82)}-0${1 + Math.floor(this.roll() * 9)}-1${Math.floor(this.roll() * 9)}`,
      sex: FEMALE.has(first) ? "female" : "male",
      phone:
        this.roll() < 0.2
          ? null
          : `+7 9${Math.floor(10 + this.roll() * 89)} ${Math.floor(100 + this.roll() * 899)}-${Math.floor(10 + this.roll() * 89)}-${Math.floor(10 + this.roll() * 89)}`,
      email: this.roll() < 0.5 ? null : `p${index}@mail.test`,
      created_at: this.ago(86_400 * (10 + this.roll() * 500)),
      last_consultation_at: this.roll() < 0.1 ? null : this.ago(this.roll() * 86_400 * 60),
      consultations: Math.floor(this.roll() * 12),
      also: [],
    };
  }

  add(phase: ConsultationRow["phase"], lead: string | null, index: number): ConsultationRow {
    this.count += 1;
    const id = `c-${this.count}`;
    const patient =
      this.patients[(this.count * 7) % Math.max(1, this.patients.length)] ?? this.patient(this.count);
    const queue = this.pick(QUEUES);
    const operator = lead === null ? null : (STAFF.find((staff) => staff.id === lead) ?? null);
    const asked =
      phase === "archived" ? 3_600 * (2 + index * 3) : 60 + index * 150 + Math.floor(this.roll() * 100);
    const year = patient.birth_date === null ? null : Number(patient.birth_date.slice(0, 4));
    const row: ConsultationRow = {
      id,
      conversation_id: `conversation-${id}`,
      room_id: `!${id}:demo.test`,
      queue: { id: queue.id, name: queue.name },
      phase,
      requested_at: this.ago(asked),
      taken_at: lead === null ? null : this.ago(asked * 0.8),
      first_answer_at: lead === null ? null : this.ago(asked * 0.75),
      ended_at: phase === "archived" ? this.ago(asked * 0.5) : null,
      hold: phase === "on_hold" ? { since: this.ago(asked * 0.3), until: null } : null,
      participants:
        operator === null
          ? []
          : [
              {
                operator_id: operator.id,
                name: operator.name,
                role: "lead",
                joined_at: this.ago(asked * 0.8),
                invited_by: null,
              },
            ],
      waiting:
        phase === "queued"
          ? { place: index + 1, estimate: { p50_seconds: 360, p80_seconds: 600 }, came_back: false }
          : null,
      end_reason: null,
      message_count: 1 + Math.floor(this.roll() * 20),
      first_event_id: null,
      conclusion: null,
      rating: null,
      rating_until: null,
      erased_at: null,
      conclusion_need: "off",
      red_flag: queue.id === "paediatrician" && index % 3 === 0,
      answered_at: queue.id === "paediatrician" ? this.ago(asked) : null,
      language: index % 5 === 0 ? "en" : "ru",
      device_check:
        index % 3 === 0
          ? {
              checked_at: this.ago(asked * 0.5),
              microphone: index % 2 === 0 ? "works" : "denied",
              camera: "works",
              connection: "good",
              round_trip_ms: 120,
            }
          : null,
      person: queue.id === "paediatrician" ? CHILD : null,
      last_event_id: null,
      patient: {
        id: patient.id,
        name: patient.name,
        age: year === null ? null : 2026 - year,
        sex: patient.sex === "male" ? "male" : "female",
      },
      priority: phase === "queued" && index % 5 === 2 ? 1 : 0,
      offer: null,
      sla: null,
      transfer:
        phase === "queued" && index % 5 === 2
          ? {
              from: "Соколов Андрей",
              note: "Температура третий день, просит терапевта. Анализы в файлах.",
              at: this.ago(asked * 0.5),
              to: null,
              cause: "handed",
            }
          : null,
      previous_operator: index % 3 === 1 ? { id: "volkova", name: "Волкова Елена" } : null,
      last_message_at: this.ago(20 + index * 60),
      unanswered_since: phase === "active" && index % 2 === 0 ? this.ago(20 + index * 60) : null,
      tags: index % 4 === 1 ? [{ id: "tag-1", name: "Аллергия", color: "warning" }] : [],
      fields_changed_at: null,
      chosen_fields: index % 3 === 0 ? ["occasion:again"] : [],
      missing_fields: phase === "active" && index % 5 === 0 ? MISSING_FIELDS : [],
    };
    this.rows.set(id, row);
    return row;
  }

  private auditEntry(index: number): AuditEntry {
    const actions = [
      "patient.read",
      "consultation.taken",
      "consultation.closed",
      "archive.read",
      "consultation.transferred",
      "patient.changed",
      "operator.changed",
    ] as const;
    const action = actions[index % actions.length] ?? "patient.read";
    const staff = this.pick(STAFF);
    return {
      sequence: 180 - index,
      at: this.ago(index * 340),
      actor: { user_id: `@${staff.id}:demo.test`, name: staff.name, role: staff.role },
      action,
      subject: { kind: action.split(".")[0] ?? "", id: `0192f${(index * 7919).toString(16)}` },
      detail:
        action === "patient.changed"
          ? { fields: ["phone", "email"] }
          : action === "consultation.transferred"
            ? { to: { queue: "therapist" } }
            : {},
      hash: (index * 99_991).toString(16).padStart(64, "a4f09c"),
    };
  }

  meAnswer(): Me {
    const operator = this.operators.get(this.me) ?? null;
    return {
      user_id: `@${this.me}:demo.test`,
      role: operator === null || operator.role === "operator" ? "operator" : "supervisor",
      name: operator?.name ?? this.me,
      keeper_user_id: "@keeper:demo.test",
      operator,
      conversations: [],
      custody: null,
      birth_date: null,
      sex: null,
      phone: null,
      email: null,
    };
  }

  queues(): Queue[] {
    const rows = [...this.rows.values()];
    return QUEUES.map(({ id, name }) => {
      const here = rows.filter((row) => row.queue.id === id);
      return {
        id,
        name,
        circle: "general",
        circle_name: "Переписка",
        price: id === "therapist" ? null : { amount_minor: 90_000, currency: "RUB" },
        waiting: here.filter(({ phase }) => phase === "queued").length,
        active: here.filter(({ phase }) => phase === "active").length,
        on_hold: here.filter(({ phase }) => phase === "on_hold").length,
        oldest_waiting_since: null,
        is_routed: false,
        retired: false,
        operators_online: [...this.operators.values()].filter(
          (operator) => operator.status === "online" && operator.queues.includes(id),
        ).length,
      };
    });
  }

  detail(row: ConsultationRow): ConsultationDetail {
    const lead = row.participants[0]?.name ?? "";
    const history: ConsultationDetail["history"] = [
      {
        at: row.requested_at,
        actor: { kind: "patient", name: row.patient.name },
        action: "requested",
        operator: null,
        note: null,
      },
    ];
    if (row.transfer !== null)
      history.push({
        at: row.transfer.at,
        actor: { kind: "operator", name: row.transfer.from },
        action: "transferred",
        operator: null,
        note: row.transfer.note,
      });
    if (row.taken_at !== null)
      history.push({
        at: row.taken_at,
        actor: { kind: "operator", name: lead },
        action: "taken",
        operator: null,
        note: null,
      });
    if (row.hold !== null)
      history.push({
        at: row.hold.since,
        actor: { kind: "operator", name: lead },
        action: "held",
        operator: null,
        note: null,
      });
    if (row.ended_at !== null)
      history.push({
        at: row.ended_at,
        actor: { kind: "operator", name: lead },
        action: "closed",
        operator: null,
        note: "Рекомендован покой, повторно через неделю.",
      });
    return {
      ...row,
      history,
      keys: { ready: true, devices: 1 },
      answers: answersOf(row),
      fields: consultationFields(row.taken_at !== null),
    };
  }

  card(patient: PatientRow): PatientCard {
    const consultations = [...this.rows.values()].filter((row) => row.patient.id === patient.id);
    return {
      ...patient,
      conversations: [],
      consultations,
      consents: [],
      merged: [],
      duplicates: [],
      dismissed: [],
      persons: [],
      insurance: patient.phone === null ? null : "7712 3456 7890 1234",
      external_id: patient.phone === null ? null : "CRM-104882",
      external_ids:
        patient.phone === null
          ? []
          : [
              { external_id: "CRM-104882", at: "2026-11-20T08:10:00Z", by: "CRM" },
              { external_id: "CRM-98114", at: "2026-03-02T12:00:00Z", by: "Vera Volkova" },
            ],
      fields: cardFields(patient.phone !== null),
      deleted_at: null,
    };
  }

  record(row: ConsultationRow, sequence: number): ArchiveRecord {
    const at = (seconds: number) => new Date(Date.parse(row.requested_at) + seconds * 1000).toISOString();
    const patient = { user_id: "@p:demo.test", name: row.patient.name, kind: "patient" as const };
    const operator = {
      user_id: "@o:demo.test",
      name: row.participants[0]?.name ?? "Петрова Ирина",
      kind: "operator" as const,
    };
    const file = {
      name: "анализ-крови.pdf",
      mimetype: "application/pdf",
      size_bytes: 284_113,
      sha256: "9f2c".repeat(16),
      url: "mxc://demo.test/blood",
      encrypted_file: null,
      thumbnail_url: null,
      voice: null,
    };
    const base = {
      kind: "text",
      reply_to: null,
      edited: false,
      file: null,
      trust: null,
      reactions: [] as TranscriptEntry["reactions"],
    } as const;
    const transcript: TranscriptEntry[] = [
      {
        ...base,
        event_id: "$1",
        sender: patient,
        sent_at: at(0),
        body: "Здравствуйте. Второй день болит голова, сегодня температура 37,8.",
      },
      { ...base, event_id: "$2", sender: patient, sent_at: at(20), body: "Прикладываю вчерашний анализ." },
      {
        ...base,
        event_id: "$3",
        sender: patient,
        sent_at: at(35),
        kind: "file",
        body: "анализ-крови.pdf",
        file,
      },
      {
        ...base,
        event_id: "$4",
        sender: operator,
        sent_at: at(180),
        body: "Добрый день. Горло болит? Есть ли насморк, кашель?",
      },
      {
        ...base,
        event_id: "$5",
        sender: patient,
        sent_at: at(240),
        body: "Горло немного, насморка нет.",
        reply_to: "$4",
        edited: true,
      },
      { ...base, event_id: "$6", sender: operator, sent_at: at(300), kind: "redacted", body: "" },
      {
        ...base,
        event_id: "$7",
        sender: operator,
        sent_at: at(420),
        body: "По анализу — начало вирусной инфекции. Пейте больше воды, отдыхайте; при температуре выше 38,5 можно парацетамол. Если через три дня не станет лучше, напишите сюда же.",
      },
      { ...base, event_id: "$8", sender: patient, sent_at: at(500), body: "Спасибо большое." },
    ];
    const valid = sequence % 7 !== 3;
    return {
      consultation: row,
      person: row.person && { ...CHILD, birth_date: "2022-03-14" },
      sequence,
      sealed_at: row.ended_at ?? row.requested_at,
      message_count: transcript.length,
      file_count: 1,
      retention: { class: STANDARD, due_at: this.ago(-25 * 365 * 86_400) },
      held: sequence % 5 === 4,
      erased: null,
      transcript,
      files: [file],
      answers: answersOf(row),
      calls: [
        {
          id: `k${sequence}`,
          kind: "audio",
          caller: operator,
          started_at: at(180),
          answered_at: at(190),
          ended_at: at(400),
          outcome: "completed",
          decline_reason: null,
          talked_seconds: 208,
        },
      ],
      conclusions: [],
      chain: { sequence, hash: "4be1".repeat(16), previous_hash: "77a0".repeat(16), signature_valid: valid },
    };
  }

  statusHistory(): StatusHistoryEntry[] {
    const steps = [
      ["online", null, 5400],
      ["break", "Обед", 7300],
      ["online", null, 14_000],
      ["away", "Совещание", 15_800],
      ["offline", null, 60_000],
    ] as const;
    return steps.map(([status, reason, since], index) => ({
      status,
      kind: null,
      reason,
      since: this.ago(since),
      until: index === 0 ? null : this.ago(steps[index - 1]?.[2] ?? 0),
    }));
  }
}
