import "fake-indexeddb/auto";
import Dexie from "dexie";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type ClientDatabase, databaseName, openDatabase } from "./database.ts";
import { type Courier, NotEncryptedError, Outbox, outcomeOf } from "./outbox.ts";

const ROOM = "!r";
const USER = "@anna:x";
let database: ClientDatabase;
let sent: { content: Record<string, unknown>; txnId: string }[];
let fail: (() => unknown) | null;

beforeEach(() => {
  database = openDatabase(USER);
  sent = [];
  fail = null;
});
afterEach(async () => {
  vi.useRealTimers();
  database.close();
  await Dexie.delete(databaseName(USER));
});

const courier: Courier = {
  send: async (_room, content, txnId) => {
    if (fail !== null) throw fail();
    sent.push({ content, txnId });
    return `$${sent.length}`;
  },
  redact: async () => "$redaction",
  react: async (_room, content, txnId) => {
    if (fail !== null) throw fail();
    sent.push({ content, txnId });
    return `$${sent.length}`;
  },
  upload: async (bytes, onProgress, signal) => {
    onProgress(bytes.size);
    signal.throwIfAborted();
    return "mxc://x/file";
  },
};

function outbox(): Outbox {
  let n = 0;
  return new Outbox(database, courier, () => `t${Date.now()}-${n++}`);
}

const text = (words: string) => ({ kind: "text", text: words, replyTo: null }) as const;
const bodies = () => sent.map(({ content }) => content.body);
const states = (box: Outbox) =>
  box
    .views(ROOM)
    .get()
    .map(({ row, sentAs }) => row.failure ?? sentAs ?? "waiting");

async function settled(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 2_000, interval: 5 });
}

it("is durable before it is accepted, and comes back after a reload in the order of writing", async () => {
  const before = outbox();
  await before.add(ROOM, text("one"), 1_000);
  await before.add(ROOM, text("two"), 1_000);
  before.stop();
  const after = outbox();
  await after.load();
  after.wake();
  await settled(() => expect(bodies()).toEqual(["one", "two"]));
  expect(await database.outbox.count()).toBe(0);
});

it("keeps the order when the network comes back, and the transaction id over every try", async () => {
  const box = outbox();
  fail = () => new TypeError("Failed to fetch");
  box.wake();
  const first = await box.add(ROOM, text("one"), 1);
  await box.add(ROOM, text("two"), 2);
  await settled(() => expect(box.views(ROOM).get()[0]?.active).toBe(false));
  expect(sent).toEqual([]);
  fail = null;
  box.wake();
  await settled(() => expect(bodies()).toEqual(["one", "two"]));
  expect(sent[0]?.txnId).toBe(first);
});

it("has the same words of the same request once", async () => {
  const box = outbox();
  await box.add(ROOM, text("one"), 1, "request");
  await box.add(ROOM, text("one"), 2, "request");
  const after = outbox();
  await after.load();
  await after.add(ROOM, text("one"), 3, "request");
  expect(states(box)).toEqual(["waiting"]);
  expect(states(after)).toEqual(["waiting"]);
  after.wake();
  await settled(() => expect(sent.map(({ txnId }) => txnId)).toEqual(["request"]));
  await settled(() => expect(states(after)).toEqual(["$1"]));
});

it("goes on past a message that the server refuses, and sends it again when asked", async () => {
  const box = outbox();
  fail = () => ({ httpStatus: 413, errcode: "M_TOO_LARGE" });
  box.wake();
  const big = await box.add(ROOM, text("big"), 1);
  await settled(() => expect(states(box)).toEqual(["too-large"]));
  fail = null;
  await box.add(ROOM, text("small"), 2);
  await settled(() => expect(bodies()).toEqual(["small"]));
  await box.retry(big);
  await settled(() => expect(bodies()).toEqual(["small", "big"]));
});

it("never sends in clear: a conversation without encryption is a failure, not a try again", async () => {
  const box = outbox();
  fail = () => new NotEncryptedError();
  box.wake();
  await box.add(ROOM, text("secret"), 1);
  await settled(() => expect(states(box)).toEqual(["unexpected"]));
});

it("uploads a file encrypted, once, even when the message must be tried twice", async () => {
  const upload = vi.spyOn(courier, "upload");
  const box = outbox();
  const blob = new Blob(["plain words"]);
  fail = () => new TypeError("Failed to fetch");
  box.wake();
  const file = {
    blob,
    name: "a.txt",
    mimetype: "text/plain",
    width: null,
    height: null,
    durationMs: null,
    thumbnail: null,
    uploaded: null,
  };
  await box.add(ROOM, { kind: "file", file, caption: null, replyTo: null }, 1);
  await settled(() => expect(box.views(ROOM).get()[0]?.active).toBe(false));
  fail = null;
  box.wake();
  await settled(() => expect(sent).toHaveLength(1));
  expect(upload).toHaveBeenCalledTimes(1);
  const bytes = await upload.mock.calls[0]?.[0].text();
  expect(bytes).not.toContain("plain");
  expect(sent[0]?.content).toMatchObject({ msgtype: "m.file", file: { url: "mxc://x/file", v: "v2" } });
});

it("takes a message back while it waits, and leaves nothing behind", async () => {
  const box = outbox();
  const id = await box.add(ROOM, text("oops"), 1);
  await box.cancel(id);
  box.wake();
  expect(box.views(ROOM).get()).toEqual([]);
  expect(await database.outbox.count()).toBe(0);
  expect(sent).toEqual([]);
});

it("stops an upload that is taken back", async () => {
  let stopped = false;
  vi.spyOn(courier, "upload").mockImplementation(
    (_bytes, _onProgress, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          stopped = true;
          reject(new DOMException("stopped", "AbortError"));
        });
      }),
  );
  const box = outbox();
  box.wake();
  const file = {
    blob: new Blob(["x"]),
    name: "a",
    mimetype: "a/b",
    width: null,
    height: null,
    durationMs: null,
    thumbnail: null,
    uploaded: null,
  };
  const id = await box.add(ROOM, { kind: "file", file, caption: null, replyTo: null }, 1);
  await settled(() => expect(courier.upload).toHaveBeenCalled());
  await box.cancel(id);
  expect(stopped).toBe(true);
  expect(box.views(ROOM).get()).toEqual([]);
});

it("leaves the drawing to the timeline once the event stands there", async () => {
  const box = outbox();
  box.wake();
  await box.add(ROOM, text("hello"), 1);
  await settled(() => expect(states(box)).toEqual(["$1"]));
  box.settle(ROOM, ({ sentAs }) => sentAs === "$1");
  expect(box.views(ROOM).get()).toEqual([]);
});

it("tells a network that will return from a refusal that will not", () => {
  expect(outcomeOf(new TypeError("Failed to fetch"))).toEqual({ kind: "again", afterMs: null });
  expect(outcomeOf({ httpStatus: 502 })).toEqual({ kind: "again", afterMs: null });
  expect(outcomeOf({ httpStatus: 429, errcode: "M_LIMIT_EXCEEDED", data: { retry_after_ms: 700 } })).toEqual({
    kind: "again",
    afterMs: 700,
  });
  expect(outcomeOf({ httpStatus: 403, errcode: "M_FORBIDDEN" })).toEqual({ kind: "failed", why: "removed" });
  expect(outcomeOf({ httpStatus: 400 })).toEqual({ kind: "failed", why: "refused" });
});

it("says how a message ended, whenever it is asked", async () => {
  const box = outbox();
  box.wake();
  const first = await box.add(ROOM, text("one"), 1);
  expect(await box.ended(ROOM, first)).toBe("sent");
  fail = () => ({ httpStatus: 403 });
  const second = await box.add(ROOM, text("two"), 2);
  expect(await box.ended(ROOM, second)).toBe("failed");
  expect(await box.ended(ROOM, second)).toBe("failed");
  fail = () => new TypeError("Failed to fetch");
  const third = await box.add(ROOM, text("three"), 3);
  const ended = box.ended(ROOM, third);
  await settled(() => expect(box.views(ROOM).get().at(-1)?.active).toBe(false));
  await box.cancel(third);
  expect(await ended).toBe("cancelled");
  box.stop();
});

it("sends a sign as every client does, and lets one go that is refused", async () => {
  const box = outbox();
  box.wake();
  await box.add(ROOM, { kind: "react", target: "$1", sign: "👍" }, 1_000);
  await settled(() => expect(states(box)).toEqual(["$1"]));
  expect(sent[0]?.content).toEqual({
    "m.relates_to": { rel_type: "m.annotation", event_id: "$1", key: "👍" },
  });
  fail = () => ({ httpStatus: 400, errcode: "M_DUPLICATE_ANNOTATION" });
  await box.add(ROOM, { kind: "react", target: "$1", sign: "🙏" }, 2_000);
  await settled(() => expect(states(box)).toEqual(["$1"]));
  expect(await database.outbox.count()).toBe(0);
});
