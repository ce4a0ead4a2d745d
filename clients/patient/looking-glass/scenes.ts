/** Pretend data for each scene: empty, usual, full, broken. */
import type { Consultation } from "@consilium/kit/api";
import type { Session } from "@consilium/kit/matrix";
import type { Answers, PretendOptions, PretendRoom } from "@consilium/kit/testing";
import { callbackAnswers } from "./callbacks.ts";
import { ago, consultation, ROOM } from "./consultation.ts";
import { type DocumentsWish, pretendDocuments } from "./documents.ts";
import { record } from "./record.ts";
import { aboutTheChild, services } from "./services.ts";
import { DEVICES } from "./sign-ins.ts";

export type SceneName =
  | "signed-out"
  | "usual"
  | "queued"
  | "active"
  | "held"
  | "empty"
  | "loading"
  | "broken"
  | "offline"
  | "failing"
  | "keys"
  | "keeper"
  | "sign-in-again"
  | "recovery-key"
  | "elsewhere"
  | "long"
  | "huge"
  | "called"
  | "callback-lines"
  | "missed"
  | "voice";

export interface Scene {
  session: Session | null;
  answers: Answers;
  engine: PretendOptions | "never" | "fails";
}

const ME = "@anna:demo.example";
const DOCTOR = "@petrova:demo.example";
const KEEPER = "@keeper:demo.example";
const API = "/_consilium/v1";

const session: Session = {
  userId: ME,
  deviceId: "D",
  accessToken: "t",
  refreshToken: null,
  expiresAt: null,
  homeserverUrl: location.origin,
};

type EventList = PretendRoom["events"];

export function scene(
  name: SceneName,
  language: string,
  callback: string | null = null,
  documents: DocumentsWish | null = null,
): Scene {
  const ru = language === "ru";
  const room = roomOf(name, ru);
  const engine: PretendOptions = {
    me: ME,
    keeper: KEEPER,
    names: {
      [ME]: ru ? "Анна Кузнецова" : "Anna Kuznetsova",
      [DOCTOR]: ru ? "Ирина Петрова" : "Irina Petrova",
      [KEEPER]: "Demo Clinic",
    },
    rooms: { [ROOM]: room },
    connection: name === "offline" ? "offline" : "live",
    keeperState: name === "keeper" ? "mismatch" : "confirmed",
    keysState:
      name === "sign-in-again" ? "needs-sign-in" : name === "recovery-key" ? "needs-recovery-key" : "ready",
    ...(documents === null
      ? {}
      : pretendDocuments(documents, {
          roomId: ROOM,
          people: [
            { userId: ME, name: "", kind: "me" },
            { userId: DOCTOR, name: ru ? "Ирина Петрова" : "Irina Petrova", kind: "other" },
          ],
          ru,
        })),
    sending: name === "failing" ? "too-large" : "works",
  };
  return {
    session: name === "signed-out" ? null : session,
    answers: { ...callbackAnswers(callback, ru), ...answersOf(name, ru) },
    engine: name === "loading" ? "never" : name === "broken" ? "fails" : engine,
  };
}

function answersOf(name: SceneName, ru: boolean): Answers {
  const me = {
    user_id: ME,
    role: "patient",
    name: ru ? "Анна Кузнецова" : "Anna Kuznetsova",
    birth_date: "1990-03-12",
    sex: "female",
    phone: "+79123456789",
    email: "anna@example.com",
    keeper_user_id: KEEPER,
    operator: null,
    conversations: [],
    custody: {
      kept_by: "clinic",
      releases: [
        { id: "r2", at: "2026-11-20T18:04:00Z", device_id: "E", device_name: "Safari, iPhone" },
        { id: "r1", at: "2026-11-02T09:30:00Z", device_id: "D", device_name: "Firefox, Linux" },
      ],
    },
  };
  if (name === "loading") {
    return Object.fromEntries(
      ["me", "services", "conversations", "consultations", "events"].map((path) => [
        `GET ${API}/${path}`,
        "never",
      ]),
    );
  }
  if (name === "broken") {
    return Object.fromEntries(
      ["me", "services", "conversations", "consultations", "events"].map((path) => [
        `GET ${API}/${path}`,
        "offline",
      ]),
    );
  }
  const open = openConsultation(name, ru);
  const empty = name === "empty";
  return {
    [`GET ${API}/me`]: { body: me },
    [`PATCH ${API}/me`]: (body) => ({ body: { ...me, ...(body as object) }, delayMs: 400 }),
    [`GET ${API}/services`]: { body: { services: empty ? [] : services(ru) } },
    [`GET ${API}/conversations`]: {
      body: {
        conversations: empty ? [] : [{ id: "v1", room_id: ROOM, circle: "general", open_consultation: open }],
      },
    },
    [`GET ${API}/consultations`]: {
      body: {
        items: empty ? [] : [...(open === null ? [] : [open]), ...past(ru)],
        next_cursor: null,
        total: 3,
      },
    },
    [`POST ${API}/consultations`]: { status: 201, body: consultation({ phase: "queued" }, ru), delayMs: 500 },
    [`GET ${API}/archive/p1`]: { body: record(ru, { me: ME, doctor: DOCTOR }, past(ru)[0]) },
    [`GET ${API}/consultations/c1/answers`]: {
      body: {
        questionnaire: aboutTheChild(ru),
        answers: [
          { link_id: "age", value: ["small"] },
          { link_id: "signs", value: ["rash"] },
          { link_id: "highest", value: 38.4 },
        ],
        answered_at: ago(12),
      },
    },
    [`GET ${API}/events`]: "never",
    "GET /_matrix/client/v3/devices": { body: { devices: DEVICES } },
    "POST /_matrix/client/v3/login": {
      status: 403,
      body: { errcode: "M_FORBIDDEN", error: "Invalid password" },
      delayMs: 300,
    },
  };
}

function openConsultation(name: SceneName, ru: boolean): Consultation | null {
  if (name === "queued" || name === "offline") return consultation({ phase: "queued" }, ru);
  if (
    name === "active" ||
    name === "failing" ||
    name === "keys" ||
    name === "keeper" ||
    name === "long" ||
    name === "huge" ||
    name === "called" ||
    name === "missed" ||
    name === "voice"
  ) {
    return consultation({ phase: "active", waiting: null, participants: lead(ru) }, ru);
  }
  if (name === "held") return consultation({ phase: "on_hold", waiting: null, participants: lead(ru) }, ru);
  return null;
}

function lead(ru: boolean): Consultation["participants"] {
  return [
    {
      operator_id: "o1",
      name: ru ? "Ирина Петрова" : "Irina Petrova",
      role: "lead",
      joined_at: ago(20),
      invited_by: null,
    },
  ];
}

function past(ru: boolean): Consultation[] {
  const base = { waiting: null, phase: "archived" as const };
  return [
    consultation(
      {
        ...base,
        id: "p1",
        requested_at: ago(60 * 24 * 9),
        participants: lead(ru),
        message_count: 23,
        conclusion: {
          number: 12,
          version: 2,
          signed_at: ago(60 * 24 * 9 - 90),
          signed_by: { id: "o1", name: ru ? "Ирина Петрова" : "Irina Petrova" },
        },
      },
      ru,
    ),
    consultation(
      {
        ...base,
        id: "p2",
        phase: "cancelled",
        requested_at: ago(60 * 24 * 40),
        message_count: 1,
        queue: { id: "q2", name: ru ? "Педиатр" : "Paediatrician" },
      },
      ru,
    ),
    consultation(
      {
        ...base,
        id: "p3",
        requested_at: ago(60 * 24 * 44),
        participants: [
          ...lead(ru),
          {
            operator_id: "o2",
            name: ru ? "Александр Соколов" : "Alexander Sokolov",
            role: "consultant",
            joined_at: ago(9),
            invited_by: null,
          },
        ],
        message_count: 2,
      },
      ru,
    ),
  ];
}

function message(
  id: string,
  sender: string,
  minutes: number,
  text: string,
  more: object = {},
): EventList[number] {
  return {
    kind: "message",
    eventId: `$${id}`,
    txnId: null,
    senderId: sender,
    at: Date.now() - minutes * 60_000,
    body: { type: "text", text },
    replyTo: null,
    edited: false,
    trust: "normal",
    ...more,
  };
}

function file(
  name: string,
  mimetype: string,
  sizeBytes: number,
  width: number | null,
  height: number | null,
) {
  return {
    name,
    mimetype,
    sizeBytes,
    source: { at: "server", url: `mxc://demo/${name}`, mimetype, encrypted: null },
    thumbnail: null,
    width,
    height,
    durationMs: null,
  } as const;
}

function phase(
  id: string,
  consultationId: string,
  minutes: number,
  to: Consultation["phase"],
  participants: string[] = [],
): EventList[number] {
  return {
    kind: "consultation",
    eventId: `$s${id}`,
    at: Date.now() - minutes * 60_000,
    consultationId,
    phase: to,
    participants,
  };
}

function roomOf(name: SceneName, ru: boolean): PretendRoom {
  if (name === "empty") return { events: [] };
  const events = conversationEvents(ru);
  if (name === "queued" || name === "offline") return { events: [...oldTalk(ru), ...events.slice(0, 3)] };
  if (name === "keys") {
    const hidden = oldTalk(ru).map((event) =>
      event.kind === "message" ? { ...event, body: { type: "unreadable", why: "waiting" } as const } : event,
    );
    return { events: [...hidden, ...events], unreadableCount: 3 };
  }
  if (name === "long") {
    const all = longTalk(ru, 400);
    return {
      events: all.slice(340),
      start: "more",
      earlier: [0, 1, 2, 3, 4].map((page) => all.slice(page * 68, (page + 1) * 68)),
    };
  }
  if (name === "huge") return { events: longTalk(ru, 10_000) };
  const doctor = { userId: DOCTOR, name: ru ? "Ирина Петрова" : "Irina Petrova", kind: "other" } as const;
  if (name === "callback-lines") return { events: [...oldTalk(ru), ...callbackLines()] };
  if (name === "called" || name === "missed") return { events: [...events, ...callLines(name)] };
  if (name === "voice") return { events: [...events, ...spoken()], reactions: signs() };
  const all = [...oldTalk(ru), ...events];
  return {
    events: all,
    readUpTo: new Map([[DOCTOR, "$7"]]),
    typing: name === "active" ? [doctor] : [],
    unreadAfter: name === "active" ? "$5" : null,
  };
}

/** Voice messages from both sides. */
function spoken(): EventList {
  const said = (id: string, sender: string, minutes: number, seconds: number) =>
    message(id, sender, minutes, "", {
      body: {
        type: "audio",
        file: {
          ...file("voice.webm", "audio/webm", seconds * 4_000, null, null),
          durationMs: seconds * 1_000,
          voice: Array.from({ length: 60 }, (_, index) =>
            Math.abs(Math.sin(index * 0.7) * Math.cos(index / 9)),
          ),
        },
        caption: null,
      },
    });
  return [said("v1", ME, 3, 47), said("v2", DOCTOR, 2, 8)];
}

function signs(): NonNullable<PretendRoom["reactions"]> {
  const under = (target: string, sign: string, senderId: string) => ({
    eventId: `$${target}${sign}${senderId}`,
    txnId: null,
    target: `$${target}`,
    sign,
    senderId,
  });
  return [under("1", "🙏", DOCTOR), under("3", "👍", ME), under("3", "👍", DOCTOR), under("3", "❤️", ME)];
}

function oldTalk(ru: boolean): EventList {
  const day = 60 * 24;
  return [
    phase("a", "p1", 9 * day + 60, "queued"),
    message(
      "a1",
      ME,
      9 * day + 59,
      ru
        ? "Здравствуйте! Пришли анализы, посмотрите, пожалуйста."
        : "Hello, my test results have come, could you have a look?",
    ),
    message("a2", ME, 9 * day + 58, "", {
      body: {
        type: "file",
        file: file(
          ru ? "Анализ крови, ноябрь.pdf" : "Blood test, November.pdf",
          "application/pdf",
          248_310,
          null,
          null,
        ),
        caption: null,
      },
    }),
    phase("b", "p1", 9 * day + 50, "active", [DOCTOR]),
    message(
      "a3",
      DOCTOR,
      9 * day + 45,
      ru
        ? "Добрый день, Анна. Всё в пределах нормы, гемоглобин чуть снижен."
        : "Good afternoon, Anna. All within limits, haemoglobin slightly low.",
      { trust: "handed-over" },
    ),
    phase("c", "p1", 9 * day + 10, "archived"),
  ];
}

function conversationEvents(ru: boolean): EventList {
  return [
    phase("d", "c1", 26, "queued"),
    message(
      "1",
      ME,
      25,
      ru
        ? "Второй день болит голова, и появилась сыпь на руке."
        : "My head has been aching for two days, and there is a rash on my arm.",
    ),
    message("2", ME, 24, "", {
      body: { type: "image", file: file("photo.jpg", "image/jpeg", 812_000, 900, 680), caption: null },
    }),
    phase("e", "c1", 20, "active", [DOCTOR]),
    message(
      "3",
      DOCTOR,
      19,
      ru
        ? "Здравствуйте, Анна. Давно появилась сыпь? Температура есть?"
        : "Hello Anna. When did the rash appear? Do you have a fever?",
    ),
    message("5", ME, 14, ru ? "Вчера вечером. 37,2" : "Yesterday evening. 37.2 °C", { replyTo: "$3" }),
    message(
      "6",
      DOCTOR,
      9,
      ru
        ? "Понятно. Вот памятка, там написано, что можно принять сегодня. Если температура поднимется выше 38,5 — сразу напишите."
        : "I see. Here is a note on what you may take today. If it rises above 38.5, write at once.",
      { edited: true },
    ),
    message("7", DOCTOR, 9, "", {
      body: {
        type: "file",
        file: file(
          ru
            ? "Памятка для пациента при аллергической реакции.docx"
            : "Patient leaflet: allergic reaction.docx",
          "application/msword",
          1_480_000,
          null,
          null,
        ),
        caption: null,
      },
    }),
  ];
}

/** Lines that calls leave: a few that were answered and not, the last one missed or talked through. */
function callLines(name: "called" | "missed"): EventList {
  const line = (id: string, minutes: number, part: object): EventList[number] => ({
    kind: "call",
    eventId: `$call${id}`,
    callId: id,
    consultationId: "c1",
    call: "video",
    callerSide: "staff",
    outcome: "completed",
    seconds: 0,
    at: Date.now() - minutes * 60_000,
    ...part,
  });
  const lines = [
    line("1", 8, { outcome: "declined" }),
    line("2", 7, { callerSide: "patient", outcome: "busy", call: "audio" }),
    line("3", 6, { seconds: 412 }),
    line("4", 3, { outcome: "lost", seconds: 73, call: "audio" }),
  ];
  return name === "called"
    ? [...lines, line("5", 1, { callerSide: "patient", call: "audio", seconds: 3_725 })]
    : [...lines, line("5", 1, { outcome: "missed" })];
}

/** Lines that a call-back leaves: from the order to the end. */
function callbackLines(): EventList {
  const line = (id: string, minutes: number, step: string, window: object | null = null) =>
    ({
      kind: "callback",
      eventId: `$callback${id}`,
      callbackId: "b1",
      step,
      window,
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      at: Date.now() - minutes * 60_000,
    }) as EventList[number];
  const hour = 3_600_000;
  const start = Math.ceil(Date.now() / hour) * hour + 20 * hour;
  return [
    line("1", 90, "ordered"),
    line("2", 70, "taken"),
    line("3", 60, "no_answer"),
    line("4", 40, "moved", { start, end: start + 3 * hour }),
    line("5", 20, "done"),
    line("6", 5, "cancelled"),
  ];
}

function longTalk(ru: boolean, count: number): EventList {
  const words = ru
    ? [
        "Спасибо!",
        "Хорошо, попробую и напишу вечером, как себя чувствую.",
        "Поняла.",
        "А можно это совмещать с таблетками от давления? Я принимаю лизиноприл по утрам, уже третий год, и врач говорил не менять.",
      ]
    : [
        "Thank you!",
        "All right, I will try it and write in the evening how I feel.",
        "I see.",
        "May I take it together with my blood pressure tablets? I take lisinopril every morning, for three years now.",
      ];
  const many: EventList = [];
  for (let i = 0; i < count; i++) {
    many.push(
      message(`l${i}`, i % 3 === 0 ? DOCTOR : ME, (count - i) * 7, `${i} ${words[i % words.length] ?? ""}`),
    );
  }
  return many;
}
