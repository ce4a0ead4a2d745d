import { expect, it } from "vitest";
import { row } from "../../../testing/rows.ts";
import { offerTo, secondsLeft } from "./model.ts";

const offered = (id: string, to: string, until: string) =>
  row({ id, phase: "queued", offer: { to: { id: to, name: to }, since: "2026-11-28T09:59:50Z", until } });

it("shows what is offered to oneself, and first what ends first", () => {
  const rows = [
    offered("late", "o1", "2026-11-28T10:00:40Z"),
    offered("soon", "o1", "2026-11-28T10:00:20Z"),
    offered("other", "o2", "2026-11-28T10:00:01Z"),
    row({ id: "waits", phase: "queued", offer: null }),
  ];
  expect(offerTo(rows, "o1")).toMatchObject({ row: { id: "soon" }, length: 30_000 });
  expect(offerTo(rows, "o3")).toBeNull();
  expect(offerTo(rows, null)).toBeNull();
});

it("counts down and not below nothing", () => {
  const until = Date.parse("2026-11-28T10:00:20Z");
  expect(secondsLeft(until, until - 19_001)).toBe(20);
  expect(secondsLeft(until, until + 5_000)).toBe(0);
});
