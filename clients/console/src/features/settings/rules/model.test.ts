import type { RuleSettings } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { atEvent, doesNothing, EVENTS, mayWait, newRule, wrongRule } from "./model.ts";

const NAMES = { en: "At night", ru: "Ночью" };

function rule(
  change: Partial<RuleSettings["conditions"]> = {},
  actions: Partial<RuleSettings["actions"]> = {},
): RuleSettings {
  const fresh = newRule(NAMES);
  return {
    ...fresh,
    conditions: { ...fresh.conditions, ...change },
    actions: { ...fresh.actions, ...actions },
  };
}

function wrong(of: RuleSettings): Record<string, string> {
  const found = new Map<string, string>();
  wrongRule(of, ["en", "ru"], found);
  return Object.fromEntries(found);
}

describe("a rule at another event", () => {
  it("loses what does not go with it", () => {
    const whole = rule(
      { tags: ["t"], red_flag: true, waited_minutes: 5, queues: ["general"] },
      { add_tags: ["t"], move_to: "dental", raise_priority_to: 5, note: "n" },
    );
    const closed = atEvent(whole, "consultation.closed");
    expect(closed.actions).toMatchObject({
      add_tags: ["t"],
      move_to: null,
      raise_priority_to: null,
      note: "n",
    });
    const callback = atEvent(whole, "callback.overdue");
    expect(callback.conditions).toMatchObject({
      tags: [],
      red_flag: null,
      waited_minutes: null,
      queues: ["general"],
    });
    expect(callback.actions).toMatchObject({ add_tags: [], move_to: null, note: "n" });
  });

  it("has a silence where one ends, and only there", () => {
    const silent = atEvent(rule(), "consultation.silence_ended");
    expect(silent.conditions.silent_minutes).toBe(1440);
    expect(atEvent(silent, "consultation.taken").conditions.silent_minutes).toBeNull();
  });

  it("is never wrong because of the event alone", () => {
    const whole = rule({ tags: ["t"], red_flag: false }, { add_tags: ["t"], move_to: "dental" });
    for (const event of EVENTS) expect(wrong(atEvent(whole, event)), event).toEqual({});
  });
});

describe("what is wrong with a rule before it is sent", () => {
  it("is nothing where it is whole", () => {
    expect(wrong(rule())).toEqual({});
    expect(EVENTS.filter(mayWait)).toHaveLength(11);
  });

  it("is named by its field", () => {
    const idle = rule({}, { alarm: false });
    expect([doesNothing(idle), wrong(idle)]).toEqual([true, { actions: "oneAction" }]);
    expect(wrong({ ...rule(), name: { en: "A", ru: " " } })).toEqual({ "name.ru": "needed" });
    expect(wrong(rule({ waited_minutes: 0 }))).toEqual({ "conditions.waited_minutes": "atLeastOne" });
    expect(wrong(rule({}, { raise_priority_to: 101 }))).toEqual({
      "actions.raise_priority_to": "oneToHundred",
    });
    expect(wrong(rule({}, { note: "  " }))).toEqual({ "actions.note": "needed" });
    const both = rule({}, { add_tags: ["t"], remove_tags: ["t"] });
    expect(wrong(both)).toEqual({ "actions.remove_tags": "onAndOff" });
    const silent = atEvent(rule(), "consultation.silence_ended");
    const never = { ...silent, conditions: { ...silent.conditions, silent_minutes: 0 } };
    expect(wrong(never)).toEqual({ "conditions.silent_minutes": "atLeastOne" });
  });
});
