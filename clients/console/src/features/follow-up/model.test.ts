import { describe, expect, it } from "vitest";
import { followUp } from "../../../testing/rows.ts";
import {
  asLocal,
  changeOf,
  fromLocal,
  lacksMessage,
  newOf,
  ownerOf,
  presetAt,
  viewOf,
  wrongTime,
} from "./model.ts";

const at = (hours: number, minutes = 0) => new Date(2026, 10, 24, hours, minutes);

describe("a time that is offered", () => {
  const offered = (preset: Parameters<typeof presetAt>[0], now: Date) => {
    const time = presetAt(preset, now.getTime());
    return time === null ? null : asLocal(time);
  };

  it("is one of the own clock", () => {
    expect(offered("hour", at(10, 20))).toBe("2026-11-24T11:20");
    expect(offered("evening", at(10))).toBe("2026-11-24T18:00");
    expect(offered("tomorrow", at(23))).toBe("2026-11-25T09:00");
    expect(offered("week", at(10))).toBe("2026-12-01T09:00");
    expect(offered("month", at(10))).toBe("2026-12-24T09:00");
  });

  it("is none where the evening is here", () => {
    expect(offered("evening", at(17, 30))).toBeNull();
    expect(offered("evening", at(20))).toBeNull();
  });
});

describe("the form", () => {
  const form = { at: "2026-11-25T09:00", owner: "operator:o1", note: "  Call  ", message: null };

  it("is wrong without a time to come", () => {
    expect(wrongTime(form, at(10).getTime())).toBeNull();
    expect(wrongTime({ ...form, at: "" }, at(10).getTime())).toBe("time");
    expect(wrongTime({ ...form, at: "2026-11-24T09:00" }, at(10).getTime())).toBe("past");
    expect([fromLocal("soon"), fromLocal("")]).toEqual([null, null]);
  });

  it("makes one for a colleague, or for a queue", () => {
    const about = { patientId: "p", consultationId: null };
    const made = newOf(form, about, "r");
    expect([made.note, made.operator_id, made.queue_id, made.request_id]).toEqual([
      "Call",
      "o1",
      undefined,
      "r",
    ]);
    expect(made.due_at).toBe(new Date(2026, 10, 25, 9).toISOString());
    const shared = newOf(
      { ...form, owner: "queue:therapist", note: " " },
      { ...about, consultationId: "c" },
      "r",
    );
    expect([shared.note, shared.operator_id, shared.queue_id, shared.consultation_id]).toEqual([
      null,
      null,
      "therapist",
      "c",
    ]);
  });

  it("changes only what is different", () => {
    const known = followUp({ version: 3, note: "Call" });
    const same = { at: asLocal(new Date(known.due_at)), owner: ownerOf(known), note: "Call", message: null };
    expect(changeOf(same, known)).toEqual({ version: 3 });
    expect(changeOf({ ...same, note: "" }, known)).toEqual({ version: 3, note: null });
    expect(changeOf({ ...same, owner: "queue:dentist" }, known)).toEqual({
      version: 3,
      operator_id: null,
      queue_id: "dentist",
    });
    expect(changeOf({ ...same, owner: "operator:o2" }, known)).toEqual({ version: 3, operator_id: "o2" });
    expect(changeOf({ ...same, at: form.at }, known).due_at).toBe(new Date(2026, 10, 25, 9).toISOString());
  });
});

describe("a message to the patient", () => {
  const at = "2026-11-25T09:00";
  const form = { at, owner: "operator:o1", note: "", message: " How are you? " };
  const due_at = new Date(2026, 10, 25, 9).toISOString();
  const of = (state: "planned" | "leaving" | "sent" | "failed") =>
    followUp({ version: 3, note: null, due_at, message: { text: "How are you?", state, at: null } });
  const about = { patientId: "p", consultationId: null };

  it("is sent with what is made, and needs words", () => {
    expect(newOf(form, about, "r").message).toBe("How are you?");
    expect("message" in newOf({ ...form, message: null }, about, "r")).toBe(false);
    expect([lacksMessage(form), lacksMessage({ ...form, message: " " })]).toEqual([false, true]);
    expect(lacksMessage({ ...form, message: null })).toBe(false);
  });

  it("is changed and taken back while it waits", () => {
    expect(changeOf(form, of("planned"))).toEqual({ version: 3 });
    expect(changeOf({ ...form, message: "Hello" }, of("planned"))).toEqual({ version: 3, message: "Hello" });
    expect(changeOf({ ...form, message: null }, of("planned"))).toEqual({ version: 3, message: null });
    expect(changeOf({ ...form, message: null }, followUp({ ...of("planned"), message: null }))).toEqual({
      version: 3,
    });
  });

  it("is left alone when it has left, and tried anew when it could not be sent", () => {
    for (const state of ["leaving", "sent"] as const) {
      expect(changeOf({ ...form, message: null }, of(state))).toEqual({ version: 3 });
    }
    expect(changeOf(form, of("failed"))).toEqual({ version: 3, message: "How are you?" });
  });
});

it("a view stands in the address, or is one's own", () => {
  expect([viewOf("ended"), viewOf(undefined), viewOf("nonsense")]).toEqual(["ended", "mine", "mine"]);
});
