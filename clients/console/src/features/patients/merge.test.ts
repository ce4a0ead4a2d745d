import type { CustomField, FieldValue, MergeCard, MergePreview } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import {
  chosen,
  newMerge,
  outcome,
  ownDifferences,
  sameFields,
  sameOwnFields,
  suggestedChoice,
} from "./merge.ts";

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

function own(values: Readonly<Record<string, FieldValue | null>>): CustomField[] {
  return Object.entries(values).map(([id, value]) => ({
    id,
    name: id,
    type: "text",
    options: [],
    filled_by: "staff",
    value,
    required: false,
  }));
}

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
    fields: [],
    created_at: "2026-01-01T00:00:00Z",
    ...change,
  };
}

const preview: MergePreview = {
  leading: {
    card: card({
      patient_id: "a",
      phone: "+71",
      fields: own({ allergies: "pollen", branch: "river", contract: null, ward: null }),
    }),
    counts,
  },
  merged: {
    card: card({
      patient_id: "b",
      phone: "+72",
      birth_date: "1980-01-02",
      fields: own({ allergies: "penicillin", branch: "river", contract: "A-7", ward: null }),
    }),
    counts,
  },
  differing: ["birth_date", "phone"],
  suggested: ["birth_date"],
  differing_fields: ["allergies", "contract"],
  suggested_fields: ["contract"],
  dismissed: null,
  obstacle: null,
  seen: "v",
};

describe("two cards of one human", () => {
  it("say alike what does not differ and is said at all", () => {
    expect(sameFields(preview)).toEqual(["name", "sex"]);
    expect(sameOwnFields(preview).map(({ id }) => id)).toEqual(["branch"]);
  });

  it("say which of the brand's own fields differ, as each has them", () => {
    const said = ownDifferences(preview).map(({ id, leading, merged }) => [id, leading.value, merged.value]);
    expect(said).toEqual([
      ["allergies", "pollen", "penicillin"],
      ["contract", null, "A-7"],
    ]);
    expect(suggestedChoice(preview)).toEqual({ taken: ["birth_date"], takenFields: ["contract"] });
  });

  it("give each field from where it was chosen", () => {
    const taken = chosen(preview.suggested, "phone", "merged");
    const shown = { patient_id: "a", phone: "+72", birth_date: "1980-01-02" };
    expect(outcome(preview, taken)).toMatchObject(shown);
    expect(chosen(taken, "birth_date", "leading")).toEqual(["phone"]);
    expect(outcome(preview, []).phone).toBe("+71");
  });

  it("are merged as they were seen, with what differs and no more", () => {
    const choice = { taken: ["phone", "name"], takenFields: ["contract", "branch", "allergies"] } as const;
    expect(newMerge(preview, choice, "  why ", "r")).toEqual({
      merged_id: "b",
      taken: ["phone"],
      taken_fields: ["allergies", "contract"],
      reason: "why",
      seen: "v",
      request_id: "r",
    });
  });
});
