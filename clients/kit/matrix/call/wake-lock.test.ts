import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepScreenOn } from "./wake-lock.ts";

interface Lock {
  released: boolean;
  release: () => Promise<void>;
}

const locks: Lock[] = [];
/** The page, as far as it is asked: whether it is seen. */
const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
let ends: (() => void)[] = [];

/** `null`: a browser that has no such thing. */
function pretend(request: (() => Promise<Lock>) | null): void {
  vi.stubGlobal("navigator", request === null ? {} : { wakeLock: { request } });
}

async function ask(): Promise<Lock> {
  const lock: Lock = {
    released: false,
    release: async () => {
      lock.released = true;
    },
  };
  locks.push(lock);
  return lock;
}

async function becomes(state: "visible" | "hidden"): Promise<void> {
  page.visibilityState = state;
  page.dispatchEvent(new Event("visibilitychange"));
  await settled();
}

/** The lock comes after some turns of promises, and no clock is in it. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

function keep(): () => void {
  const end = keepScreenOn();
  ends.push(end);
  return end;
}

beforeEach(() => {
  locks.length = 0;
  page.visibilityState = "visible";
  vi.stubGlobal("document", page);
  pretend(ask);
});
afterEach(() => {
  for (const end of ends) end();
  ends = [];
  vi.unstubAllGlobals();
});

test("the screen stays on until the call is over", async () => {
  const end = keep();
  await settled();
  expect(locks.map(({ released }) => released)).toEqual([false]);
  end();
  await settled();
  expect(locks.map(({ released }) => released)).toEqual([true]);
  await becomes("visible");
  expect(locks).toHaveLength(1);
});

test("what the browser took while the page was hidden is asked for again, and only then", async () => {
  keep();
  await settled();
  await becomes("visible");
  expect(locks).toHaveLength(1);
  await becomes("hidden");
  for (const lock of locks) lock.released = true;
  await becomes("visible");
  expect(locks.map(({ released }) => released)).toEqual([true, false]);
});

test("a lock that comes when the call is over is given back", async () => {
  let give: (lock: Lock) => void = () => undefined;
  pretend(() => new Promise<Lock>((resolve) => (give = resolve)));
  const end = keep();
  end();
  const late = await ask();
  give(late);
  await settled();
  expect(late.released).toBe(true);
});

test("a browser that has none, or refuses, is no error", async () => {
  pretend(null);
  keep();
  pretend(() => Promise.reject(new DOMException("low battery", "NotAllowedError")));
  keep();
  await settled();
  expect(locks).toEqual([]);
});
