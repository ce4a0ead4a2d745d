import type { SecretRelease } from "@consilium/kit/api";
import { beforeEach, expect, it } from "vitest";
import { forgetSeen, markSeen, unseenRelease } from "./seen.ts";

const ME = { userId: "@anna:x", deviceId: "MINE" };

const release = (device_id: string, minute: number): SecretRelease => ({
  id: `${device_id}${minute}`,
  device_id,
  device_name: "Firefox, Linux",
  at: `2026-01-01T10:${String(minute).padStart(2, "0")}:00Z`,
});

beforeEach(() => localStorage.clear());

it("tells of a sign-in on another device until it was shown", () => {
  expect(unseenRelease([release("MINE", 1)], ME)).toBeNull();
  const later = [release("OTHER", 2), release("MINE", 1)];
  expect(unseenRelease(later, ME)?.device_id).toBe("OTHER");
  expect(unseenRelease(later, ME)?.device_id).toBe("OTHER");
  markSeen(ME.userId, later[0]?.at ?? "");
  expect(unseenRelease(later, ME)).toBeNull();
  expect(unseenRelease([release("THIRD", 3), ...later], ME)?.device_id).toBe("THIRD");
});

it("says nothing of this device itself, nor of what was before it", () => {
  expect(unseenRelease([release("MINE", 5), release("OLD", 1)], ME)).toBeNull();
  expect(unseenRelease([release("MINE", 6), release("MINE", 5), release("OLD", 1)], ME)).toBeNull();
});

it("hears of the first sign-in elsewhere even when the list was empty at first", () => {
  expect(unseenRelease([], ME)).toBeNull();
  expect(unseenRelease([release("OTHER", 2)], ME)?.device_id).toBe("OTHER");
});

it("compares times, not their spelling", () => {
  markSeen(ME.userId, "2026-01-01T10:02:00Z");
  expect(unseenRelease([{ ...release("OTHER", 2), at: "2026-01-01T10:02:00.5Z" }], ME)?.device_id).toBe(
    "OTHER",
  );
});

it("leaves nothing behind after a sign-out", () => {
  unseenRelease([release("MINE", 1)], ME);
  forgetSeen(ME.userId);
  expect(localStorage.length).toBe(0);
});
