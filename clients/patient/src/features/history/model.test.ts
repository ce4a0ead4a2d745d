import type { Consultation } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { byMonth, leadsTo } from "./model.ts";

const at = (id: string, requested_at: string) => ({ id, requested_at }) as Consultation;

it("groups by month, newest first", () => {
  const groups = byMonth([
    at("a", "2026-10-05T12:00:00Z"),
    at("b", "2026-11-20T12:00:00Z"),
    at("c", "2026-11-02T12:00:00Z"),
  ]);
  expect(groups.map((group) => group.items.map(({ id }) => id))).toEqual([["b", "c"], ["a"]]);
});

it("leads to what can be read", () => {
  expect(leadsTo({ phase: "archived" })).toBe("record");
  expect(leadsTo({ phase: "on_hold" })).toBe("conversation");
  expect(leadsTo({ phase: "cancelled" })).toBeNull();
});
