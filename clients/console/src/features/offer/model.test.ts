import { expect, it } from "vitest";
import { row } from "../../../testing/rows.ts";
import { offerTo, remaining, secondsLeft } from "./model.ts";

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

it("goes by this machine's clock unless that is wrong", () => {
  const offer = { until: Date.parse("2026-11-28T10:00:30Z"), length: 30_000 };
  expect(remaining(offer, offer.until - 12_000)).toBe(12_000);
  expect(remaining(offer, offer.until - 3_600_000)).toBe(30_000);
  expect(remaining(offer, offer.until + 3_600_000)).toBe(30_000);
});

it("counts down and not below nothing", () => {
  const until = Date.parse("2026-11-28T10:00:20Z");
  expect(secondsLeft(until, until - 19_001)).toBe(20);
  expect(secondsLeft(until, until + 5_000)).toBe(0);
});
