import type { MergeCard, MergePreview } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { chosen, isReason, newMerge, outcome, sameFields } from "./merge.ts";

const counts = {
  accounts: 1,
  consultations: 0,
  open_consultations: 0,
  callbacks: 0,
  persons: 0,
  consents: 0,
  notes: 0,
  files: 0,
  holds: 0,
};

function card(change: Partial<MergeCard> & { patient_id: string }): MergeCard {
  return {
    user_id: `@${change.patient_id}:demo.test`,
    name: "Anna",
    birth_date: null,
    sex: "female",
    phone: null,
    email: null,
    insurance: null,
    external_id: null,
    created_at: "2026-01-01T00:00:00Z",
    ...change,
  };
}

const preview: MergePreview = {
  leading: { card: card({ patient_id: "a", phone: "+71" }), counts },
  merged: { card: card({ patient_id: "b", phone: "+72", birth_date: "1980-01-02" }), counts },
  differing: ["birth_date", "phone"],
  suggested: ["birth_date"],
  obstacle: null,
  seen: "v",
};

describe("two cards of one human", () => {
  it("say alike what does not differ and is said at all", () => {
    expect(sameFields(preview)).toEqual(["name", "sex"]);
  });

  it("give each field from where it was chosen", () => {
    const taken = chosen(preview.suggested, "phone", "merged");
    const shown = { patient_id: "a", phone: "+72", birth_date: "1980-01-02" };
    expect(outcome(preview, taken)).toMatchObject(shown);
    expect(chosen(taken, "birth_date", "leading")).toEqual(["phone"]);
    expect(outcome(preview, []).phone).toBe("+71");
  });

  it("are merged as they were seen, with what differs and no more", () => {
    expect(newMerge(preview, ["phone", "name"], "  why ", "r")).toEqual({
      merged_id: "b",
      taken: ["phone"],
      reason: "why",
      seen: "v",
      request_id: "r",
    });
  });

  it("need a reason", () => {
    expect([" ", "why", "x".repeat(501)].map(isReason)).toEqual([false, true, false]);
  });
});
