import type { Conversation } from "@consilium/kit/api";
import type { CallEnd } from "@consilium/kit/calls";
import { describe, expect, it } from "vitest";
import { deviceState, namesOf, roundTrip, SENTENCES, wayOn } from "./model.ts";

describe("what is left to do after a call", () => {
  const after = (why: CallEnd) =>
    (["staff", "patient"] as const).map((caller_side) => wayOn({ caller_side }, why));

  it("asks to be called back after a call that was missed, and calls again where one called oneself", () => {
    expect(after("missed")).toEqual(["call-me-back", "call-again"]);
    expect(after("busy")).toEqual(["call-me-back", "call-again"]);
    expect(after("lost")).toEqual(["call-again", "call-again"]);
  });

  it("offers nothing to one who declined or gave up himself", () => {
    expect(after("declined")).toEqual([null, "call-again"]);
    expect(after("cancelled")).toEqual(["call-me-back", null]);
  });

  it("leaves a call that came to its end alone", () => {
    for (const why of ["completed", "elsewhere", "removed"] as const)
      expect(after(why)).toEqual([null, null]);
  });
});

it("names those who speak in the consultation of the call, not those who watch, and nobody of another", () => {
  const conversation = {
    id: "v1",
    open_consultation: {
      id: "c1",
      participants: [
        { operator_id: "1", name: "Dr Petrova", role: "lead", joined_at: "", invited_by: null },
        { operator_id: "2", name: "Dr Sokolov", role: "observer", joined_at: "", invited_by: null },
      ],
    },
  } as Conversation;
  expect(namesOf([conversation], "c1")).toEqual(["Dr Petrova"]);
  expect(namesOf([conversation], "c2")).toEqual([]);
  expect(namesOf([{ ...conversation, open_consultation: null }], "c1")).toEqual([]);
});

it("every sentence to decline with is one that the service knows, and none is «without a reason»", () => {
  expect(new Set(SENTENCES).size).toBe(4);
  expect(SENTENCES).not.toContain("none");
});

describe("a test of the device", () => {
  it("says how a device did once that is known", () => {
    expect(deviceState({ state: "asking", trouble: null })).toBeNull();
    expect(deviceState({ state: "off", trouble: null })).toBeNull();
    expect(deviceState({ state: "on", trouble: null })).toBe("works");
    expect(deviceState({ state: "off", trouble: "denied" })).toBe("denied");
    expect(deviceState({ state: "off", trouble: "insecure" })).toBe("failed");
  });

  it("measures the way to the service by the middle one of three", async () => {
    const times = [0, 500, 500, 540, 600, 690];
    expect(
      await roundTrip(
        async () => undefined,
        () => times.shift() ?? 0,
      ),
    ).toBe(90);
    expect(
      await roundTrip(
        () => Promise.reject(new Error("offline")),
        () => 0,
      ),
    ).toBeNull();
  });
});
