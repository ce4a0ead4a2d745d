import { describe, expect, it } from "vitest";
import { row } from "../../testing/rows.ts";
import { mayTakeNow, offerSeen } from "./offers.ts";

const offer = {
  to: { id: "o1", name: "Dr. Petrova" },
  since: "2026-11-28T10:00:00Z",
  until: "2026-11-28T10:00:30Z",
};
const offered = row({ id: "a", offer });

describe("an offer", () => {
  it("is told to who is asked; to others that somebody is, to supervisors who", () => {
    expect(offerSeen(offered, { operatorId: "o1", isSupervisor: true })).toEqual({ kind: "mine" });
    expect(offerSeen(offered, { operatorId: "o2", isSupervisor: false })).toEqual({
      kind: "other",
      name: null,
    });
    const name = "Dr. Petrova";
    expect(offerSeen(offered, { operatorId: null, isSupervisor: true })).toEqual({ kind: "other", name });
    expect(offerSeen(row({ id: "a" }), { operatorId: "o1", isSupervisor: true })).toBeNull();
    expect(offerSeen({ ...offered, phase: "active" }, { operatorId: "o1", isSupervisor: true })).toBeNull();
  });

  it("can be taken only by who is asked, and what waits by anybody", () => {
    expect([mayTakeNow(offered, "o1"), mayTakeNow(offered, "o2"), mayTakeNow(offered, null)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(mayTakeNow(row({ id: "a" }), "o2")).toBe(true);
    expect(mayTakeNow(row({ id: "a", phase: "active" }), "o1")).toBe(false);
  });
});
