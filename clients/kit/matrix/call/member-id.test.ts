import { expect, it } from "vitest";
import { memberIdOf } from "./member-id.ts";

const waited = (memberId: string | null) => ({ memberId, close: () => undefined });

it("is a fresh one for each call by sticky events, and none by state events", () => {
  const [one, other] = [memberIdOf({ sticky: true }), memberIdOf({ sticky: true })];
  expect(one).toMatch(/^[0-9a-f-]{36}$/);
  expect(one).not.toBe(other);
  expect([memberIdOf({}), memberIdOf({ sticky: false })]).toEqual([null, null]);
});

it("is the one that the device waited with", () => {
  expect(memberIdOf({ sticky: true, standBy: waited("waits") })).toBe("waits");
  expect(memberIdOf({ standBy: waited(null) })).toBeNull();
});

it("is none of who only listens: in the room he may say that he is there by its state alone", () => {
  expect(memberIdOf({ sticky: true, listens: true })).toBeNull();
});
