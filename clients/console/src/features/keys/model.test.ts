import { describe, expect, it } from "vitest";
import { afterSetUp, afterUnlock, firstStep, grouped } from "./model.ts";

describe("the steps", () => {
  it("begin where the keys stand", () => {
    expect(firstStep("absent").step).toBe("explain");
    expect(firstStep("locked").step).toBe("unlock");
    expect(firstStep("ready").step).toBe("done");
  });

  it("show the key once it exists, and stay where it failed", () => {
    expect(afterSetUp("explain", { ok: true, recoveryKey: "EsT1" })).toEqual({
      step: "show",
      recoveryKey: "EsT1",
    });
    expect(afterSetUp("replace", { ok: false, reason: "wrong-password" })).toEqual({
      step: "replace",
      failure: "wrong-password",
    });
    expect(afterUnlock("wrong-key")).toEqual({ step: "unlock", failure: "wrong-key" });
    expect(afterUnlock("unlocked")).toEqual({ step: "done" });
  });
});

it("a key is written in groups of four", () => {
  expect(grouped("EsTc 5rr2Y9")).toEqual(["EsTc", "5rr2", "Y9"]);
});
