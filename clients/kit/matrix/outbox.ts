/**
 * Messages that have not gone out yet. A row is durable before anybody is told that it was accepted; it leaves the database
 * when the server has answered. One message of a conversation at a time, oldest first, so that the order is kept.
 *
 * A retry uses the same transaction id: the server answers with the first event, never with a second one.
 */
import { type AttachmentSecret, encryptAttachment } from "./attachment.ts";
import type { ClientDatabase, OutboxFile, OutboxRow, OutboxWork } from "./database.ts";
import { Cell, type Readable } from "./store.ts";
import { editContent, fileContent, textContent } from "./timeline/content.ts";
import type { OutboxView } from "./timeline/items.ts";
import { annotation } from "./timeline/reactions.ts";
import type { EncryptedFileInfo, MessageEnd, SendFailure } from "./types.ts";

/** What carries a message to the server. */
export interface Courier {
  /** Encrypts and sends; resolves to the event id. Never sends in clear. */
  send(roomId: string, content: Record<string, unknown>, txnId: string): Promise<string>;
  redact(roomId: string, target: string, txnId: string): Promise<string>;
  /** A sign under a message, in the clear: the one thing beside redactions that is sent so. */
  react(roomId: string, content: Record<string, unknown>, txnId: string): Promise<string>;
  /** Resolves to the mxc address. */
  upload(bytes: Blob, onProgress: (sentBytes: number) => void, signal: AbortSignal): Promise<string>;
}

export type SendOutcome = { kind: "again"; afterMs: number | null } | { kind: "failed"; why: SendFailure };

const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 30_000;
/** Sent rows that wait in memory for their echo; more than that means the conversation is not open. */
const SENT_KEPT = 50;

interface Lane {
  views: Cell<readonly OutboxView[]>;
  running: boolean;
  failures: number;
  timer: ReturnType<typeof setTimeout> | null;
}

export class Outbox {
  private readonly database: ClientDatabase;
  private readonly courier: Courier;
  private readonly newTxnId: () => string;
  private readonly lanes = new Map<string, Lane>();
  private readonly uploads = new Map<string, AbortController>();
  private open = false;

  constructor(
    database: ClientDatabase,
    courier: Courier,
    newTxnId: () => string = () => crypto.randomUUID(),
  ) {
    this.database = database;
    this.courier = courier;
    this.newTxnId = newTxnId;
  }

  /** Reads what an earlier visit left behind. Nothing is sent before `wake`. */
  async load(): Promise<void> {
    const rows = await this.database.outbox.orderBy("[roomId+createdAt]").toArray();
    for (const row of rows) {
      const { views } = this.lane(row.roomId);
      if (!views.get().some((view) => view.row.txnId === row.txnId)) views.set([...views.get(), idle(row)]);
    }
  }

  views(roomId: string): Readable<readonly OutboxView[]> {
    return this.lane(roomId).views;
  }

  /** `txnId`: of a message that may be added again after a crash; it goes out once. */
  async add(roomId: string, work: OutboxWork, now: number, txnId: string = this.newTxnId()): Promise<string> {
    if (this.find(txnId) !== null) return txnId;
    const { views } = this.lane(roomId);
    const newest = views.get()[views.get().length - 1]?.row.createdAt ?? 0;
    const row: OutboxRow = {
      txnId,
      roomId,
      createdAt: Math.max(now, newest + 1),
      work,
      failure: null,
    };
    await this.database.outbox.put(row);
    views.set([...views.get(), idle(row)]);
    this.run(roomId);
    return row.txnId;
  }

  /** How a message ends that was added: the server has it, it will not take it, or it was taken back before. */
  ended(roomId: string, txnId: string): Promise<MessageEnd> {
    const { views } = this.lane(roomId);
    return new Promise((resolve) => {
      const look = () => {
        const view = views.get().find(({ row }) => row.txnId === txnId);
        if (view === undefined) end("cancelled");
        else if (view.sentAs !== null) end("sent");
        else if (view.row.failure !== null) end("failed");
      };
      const stop = views.subscribe(look);
      const end = (how: MessageEnd) => {
        stop();
        resolve(how);
      };
      look();
    });
  }

  async retry(txnId: string): Promise<void> {
    const view = this.find(txnId);
    if (view === null) return;
    const row = { ...view.row, failure: null };
    await this.database.outbox.put(row);
    this.change(row.roomId, txnId, () => idle(row));
    this.wakeLane(row.roomId);
  }

  /** Too late when the server has answered: then it does nothing. */
  async cancel(txnId: string): Promise<void> {
    const view = this.find(txnId);
    if (view === null || view.sentAs !== null) return;
    this.uploads.get(txnId)?.abort();
    await this.database.outbox.delete(txnId);
    const { views } = this.lane(view.row.roomId);
    views.set(views.get().filter((other) => other.row.txnId !== txnId));
  }

  /** The network is there (again): try at once. */
  wake(): void {
    this.open = true;
    for (const roomId of this.lanes.keys()) this.wakeLane(roomId);
  }

  /** The network is away: what runs may finish, nothing new begins. */
  pause(): void {
    this.open = false;
  }

  /** Rows whose event stands in the timeline are drawn from there. */
  settle(roomId: string, inTimeline: (view: OutboxView) => boolean): void {
    const { views } = this.lane(roomId);
    const rest = views.get().filter((view) => view.sentAs === null || !inTimeline(view));
    if (rest.length !== views.get().length) views.set(rest);
  }

  stop(): void {
    this.open = false;
    for (const lane of this.lanes.values()) if (lane.timer !== null) clearTimeout(lane.timer);
    for (const upload of this.uploads.values()) upload.abort();
  }

  private wakeLane(roomId: string): void {
    const lane = this.lane(roomId);
    if (lane.timer !== null) clearTimeout(lane.timer);
    lane.timer = null;
    this.run(roomId);
  }

  private run(roomId: string): void {
    const lane = this.lane(roomId);
    if (lane.running || lane.timer !== null || !this.open) return;
    lane.running = true;
    void this.drain(roomId, lane).finally(() => {
      lane.running = false;
    });
  }

  private async drain(roomId: string, lane: Lane): Promise<void> {
    while (this.open) {
      const next = lane.views.get().find((view) => view.sentAs === null && view.row.failure === null);
      if (next === undefined) return;
      const outcome = await this.attempt(next.row);
      if (outcome === null) {
        lane.failures = 0;
        continue;
      }
      if (outcome.kind === "failed") {
        await this.fail(next.row, outcome.why);
        continue;
      }
      this.change(roomId, next.row.txnId, (view) => ({ ...view, active: false, progress: null }));
      lane.failures += 1;
      const pause = outcome.afterMs ?? Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** (lane.failures - 1));
      lane.timer = setTimeout(() => this.wakeLane(roomId), pause);
      return;
    }
  }

  /** `null`: sent, or taken back meanwhile. */
  private async attempt(row: OutboxRow): Promise<SendOutcome | null> {
    const { roomId, txnId, work } = row;
    this.change(roomId, txnId, (view) => ({ ...view, active: true }));
    try {
      const eventId =
        work.kind === "redact"
          ? await this.courier.redact(roomId, work.target, txnId)
          : await this.deliver(row);
      await this.database.outbox.delete(txnId);
      this.change(roomId, txnId, (view) => ({ ...view, active: false, progress: null, sentAs: eventId }));
      this.dropOldSent(roomId);
      return null;
    } catch (cause) {
      if (this.find(txnId) === null) return null;
      return outcomeOf(cause);
    }
  }

  private async deliver(row: OutboxRow): Promise<string> {
    const { roomId, txnId, work } = row;
    switch (work.kind) {
      case "text":
        return this.courier.send(roomId, textContent(work.text, work.replyTo), txnId);
      case "edit":
        return this.courier.send(roomId, editContent(work.target, work.text), txnId);
      case "file": {
        const file = await this.uploaded(row, work.file);
        return this.courier.send(roomId, fileContent(file, work.caption, work.replyTo), txnId);
      }
      case "react":
        return this.courier.react(roomId, annotation(work.target, work.sign), txnId);
      case "redact":
        throw new Error("redactions are not messages");
    }
  }

  private async uploaded(row: OutboxRow, file: OutboxFile): Promise<OutboxFile> {
    if (file.uploaded !== null) return file;
    const abort = new AbortController();
    this.uploads.set(row.txnId, abort);
    try {
      const totalBytes = file.blob.size + (file.thumbnail?.blob.size ?? 0);
      const report = (done: number) => (sentBytes: number) =>
        this.change(row.roomId, row.txnId, (view) => ({
          ...view,
          progress: { sentBytes: Math.min(totalBytes, done + sentBytes), totalBytes },
        }));
      const thumbnail =
        file.thumbnail === null
          ? null
          : await this.encryptAndUpload(file.thumbnail.blob, report(0), abort.signal);
      const whole = await this.encryptAndUpload(
        file.blob,
        report(file.thumbnail?.blob.size ?? 0),
        abort.signal,
      );
      const uploaded = { ...file, uploaded: { file: whole, thumbnail } };
      if (row.work.kind === "file" && !abort.signal.aborted) {
        const kept: OutboxRow = { ...row, work: { ...row.work, file: uploaded } };
        await this.database.outbox.put(kept);
        this.change(row.roomId, row.txnId, (view) => ({ ...view, row: kept }));
      }
      abort.signal.throwIfAborted();
      return uploaded;
    } finally {
      this.uploads.delete(row.txnId);
    }
  }

  private async encryptAndUpload(
    blob: Blob,
    onProgress: (sentBytes: number) => void,
    signal: AbortSignal,
  ): Promise<EncryptedFileInfo> {
    const { cipher, secret }: { cipher: ArrayBuffer; secret: AttachmentSecret } = await encryptAttachment(
      await blob.arrayBuffer(),
    );
    signal.throwIfAborted();
    const url = await this.courier.upload(
      new Blob([cipher], { type: "application/octet-stream" }),
      onProgress,
      signal,
    );
    return { url, ...secret };
  }

  private async fail(row: OutboxRow, why: SendFailure): Promise<void> {
    const view = this.find(row.txnId);
    if (view === null) return;
    // Nobody sends a sign again that was refused: it is there already, or its message is gone.
    if (row.work.kind === "react") return this.cancel(row.txnId);
    const failed = { ...view.row, failure: why };
    await this.database.outbox.put(failed);
    this.change(row.roomId, row.txnId, () => idle(failed));
  }

  private dropOldSent(roomId: string): void {
    const { views } = this.lane(roomId);
    const sent = views.get().filter((view) => view.sentAs !== null);
    if (sent.length <= SENT_KEPT) return;
    const drop = new Set(sent.slice(0, sent.length - SENT_KEPT));
    views.set(views.get().filter((view) => !drop.has(view)));
  }

  private find(txnId: string): OutboxView | null {
    for (const lane of this.lanes.values()) {
      const view = lane.views.get().find((other) => other.row.txnId === txnId);
      if (view !== undefined) return view;
    }
    return null;
  }

  private change(roomId: string, txnId: string, to: (view: OutboxView) => OutboxView): void {
    const { views } = this.lane(roomId);
    views.set(views.get().map((view) => (view.row.txnId === txnId ? to(view) : view)));
  }

  private lane(roomId: string): Lane {
    const known = this.lanes.get(roomId);
    if (known !== undefined) return known;
    const lane: Lane = {
      views: new Cell<readonly OutboxView[]>([]),
      running: false,
      failures: 0,
      timer: null,
    };
    this.lanes.set(roomId, lane);
    return lane;
  }
}

const idle = (row: OutboxRow): OutboxView => ({ row, progress: null, active: false, sentAs: null });

/** What an error of the SDK or of `fetch` means for a message. */
export function outcomeOf(cause: unknown): SendOutcome {
  const { httpStatus, errcode, data } = (typeof cause === "object" && cause !== null ? cause : {}) as {
    httpStatus?: unknown;
    errcode?: unknown;
    data?: { retry_after_ms?: unknown };
  };
  if (typeof httpStatus !== "number") {
    return isLocal(cause) ? { kind: "failed", why: "unexpected" } : { kind: "again", afterMs: null };
  }
  if (errcode === "M_LIMIT_EXCEEDED" || httpStatus === 429) {
    const after = data?.retry_after_ms;
    return { kind: "again", afterMs: typeof after === "number" ? after : null };
  }
  if (httpStatus === 401 || httpStatus === 408 || httpStatus >= 500) return { kind: "again", afterMs: null };
  if (errcode === "M_TOO_LARGE" || httpStatus === 413) return { kind: "failed", why: "too-large" };
  if (httpStatus === 403) return { kind: "failed", why: "removed" };
  return { kind: "failed", why: "refused" };
}

/** Errors of our own making do not go away by waiting. */
function isLocal(cause: unknown): boolean {
  return cause instanceof RangeError || cause instanceof NotEncryptedError;
}

/** The conversation is not (yet known to be) encrypted: nothing is ever sent in clear. */
export class NotEncryptedError extends Error {
  constructor() {
    super("The conversation is not encrypted.");
    this.name = "NotEncryptedError";
  }
}
