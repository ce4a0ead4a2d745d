import type { LeavingConsultation } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { beats, choiceOf, handOvers, type Wish, wrapUpSeconds } from "./model.ts";

const led = (id: string, change: Partial<LeavingConsultation> = {}): LeavingConsultation => ({
  consultation_id: id,
  patient: { id: "p", name: "Anna", age: null, sex: null },
  queue: { id: "therapist", name: "Therapist" },
  phase: "active",
  on_leave: "finish",
  choices: ["keep", "queue"],
  colleague: null,
  in_call: false,
  ...change,
});

it("counts the wrap-up after a call down to nothing", () => {
  const until = "2026-11-28T10:01:00Z";
  expect(wrapUpSeconds(until, Date.parse(until) - 41_500)).toBe(42);
  expect(wrapUpSeconds(until, Date.parse(until) + 1)).toBe(0);
  expect(wrapUpSeconds(null, 0)).toBe(0);
});

it("is alive for the desk while one works, and after that as long as one leads something", () => {
  expect([
    beats(null, true),
    beats("online", false),
    beats("offline", false),
    beats("offline", true),
  ]).toEqual([false, true, false, true]);
});

it("does what the rule says unless something else was chosen that it allows", () => {
  const one = led("c1");
  expect(choiceOf(one, new Map())).toBe("keep");
  expect(choiceOf(one, new Map<string, Wish>([["c1", { choice: "queue", note: "" }]]))).toBe("queue");
  expect(choiceOf(one, new Map<string, Wish>([["c1", { choice: "colleague", note: "" }]]))).toBe("keep");
});

it("tells the service what was shown, and a note only where somebody goes on with it", () => {
  const all = [led("c1"), led("c2"), led("c3", { choices: ["queue"] })];
  const wishes = new Map<string, Wish>([
    ["c1", { choice: "queue", note: " Look at the tooth. " }],
    ["c2", { choice: "keep", note: "nobody reads this" }],
  ]);
  expect(handOvers(all, wishes)).toEqual([
    { consultation_id: "c1", choice: "queue", note: "Look at the tooth." },
    { consultation_id: "c2", choice: "keep" },
    { consultation_id: "c3", choice: "queue" },
  ]);
});
