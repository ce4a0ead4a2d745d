import { ApiProblem } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { daysFrom, partsOf, phoneOf, refusalOf, SOON, windowOf } from "./model.ts";

const ZONE = "Asia/Yekaterinburg";
/** 17:10 there. */
const NOW = Date.parse("2026-11-28T12:10:00Z");

it("offers what is left of today, and whole days after it", () => {
  expect(daysFrom(NOW, ZONE).slice(0, 2)).toEqual(["2026-11-28", "2026-11-29"]);
  expect(partsOf("2026-11-28", NOW, ZONE).map(({ id }) => id)).toEqual(["afternoon", "evening"]);
  expect(partsOf("2026-11-29", NOW, ZONE)).toHaveLength(4);
});

it("late in the evening begins with tomorrow, by the patient's clock", () => {
  expect(daysFrom(Date.parse("2026-11-28T16:00:00Z"), ZONE)[0]).toBe("2026-11-29");
  expect(daysFrom(Date.parse("2026-11-28T19:30:00Z"), ZONE)[0]).toBe("2026-11-29");
});

it("writes a window in local time, and none for as soon as possible", () => {
  expect(windowOf(SOON)).toBeUndefined();
  expect(windowOf({ day: "2026-11-29", part: null })).toBeNull();
  expect(windowOf({ day: "2026-11-29", part: "morning" })).toEqual({
    start: "2026-11-29T09:00",
    end: "2026-11-29T12:00",
  });
});

it("reads a number as people write it", () => {
  expect(phoneOf("8 (912) 345-67-89")).toBe("+79123456789");
  expect(phoneOf("345-67-89")).toBeNull();
});

it("leads to the call-back that is open already, and names the field that is wrong", () => {
  const open = new ApiProblem("conflict", 409, "", { callback_id: "b1" });
  expect(refusalOf(open)).toEqual({ kind: "open-already", callbackId: "b1" });
  const field = (name: string) =>
    new ApiProblem("invalid", 422, "", { errors: [{ field: name, message: "" }] });
  expect(refusalOf(field("phone"))).toEqual({ kind: "phone" });
  expect(refusalOf(field("window"))).toEqual({ kind: "time" });
  expect(refusalOf(new ApiProblem("offline", 0, ""))).toEqual({
    kind: "failed",
    key: "callback.refusal.offline",
  });
  expect(refusalOf(new Error("anything"))).toEqual({ kind: "failed", key: "callback.refusal.failed" });
});
