/**
 * The view-model of a timeline as a plain function: what the server and the outbox know in, what is drawn out.
 * No SDK, no clock, no side effects.
 */
import type { OutboxFile, OutboxRow } from "../database.ts";
import type {
  AbsenceItem,
  CallbackItem,
  CallItem,
  ConclusionItem,
  ConsultationItem,
  ConsultationPhase,
  Delivery,
  FileBody,
  MessageBody,
  MessageItem,
  Person,
  ReplyPreview,
  TimelineItem,
  Trust,
  WhomItem,
} from "../types.ts";
import { type ReactionView, reactionsByTarget } from "./reactions.ts";

/** One event as far as the timeline cares. */
export type EventView =
  | {
      kind: "message";
      eventId: string;
      txnId: string | null;
      senderId: string;
      at: number;
      body: MessageBody;
      replyTo: string | null;
      edited: boolean;
      trust: Trust;
    }
  | {
      kind: "consultation";
      eventId: string;
      at: number;
      /** When the room was told; `at` is when the phase began. */
      sentAt?: number;
      consultationId: string;
      phase: ConsultationPhase;
      participants: readonly string[];
    }
  | ({ kind: "call"; eventId: string } & CallFacts)
  | ({ kind: "callback"; eventId: string } & CallbackFacts)
  | ({ kind: "conclusion"; eventId: string } & ConclusionFacts)
  | ({ kind: "whom"; eventId: string } & WhomFacts)
  | ({ kind: "absence"; eventId: string } & AbsenceFacts);

/** What the service notes of a call that has ended. */
export type CallFacts = Pick<
  CallItem,
  "callId" | "consultationId" | "call" | "callerSide" | "outcome" | "seconds" | "at"
>;

/** What the service notes of a step of a call-back. */
export type CallbackFacts = Pick<CallbackItem, "callbackId" | "step" | "window" | "timeZone" | "at">;

/** What the service notes of a conclusion. */
export type ConclusionFacts = Pick<ConclusionItem, "consultationId" | "step" | "at">;

/** What the service notes of a correction of whom a consultation is about. */
export type WhomFacts = Pick<WhomItem, "consultationId" | "at">;

/** What the service says of somebody who is gone. */
export type AbsenceFacts = Pick<AbsenceItem, "consultationId" | "of" | "at">;

/** Where an outbox row stands right now; `sentAs` once the server has answered. */
export interface OutboxView {
  row: OutboxRow;
  progress: { sentBytes: number; totalBytes: number } | null;
  /** Its turn: being encrypted, uploaded or sent. */
  active: boolean;
  sentAs: string | null;
}

export interface TimelineInput {
  me: string;
  events: readonly EventView[];
  outbox: readonly OutboxView[];
  person: (userId: string) => Person;
  /** For each other member: the last event that he has read. */
  readUpTo: ReadonlyMap<string, string>;
  /** The event after which everything is new, and which stays so while the conversation is open. */
  unreadAfter: string | null;
  online: boolean;
  /** Messages that are answered and not in `events`. */
  quoted?: ReadonlyMap<string, EventView>;
  /** Signs under messages. */
  reactions?: readonly ReactionView[];
}

/** Messages of one sender within this time belong together. */
const RUN_MS = 5 * 60_000;

export function timelineItems(input: TimelineInput): TimelineItem[] {
  const items = withDays(eventItems(input), input);
  markRuns(items);
  markLatestCall(items);
  return items;
}

function eventItems(input: TimelineInput): TimelineItem[] {
  const items: TimelineItem[] = [];
  const byId = new Map<string, MessageItem>();
  const readers = readersByIndex(input);
  const edits = pendingEdits(input.outbox);
  const removed = pendingRemovals(input.outbox);
  const phases = new Map<string, { phase: ConsultationPhase; participants: readonly string[] }>();
  const known = new Set<string>();
  const { me, outbox } = input;
  const signs = reactionsByTarget({ me, outbox, reactions: input.reactions ?? [] }, input.person);
  const over = input.events.findLastIndex((event) => event.kind === "consultation" && isEnd(event.phase));

  input.events.forEach((event, index) => {
    if (event.kind === "consultation") {
      const item = consultationItem(event, phases.get(event.consultationId) ?? null, input.person);
      phases.set(event.consultationId, { phase: event.phase, participants: event.participants });
      if (item !== null) items.splice(placeOf(item, items), 0, item);
      return;
    }
    if (event.kind === "call") {
      items.push(callItem(event));
      return;
    }
    if (
      event.kind === "callback" ||
      event.kind === "conclusion" ||
      event.kind === "whom" ||
      event.kind === "absence"
    ) {
      const { eventId, ...facts } = event;
      items.push({ ...facts, key: eventId });
      return;
    }
    known.add(event.eventId);
    if (event.txnId !== null) known.add(event.txnId);
    const item = messageItem(event, input, byId, readers(index));
    if (removed.has(event.eventId)) item.body = { type: "redacted" };
    if (item.body.type !== "redacted") item.reactions = signs.get(event.eventId) ?? NO_SIGNS;
    item.canReact = index > over && item.body.type !== "redacted" && item.body.type !== "unreadable";
    const edit = edits.get(event.eventId);
    if (edit !== undefined && item.body.type === "text") applyEdit(item, edit, input.online);
    byId.set(event.eventId, item);
    items.push(item);
  });
  for (const view of input.outbox) {
    const item = outboxItem(view, input, byId, known);
    if (item !== null) items.push(item);
  }
  return items;
}

type MessageEvent = EventView & { kind: "message" };

function messageItem(
  event: MessageEvent,
  input: TimelineInput,
  byId: ReadonlyMap<string, MessageItem>,
  readers: readonly Person[],
): MessageItem {
  const mine = event.senderId === input.me;
  const { body } = event;
  return {
    kind: "message",
    key: event.txnId !== null && mine ? event.txnId : event.eventId,
    eventId: event.eventId,
    sender: input.person(event.senderId),
    mine,
    at: event.at,
    body,
    reply: replyPreview(event.replyTo, byId, input),
    edited: event.edited,
    delivery:
      !mine || body.type === "redacted"
        ? null
        : readers.length > 0
          ? { state: "read", by: readers }
          : { state: "delivered" },
    trust: event.trust,
    startsRun: true,
    endsRun: true,
    canEdit: mine && body.type === "text",
    canRedact: mine && body.type !== "redacted",
    reactions: NO_SIGNS,
    canReact: false,
  };
}

const NO_SIGNS: MessageItem["reactions"] = [];

function isEnd(phase: ConsultationPhase): boolean {
  return phase === "archived" || phase === "cancelled" || phase === "abandoned";
}

function outboxItem(
  view: OutboxView,
  input: TimelineInput,
  byId: ReadonlyMap<string, MessageItem>,
  known: ReadonlySet<string>,
): MessageItem | null {
  const { row, sentAs } = view;
  const { work } = row;
  if (work.kind === "edit" || work.kind === "redact" || work.kind === "react") return null;
  if (known.has(row.txnId) || (sentAs !== null && known.has(sentAs))) return null;
  return {
    kind: "message",
    key: row.txnId,
    eventId: sentAs,
    sender: input.person(input.me),
    mine: true,
    at: row.createdAt,
    body: work.kind === "text" ? { type: "text", text: work.text } : localFileBody(work.file, work.caption),
    reply: replyPreview(work.replyTo, byId, input),
    edited: false,
    delivery: deliveryOf(view, input.online),
    trust: "normal",
    startsRun: true,
    endsRun: true,
    canEdit: false,
    canRedact: false,
    reactions: NO_SIGNS,
    canReact: false,
  };
}

export function deliveryOf({ row, progress, active, sentAs }: OutboxView, online: boolean): Delivery {
  if (sentAs !== null) return { state: "sent" };
  if (row.failure !== null) return { state: "failed", why: row.failure };
  if (!online && !active) return { state: "queued" };
  return { state: "sending", progress };
}

function localFileBody(file: OutboxFile, caption: string | null): MessageBody {
  const body: FileBody = {
    name: file.name,
    mimetype: file.mimetype,
    sizeBytes: file.blob.size,
    source: { at: "local", blob: file.blob },
    thumbnail: null,
    width: file.width,
    height: file.height,
    durationMs: file.durationMs,
    ...(file.voice === undefined ? {} : { voice: file.voice }),
  };
  return { type: localKind(file), file: body, caption };
}

/** A picture that could not be measured cannot be drawn. */
function localKind({ width, mimetype }: OutboxFile): "image" | "audio" | "file" {
  if (mimetype.startsWith("audio/")) return "audio";
  return width !== null && mimetype.startsWith("image/") ? "image" : "file";
}

function replyPreview(
  eventId: string | null,
  byId: ReadonlyMap<string, MessageItem>,
  { quoted, person }: Pick<TimelineInput, "quoted" | "person">,
): ReplyPreview | null {
  if (eventId === null) return null;
  const target = byId.get(eventId);
  if (target !== undefined)
    return { eventId, sender: target.sender, text: textOf(target.body), kind: target.body.type };
  const fetched = quoted?.get(eventId);
  if (fetched?.kind !== "message") return { eventId, sender: null, text: "", kind: "unknown" };
  return { eventId, sender: person(fetched.senderId), text: textOf(fetched.body), kind: fetched.body.type };
}

/** One line for quotes and lists; empty where only the kind can be named. */
export function textOf(body: MessageBody): string {
  switch (body.type) {
    case "text":
    case "notice":
      return body.text;
    case "image":
    case "video":
    case "audio":
      return body.caption ?? "";
    case "file":
      return body.caption ?? body.file.name;
    case "redacted":
    case "unreadable":
    case "unknown":
      return "";
  }
}

// --- read state ---

/** Who has read the event at an index: everybody whose receipt stands at it or after it. */
function readersByIndex({ events, readUpTo, person }: TimelineInput): (index: number) => readonly Person[] {
  const positions = new Map(events.map((event, index) => [event.eventId, index]));
  const marks: { position: number; person: Person }[] = [];
  for (const [userId, eventId] of readUpTo) {
    const reader = person(userId);
    const position = positions.get(eventId);
    if (position !== undefined && reader.kind === "other") marks.push({ position, person: reader });
  }
  // Many messages share one answer: the same array keeps the items equal.
  const cache = new Map<string, readonly Person[]>();
  return (index) => {
    const readers = marks.filter((mark) => mark.position >= index).map((mark) => mark.person);
    const key = readers.map((reader) => reader.userId).join(" ");
    const same = cache.get(key);
    if (same !== undefined) return same;
    cache.set(key, readers);
    return readers;
  };
}

// --- the outbox's changes of what stands already ---

function pendingEdits(outbox: readonly OutboxView[]): Map<string, OutboxView> {
  const edits = new Map<string, OutboxView>();
  for (const view of outbox) if (view.row.work.kind === "edit") edits.set(view.row.work.target, view);
  return edits;
}

function pendingRemovals(outbox: readonly OutboxView[]): Set<string> {
  const targets = new Set<string>();
  for (const { row } of outbox)
    if (row.work.kind === "redact" && row.failure === null) targets.add(row.work.target);
  return targets;
}

function applyEdit(item: MessageItem, view: OutboxView, online: boolean): void {
  if (view.row.work.kind !== "edit") return;
  item.body = { type: "text", text: view.row.work.text };
  item.edited = true;
  if (view.sentAs !== null) return;
  // «Send again» and «discard» act on the change, not on the message.
  item.key = view.row.failure === null ? item.key : view.row.txnId;
  item.delivery = deliveryOf(view, online);
}

// --- consultations ---

type ConsultationEvent = EventView & { kind: "consultation" };
type Before = { phase: ConsultationPhase; participants: readonly string[] } | null;

function consultationItem(
  event: ConsultationEvent,
  before: Before,
  person: (userId: string) => Person,
): ConsultationItem | null {
  const change = changeOf(event, before);
  if (change === null) return null;
  const isWithin = before?.phase === event.phase;
  return {
    kind: "consultation",
    key: event.eventId,
    consultationId: event.consultationId,
    phase: event.phase,
    change,
    // Who comes, goes or takes over does so within a phase.
    at: isWithin ? (event.sentAt ?? event.at) : event.at,
    people: peopleOf(change, event.participants, before).map(person),
  };
}

/** Whom a line names: who came, went, leads now, or is there again. */
function peopleOf(
  change: ConsultationItem["change"],
  now: readonly string[],
  before: Before,
): readonly string[] {
  const was = before?.participants ?? [];
  switch (change) {
    case "taken":
      // Of a team that was there already only who leads it is new.
      return was.length > 0 ? now.slice(0, 1) : now;
    case "joined":
      return now.filter((userId) => !was.includes(userId));
    case "left":
      return was.filter((userId) => !now.includes(userId));
    case "resumed":
      return now;
    default:
      return [];
  }
}

/** The room is told of a phase a moment after it began: what was said in between stands below its line. */
function placeOf(line: ConsultationItem, items: readonly TimelineItem[]): number {
  let place = items.length;
  for (; place > 0; place--) {
    const before = items[place - 1];
    if (before?.kind !== "message" || before.at < line.at) break;
  }
  return place;
}

/** Who leads it stands first. */
function leadOf({ participants }: Pick<ConsultationEvent, "participants">): string | undefined {
  return participants[0];
}

/** `null`: the state was written again without anything new to tell. */
export function changeOf(
  event: Pick<ConsultationEvent, "phase" | "participants">,
  before: Before,
): ConsultationItem["change"] | null {
  const { phase } = event;
  if (before?.phase === phase) {
    if (phase !== "active" && phase !== "on_hold") return null;
    if (leadOf(event) !== leadOf(before)) return "taken";
    if (event.participants.some((userId) => !before.participants.includes(userId))) return "joined";
    return before.participants.some((userId) => !event.participants.includes(userId)) ? "left" : null;
  }
  switch (phase) {
    case "queued":
      if (before === null) return "requested";
      return before.phase === "active" || before.phase === "on_hold" ? "requeued" : "requested";
    case "active":
      return before?.phase === "on_hold" ? "resumed" : "taken";
    case "on_hold":
      return "held";
    case "archived":
    case "cancelled":
    case "abandoned":
      return phase;
  }
}

// --- calls ---

function callItem({ eventId, ...facts }: EventView & { kind: "call" }): CallItem {
  return { ...facts, key: eventId, isLatest: false };
}

/** The last call, unless the person has written since: then it has been answered in words. */
function markLatestCall(items: readonly TimelineItem[]): void {
  const last = items.findLast((item) => item.kind === "call" || (item.kind === "message" && item.mine));
  if (last?.kind === "call") last.isLatest = true;
}

// --- days and runs ---

/** For lists that are not a live timeline: a sealed consultation. */
export function withDaysAndRuns(items: readonly TimelineItem[]): TimelineItem[] {
  const out = withDays(items, { unreadAfter: null, me: "" });
  markRuns(out);
  return out;
}

function withDays(
  items: readonly TimelineItem[],
  { unreadAfter, me }: Pick<TimelineInput, "unreadAfter" | "me">,
): TimelineItem[] {
  const out: TimelineItem[] = [];
  let midnight = Number.NEGATIVE_INFINITY;
  let unreadDue = false;
  for (const item of items) {
    if (!("at" in item) || item.kind === "day") continue;
    const itsMidnight = new Date(item.at).setHours(0, 0, 0, 0);
    // Clocks differ between devices: a day never begins twice.
    if (itsMidnight > midnight) {
      out.push({ kind: "day", key: `day:${itsMidnight}`, at: item.at });
      midnight = itsMidnight;
    }
    if (unreadDue && item.kind === "message") {
      if (item.sender.userId !== me) out.push({ kind: "unread", key: "unread" });
      unreadDue = false;
    }
    out.push(item);
    if (unreadAfter !== null && item.kind === "message" && item.eventId === unreadAfter) unreadDue = true;
  }
  return out;
}

function markRuns(items: readonly TimelineItem[]): void {
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (item?.kind !== "message") continue;
    item.startsRun = !sameRun(items[index - 1], item);
    item.endsRun = !sameRun(item, items[index + 1]);
  }
}

function sameRun(one: TimelineItem | undefined, two: TimelineItem | undefined): boolean {
  return (
    one?.kind === "message" &&
    two?.kind === "message" &&
    one.sender.userId === two.sender.userId &&
    Math.abs(two.at - one.at) <= RUN_MS
  );
}
