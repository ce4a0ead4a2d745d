import { expect, it } from "vitest";
import { followUp } from "../../testing/rows.ts";
import { concerns, told } from "./follow-ups.ts";

const ME = { id: "o1", queues: ["therapist"] };
const changed = (operator_id: string | null, queue_id: string) => ({
  follow_up_id: "f",
  patient_id: "p",
  operator_id,
  queue_id,
});

it("a follow-up is heard of by its owner, or by who serves its queue", () => {
  expect(concerns(changed("o1", "dentist"), ME, [])).toBe(true);
  expect(concerns(changed(null, "therapist"), ME, [])).toBe(true);
  expect(concerns(changed("o2", "therapist"), ME, [])).toBe(false);
  expect(concerns(changed(null, "dentist"), ME, [])).toBe(false);
  expect(concerns(changed("o1", "dentist"), null, [])).toBe(true);
});

it("what was one's own and is a colleague's now goes from the list", () => {
  expect(concerns(changed("o2", "dentist"), ME, [followUp({ id: "f" })])).toBe(true);
});

it("of what is another's now nothing is told but its id", () => {
  expect(concerns({ follow_up_id: "f" }, ME, [followUp({ id: "f" })])).toBe(true);
  expect(concerns({ follow_up_id: "f" }, ME, [])).toBe(false);
});

it("a message that goes by itself is told to nobody", () => {
  const message = { text: "How are you?", state: "leaving" as const, at: null };
  const [alone, noted] = [followUp({ id: "a", note: null, message }), followUp({ id: "n", message })];
  expect(told({ items: [alone, noted], total: 5 })).toEqual({ items: [noted], total: 4 });
  const failed = followUp({ note: null, message: { ...message, state: "failed" } });
  expect(told({ items: [failed], total: 1 }).items).toEqual([failed]);
});
