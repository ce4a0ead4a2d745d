import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { HistoryKeys } from "./history.ts";

const KEEPER = "@keeper:x";
const ROOM = "!r";
const bundle = (sender: string) => ({ type: "m.room_key_bundle", sender, content: { room_id: ROOM } });

let accepted: string[];
let requested: string[];
let imported: string[];
let answer: () => Promise<boolean>;
let history: HistoryKeys;

beforeEach(() => {
  vi.useFakeTimers();
  accepted = [];
  requested = [];
  imported = [];
  answer = async () => true;
  history = new HistoryKeys({
    keeperUserId: KEEPER,
    crypto: {
      maybeAcceptKeyBundle: async (roomId, from) => {
        accepted.push(`${roomId} ${from}`);
        return answer();
      },
    },
    conversationIdOf: () => "v1",
    request: async (conversationId) => void requested.push(conversationId),
    onImported: (roomId) => imported.push(roomId),
  });
});
afterEach(() => {
  history.stop();
  vi.useRealTimers();
});

it("takes every bundle of the keeper and nobody else's", async () => {
  history.onToDevice(bundle(KEEPER));
  history.onToDevice(bundle("@stranger:x"));
  history.onToDevice({ ...bundle(KEEPER), type: "m.room_key" });
  await vi.advanceTimersByTimeAsync(0);
  expect(accepted).toEqual([`${ROOM} ${KEEPER}`]);
  expect(imported).toEqual([ROOM]);
  history.onToDevice(bundle(KEEPER));
  await vi.advanceTimersByTimeAsync(0);
  expect(accepted).toHaveLength(2);
});

it("tries a download that failed again", async () => {
  let tries = 0;
  answer = async () => {
    tries += 1;
    if (tries < 3) throw new Error("network");
    return true;
  };
  history.accept(ROOM);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tries).toBe(3);
  expect(imported).toEqual([ROOM]);
});

it("asks with growing pauses and at last calls the messages missing", async () => {
  answer = async () => false;
  history.need(ROOM);
  history.need(ROOM);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(requested).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(requested).toEqual(["v1"]);
  await vi.advanceTimersByTimeAsync(20 * 60_000);
  expect(requested).toHaveLength(4);
  expect(history.exhausted.get().has(ROOM)).toBe(true);
  history.need(ROOM);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requested).toHaveLength(4);
});

it("stops asking when everything is readable", async () => {
  history.need(ROOM);
  history.satisfied(ROOM);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requested).toEqual([]);
});

it("asks at once when a person asks, and begins anew", async () => {
  answer = async () => false;
  history.need(ROOM);
  await vi.advanceTimersByTimeAsync(20 * 60_000);
  await history.requestNow(ROOM);
  expect(requested).toHaveLength(5);
  expect(history.exhausted.get().has(ROOM)).toBe(false);
});
