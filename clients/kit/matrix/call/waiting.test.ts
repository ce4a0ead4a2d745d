import { expect, test, vi } from "vitest";
import type { CallTicket } from "../../api/index.ts";
import { Waiting } from "./waiting.ts";

const made: { isConnected: boolean; connects: () => void; fails: () => void; close: () => void }[] = [];

vi.mock("./choice.ts", () => ({ isMicrophoneAllowed: async () => true }));
vi.mock("./media-code.ts", () => ({
  loadMediaCode: async () => ({
    MediaLink: class {
      isConnected = false;
      connects: () => void = () => undefined;
      fails: () => void = () => undefined;
      close = vi.fn();
      constructor() {
        made.push(this);
      }
      connect() {
        return new Promise<void>((resolve, reject) => {
          this.connects = () => {
            this.isConnected = true;
            resolve();
          };
          this.fails = () => reject(new Error("gone"));
        });
      }
    },
  }),
}));

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function begun() {
  const waiting = new Waiting({} as CallTicket, "member");
  await settled();
  const link = made.at(-1);
  if (link === undefined) throw new Error("no way is being made");
  return { waiting, link };
}

test("a way that is there is taken, once, and is then another's to close", async () => {
  const { waiting, link } = await begun();
  link.connects();
  await settled();
  expect(waiting.take()).toBe(link);
  waiting.close();
  expect(link.close).not.toHaveBeenCalled();
  expect(waiting.take()).toBeNull();
});

test("a way that is not there yet, or was lost, is given up: a new one is faster", async () => {
  const early = await begun();
  expect(early.waiting.take()).toBeNull();
  expect(early.link.close).toHaveBeenCalled();
  const lost = await begun();
  lost.link.connects();
  lost.link.isConnected = false;
  expect(lost.waiting.take()).toBeNull();
  expect(lost.link.close).toHaveBeenCalled();
});

test("whoever stops waiting on the way arrives before he leaves", async () => {
  const { waiting, link } = await begun();
  waiting.close();
  await settled();
  expect(link.close).not.toHaveBeenCalled();
  link.connects();
  await settled();
  expect(link.close).toHaveBeenCalledTimes(1);
});

test("one that cannot be made is let go", async () => {
  const { waiting, link } = await begun();
  link.fails();
  await settled();
  expect(link.close).toHaveBeenCalled();
  expect(waiting.take()).toBeNull();
});

test("whoever stops waiting before the code is there makes no way at all", async () => {
  const count = made.length;
  new Waiting({} as CallTicket, null).close();
  await settled();
  expect(made).toHaveLength(count);
});
