/** Own keys go with the operator, and stay with nobody else. */
import type { AccountProfile } from "@consilium/kit/matrix";
import { pretendStorage } from "@consilium/kit/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { shortcutOf } from "../commands/bindings.ts";
import { PrefsStore } from "./prefs.ts";
import { AGAIN_MS, KEYS_TYPE, ProfileKeys } from "./profile-keys.ts";

type Content = Record<string, unknown>;

const OWN = { "consultation.take": shortcutOf({ code: "KeyY" }) };
const OTHER = { "consultation.take": shortcutOf({ code: "KeyU" }) };

/** An account that several machines share. */
class Account implements AccountProfile {
  content: Content | null;
  writes = 0;
  isDown = false;
  private readonly listeners: ((content: Content) => void)[] = [];

  constructor(content: Content | null = null) {
    this.content = content;
  }
  async read(type: string): Promise<Content | null> {
    expect(type).toBe(KEYS_TYPE);
    if (this.isDown) throw new Error("down");
    return this.content;
  }
  async write(_: string, content: Content): Promise<void> {
    if (this.isDown) throw new Error("down");
    this.writes += 1;
    this.content = content;
    for (const told of this.listeners) told(content);
  }
  subscribe(_: string, told: (content: Content) => void): () => void {
    this.listeners.push(told);
    return () => void this.listeners.splice(this.listeners.indexOf(told), 1);
  }
}

const machine = (kept = pretendStorage()) => new PrefsStore(kept);

const open = async (prefs: PrefsStore, account: Account, who = "@petrova:x") => {
  const stop = new ProfileKeys(prefs, account, who).start();
  await vi.advanceTimersByTimeAsync(0);
  return stop;
};

const bindings = (prefs: PrefsStore) => prefs.prefs.get().bindings;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("keys that were chosen at one machine work at another, at once", async () => {
  const account = new Account();
  const [desk, home] = [machine(), machine()];
  await open(desk, account);
  await open(home, account);
  expect(account.writes).toBe(0);
  desk.change({ bindings: OWN });
  await vi.advanceTimersByTimeAsync(0);
  expect([account.content, bindings(home)]).toEqual([{ bindings: OWN, singleKeys: true }, OWN]);
  const later = machine();
  await open(later, account);
  expect([bindings(later), account.writes]).toEqual([OWN, 1]);
  later.change({ bindings: {}, singleKeys: false });
  await vi.advanceTimersByTimeAsync(0);
  expect([bindings(desk), desk.prefs.get().singleKeys]).toEqual([{}, false]);
});

it("what was chosen before accounts had them goes there, once", async () => {
  const account = new Account();
  const desk = machine();
  desk.change({ bindings: OWN });
  await open(desk, account);
  expect([account.content, account.writes]).toEqual([{ bindings: OWN, singleKeys: true }, 1]);
});

it("who sits down at a colleague's machine has none of the colleague's keys", async () => {
  const kept = pretendStorage();
  const petrova = new Account();
  const stop = await open(machine(kept), petrova);
  stop();
  const desk = machine(kept);
  desk.change({ bindings: OWN });
  const sokolov = new Account();
  await open(desk, sokolov, "@sokolov:x");
  expect([bindings(desk), sokolov.content]).toEqual([{}, null]);
});

it("what did not arrive is sent again, and the latest is what arrives", async () => {
  const account = new Account();
  const desk = machine();
  await open(desk, account);
  account.isDown = true;
  desk.change({ bindings: OWN });
  await vi.advanceTimersByTimeAsync(0);
  desk.change({ bindings: OTHER });
  await vi.advanceTimersByTimeAsync(0);
  account.isDown = false;
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect([account.content, account.writes]).toEqual([{ bindings: OTHER, singleKeys: true }, 1]);
});

it("an account that is not reached when the desk opens is read later, and what was pressed meanwhile stands", async () => {
  const account = new Account({ bindings: OTHER });
  account.isDown = true;
  const desk = machine();
  await open(desk, account);
  desk.change({ bindings: OWN });
  account.isDown = false;
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect([bindings(desk), account.content]).toEqual([OWN, { bindings: OWN, singleKeys: true }]);
});

it("what makes no sense in the account is left out", async () => {
  const desk = machine();
  await open(desk, new Account({ bindings: { a: { chords: [] }, ...OWN }, singleKeys: "no" }));
  expect([bindings(desk), desk.prefs.get().singleKeys]).toEqual([OWN, true]);
});
