import { ApiProblem } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { isWord, minutesUntil, refusalOf, wantsProof, wayOut } from "./model.ts";

const problem = (slug: ConstructorParameters<typeof ApiProblem>[0], members = {}) =>
  new ApiProblem(slug, 400, "", members);

describe("the word that it is meant", () => {
  it("is taken however it is written, and no other", () => {
    for (const typed of ["УДАЛИТЬ", " удалить ", "Удалить"]) expect(isWord(typed, "УДАЛИТЬ")).toBe(true);
    for (const typed of ["", "удали", "delete"]) expect(isWord(typed, "УДАЛИТЬ")).toBe(false);
  });
});

describe("a refusal", () => {
  it("is told by what a person can do", () => {
    expect(refusalOf(problem("offline"))).toBe("offline");
    expect(refusalOf(problem("rate-limited", { retry_after_ms: 30_000 }))).toBe("busy");
    expect(refusalOf(problem("rate-limited", { retry_after_ms: 200_000 }))).toBe("often");
    expect(refusalOf(problem("conflict"))).toBe("open");
    expect(refusalOf(new Error("x"))).toBe("other");
  });

  it("asks for a proof where only that is missing", () => {
    expect(wantsProof(problem("sign-in-stale"))).toBe(true);
    expect(wantsProof(problem("forbidden"))).toBe(false);
  });

  it("says whole minutes", () => {
    expect(minutesUntil(problem("rate-limited", { retry_after_ms: 61_000 }))).toBe(2);
    expect(minutesUntil(problem("rate-limited"))).toBe(1);
  });
});

describe("what stands in the way", () => {
  const blocked = { consultation_id: null, callback_id: null };
  it("is ended where it is", () => {
    expect(wayOut({ ...blocked, by: "consultation" })).toBe("conversation");
    expect(wayOut({ ...blocked, by: "call" })).toBe("conversation");
    expect(wayOut({ ...blocked, by: "callback", callback_id: "c" })).toBe("callback");
    expect(wayOut({ ...blocked, by: "sealing" })).toBeNull();
    expect(wayOut({ ...blocked, by: "staff" })).toBeNull();
  });
});
