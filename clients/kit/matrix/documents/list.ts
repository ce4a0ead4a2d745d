/**
 * The list of all files of all conversations: yesterday's is there at once, what is new is looked at from the end, what is older by going
 * back page by page, however long it takes; live from then on. What was found stays found: a visit goes on where the last one stopped.
 */
import { addressOf } from "../files.ts";
import { outcomeOf } from "../outbox.ts";
import { Cell, type Readable } from "../store.ts";
import type {
  DocumentItem,
  DocumentPart,
  Documents,
  DocumentsSnapshot,
  FileSource,
  Files,
} from "../types.ts";
import type { ScanRow, UnreadRow } from "./database.ts";
import type { KeptFiles } from "./kept.ts";
import type { Reading } from "./reading.ts";
import type { Changes, DocumentsStore } from "./store.ts";

/** One event that was looked at. */
export interface Entry {
  id: string;
  at: number;
  reading: Reading;
  /** As the server sent it: kept while it cannot be read. */
  event: UnreadRow["event"];
}

/** Newest first. `end`: where to go on; `null`: that was the beginning of the conversation. */
export interface SourcePage {
  entries: readonly Entry[];
  end: string | null;
}

export interface Listener {
  /** Something was said, taken back, or can be read now. */
  onEntry(roomId: string, entry: Entry): void;
  /** A conversation that is new, or in which something may have been missed. */
  onGap(roomId: string): void;
}

/** Where the events come from. */
export interface DocumentSource {
  rooms(): readonly string[];
  /** From the end where `from` is `null`. */
  page(roomId: string, from: string | null): Promise<SourcePage>;
  /** Another try at what could not be read at an earlier visit. */
  read(roomId: string, event: UnreadRow["event"]): Promise<Entry>;
  listen(listener: Listener): () => void;
}

export interface ListParts {
  source: DocumentSource;
  store: DocumentsStore;
  kept: KeptFiles;
  files: Files;
  /** The client knows the conversations: of this visit, or without a network of the last one. */
  known: Readable<boolean>;
  online: Readable<boolean>;
  requestHistory: (roomId: string) => Promise<void>;
}

const RETRY_MIN_MS = 2_000;
const RETRY_MAX_MS = 60_000;
/** More than a life with the clinic brings; a list beyond it would not fit a phone's memory. */
const DOCUMENTS_MAX = 50_000;
/** With so many events that wait for a key the list goes no further back: when the keys come, it does. */
const UNREAD_MAX = 5_000;
/** What is said anew is noted beyond that, up to here. */
const UNREAD_NOTED_MAX = 2 * UNREAD_MAX;

const OPENING: DocumentsSnapshot = { status: "opening", documents: [], reachedAt: null, unreadable: 0 };

export class DocumentsList implements Documents {
  readonly snapshot = new Cell<DocumentsSnapshot>(OPENING);
  readonly kept: Readable<ReadonlyMap<string, number>>;
  private readonly parts: ListParts;
  private readonly documents = new Map<string, DocumentItem>();
  private readonly unread = new Map<string, UnreadRow>();
  private readonly scans = new Map<string, ScanRow>();
  /** Conversations whose end has to be looked at. */
  private readonly ends = new Set<string>();
  /** The server does not let us look into these any more. */
  private readonly shut = new Set<string>();
  /** Taken back during this visit: a page that was on its way by then does not bring it again. */
  private readonly gone = new Set<string>();
  /** By conversation, what was heard and is not written yet. */
  private readonly heard = new Map<string, Entry[]>();
  /** One change at a time, in the order in which they came. */
  private writing: Promise<unknown> = Promise.resolve();
  private readonly endings: (() => void)[] = [];
  private running = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopped = false;

  constructor(parts: ListParts) {
    this.parts = parts;
    this.kept = parts.kept.sizes;
  }

  async start(): Promise<void> {
    const { source, store, kept, online, known } = this.parts;
    const [before] = await Promise.all([store.load(), kept.load()]);
    if (this.stopped) return;
    for (const document of before.documents) this.documents.set(document.id, document);
    for (const row of before.unread) this.unread.set(row.id, row);
    for (const scan of before.scans) this.scans.set(scan.roomId, scan);
    this.publish("opening");
    this.endings.push(
      source.listen({
        onEntry: (roomId, entry) => this.hear(roomId, entry),
        onGap: (roomId) => this.lookAtEnd(roomId),
      }),
      online.subscribe(() => online.get() && void this.run()),
    );
    for (const { roomId, event } of before.unread)
      void source.read(roomId, event).then((entry) => this.hear(roomId, entry));
    if (known.get()) this.lookAtAll();
    else this.endings.push(known.subscribe(() => known.get() && this.lookAtAll()));
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    for (const end of this.endings) end();
  }

  async keep(
    document: DocumentItem,
    onProgress?: (part: number) => void,
  ): Promise<"kept" | "full" | "failed"> {
    const { file } = document;
    try {
      const parts = [await this.partOf(file.source, onProgress)];
      // The list shows it without a network too; where it cannot be had, the icon does.
      if (file.thumbnail !== null) parts.push(await this.partOf(file.thumbnail).catch(() => null));
      // It was taken back while it was on its way.
      if (this.gone.has(document.id)) return "failed";
      return await this.keepParts(
        document.id,
        parts.filter((part) => part !== null),
      );
    } catch {
      return "failed";
    }
  }

  async keepParts(id: string, parts: readonly DocumentPart[]): Promise<"kept" | "full" | "failed"> {
    try {
      const kept = await this.parts.kept.keep(id, parts);
      // A browser that is asked does not clear it when it wants room.
      if (kept === "kept") void globalThis.navigator?.storage?.persist?.().catch(() => false);
      return kept;
    } catch {
      return "failed";
    }
  }

  keptBytes(url: string): Promise<ArrayBuffer | null> {
    return this.parts.kept.bytes(url);
  }

  async letGo(id: string): Promise<void> {
    await this.parts.kept.remove([id]);
  }

  async letGoAll(): Promise<void> {
    await this.parts.kept.removeAll();
  }

  async requestHistory(): Promise<void> {
    const rooms = new Set([...this.unread.values()].map(({ roomId }) => roomId));
    await Promise.all([...rooms].map((roomId) => this.parts.requestHistory(roomId)));
  }

  private async partOf(
    source: FileSource,
    onProgress?: (part: number) => void,
  ): Promise<DocumentPart | null> {
    if (source.at === "local") return null;
    const opened = await this.parts.files.open(source, onProgress);
    try {
      return { url: addressOf(source), bytes: await opened.blob.arrayBuffer() };
    } finally {
      opened.release();
    }
  }

  // --- looking through the conversations ---

  /** What cannot be written now is found again at the next look. What is heard during a write is written by the next one. */
  private hear(roomId: string, entry: Entry): void {
    const { reading } = entry;
    const isUnread = this.unread.has(entry.id);
    if (reading.kind === "nothing" && !isUnread) return;
    if (reading.kind === "unread" && isUnread) return;
    if (reading.kind === "removed") this.gone.add(reading.id);
    const waiting = this.heard.get(roomId);
    if (waiting !== undefined) {
      waiting.push(entry);
      return;
    }
    const entries = [entry];
    this.heard.set(roomId, entries);
    const write = () => {
      this.heard.delete(roomId);
      return this.write(roomId, entries, null);
    };
    void this.inTurn(write).catch(() => undefined);
  }

  private lookAtAll(): void {
    for (const roomId of this.parts.source.rooms()) this.ends.add(roomId);
    void this.run();
  }

  private lookAtEnd(roomId: string): void {
    this.ends.add(roomId);
    this.shut.delete(roomId);
    void this.run();
  }

  /** One at a time; after a failure of the network again after a pause, or when it is back. */
  private async run(): Promise<void> {
    if (this.running || this.stopped || !this.parts.known.get()) return;
    this.running = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    try {
      for (let step = this.nextStep(); step !== null && !this.stopped; step = this.nextStep()) {
        // Only what is new is looked at: not worth a word.
        this.publish(this.isWhole() ? "complete" : "collecting");
        await step();
        this.failures = 0;
      }
      this.publish("complete");
    } catch (cause) {
      // Without a network what is known is all there is, unless a part was never looked at.
      this.publish(this.isWhole() ? "complete" : "paused");
      this.failures += 1;
      const outcome = outcomeOf(cause);
      const asked = outcome.kind === "again" ? outcome.afterMs : null;
      const pause = asked ?? Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** (this.failures - 1));
      if (!this.stopped) this.timer = setTimeout(() => void this.run(), pause);
    } finally {
      this.running = false;
    }
  }

  /** Every conversation was looked through to its beginning once. */
  private isWhole(): boolean {
    const { source } = this.parts;
    return source
      .rooms()
      .every((roomId) => this.shut.has(roomId) || this.scans.get(roomId)?.complete === true);
  }

  private nextStep(): (() => Promise<void>) | null {
    const [end] = this.ends;
    if (end !== undefined) return () => this.tolerant(end, () => this.lookAtNew(end));
    if (this.documents.size >= DOCUMENTS_MAX || this.unread.size >= UNREAD_MAX) return null;
    const older = [...this.scans.values()].find(
      ({ roomId, complete }) => !complete && !this.shut.has(roomId),
    );
    return older === undefined ? null : () => this.tolerant(older.roomId, () => this.lookBack(older));
  }

  /** A refused token begins the conversation anew; a refused beginning leaves it alone until something changes in it. */
  private async tolerant(roomId: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (cause) {
      if (outcomeOf(cause).kind === "again") throw cause;
      this.ends.delete(roomId);
      if (this.scans.delete(roomId)) this.ends.add(roomId);
      else this.shut.add(roomId);
    }
  }

  /** From the end down to where an earlier look began. */
  private async lookAtNew(roomId: string): Promise<void> {
    const before = this.scans.get(roomId) ?? null;
    let newest: string | null = null;
    let from: string | null = null;
    for (;;) {
      const page: SourcePage = await this.parts.source.page(roomId, from);
      newest ??= page.entries[0]?.id ?? null;
      const met = page.entries.some(({ id }) => id === before?.newest);
      const scan = scanAfter({ roomId, before, newest, met, page });
      await this.apply(roomId, page.entries, scan);
      if (scan !== null || this.stopped) break;
      from = page.end;
    }
    this.ends.delete(roomId);
  }

  private async lookBack(scan: ScanRow): Promise<void> {
    const page = await this.parts.source.page(scan.roomId, scan.older);
    await this.apply(scan.roomId, page.entries, {
      ...scan,
      older: page.end,
      complete: page.end === null,
      reachedAt: page.entries.at(-1)?.at ?? scan.reachedAt,
    });
  }

  private apply(roomId: string, entries: readonly Entry[], scan: ScanRow | null): Promise<void> {
    return this.inTurn(() => this.write(roomId, entries, scan));
  }

  private inTurn(write: () => Promise<void>): Promise<void> {
    const turn = this.writing.then(write);
    this.writing = turn.catch(() => undefined);
    return turn;
  }

  private async write(roomId: string, entries: readonly Entry[], scan: ScanRow | null): Promise<void> {
    if (this.stopped) return;
    const changes = changesOf(roomId, entries, scan, this.gone);
    const wasFull = this.unread.size >= UNREAD_MAX;
    if (this.unread.size >= UNREAD_NOTED_MAX) changes.unread = [];
    const goneKept = changes.removed.filter((id) => this.kept.get().has(id));
    await this.parts.store.apply(changes);
    // What was taken back is not read on here either.
    if (goneKept.length > 0) await this.parts.kept.remove(goneKept);
    for (const document of changes.found) this.documents.set(document.id, document);
    for (const id of changes.removed) this.documents.delete(id);
    for (const id of [...changes.read, ...changes.removed]) this.unread.delete(id);
    for (const row of changes.unread) this.unread.set(row.id, row);
    if (scan !== null) this.scans.set(roomId, scan);
    this.publish(this.snapshot.get().status, scan?.reachedAt);
    if (wasFull && this.unread.size < UNREAD_MAX) void this.run();
  }

  private publish(status: DocumentsSnapshot["status"], reachedAt?: number | null): void {
    const before = this.snapshot.get();
    this.snapshot.set({
      status,
      documents: [...this.documents.values()].sort((a, b) => b.at - a.at),
      reachedAt: reachedAt === undefined ? before.reachedAt : reachedAt,
      unreadable: this.unread.size,
    });
  }
}

interface Look {
  roomId: string;
  before: ScanRow | null;
  newest: string | null;
  /** The event where the earlier look began is on this page. */
  met: boolean;
  page: SourcePage;
}

/** How far the conversation has been looked through after a page from its end; `null`: the earlier look was not met yet. */
export function scanAfter({ roomId, before, newest, met, page }: Look): ScanRow | null {
  const reachedAt = page.entries.at(-1)?.at ?? null;
  if (before === null || before.newest === null || page.end === null)
    return { roomId, newest, older: page.end, complete: page.end === null, reachedAt };
  return met ? { ...before, newest } : null;
}

/** What was heard later counts; what is `gone` stays away. */
export function changesOf(
  roomId: string,
  entries: readonly Entry[],
  scan: ScanRow | null,
  gone: ReadonlySet<string>,
): Changes & { unread: UnreadRow[] } {
  const [found, removed, read]: [DocumentItem[], string[], string[]] = [[], [], []];
  const unread = new Map<string, UnreadRow>();
  for (const { id, reading, event } of entries) {
    if (reading.kind === "removed") removed.push(reading.id);
    if (gone.has(id)) {
      removed.push(id);
      continue;
    }
    if (reading.kind === "unread") {
      unread.set(id, { id, roomId, event });
      continue;
    }
    unread.delete(id);
    read.push(id);
    if (reading.kind === "document") found.push(reading.document);
  }
  return { found, removed, unread: [...unread.values()], read, scan };
}
