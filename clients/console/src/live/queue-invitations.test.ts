import { ApiProblem, type QueueInvitation } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { ago, NOON } from "../../testing/rows.ts";
import { askedInto, askingMe, inVain, missedBy, standsYet } from "./queue-invitations.ts";

function invitation(change: Partial<QueueInvitation> & { id: string }): QueueInvitation {
  return {
    consultation_id: "c1",
    queue: { id: "psychologist", name: "Psychologist" },
    service: { id: "therapist", name: "Therapist" },
    role: "consultant",
    by: { id: "petrova", name: "Dr. Petrova" },
    made_at: ago(60),
    expires_at: ago(-60),
    state: "open",
    accepted_by: null,
    asked: 2,
    declined: 0,
    ...change,
  };
}

const ids = (items: readonly QueueInvitation[]) => items.map(({ id }) => id);

describe("invitations of whoever serves a queue", () => {
  const all = [
    invitation({ id: "later", made_at: ago(10) }),
    invitation({ id: "first" }),
    invitation({ id: "mine", by: { id: "orlova", name: "Orlova" } }),
    invitation({ id: "elsewhere", by: { id: "orlova", name: "Orlova" }, consultation_id: "c2" }),
    invitation({ id: "declined", by: { id: "orlova", name: "Orlova" }, state: "declined" }),
    invitation({ id: "came", by: { id: "orlova", name: "Orlova" }, state: "accepted" }),
    invitation({ id: "taken-back", state: "taken_back" }),
  ];

  it("ask those who are asked, the oldest first", () => {
    expect(ids(askingMe(all, "orlova"))).toEqual(["first", "later"]);
  });

  it("are told to who asked: what stands, and what was in vain", () => {
    expect(ids(askedInto(all, "c1", "orlova"))).toEqual(["mine"]);
    expect(ids(inVain(all, "orlova"))).toEqual(["declined"]);
    expect(inVain(all, "petrova")).toEqual([]);
  });

  it("tell who was too late why, and stand where it is not said", () => {
    const over = (became: string) =>
      missedBy(new ApiProblem("queue-invitation-over", 409, "", { queue_invitation: became }));
    for (const why of ["expired", "declined", "taken_back", "over"]) expect(over(why)).toEqual({ why });
    expect(over("something new")).toEqual({ why: "over" });
    const taken = new ApiProblem("taken", 409, "", { taken_by: { id: "o", name: "Ms Orlova" } });
    expect(missedBy(taken)).toEqual({ why: "taken", name: "Ms Orlova" });
    for (const slug of ["conflict", "offline", "not-found"] as const)
      expect(missedBy(new ApiProblem(slug, 409, "At most 8 operators take part."))).toBeNull();
    expect(missedBy(new Error("no network"))).toBeNull();
  });

  it("stand for what is left, and as long as ever where this machine's clock is wrong", () => {
    const one = invitation({ id: "a" });
    expect(standsYet(one, NOON)).toBe(60_000);
    expect(standsYet(one, NOON + 3_600_000)).toBe(120_000);
    expect(standsYet(one, NOON - 3_600_000)).toBe(120_000);
  });
});
