/** Stands in for `@consilium/kit/matrix` while one looks at screens: the same surface, no server, no crypto. */

import { Cell } from "../../kit/matrix/store.ts";
import type {
  CallItem,
  ConversationSummary,
  Engine,
  EngineOptions,
  MessageItem,
  Person,
  RecoveryState,
  Timeline,
  TimelineItem,
  TimelineSnapshot,
} from "../../kit/matrix/types.ts";
import { fakeDeviceCheck, fakeMedia } from "../../kit/testing/calls.ts";

export type * from "../../kit/matrix/call/types.ts";
export { keepScreenOn } from "../../kit/matrix/call/wake-lock.ts";
export { deviceName } from "../../kit/matrix/device-name.ts";
export { forgetDocuments, forgetOtherDocuments } from "../../kit/matrix/documents/forget.ts";
export { lastEnding, refreshSession, sessionStore } from "../../kit/matrix/session.ts";
export { localpartOf, register, signIn, signOutRemotely } from "../../kit/matrix/sign-in.ts";
export { endSignIns, listSignIns } from "../../kit/matrix/sign-ins.ts";
export type * from "../../kit/matrix/types.ts";
export { Cell };

export async function preloadEngine(): Promise<void> {
  // Nothing to load.
}

export async function forgetEverything(): Promise<void> {
  // Nothing is kept.
}

const ME: Person = { userId: "@petrova:demo.test", name: "Петрова Ирина", kind: "me" };
const PATIENT: Person = { userId: "@p:demo.test", name: "Пациент", kind: "other" };

/** `?keys=absent` in the address shows a first sign-in, `?history=loading` a hand-over under way, `?history=long` years of talk. */
function option(name: string): string | null {
  return sessionStorage.getItem(`mock.${name}`);
}

function message(
  key: string,
  sender: Person,
  minutesAgo: number,
  text: string,
  more: Partial<MessageItem> = {},
): MessageItem {
  return {
    kind: "message",
    key,
    eventId: `$${key}`,
    sender,
    mine: sender.kind === "me",
    at: Date.now() - minutesAgo * 60_000,
    body: { type: "text", text },
    reply: null,
    edited: false,
    delivery: sender.kind === "me" ? { state: "read", by: [PATIENT] } : null,
    trust: minutesAgo > 8 ? "handed-over" : "normal",
    startsRun: true,
    endsRun: true,
    canEdit: false,
    canRedact: false,
    reactions: [],
    canReact: false,
    ...more,
  };
}

function callLine(key: string, minutesAgo: number, part: Partial<CallItem>): CallItem {
  return {
    kind: "call",
    key,
    callId: key,
    consultationId: "c-9",
    call: "video",
    callerSide: "staff",
    outcome: "missed",
    seconds: 0,
    at: Date.now() - minutesAgo * 60_000,
    isLatest: false,
    ...part,
  };
}

/** Lines of a long history, and how many of them make a day. */
const LONG = 10_000;
const OF_A_DAY = 50;

/** Years of talk: short and long messages in turn, answers, calls, days. */
function longHistory(): TimelineItem[] {
  return Array.from({ length: LONG }, (_, index): TimelineItem => {
    const minutesAgo = (LONG - index) * 30;
    if (index % OF_A_DAY === 0)
      return { kind: "day", key: `day${index}`, at: Date.now() - minutesAgo * 60_000 };
    if (index % OF_A_DAY === 31)
      return callLine(`call${index}`, minutesAgo, { outcome: "completed", seconds: 312 });
    const sender = index % 3 === 0 ? ME : PATIENT;
    const text = "Горло немного болит, насморка нет, кашля тоже. ".repeat(1 + ((index * 7) % 5));
    const reply =
      index % 20 === 7
        ? { eventId: `$long${index - 2}`, sender: PATIENT, text: "Добрый день.", kind: "text" as const }
        : null;
    return message(`long${index}`, sender, minutesAgo, text, { reply, endsRun: index % 2 === 0 });
  });
}

function items(): TimelineItem[] {
  if (option("history") === "long") return longHistory();
  const loading = option("history") === "loading";
  const file = {
    name: "анализ-крови.pdf",
    mimetype: "application/pdf",
    sizeBytes: 284_113,
    source: { at: "local" as const, blob: new Blob(["x"]) },
    thumbnail: null,
    width: null,
    height: null,
    durationMs: null,
  };
  return [
    { kind: "day", key: "d1", at: Date.now() - 9 * 86_400_000 },
    {
      kind: "consultation",
      key: "k0",
      consultationId: "old",
      phase: "archived",
      change: "archived",
      at: Date.now() - 9 * 86_400_000,
      people: [],
    },
    { kind: "day", key: "d2", at: Date.now() },
    {
      kind: "consultation",
      key: "k1",
      consultationId: "c",
      phase: "queued",
      change: "requested",
      at: Date.now() - 22 * 60_000,
      people: [],
    },
    loading
      ? message("m1", PATIENT, 21, "", { body: { type: "unreadable", why: "waiting" } })
      : message("m1", PATIENT, 21, "Здравствуйте. Второй день болит голова, сегодня температура 37,8.", {
          endsRun: false,
        }),
    message("m2", PATIENT, 20, "Прикладываю вчерашний анализ.", { startsRun: false, endsRun: false }),
    message("m3", PATIENT, 20, "", { startsRun: false, body: { type: "file", file, caption: null } }),
    {
      kind: "consultation",
      key: "k2",
      consultationId: "c",
      phase: "active",
      change: "taken",
      at: Date.now() - 9 * 60_000,
      people: [ME],
    },
    message("m4", ME, 7, "Добрый день. Горло болит? Есть ли насморк, кашель?"),
    message(
      "m5",
      PATIENT,
      5,
      "Горло немного, насморка нет. Ещё утром немного кружилась голова, но после завтрака прошло.",
      {
        reply: {
          eventId: "$m4",
          sender: ME,
          text: "Добрый день. Горло болит? Есть ли насморк, кашель?",
          kind: "text",
        },
      },
    ),
    callLine("call1", 4, { outcome: "completed", seconds: 312 }),
    callLine("call2", 3, { call: "audio", callerSide: "patient", outcome: "missed" }),
    message("m6", ME, 2, "Понятно. Сейчас посмотрю анализ.", { delivery: { state: "delivered" } }),
    callLine("call3", 1, { isLatest: true }),
  ];
}

class FakeTimeline implements Timeline {
  readonly roomId: string;
  readonly snapshot: Cell<TimelineSnapshot>;
  constructor(roomId: string) {
    this.roomId = roomId;
    this.snapshot = new Cell<TimelineSnapshot>({
      status: "ready",
      items: items(),
      start: "reached",
      typing: option("typing") === "yes" ? [PATIENT] : [],
      people: [PATIENT, ME],
      canSend: true,
      unreadableCount: option("history") === "loading" ? 1 : 0,
    });
  }
  async loadEarlier(): Promise<void> {}
  async sendText(draft: { text: string }): Promise<void> {
    const before = this.snapshot.get();
    this.snapshot.set({
      ...before,
      items: [
        ...before.items,
        message(`own${before.items.length}`, ME, 0, draft.text, { delivery: { state: "sent" } }),
      ],
    });
  }
  async deliverText(draft: { text: string }): Promise<"sent"> {
    await this.sendText(draft);
    return "sent";
  }
  async sendFile(): Promise<void> {}
  async sendVoice(): Promise<void> {}
  async deliverFile(): Promise<"sent"> {
    return "sent";
  }
  async edit(): Promise<void> {}
  async redact(): Promise<void> {}
  async react(): Promise<void> {}
  retry(): void {}
  async cancel(): Promise<void> {}
  markRead(): void {}
  setTyping(): void {}
  async requestHistory(): Promise<void> {}
  close(): void {}
}

export async function startEngine(options: EngineOptions): Promise<Engine> {
  const timelines = new Map<string, FakeTimeline>();
  const drafts = new Map<string, { text: string; replyTo: string | null }>();
  const state = new Cell<RecoveryState>((option("keys") as RecoveryState | null) ?? "ready");
  const conversations = new Cell<ReadonlyMap<string, ConversationSummary>>(
    new Map(
      Array.from({ length: 1200 }, (_, index) => {
        const roomId = `!c-${index}:demo.test`;
        const lastMessage = {
          text: index % 2 === 0 ? "Горло немного, насморка нет." : "Понятно. Сейчас посмотрю анализ.",
          kind: "text" as const,
          at: Date.now(),
          mine: index % 2 === 1,
        };
        return [
          roomId,
          {
            roomId,
            conversationId: null,
            membership: "joined",
            unread: index % 4 === 0 ? 2 : 0,
            lastMessage,
            typing: [],
          },
        ];
      }),
    ),
  );
  return {
    userId: options.session.userId,
    deviceId: options.session.deviceId,
    uploadBytesMax: async () => null,
    prepareCall: () => undefined,
    standBy: () => ({ memberId: null, close: () => undefined }),
    forgetCall: () => undefined,
    openCall: () => ({
      allowed: Promise.resolve(),
      memberId: null,
      enter: async () => fakeMedia(),
      close: () => undefined,
    }),
    checkDevices: async () => fakeDeviceCheck(),
    connection: new Cell("live"),
    keys: new Cell("ready"),
    keeper: new Cell("confirmed"),
    custody: null,
    recovery: {
      state,
      setUp: async () => {
        await new Promise((resolve) => setTimeout(resolve, 600));
        state.set("ready");
        return { ok: true, recoveryKey: "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d" };
      },
      unlock: async (key) => {
        if (!key.startsWith("EsTc")) return "wrong-key";
        state.set("ready");
        return "unlocked";
      },
    },
    conversations,
    timeline: (roomId) => {
      const known = timelines.get(roomId) ?? new FakeTimeline(roomId);
      timelines.set(roomId, known);
      return known;
    },
    documents: () => Promise.reject(new Error("staff have none")),
    drafts: {
      load: async (roomId) => drafts.get(roomId) ?? null,
      save: async (roomId, draft) => void drafts.set(roomId, draft),
      loadFiles: async () => [],
      saveFiles: async () => undefined,
    },
    profile: { read: async () => null, write: async () => undefined, subscribe: () => () => undefined },
    files: {
      open: async (source) => {
        const blob = source.at === "local" ? source.blob : new Blob(["file"]);
        return { blob, objectUrl: URL.createObjectURL(blob), release: () => undefined };
      },
    },
    retryNow: () => undefined,
    setDisplayName: async () => undefined,
    signOut: async () => undefined,
    stop: async () => undefined,
  };
}
