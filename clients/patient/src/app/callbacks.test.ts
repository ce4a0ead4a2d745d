import { callbackSample } from "@consilium/kit/testing";
import { expect, it } from "vitest";
import { callbackIn, canMove, offerOf, openCallbacks, titleKey, whenLine } from "./callbacks.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");

it("offers nothing where an older list says nothing of call-backs", () => {
  expect(offerOf({})).toEqual({ available: false, offered: false, reason: null });
});

it("shows that which rings before that which is due", () => {
  const open = openCallbacks([
    callbackSample({ id: "a", due_at: "2026-11-28T13:00:00Z" }),
    callbackSample({ id: "b", due_at: "2026-11-28T15:00:00Z", phase: "calling" }),
    callbackSample({ id: "c", phase: "archived", ending: "done", outcome: "answered" }),
  ]);
  expect(open.map(({ id }) => id)).toEqual(["b", "a"]);
  expect(callbackIn(open, "nowhere")).toBeNull();
});

it("names the operator once one has it", () => {
  expect(titleKey(callbackSample())).toBe("callback.title.new");
  const operator = { id: "o1", name: "Irina Petrova" };
  expect(titleKey(callbackSample({ phase: "taken", operator }))).toBe("callback.title.taken");
  expect(titleKey(callbackSample({ phase: "archived", ending: "done", outcome: "not_reached" }))).toBe(
    "callback.title.not_reached",
  );
  expect(titleKey(callbackSample({ phase: "archived", ending: "cancelled" }))).toBe(
    "callback.title.cancelled",
  );
});

it("says when, and honestly when it is late", () => {
  const window = { start: "2026-11-28T13:00:00Z", end: "2026-11-28T15:00:00Z" };
  const due_at = window.end;
  expect(whenLine(callbackSample({ window, due_at }), NOW)).toEqual({ kind: "window", ...window });
  expect(whenLine(callbackSample({ due_at }), NOW)).toEqual({ kind: "soon", until: due_at });
  expect(whenLine(callbackSample({ due_at: "2026-11-28T11:00:00Z" }), NOW)).toEqual({ kind: "late" });
  const again_at = "2026-11-28T12:30:00Z";
  expect(whenLine(callbackSample({ phase: "no_answer", again_at, due_at }), NOW)).toEqual({
    kind: "again",
    at: again_at,
  });
});

it("is moved until somebody calls", () => {
  expect(canMove({ phase: "taken" })).toBe(true);
  expect(canMove({ phase: "calling" })).toBe(false);
});
