import { ApiProblem } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { daysFrom, fitted, partsOf, refusalOf, SOON, windowOf } from "./model.ts";

const ZONE = "Asia/Yekaterinburg";
/** 17:10 there. */
const NOW = Date.parse("2026-11-28T12:10:00Z");

it("offers what is left of today, and whole days after it", () => {
  expect(daysFrom(NOW, ZONE).slice(0, 2)).toEqual(["2026-11-28", "2026-11-29"]);
  expect(partsOf("2026-11-28", NOW, ZONE).map(({ id }) => id)).toEqual(["15:00-18:00", "18:00-21:00"]);
  expect(partsOf("2026-11-29", NOW, ZONE)).toHaveLength(4);
});

it("late in the evening begins with tomorrow, by the patient's clock", () => {
  expect(daysFrom(Date.parse("2026-11-28T16:00:00Z"), ZONE)[0]).toBe("2026-11-29");
  expect(daysFrom(Date.parse("2026-11-28T19:30:00Z"), ZONE)[0]).toBe("2026-11-29");
});

/** A clinic in Moscow, two hours behind: Saturday 8:30 to 17:30 of its clock, then Monday. */
const HOURS = {
  times: [
    { start: "2026-11-28T05:30:00Z", end: "2026-11-28T14:30:00Z" },
    { start: "2026-11-30T05:30:00Z", end: "2026-11-30T14:30:00Z" },
  ],
};

it("offers only what lies in the queue's hours, by the patient's clock", () => {
  expect(daysFrom(NOW, ZONE, HOURS)).toEqual(["2026-11-28", "2026-11-30"]);
  expect(partsOf("2026-11-28", NOW, ZONE, HOURS).map(({ id }) => id)).toEqual(["15:00-18:00", "18:00-19:30"]);
  expect(partsOf("2026-11-29", NOW, ZONE, HOURS)).toEqual([]);
  expect(partsOf("2026-11-30", NOW, ZONE, HOURS).map(({ id }) => id)).toEqual([
    "10:30-12:00",
    "12:00-15:00",
    "15:00-18:00",
    "18:00-19:30",
  ]);
  expect(daysFrom(NOW, ZONE, { times: [] })).toEqual([]);
});

it("cuts hours that cross the patient's midnight by his days, and leaves no scrap of a part", () => {
  const night = { times: [{ start: "2026-11-29T15:30:00Z", end: "2026-11-29T22:20:00Z" }] };
  const ids = (day: string) => partsOf(day, NOW, ZONE, night).map(({ id }) => id);
  expect(ids("2026-11-29")).toEqual(["20:30-24:00"]);
  expect(ids("2026-11-30")).toEqual(["00:00-03:20"]);
  expect(windowOf({ day: "2026-11-29", part: "20:30-24:00" })).toEqual({
    start: "2026-11-29T20:30",
    end: "2026-11-30T00:00",
  });
});

it("another queue keeps of a wish what its hours allow", () => {
  const wish = { day: "2026-11-30", part: "12:00-15:00" };
  expect(fitted(wish, NOW, ZONE, HOURS)).toEqual(wish);
  expect(fitted({ ...wish, part: "09:00-12:00" }, NOW, ZONE, HOURS)).toEqual({ ...wish, part: null });
  expect(fitted({ ...wish, day: "2026-11-29" }, NOW, ZONE, HOURS)).toEqual(SOON);
});

it("writes a window in local time, and none for as soon as possible", () => {
  expect(windowOf(SOON)).toBeUndefined();
  expect(windowOf({ day: "2026-11-29", part: null })).toBeNull();
  expect(windowOf({ day: "2026-11-29", part: "09:00-12:00" })).toEqual({
    start: "2026-11-29T09:00",
    end: "2026-11-29T12:00",
  });
});

it("leads to the call-back that is open already, and names the field that is wrong", () => {
  const open = new ApiProblem("conflict", 409, "", { callback_id: "b1" });
  expect(refusalOf(open)).toEqual({ kind: "open-already", callbackId: "b1" });
  const field = (name: string) =>
    new ApiProblem("invalid", 422, "", { errors: [{ field: name, message: "" }] });
  expect(refusalOf(field("phone"))).toEqual({ kind: "phone" });
  expect(refusalOf(field("window"))).toEqual({ kind: "time" });
  const closed = new ApiProblem("outside-hours", 422, "", { errors: [{ field: "window", message: "" }] });
  expect(refusalOf(closed)).toEqual({ kind: "time" });
  expect(refusalOf(new ApiProblem("offline", 0, ""))).toEqual({
    kind: "failed",
    key: "callback.refusal.offline",
  });
  expect(refusalOf(new Error("anything"))).toEqual({ kind: "failed", key: "callback.refusal.failed" });
});
