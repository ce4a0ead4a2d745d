import type { Consultation, Conversation, Service } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { firstName, greetingKey, openCards, serviceState, sortServices } from "./model.ts";

it("greets by the hour", () => {
  expect([3, 5, 12, 18, 23].map(greetingKey)).toEqual([
    "home.night",
    "home.morning",
    "home.day",
    "home.evening",
    "home.evening",
  ]);
  expect(firstName("  Анна Кузнецова ")).toBe("Анна");
});

it("shows the consultation with an operator before one that waits", () => {
  const conversation = (id: string, phase: Consultation["phase"], requested_at: string) =>
    ({ id, open_consultation: { id: `c-${id}`, phase, requested_at } }) as unknown as Conversation;
  const closed = { id: "c", open_consultation: null } as unknown as Conversation;
  const cards = openCards([
    conversation("a", "queued", "2026-11-25T10:00:00Z"),
    closed,
    conversation("b", "active", "2026-11-25T11:00:00Z"),
  ]);
  expect(cards.map((card) => card.conversationId)).toEqual(["b", "a"]);
});

it("says nobody on duty before anything is started", () => {
  expect(serviceState({ open: true, operators_online: 0 })).toBe("nobody");
  expect(serviceState({ open: false, operators_online: 3 })).toBe("closed");
  expect(serviceState({ open: true, operators_online: 2 })).toBe("on-duty");
});

it("puts open services first and keeps the partner's order", () => {
  const service = (id: string, open: boolean) => ({ id, open }) as Service;
  const sorted = sortServices([service("a", false), service("b", true), service("c", true)]);
  expect(sorted.map(({ id }) => id)).toEqual(["b", "c", "a"]);
});
