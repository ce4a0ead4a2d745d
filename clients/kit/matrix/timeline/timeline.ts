/** One conversation's timeline, bound to the SDK: listens, keeps the view-model fresh, sends through the outbox. */
import {
  ClientEvent,
  Direction,
  type EventTimeline,
  KnownMembership,
  type MatrixClient,
  type MatrixEvent,
  MatrixEventEvent,
  type Room,
  RoomEvent,
  RoomMemberEvent,
  RoomStateEvent,
} from "matrix-js-sdk";
import { type CryptoApi, CryptoEvent } from "matrix-js-sdk/lib/crypto-api/index.js";
import type { OutboxFile } from "../database.ts";
import type { HistoryKeys } from "../history.ts";
import { prepareImage } from "../image.ts";
import type { Outbox } from "../outbox.ts";
import { type Identities, personIn } from "../people.ts";
import { Cell, type Readable } from "../store.ts";
import type { MessageEnd, Recording, TextDraft, Timeline, TimelineSnapshot } from "../types.ts";
import { messageTypeOf } from "./content.ts";
import { type EventView, timelineItems } from "./items.ts";
import { QuotedMessages } from "./quoted.ts";
import { annotationOf, pressOf, type ReactionView } from "./reactions.ts";
import { EventViews } from "./view.ts";

export interface TimelineContext {
  client: MatrixClient;
  crypto: CryptoApi;
  identities: Identities;
  outbox: Outbox;
  history: HistoryKeys;
  online: Readable<boolean>;
  /** The first answer of the server, or the state of the last visit, is there. */
  prepared: Readable<boolean>;
  onClose: (roomId: string) => void;
}

const PAGE = 60;
/** Something unreadable for this long is told; a key that comes a moment after its message is not. */
const UNREADABLE_PATIENCE_MS = 2_500;
/** The server forgets «is writing» after this long by itself. */
const TYPING_MS = 30_000;

const LOADING: TimelineSnapshot = {
  status: "loading",
  items: [],
  start: "more",
  typing: [],
  people: [],
  canSend: false,
  unreadableCount: 0,
};

export class RoomTimeline implements Timeline {
  readonly roomId: string;
  readonly snapshot = new Cell<TimelineSnapshot>(LOADING);
  private readonly context: TimelineContext;
  private readonly views: EventViews;
  private readonly quoted: QuotedMessages;
  private readonly unlisten: (() => void)[] = [];
  private readonly failedSince = new Map<string, number>();
  private start: TimelineSnapshot["start"] = "more";
  private unreadAfter: string | null | "unset" = "unset";
  private receiptFor: string | null = null;
  private typingTold: Promise<unknown> = Promise.resolve();
  private scheduled = false;
  private patience: ReturnType<typeof setTimeout> | null = null;
  private users = 0;
  private closed = false;

  constructor(roomId: string, context: TimelineContext) {
    this.roomId = roomId;
    this.context = context;
    this.views = new EventViews(context.crypto, context.identities.keeper, () => this.schedule());
    this.quoted = new QuotedMessages(context.client, roomId, this.views, () => this.schedule());
    this.listen();
    this.refresh();
  }

  /** Each `timeline()` call of the engine is one user; the last `close` ends it. */
  use(): this {
    this.users += 1;
    return this;
  }

  close(): void {
    this.users -= 1;
    // React mounts twice in development and moves between screens: the end is not always the end.
    setTimeout(() => {
      if (this.users > 0 || this.closed) return;
      this.closed = true;
      for (const end of this.unlisten) end();
      if (this.patience !== null) clearTimeout(this.patience);
      this.context.onClose(this.roomId);
    }, 1_000);
  }

  async loadEarlier(): Promise<void> {
    const timeline = this.live();
    if (timeline === null || this.start === "loading" || this.start === "reached") return;
    this.setStart("loading");
    try {
      await this.context.client.paginateEventTimeline(timeline, { backwards: true, limit: PAGE });
      this.setStart("more");
    } catch {
      this.setStart("failed");
    }
  }

  async sendText({ text, replyTo }: TextDraft, requestId?: string): Promise<void> {
    this.unreadAfter = null;
    await this.context.outbox.add(this.roomId, { kind: "text", text, replyTo }, Date.now(), requestId);
  }

  async deliverText({ text, replyTo }: TextDraft, requestId: string): Promise<MessageEnd> {
    this.unreadAfter = null;
    const { outbox } = this.context;
    await outbox.add(this.roomId, { kind: "text", text, replyTo }, Date.now(), requestId);
    return outbox.ended(this.roomId, requestId);
  }

  async sendFile(
    file: File,
    options: { replyTo?: string | null; caption?: string | null } = {},
  ): Promise<void> {
    this.unreadAfter = null;
    const prepared = await outboxFile(file);
    const work = {
      kind: "file",
      file: prepared,
      caption: options.caption ?? null,
      replyTo: options.replyTo ?? null,
    } as const;
    await this.context.outbox.add(this.roomId, work, Date.now());
  }

  async sendVoice(
    { blob, mimetype, durationMs, waveform }: Recording,
    { name, replyTo = null }: { name: string; replyTo?: string | null },
  ): Promise<void> {
    this.unreadAfter = null;
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
    await this.context.outbox.add(this.roomId, { kind: "file", file, caption: null, replyTo }, Date.now());
  }

  async deliverFile(file: File, requestId: string): Promise<MessageEnd> {
    this.unreadAfter = null;
    const { outbox } = this.context;
    const work = { kind: "file", file: await outboxFile(file), caption: null, replyTo: null } as const;
    await outbox.add(this.roomId, work, Date.now(), requestId);
    return outbox.ended(this.roomId, requestId);
  }

  async edit(eventId: string, text: string): Promise<void> {
    await this.context.outbox.add(this.roomId, { kind: "edit", target: eventId, text }, Date.now());
  }

  async redact(eventId: string): Promise<void> {
    await this.context.outbox.add(this.roomId, { kind: "redact", target: eventId }, Date.now());
  }

  async react(eventId: string, sign: string): Promise<void> {
    const { outbox, identities } = this.context;
    const standing = {
      me: identities.me,
      reactions: reactionsIn(this.live()?.getEvents() ?? []),
      outbox: outbox.views(this.roomId).get(),
    };
    const press = pressOf(standing, eventId, sign);
    if (press.kind === "cancel") await outbox.cancel(press.txnId);
    else if (press.kind === "take-back") await this.redact(press.eventId);
    else await outbox.add(this.roomId, { kind: "react", target: eventId, sign }, Date.now());
  }

  retry(key: string): void {
    void this.context.outbox.retry(key);
  }

  async cancel(key: string): Promise<void> {
    await this.context.outbox.cancel(key);
  }

  markRead(): void {
    const room = this.room();
    const newest = this.live()
      ?.getEvents()
      .findLast((event) => event.getId()?.startsWith("$"));
    const id = newest?.getId() ?? null;
    if (room === null || newest === undefined || id === null || id === this.receiptFor) return;
    if (room.getMyMembership() !== KnownMembership.Join) return;
    this.receiptFor = id;
    this.context.client.sendReadReceipt(newest).catch(() => {
      this.receiptFor = null;
    });
  }

  /** One after the other: on a slow network "writes" would come after "writes no more", and stay. */
  setTyping(typing: boolean): void {
    if (this.room()?.getMyMembership() !== KnownMembership.Join) return;
    const tell = () => this.context.client.sendTyping(this.roomId, typing, TYPING_MS);
    this.typingTold = this.typingTold.then(tell).catch(() => undefined);
  }

  async requestHistory(): Promise<void> {
    await this.context.history.requestNow(this.roomId);
  }

  // --- listening ---

  private listen(): void {
    const { client, outbox, online, prepared, history } = this.context;
    const schedule = () => this.schedule();
    const onRoom = (room: Room | undefined) => room?.roomId === this.roomId && this.schedule();
    const onTimeline = (_event: MatrixEvent, room: Room | undefined) => onRoom(room);
    const onReset = (room: Room | undefined) => {
      if (room?.roomId !== this.roomId) return;
      this.start = "more";
      this.schedule();
    };
    const onEvent = (event: MatrixEvent) => event.getRoomId() === this.roomId && this.schedule();
    const onReceipt = (_event: MatrixEvent, room: Room) => onRoom(room);
    const onMember = (_event: MatrixEvent, member: { roomId: string }) =>
      member.roomId === this.roomId && this.schedule();
    const onDevices = (userIds: string[]) => this.views.reconsider(userIds);
    client.on(CryptoEvent.DevicesUpdated, onDevices);
    client.on(RoomEvent.Timeline, onTimeline);
    client.on(RoomEvent.TimelineReset, onReset);
    client.on(RoomEvent.Redaction, onTimeline);
    client.on(RoomEvent.Receipt, onReceipt);
    client.on(RoomEvent.MyMembership, onRoom);
    client.on(ClientEvent.Room, onRoom);
    client.on(MatrixEventEvent.Decrypted, onEvent);
    client.on(MatrixEventEvent.Replaced, onEvent);
    client.on(RoomMemberEvent.Typing, onMember);
    client.on(RoomStateEvent.Members, onEvent);
    this.unlisten.push(
      () => client.off(CryptoEvent.DevicesUpdated, onDevices),
      () => client.off(RoomEvent.Timeline, onTimeline),
      () => client.off(RoomEvent.TimelineReset, onReset),
      () => client.off(RoomEvent.Redaction, onTimeline),
      () => client.off(RoomEvent.Receipt, onReceipt),
      () => client.off(RoomEvent.MyMembership, onRoom),
      () => client.off(ClientEvent.Room, onRoom),
      () => client.off(MatrixEventEvent.Decrypted, onEvent),
      () => client.off(MatrixEventEvent.Replaced, onEvent),
      () => client.off(RoomMemberEvent.Typing, onMember),
      () => client.off(RoomStateEvent.Members, onEvent),
      outbox.views(this.roomId).subscribe(schedule),
      online.subscribe(schedule),
      prepared.subscribe(schedule),
      history.exhausted.subscribe(schedule),
    );
  }

  /** Many changes of one moment are drawn once. */
  private schedule(): void {
    if (this.scheduled || this.closed) return;
    this.scheduled = true;
    setTimeout(() => {
      this.scheduled = false;
      if (!this.closed) this.refresh();
    }, 16);
  }

  private setStart(start: TimelineSnapshot["start"]): void {
    this.start = start;
    this.schedule();
  }

  // --- the view-model ---

  private refresh(): void {
    const room = this.room();
    const timeline = this.live();
    const { client, outbox, online, identities, prepared } = this.context;
    if (room === null || timeline === null || (!prepared.get() && timeline.getEvents().length === 0)) {
      this.refreshWithoutRoom();
      return;
    }
    const raw = timeline.getEvents();
    for (const event of raw)
      if (event.isEncrypted() && event.getClearContent() === null) void client.decryptEventIfNeeded(event);
    const exhausted = this.context.history.exhausted.get().has(this.roomId);
    const { events, drawnAt } = this.draw(raw, exhausted);
    if (this.unreadAfter === "unset") this.unreadAfter = this.firstUnread(room, events, drawnAt);
    outbox.settle(this.roomId, ({ row, sentAs }) =>
      raw.some((event) => event.getId() === sentAs || event.getUnsigned().transaction_id === row.txnId),
    );
    const person = (userId: string) => personIn(room, userId, identities);
    const atStart = timeline.getPaginationToken(Direction.Backward) === null;
    if (atStart && this.start !== "loading") this.start = "reached";
    this.snapshot.set({
      status: "ready",
      items: timelineItems({
        me: identities.me,
        events,
        outbox: outbox.views(this.roomId).get(),
        person,
        readUpTo: readMarks(room, drawnAt, identities.me),
        unreadAfter: this.unreadAfter,
        online: online.get(),
        quoted: this.quoted.of(events, exhausted),
        reactions: reactionsIn(raw),
      }),
      start: this.start,
      typing: room
        .getMembersWithMembership(KnownMembership.Join)
        .flatMap((member) =>
          member.typing && member.userId !== identities.me && member.userId !== identities.keeper
            ? [person(member.userId)]
            : [],
        ),
      people: room.getJoinedMembers().map((member) => person(member.userId)),
      canSend:
        room.getMyMembership() === KnownMembership.Join || room.getMyMembership() === KnownMembership.Invite,
      unreadableCount: this.countUnreadable(events),
    });
  }

  /** The room is not known yet: what waits in the outbox is shown all the same. */
  private refreshWithoutRoom(): void {
    const { outbox, identities, online, prepared } = this.context;
    const waiting = outbox.views(this.roomId).get();
    if (!prepared.get() && waiting.length === 0) return;
    const person = (userId: string) => personIn(null, userId, identities);
    const items = timelineItems({
      me: identities.me,
      events: [],
      outbox: waiting,
      person,
      readUpTo: new Map(),
      unreadAfter: null,
      online: online.get(),
    });
    this.snapshot.set({ ...LOADING, status: "ready", items, start: "reached", canSend: true });
  }

  /** Views of what is drawn; and for each event the last drawn one at or before it. */
  private draw(
    raw: readonly MatrixEvent[],
    exhausted: boolean,
  ): { events: EventView[]; drawnAt: Map<string, string> } {
    const events: EventView[] = [];
    const drawnAt = new Map<string, string>();
    let last: string | null = null;
    for (const event of raw) {
      const view = this.views.of(event, exhausted);
      if (view !== null) {
        events.push(view);
        last = view.eventId;
      }
      const id = event.getId();
      if (id !== undefined && last !== null) drawnAt.set(id, last);
    }
    return { events, drawnAt };
  }

  private firstUnread(
    room: Room,
    events: readonly EventView[],
    drawnAt: ReadonlyMap<string, string>,
  ): string | null {
    const readId = room.getEventReadUpTo(this.context.identities.me);
    const after = readId === null ? null : (drawnAt.get(readId) ?? null);
    if (after === null) return null;
    const index = events.findIndex((event) => event.eventId === after);
    const others = events
      .slice(index + 1)
      .some((event) => event.kind === "message" && event.senderId !== this.context.identities.me);
    return others ? after : null;
  }

  private countUnreadable(events: readonly EventView[]): number {
    const now = Date.now();
    const waiting = new Set<string>();
    for (const event of events) {
      if (event.kind === "message" && event.body.type === "unreadable" && event.body.why === "waiting")
        waiting.add(event.eventId);
    }
    for (const id of this.failedSince.keys()) if (!waiting.has(id)) this.failedSince.delete(id);
    for (const id of waiting) if (!this.failedSince.has(id)) this.failedSince.set(id, now);
    const { history } = this.context;
    if (waiting.size > 0) history.need(this.roomId);
    else if (!history.exhausted.get().has(this.roomId)) history.satisfied(this.roomId);
    const count = [...this.failedSince.values()].filter(
      (since) => now - since >= UNREADABLE_PATIENCE_MS,
    ).length;
    if (count < waiting.size && this.patience === null) {
      this.patience = setTimeout(() => {
        this.patience = null;
        this.schedule();
      }, UNREADABLE_PATIENCE_MS + 50);
    }
    return count;
  }

  private room(): Room | null {
    return this.context.client.getRoom(this.roomId);
  }

  private live(): EventTimeline | null {
    return this.room()?.getLiveTimeline() ?? null;
  }
}

/** For each other member, the last drawn event that he has read. */
function readMarks(room: Room, drawnAt: ReadonlyMap<string, string>, me: string): Map<string, string> {
  const marks = new Map<string, string>();
  for (const member of room.getMembers()) {
    if (member.userId === me) continue;
    const read = room.getEventReadUpTo(member.userId);
    const drawn = read === null ? undefined : drawnAt.get(read);
    if (drawn !== undefined) marks.set(member.userId, drawn);
  }
  return marks;
}

/** Signs under messages; what was taken back has no content any more. */
function reactionsIn(events: readonly MatrixEvent[]): ReactionView[] {
  const views: ReactionView[] = [];
  for (const event of events) {
    if (event.getType() !== "m.reaction" || event.isRedacted()) continue;
    const [eventId, senderId] = [event.getId(), event.getSender()];
    const said = annotationOf(event.getContent());
    if (said === null || eventId === undefined || senderId === undefined) continue;
    views.push({ ...said, eventId, senderId, txnId: event.getUnsigned().transaction_id ?? null });
  }
  return views;
}

async function outboxFile(file: File): Promise<OutboxFile> {
  const mimetype = file.type === "" ? "application/octet-stream" : file.type;
  const plain = { name: file.name, durationMs: null, uploaded: null } as const;
  const image = messageTypeOf(mimetype) === "m.image" ? await prepareImage(file) : null;
  if (image === null) return { ...plain, blob: file, mimetype, width: null, height: null, thumbnail: null };
  const { blob, width, height, thumbnail } = image;
  return { ...plain, blob, mimetype: blob.type === "" ? mimetype : blob.type, width, height, thumbnail };
}
