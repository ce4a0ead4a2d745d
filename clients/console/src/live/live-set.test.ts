import type { ConsultEvent, Tag } from "@consilium/kit/api";
import { PretendStream } from "@consilium/kit/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveSet } from "./live-set.ts";

type Item = Pick<Tag, "id" | "name">;

let stream: PretendStream;

function set(load: () => Promise<Item[]>): LiveSet<Item> {
  return new LiveSet<Item>(stream, {
    load,
    told: (event) => (event.event === "tag" ? { id: event.data.tag.id, item: event.data.tag } : undefined),
  });
}

const tag = (id: string, name: string) => ({ event: "tag", data: { tag: { id, name } } }) as ConsultEvent;
const names = (of: LiveSet<Item>) => [...of.items.get().values()].map(({ name }) => name);

beforeEach(() => {
  vi.useFakeTimers();
  stream = new PretendStream();
});
afterEach(() => void vi.useRealTimers());

it("is what was loaded, and what was told since", async () => {
  const tags = set(async () => [{ id: "1", name: "one" }]);
  tags.start();
  stream.status.set("open");
  await vi.runAllTimersAsync();
  stream.tell(tag("2", "two"));
  stream.tell(tag("1", "uno"));
  expect(names(tags)).toEqual(["uno", "two"]);
  tags.remove("2");
  expect(names(tags)).toEqual(["uno"]);
  tags.stop();
  stream.tell(tag("3", "three"));
  expect(names(tags)).toEqual(["uno"]);
});

it("loads once more when something changes while it loads", async () => {
  const answers: ((items: Item[]) => void)[] = [];
  const tags = set(() => new Promise((resolve) => answers.push(resolve)));
  tags.start();
  stream.status.set("open");
  stream.tell(tag("2", "two"));
  answers[0]?.([{ id: "1", name: "one" }]);
  await vi.runAllTimersAsync();
  answers[1]?.([
    { id: "1", name: "one" },
    { id: "2", name: "two" },
  ]);
  await vi.runAllTimersAsync();
  expect([answers.length, names(tags)]).toEqual([2, ["one", "two"]]);
});

it("is loaded again when an event makes the whole of it another, in the order of the answer", async () => {
  let answer: Item[] = [
    { id: "1", name: "one" },
    { id: "2", name: "two" },
  ];
  const tags = new LiveSet<Item>(stream, {
    load: async () => answer,
    told: () => undefined,
    changes: (event) => event.event === "view_order",
  });
  tags.start();
  expect(tags.loaded.get()).toBe(false);
  stream.status.set("open");
  await vi.runAllTimersAsync();
  expect([tags.loaded.get(), names(tags)]).toEqual([true, ["one", "two"]]);
  answer = answer.toReversed();
  stream.tell(tag("9", "nothing of it"));
  await vi.runAllTimersAsync();
  expect(names(tags)).toEqual(["one", "two"]);
  stream.tell({ event: "view_order", data: { view_ids: ["2", "1"] } });
  await vi.runAllTimersAsync();
  expect(names(tags)).toEqual(["two", "one"]);
  tags.stop();
});

it("tries again after a failure and after a gap in the stream", async () => {
  let calls = 0;
  const tags = set(async () => {
    calls += 1;
    if (calls === 1) throw new Error("away");
    return [{ id: "1", name: `load ${calls}` }];
  });
  tags.start();
  stream.status.set("open");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(names(tags)).toEqual(["load 2"]);
  stream.tell({ event: "resync", data: {} });
  await vi.runAllTimersAsync();
  expect(names(tags)).toEqual(["load 3"]);
});

it("does not wait for a stream that does not come", async () => {
  const tags = set(async () => [{ id: "1", name: "one" }]);
  tags.start();
  await vi.advanceTimersByTimeAsync(2_400);
  expect(names(tags)).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(names(tags)).toEqual(["one"]);
  stream.status.set("open");
  await vi.runAllTimersAsync();
  tags.stop();
});
