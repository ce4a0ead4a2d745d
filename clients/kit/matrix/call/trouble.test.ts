import { afterEach, expect, test, vi } from "vitest";
import { DeviceError, troubleOf } from "./trouble.ts";

afterEach(() => vi.unstubAllGlobals());

test("what browsers throw becomes what a person can do", () => {
  const named = (name: string) => troubleOf(new DOMException("x", name));
  expect(
    ["NotAllowedError", "NotFoundError", "OverconstrainedError", "NotReadableError", "AbortError"].map(named),
  ).toEqual(["denied", "absent", "absent", "busy", "busy"]);
  expect(troubleOf(new DeviceError("busy"))).toBe("busy");
  expect([named("OddError"), troubleOf(null), troubleOf("x")]).toEqual(["unknown", "unknown", "unknown"]);
});

test("a page that is not served safely is named before anything else", () => {
  vi.stubGlobal("isSecureContext", false);
  expect(troubleOf(new TypeError("undefined is not a function"))).toBe("insecure");
});
