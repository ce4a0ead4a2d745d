/**
 * A pretend client: keeps conversations in memory, answers after a moment, can be cut off. It draws with the same pure
 * view-model as the real one, so what is looked at is what people get.
 */
import type { OutboxFile, OutboxRow } from "../matrix/database.ts";
import type {
  ConnectionState,
  ConversationSummary,
  Custody,
  DeviceCheck,
  DocumentItem,
  DocumentPart,
  Documents,
  DocumentsSnapshot,
  Drafts,
  Engine,
  Files,
  KeeperState,
  KeysState,
  MessageEnd,
  OpenedFile,
  OpeningCall,
  Person,
  Recording,
  SendFailure,
  StandBy,
  TextDraft,
  Timeline,
  TimelineSnapshot,
} from "../matrix/index.ts";
import { Cell } from "../matrix/store.ts";
import { type EventView, type OutboxView, timelineItems } from "../matrix/timeline/items.ts";
import { pressOf, type ReactionView } from "../matrix/timeline/reactions.ts";
import { fakeDeviceCheck, fakeMedia } from "./calls.ts";

export interface PretendRoom {
  events: EventView[];
  readUpTo?: Map<string, string>;
  typing?: Person[];
  start?: TimelineSnapshot["start"];
  unreadAfter?: string | null;
  unreadableCount?: number;
  loading?: boolean;
  canSend?: boolean;
  /** Signs under messages. */
  reactions?: ReactionView[];
  /** Earlier pages, the next one last; each takes a moment. */
  earlier?: EventView[][];
}

export interface PretendOptions {
  me: string;
  names: Record<string, string>;
  rooms: Record<string, PretendRoom>;
  keeper: string;
  connection?: ConnectionState;
  keeperState?: KeeperState;
  keysState?: KeysState;
  /** Files of all conversations, and how far they have been looked for. */
  documents?: Partial<DocumentsSnapshot>;
  /** Of these, what lies on this device, in bytes. */
  keptDocuments?: Record<string, number>;
  /** What becomes of messages that are sent. */
  sending?: "works" | "hangs" | SendFailure;
}

export class PretendEngine implements Engine {
  readonly userId: string;
  readonly deviceId = "PRETEND";
  readonly connection: Cell<ConnectionState>;
  readonly keys: Cell<KeysState>;
  readonly keeper: Cell<KeeperState>;
  readonly recovery = null;
  readonly custody: Custody = {
    newRecoveryKey: () => "EsTc 7Xj9 pQ4b Kd2m Wn8r Hy5v Ga3z Lf6u",
    takeOver: async () => "taken",
    unlock: async () => "wrong-key",
    startOver: async () => "done",
  };
  readonly conversations = new Cell<ReadonlyMap<string, ConversationSummary>>(new Map());
  readonly drafts: Drafts;
  readonly profile = {
    read: async () => null,
    write: async () => undefined,
    subscribe: () => () => undefined,
  };
  readonly files: Files = { open: (source) => openPretend(source) };
  private readonly options: PretendOptions;
  private readonly timelines = new Map<string, PretendTimeline>();
  private shelf: PretendDocuments | null = null;

  constructor(options: PretendOptions) {
    this.options = options;
    this.userId = options.me;
    this.connection = new Cell(options.connection ?? "live");
    this.keys = new Cell(options.keysState ?? "ready");
    this.keeper = new Cell(options.keeperState ?? "confirmed");
    const kept = new Map<string, TextDraft>();
    this.drafts = {
      load: async (roomId) => kept.get(roomId) ?? null,
      save: async (roomId, draft) => void kept.set(roomId, draft),
      loadFiles: async () => [],
      saveFiles: async () => undefined,
    };
    this.conversations.set(
      new Map(Object.keys(options.rooms).map((roomId) => [roomId, this.summary(roomId)])),
    );
  }

  timeline(roomId: string): PretendTimeline {
    const known = this.timelines.get(roomId);
    if (known !== undefined) return known;
    const room = this.options.rooms[roomId] ?? { events: [] };
    const timeline = new PretendTimeline(roomId, room, this.options, this.connection);
    this.timelines.set(roomId, timeline);
    return timeline;
  }

  async documents(): Promise<Documents> {
    this.shelf ??= new PretendDocuments(this.options.documents ?? {}, this.options.keptDocuments ?? {});
    return this.shelf;
  }

  async uploadBytesMax(): Promise<number | null> {
    return null;
  }

  prepareCall(): void {}
  standBy(): StandBy {
    return { memberId: null, close: () => undefined };
  }
  forgetCall(): void {}
  openCall(): OpeningCall {
    const media = fakeMedia();
    return {
      allowed: Promise.resolve(),
      memberId: null,
      enter: async () => media,
      close: () => undefined,
    };
  }
  async checkDevices(): Promise<DeviceCheck> {
    return fakeDeviceCheck();
  }

  retryNow(): void {
    this.connection.set("live");
  }
  async setDisplayName(): Promise<void> {}
  async signOut(): Promise<void> {}
  async stop(): Promise<void> {}

  private summary(roomId: string): ConversationSummary {
    const room = this.options.rooms[roomId];
    const last = room?.events.findLast((event) => event.kind === "message");
    const mine = last?.kind === "message" && last.senderId === this.userId;
    const text = last?.kind === "message" && last.body.type === "text" ? last.body.text : "";
    return {
      roomId,
      conversationId: roomId.replace("!", ""),
      membership: "joined",
      unread: room?.unreadAfter ? 2 : 0,
      lastMessage: last?.kind === "message" ? { text, kind: last.body.type, at: last.at, mine } : null,
      typing: room?.typing ?? [],
    };
  }
}

class PretendDocuments implements Documents {
  readonly snapshot: Cell<DocumentsSnapshot>;
  readonly kept: Cell<ReadonlyMap<string, number>>;
  private readonly parts = new Map<string, ArrayBuffer>();

  constructor(snapshot: Partial<DocumentsSnapshot>, kept: Record<string, number>) {
    const nothing = { status: "complete", documents: [], reachedAt: null, unreadable: 0 } as const;
    this.snapshot = new Cell<DocumentsSnapshot>({ ...nothing, ...snapshot });
    this.kept = new Cell<ReadonlyMap<string, number>>(new Map(Object.entries(kept)));
  }

  async keep({ id, file }: DocumentItem): Promise<"kept"> {
    this.kept.set(new Map(this.kept.get()).set(id, file.sizeBytes ?? 0));
    return "kept";
  }

  async keepParts(id: string, parts: readonly DocumentPart[]): Promise<"kept"> {
    for (const { url, bytes } of parts) this.parts.set(url, bytes);
    const sizeBytes = parts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    this.kept.set(new Map(this.kept.get()).set(id, sizeBytes));
    return "kept";
  }

  async keptBytes(url: string): Promise<ArrayBuffer | null> {
    return this.parts.get(url) ?? null;
  }

  async letGo(id: string): Promise<void> {
    this.kept.set(new Map([...this.kept.get()].filter(([other]) => other !== id)));
  }

  async letGoAll(): Promise<void> {
    this.kept.set(new Map());
  }

  async requestHistory(): Promise<void> {}
}

class PretendTimeline implements Timeline {
  readonly roomId: string;
  readonly snapshot: Cell<TimelineSnapshot>;
  private readonly room: PretendRoom;
  private readonly options: PretendOptions;
  private readonly connection: Cell<ConnectionState>;
  private outbox: OutboxView[] = [];
  private count = 0;

  constructor(roomId: string, room: PretendRoom, options: PretendOptions, connection: Cell<ConnectionState>) {
    this.roomId = roomId;
    this.room = room;
    this.options = options;
    this.connection = connection;
    this.snapshot = new Cell(this.draw());
  }

  async loadEarlier(): Promise<void> {
    if (this.room.start === "loading") return;
    const page = this.room.earlier?.pop();
    if (page === undefined) return;
    this.room.start = "loading";
    this.refresh();
    await new Promise((resolve) => setTimeout(resolve, 300));
    this.room.events = [...page, ...this.room.events];
    this.room.start = this.room.earlier?.length === 0 ? "reached" : "more";
    this.refresh();
  }

  async sendText({ text, replyTo }: TextDraft): Promise<void> {
    this.put({ kind: "text", text, replyTo });
  }

  async deliverText(draft: TextDraft): Promise<MessageEnd> {
    await this.sendText(draft);
    return "sent";
  }

  async sendFile(file: File): Promise<void> {
    const size = file.type.startsWith("image/") ? await createImageBitmap(file).catch(() => null) : null;
    const prepared: OutboxFile = {
      blob: file,
      name: file.name,
      mimetype: file.type,
      width: size?.width ?? null,
      height: size?.height ?? null,
      durationMs: null,
      thumbnail: null,
      uploaded: null,
    };
    this.put({ kind: "file", file: prepared, caption: null, replyTo: null });
  }

  async sendVoice(
    { blob, mimetype, durationMs, waveform }: Recording,
    { name, replyTo = null }: { name: string; replyTo?: string | null },
  ): Promise<void> {
    const picture = { width: null, height: null, thumbnail: null } as const;
    const file: OutboxFile = {
      blob,
      name,
      mimetype,
      durationMs,
      voice: waveform,
      uploaded: null,
      ...picture,
    };
    this.put({ kind: "file", file, caption: null, replyTo });
  }

  async deliverFile(file: File): Promise<MessageEnd> {
    await this.sendFile(file);
    return "sent";
  }

  async edit(eventId: string, text: string): Promise<void> {
    this.room.events = this.room.events.map((event) =>
      event.eventId === eventId && event.kind === "message"
        ? { ...event, body: { type: "text", text }, edited: true }
        : event,
    );
    this.refresh();
  }

  async redact(eventId: string): Promise<void> {
    this.room.events = this.room.events.map((event) =>
      event.eventId === eventId && event.kind === "message"
        ? { ...event, body: { type: "redacted" } }
        : event,
    );
    this.refresh();
  }

  async react(eventId: string, sign: string): Promise<void> {
    const { me } = this.options;
    const { reactions = [] } = this.room;
    const press = pressOf({ me, reactions, outbox: [] }, eventId, sign);
    this.count += 1;
    const own = { eventId: `$sign${this.count}`, txnId: null, target: eventId, sign, senderId: me };
    this.room.reactions =
      press.kind === "take-back"
        ? reactions.filter((one) => one.eventId !== press.eventId)
        : [...reactions, own];
    this.refresh();
  }

  retry(key: string): void {
    this.outbox = this.outbox.map((view) =>
      view.row.txnId === key ? { ...view, row: { ...view.row, failure: null } } : view,
    );
    this.refresh();
    setTimeout(() => this.arrive(key), 600);
  }

  async cancel(key: string): Promise<void> {
    this.outbox = this.outbox.filter((view) => view.row.txnId !== key);
    this.refresh();
  }

  markRead(): void {}
  setTyping(): void {}
  async requestHistory(): Promise<void> {}
  close(): void {}

  private put(work: OutboxRow["work"]): void {
    this.count += 1;
    const txnId = `t${this.count}`;
    const { sending = "works" } = this.options;
    const failure = sending === "works" || sending === "hangs" ? null : sending;
    const row: OutboxRow = { txnId, roomId: this.roomId, createdAt: Date.now(), work, failure };
    const progress = sending === "hangs" && work.kind === "file" ? { sentBytes: 4, totalBytes: 10 } : null;
    this.outbox = [...this.outbox, { row, progress, active: this.connection.get() === "live", sentAs: null }];
    this.refresh();
    if (sending === "works" && this.connection.get() === "live") setTimeout(() => this.arrive(txnId), 500);
  }

  private arrive(txnId: string): void {
    const view = this.outbox.find((other) => other.row.txnId === txnId);
    if (view === undefined) return;
    const { work, createdAt } = view.row;
    this.outbox = this.outbox.filter((other) => other !== view);
    const base = {
      kind: "message",
      eventId: `$${txnId}`,
      txnId,
      senderId: this.options.me,
      at: createdAt,
      edited: false,
      trust: "normal",
    } as const;
    if (work.kind === "text") {
      this.room.events = [
        ...this.room.events,
        { ...base, body: { type: "text", text: work.text }, replyTo: work.replyTo },
      ];
    } else if (work.kind === "file") {
      const { file } = work;
      const body = {
        ...file,
        sizeBytes: file.blob.size,
        source: { at: "local", blob: file.blob },
        thumbnail: null,
      } as const;
      this.room.events = [
        ...this.room.events,
        {
          ...base,
          body: { type: kindOf(file), file: body, caption: null },
          replyTo: null,
        },
      ];
    }
    this.refresh();
  }

  private refresh(): void {
    this.snapshot.set(this.draw());
  }

  private draw(): TimelineSnapshot {
    const { me, keeper, names } = this.options;
    const person = (userId: string): Person => ({
      userId,
      name: names[userId] ?? userId,
      kind: userId === me ? "me" : userId === keeper ? "keeper" : "other",
    });
    return {
      status: this.room.loading === true ? "loading" : "ready",
      items: timelineItems({
        me,
        events: this.room.events,
        outbox: this.outbox,
        person,
        readUpTo: this.room.readUpTo ?? new Map(),
        unreadAfter: this.room.unreadAfter ?? null,
        online: this.connection.get() !== "offline",
        reactions: this.room.reactions ?? [],
      }),
      start: this.room.start ?? "reached",
      typing: this.room.typing ?? [],
      people: Object.keys(names).map(person),
      canSend: this.room.canSend ?? true,
      unreadableCount: this.room.unreadableCount ?? 0,
    };
  }
}

function kindOf({ width, voice }: OutboxFile): "audio" | "image" | "file" {
  if (voice !== undefined) return "audio";
  return width === null ? "file" : "image";
}

async function openPretend(source: Parameters<Files["open"]>[0]): Promise<OpenedFile> {
  const blob = source.at === "local" ? source.blob : await drawnPhoto(source.url);
  const objectUrl = URL.createObjectURL(blob);
  return { objectUrl, blob, release: () => URL.revokeObjectURL(objectUrl) };
}

/** A picture that looks like a photo of something, without being one. */
async function drawnPhoto(seed: string): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = 900;
  canvas.height = seed.includes("tall") ? 1200 : 680;
  const context = canvas.getContext("2d");
  if (context === null) return new Blob();
  const sky = context.createLinearGradient(0, 0, canvas.width, canvas.height);
  sky.addColorStop(0, "#d9b8a4");
  sky.addColorStop(1, "#b0806a");
  context.fillStyle = sky;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "rgb(160 70 60 / 45%)";
  for (let i = 0; i < 26; i++) {
    context.beginPath();
    context.arc(260 + ((i * 97) % 420), 180 + ((i * 61) % 330), 8 + ((i * 13) % 34), 0, Math.PI * 2);
    context.fill();
  }
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? new Blob()), "image/jpeg", 0.9));
}
