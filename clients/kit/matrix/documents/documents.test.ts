/** The list of documents over a pretend history, in a real (pretend) database: complete, gone on with, live, sealed. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Cell } from "../store.ts";
import type { DocumentItem, FileSource, Files } from "../types.ts";
import { type DocumentsDatabase, openDocumentsDatabase } from "./database.ts";
import { forgetDocuments, forgetOtherDocuments } from "./forget.ts";
import { KEPT_BYTES_MAX, KeptFiles } from "./kept.ts";
import { type DocumentSource, DocumentsList, type Entry, type Listener } from "./list.ts";
import type { Reading } from "./reading.ts";
import { DocumentsStore } from "./store.ts";

const [USER, DEVICE, ROOM] = ["@anna:x", "PHONE", "!r"];
const PAGE = 3;
const SECRET = "Blood test of a person";

let database: DocumentsDatabase;
const lists: DocumentsList[] = [];

beforeEach(() => {
  database = openDocumentsDatabase(USER, DEVICE);
});
afterEach(async () => {
  for (const list of lists.splice(0)) list.stop();
  database.close();
  await forgetDocuments(USER, DEVICE);
});

const serverFile = (url: string): FileSource => ({
  at: "server",
  url,
  mimetype: "text/plain",
  encrypted: null,
});

function document(id: string, at: number): DocumentItem {
  return {
    id,
    roomId: ROOM,
    kind: "file",
    at,
    sender: { userId: USER, name: "Anna", kind: "me" },
    file: {
      name: `${SECRET} ${id}`,
      mimetype: "text/plain",
      sizeBytes: 3,
      source: serverFile(`mxc://x/${id}`),
      thumbnail: null,
      width: null,
      height: null,
      durationMs: null,
    },
  };
}

const entry = (id: string, at: number, reading: Reading): Entry => ({
  id,
  at,
  reading,
  event: { event_id: id },
});
const file = (n: number): Entry => entry(`$${n}`, n, { kind: "document", document: document(`$${n}`, n) });
const words = (n: number): Entry => entry(`$${n}`, n, { kind: "nothing" });
const unread = (n: number): Entry => entry(`$${n}`, n, { kind: "unread", id: `$${n}` });
const removal = (n: number, of: number): Entry => entry(`$${n}`, n, { kind: "removed", id: `$${of}` });

/** A conversation, oldest first; tokens are how many events lie below. */
class PretendSource implements DocumentSource {
  asked: (string | null)[] = [];
  listener: Listener | null = null;
  fail: (() => unknown) | null = null;
  readable = new Set<string>();
  pageSize = PAGE;
  constructor(public events: Entry[]) {}

  rooms() {
    return [ROOM];
  }
  async page(_roomId: string, from: string | null) {
    this.asked.push(from);
    if (this.fail !== null) throw this.fail();
    const end = from === null ? this.events.length : Number(from);
    const start = Math.max(0, end - this.pageSize);
    const entries = this.events
      .slice(start, end)
      .map((one) => (this.readable.has(one.id) ? file(one.at) : one));
    return { entries: entries.reverse(), end: start === 0 ? null : String(start) };
  }
  async read(_roomId: string, { event_id: id = "" }: Entry["event"]) {
    return this.readable.has(id) ? file(Number(id.slice(1))) : unread(Number(id.slice(1)));
  }
  listen(listener: Listener) {
    this.listener = listener;
    return () => undefined;
  }
}

const files: Files = {
  open: async (source) => ({
    objectUrl: "",
    blob: new Blob([`bytes of ${source.at === "server" ? source.url : ""}`]),
    release: () => undefined,
  }),
};

async function opened(source: PretendSource, online = new Cell(true), known = new Cell(true)) {
  const kept = new KeptFiles(database);
  const list = new DocumentsList({
    source,
    store: new DocumentsStore(database),
    kept,
    files,
    known,
    online,
    requestHistory: async () => undefined,
  });
  lists.push(list);
  await list.start();
  return { list, kept, ids: () => list.snapshot.get().documents.map(({ id }) => id) };
}

const complete = (list: DocumentsList) =>
  vi.waitFor(() => expect(list.snapshot.get().status).toBe("complete"), { timeout: 2_000, interval: 2 });

it("finds every file of a long history, newest first", async () => {
  const { list, ids } = await opened(
    new PretendSource([file(1), words(2), file(3), words(4), words(5), words(6), file(7), words(8)]),
  );
  await complete(list);
  expect(ids()).toEqual(["$7", "$3", "$1"]);
});

it("is there at once at the next visit, and looks only at what is new", async () => {
  const source = new PretendSource([1, 2, 3, 4, 5, 6, 7, 8, 9].map(file));
  const first = await opened(source);
  await complete(first.list);
  first.list.stop();
  source.events = [...source.events, file(10), words(11)];
  source.asked = [];
  const second = await opened(source);
  expect(second.ids().length).toBeGreaterThanOrEqual(9);
  await vi.waitFor(() => expect(second.ids()[0]).toBe("$10"));
  expect(source.asked).toEqual([null]);
});

it("looks through a gap that is longer than a page, however often it was away", async () => {
  const source = new PretendSource([1, 2, 3].map(file));
  const first = await opened(source);
  await complete(first.list);
  first.list.stop();
  source.events = [...source.events, ...[4, 5, 6, 7, 8, 9, 10, 11].map(file)];
  const second = await opened(source);
  await vi.waitFor(() => expect(second.ids()).toHaveLength(11));
});

it("goes on where the network stopped it", async () => {
  const source = new PretendSource([1, 2, 3, 4, 5, 6, 7].map(file));
  const online = new Cell(true);
  source.fail = () => new TypeError("Failed to fetch");
  const { list, ids } = await opened(source, online);
  await vi.waitFor(() => expect(list.snapshot.get().status).toBe("paused"));
  source.fail = null;
  online.set(false);
  online.set(true);
  await complete(list);
  expect(ids()).toHaveLength(7);
});

it("begins a conversation anew where its tokens are worth nothing any more, and leaves one alone that is shut", async () => {
  const source = new PretendSource([1, 2, 3, 4, 5].map(file));
  const first = await opened(source);
  await complete(first.list);
  first.list.stop();
  source.fail = () => ({ httpStatus: 400, errcode: "M_INVALID_PARAM" });
  source.asked = [];
  const second = await opened(source);
  await complete(second.list);
  expect(source.asked).toHaveLength(2);
  expect(second.ids()).toHaveLength(5);
});

it("is live: what is sent comes, what is taken back goes, from this device too", async () => {
  const source = new PretendSource([file(1), file(2)]);
  const { list, kept, ids } = await opened(source);
  await complete(list);
  const [newest] = list.snapshot.get().documents;
  if (newest === undefined) throw new Error("there are two");
  expect(await list.keep(newest)).toBe("kept");
  source.listener?.onEntry(ROOM, file(3));
  await vi.waitFor(() => expect(ids()).toEqual(["$3", "$2", "$1"]));
  source.listener?.onEntry(ROOM, removal(4, 2));
  await vi.waitFor(() => expect(ids()).toEqual(["$3", "$1"]));
  await vi.waitFor(() => expect(kept.sizes.get().size).toBe(0));
  expect(await kept.bytes("mxc://x/$2")).toBeNull();
});

it("says nothing of an empty list before the conversations are known", async () => {
  const known = new Cell(false);
  const { list, ids } = await opened(new PretendSource([file(1)]), new Cell(true), known);
  expect(list.snapshot.get().status).toBe("opening");
  known.set(true);
  await complete(list);
  expect(ids()).toEqual(["$1"]);
});

it("is not brought back what was taken back while its page was on its way", async () => {
  const source = new PretendSource([file(1), file(2)]);
  let arrive: () => void = () => undefined;
  const underWay = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const page = source.page.bind(source);
  source.page = async (...asked) => {
    const answer = await page(...asked);
    await underWay;
    return answer;
  };
  const { list, ids } = await opened(source);
  source.listener?.onEntry(ROOM, removal(3, 2));
  arrive();
  await complete(list);
  expect(ids()).toEqual(["$1"]);
});

it("goes no further back while too much waits for its key, and on when the keys come", async () => {
  const many = Array.from({ length: 5_001 }, (_, n) => unread(n + 2));
  const source = new PretendSource([file(1), ...many]);
  source.pageSize = 5_001;
  const { list, ids } = await opened(source);
  await complete(list);
  expect(ids()).toEqual([]);
  for (const { id, at } of many) source.listener?.onEntry(ROOM, entry(id, at, { kind: "nothing" }));
  await vi.waitFor(() => expect(ids()).toEqual(["$1"]));
  expect(list.snapshot.get().unreadable).toBe(0);
});

it("keeps what cannot be read yet, says so, and tries it again at the next visit", async () => {
  const source = new PretendSource([unread(1), file(2)]);
  const first = await opened(source);
  await complete(first.list);
  expect(first.list.snapshot.get().unreadable).toBe(1);
  first.list.stop();
  source.readable.add("$1");
  const second = await opened(source);
  await vi.waitFor(() => expect(second.ids()).toEqual(["$2", "$1"]));
  expect(second.list.snapshot.get().unreadable).toBe(0);
});

/** Everything that lies in the database, as text. */
async function lying(): Promise<string> {
  const rows = await Promise.all(database.tables.map((table) => table.toArray()));
  const texts = rows.flat().flatMap(function text(value: unknown): string[] {
    if (value instanceof ArrayBuffer) return [Buffer.from(value).toString("latin1")];
    if (ArrayBuffer.isView(value)) return [Buffer.from(value.buffer as ArrayBuffer).toString("latin1")];
    if (typeof value === "object" && value !== null && !(value instanceof CryptoKey))
      return Object.values(value).flatMap(text);
    return [String(value)];
  });
  return texts.join("\n");
}

it("lies sealed, under a key that nobody is given", async () => {
  const { list, kept } = await opened(new PretendSource([file(1)]));
  await complete(list);
  const [one] = list.snapshot.get().documents;
  if (one === undefined) throw new Error("there is one");
  expect(await list.keep(one)).toBe("kept");
  const text = await lying();
  expect(text).toContain("mxc://x/$1");
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain("bytes of");
  const [row] = await database.keys.toArray();
  expect(row?.key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("raw", row?.key as CryptoKey)).rejects.toThrow();
  expect(new TextDecoder().decode((await kept.bytes("mxc://x/$1")) ?? undefined)).toBe("bytes of mxc://x/$1");
});

it("opens nothing that was put in another one's place", async () => {
  const kept = new KeptFiles(database);
  const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
  await kept.keep("$1", [{ url: "mxc://x/1", bytes: bytes("one") }]);
  const [row] = await database.keptBytes.toArray();
  if (row === undefined) throw new Error("it was kept");
  await database.keptBytes.put({ ...row, url: "mxc://x/2" });
  expect(await kept.bytes("mxc://x/2")).toBeNull();
});

it("says what the kept files take, lets them go one by one and together, and knows them at the next visit", async () => {
  const kept = new KeptFiles(database);
  const part = (n: number) => ({ url: `mxc://x/${n}`, bytes: new ArrayBuffer(1_000) });
  await kept.keep("$1", [part(1), part(2)]);
  await kept.keep("$3", [part(3)]);
  const again = new KeptFiles(database);
  await again.load();
  expect([...again.sizes.get()].map(([id, size]) => [id, size >= 1_000 && size < 2_100])).toEqual([
    ["$1", true],
    ["$3", true],
  ]);
  await again.remove(["$1"]);
  expect(await again.bytes("mxc://x/2")).toBeNull();
  expect(await again.bytes("mxc://x/3")).not.toBeNull();
  await again.removeAll();
  expect(await database.keptBytes.count()).toBe(0);
});

it("keeps what came from elsewhere beside the rest, sealed, until it is let go", async () => {
  const { list, kept } = await opened(new PretendSource([file(1)]));
  await complete(list);
  const bytes = new TextEncoder().encode(SECRET).buffer as ArrayBuffer;
  expect(await list.keepParts("conclusion:c1", [{ url: "conclusion:c1/1", bytes }])).toBe("kept");
  expect(new TextDecoder().decode((await list.keptBytes("conclusion:c1/1")) ?? undefined)).toBe(SECRET);
  expect(await lying()).not.toContain(SECRET);
  expect(list.snapshot.get().documents).toHaveLength(1);
  await list.letGo("conclusion:c1");
  expect(await list.keptBytes("conclusion:c1/1")).toBeNull();
  expect(kept.sizes.get().size).toBe(0);
});

it("leaves a file that another kept document shows too", async () => {
  const kept = new KeptFiles(database);
  const part = { url: "mxc://x/1", bytes: new ArrayBuffer(10) };
  await Promise.all([kept.keep("$1", [part]), kept.keep("$2", [part])]);
  await kept.remove(["$1"]);
  expect(await kept.bytes("mxc://x/1")).not.toBeNull();
  await kept.remove(["$2"]);
  expect(await kept.bytes("mxc://x/1")).toBeNull();
});

it("ends with its sign-in, also where nobody was there to end it", async () => {
  await new KeptFiles(database).keep("$1", [{ url: "mxc://x/1", bytes: new ArrayBuffer(10) }]);
  database.close();
  const names = async () => (await indexedDB.databases()).map(({ name }) => name);
  await forgetOtherDocuments({ userId: USER, deviceId: DEVICE });
  expect(await names()).toHaveLength(1);
  await forgetOtherDocuments({ userId: USER, deviceId: "ANOTHER" });
  expect(await names()).toEqual([]);
});

it("keeps everything of a document or nothing, and says when there is no room", async () => {
  const kept = new KeptFiles(database);
  await kept.load();
  kept.sizes.set(new Map([["$0", KEPT_BYTES_MAX - 10]]));
  expect(await kept.keep("$1", [{ url: "mxc://x/1", bytes: new ArrayBuffer(100) }])).toBe("full");
  expect(await database.keptBytes.count()).toBe(0);
});
