import type { Consent } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import {
  askedOf,
  canGive,
  canWithdraw,
  documentOf,
  givenOf,
  paragraphsOf,
  standingOf,
  ticked,
  untickedOf,
} from "./model.ts";

const document = (hash: string) => ({ hash, language: "en", title: hash, summary: "", text: hash });

function consent(purpose: string, more: Partial<Consent> = {}): Consent {
  return {
    purpose,
    required: true,
    asked: "before_first_question",
    status: "proposed",
    offered: document(`${purpose}-1`),
    last: null,
    withdrawal: [],
    ...more,
  };
}

const given = (purpose: string, hash: string): Partial<Consent> => ({
  status: "active",
  last: {
    purpose,
    person_id: null,
    decision: "given",
    at: "2026-11-29T10:00:00Z",
    device_id: null,
    document: document(hash),
  },
});

describe("what is asked for beside a question", () => {
  const purposes = (...consents: Consent[]) => askedOf(consents).map(({ purpose }) => purpose);

  it("is each required one that does not stand", () => {
    expect(
      purposes(
        consent("new"),
        consent("given", given("given", "given-1")),
        consent("changed", { status: "outdated" }),
        consent("withdrawn", { status: "inactive" }),
      ),
    ).toEqual(["new", "changed", "withdrawn"]);
  });

  it("is of the others what nobody has decided, and only where the brand asks there", () => {
    const optional = (purpose: string, more: Partial<Consent>) =>
      consent(purpose, { required: false, ...more });
    expect(
      purposes(
        optional("here", {}),
        optional("profile", { asked: "profile" }),
        optional("refused", { status: "inactive" }),
      ),
    ).toEqual(["here"]);
  });

  it("is nothing that the brand asks for no more", () => {
    expect(purposes(consent("gone", { offered: null, status: "outdated" }))).toEqual([]);
  });
});

describe("ticks", () => {
  const asked = askedOf([consent("a"), consent("b"), consent("c", { required: false })]);

  it("are never there from the start", () => {
    expect(untickedOf(asked, new Set())).toEqual(["a", "b"]);
    expect(givenOf(asked, new Set())).toEqual([]);
  });

  it("are set and taken back, one by one", () => {
    const one = ticked(new Set(), "a-1");
    expect(untickedOf(asked, one)).toEqual(["b"]);
    expect(givenOf(asked, one)).toEqual([{ purpose: "a", hash: "a-1" }]);
    expect([...ticked(one, "a-1")]).toEqual([]);
  });

  it("are of a text, and none of another", () => {
    const changed = askedOf([consent("a", { offered: document("a-2") })]);
    expect(untickedOf(changed, new Set(["a-1"]))).toEqual(["a"]);
  });
});

it("says how a consent stands", () => {
  const standing = (more: Partial<Consent>) => standingOf(consent("a", more));
  expect(standing({})).toBe("asked");
  expect(standing({ required: false })).toBe("open");
  expect(standing({ status: "active" })).toBe("given");
  expect(standing({ status: "outdated" })).toBe("changed");
  expect(standing({ status: "inactive" })).toBe("withdrawn");
});

it("shows what was agreed to while it stands, and else the text of today", () => {
  const stands = consent("a", given("a", "a-1"));
  expect(documentOf(stands)?.hash).toBe("a-1");
  expect(documentOf({ ...stands, status: "outdated", offered: document("a-2") })?.hash).toBe("a-2");
  expect(documentOf({ ...stands, status: "outdated", offered: null })?.hash).toBe("a-1");
  expect([canGive(stands), canWithdraw(stands)]).toEqual([false, true]);
  expect([canGive(consent("a")), canWithdraw(consent("a"))]).toEqual([true, false]);
});

it("reads a text as paragraphs", () => {
  expect(paragraphsOf("\nOne,\nstill one.\n\n Two. \n\n\n")).toEqual(["One,\nstill one.", "Two."]);
});
