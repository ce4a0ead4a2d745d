import type { ApiKey } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import document from "../../../../kit/api/openapi.json" with { type: "json" };
import { EN as en, RU as ru } from "../../../testing/words.ts";
import { dayStart } from "../../format.ts";
import {
  checkKeyForm,
  EMPTY_KEY,
  keyFormOf,
  keyPatch,
  keyStandingOf,
  lastDayOf,
  newKey,
  scopeWords,
} from "./key-model.ts";

const KEY: ApiKey = {
  id: "k",
  name: "CRM",
  beginning: "csk_0123456789",
  scopes: ["patients:read", "callbacks:open"],
  created_at: "2026-01-01T00:00:00Z",
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
  last_used_from: null,
};

describe("a key", () => {
  it("is over at its time, and revoked whatever its time", () => {
    const now = Date.UTC(2026, 0, 2);
    expect(keyStandingOf(KEY, now)).toBe("good");
    expect(keyStandingOf({ ...KEY, expires_at: "2026-01-02T00:00:00Z" }, now)).toBe("over");
    expect(keyStandingOf({ ...KEY, revoked_at: "2026-01-01T00:00:00Z" }, now)).toBe("revoked");
  });

  it("works on the day that is named as its last", () => {
    expect(lastDayOf(dayStart("2026-03-29", 1))).toBe("2026-03-29");
    expect(newKey({ ...EMPTY_KEY, name: " CRM ", lastDay: "2026-03-29" })).toEqual({
      name: "CRM",
      scopes: [],
      expires_at: dayStart("2026-03-30"),
    });
  });
});

describe("the form", () => {
  it("says what is missing", () => {
    expect(Object.keys(checkKeyForm(EMPTY_KEY))).toEqual(["name", "scopes"]);
    expect(checkKeyForm(keyFormOf(KEY))).toEqual({});
  });

  it("sends only what was changed, whatever the order of what is chosen", () => {
    const form = { ...keyFormOf(KEY), scopes: [...KEY.scopes].reverse() };
    expect(keyPatch(KEY, form)).toEqual({});
    expect(keyPatch(KEY, { ...form, name: "ERP", lastDay: "2026-03-29" })).toEqual({
      name: "ERP",
      expires_at: dayStart("2026-03-30"),
    });
    const ending = { ...KEY, expires_at: dayStart("2026-03-30") };
    expect(keyPatch(ending, { ...keyFormOf(ending), lastDay: "", scopes: ["patients:read"] })).toEqual({
      scopes: ["patients:read"],
      expires_at: null,
    });
  });
});

it("every scope that the server knows has words, and no others have", () => {
  for (const words of [en, ru]) {
    const known = Object.entries(words.apiKeys.scope).flatMap(([what, ways]) =>
      Object.keys(ways).map((way) => `apiKeys.scope.${what}.${way}`),
    );
    expect(
      document.components.schemas.ApiScope.enum.map((scope) => scopeWords(scope as never)).sort(),
    ).toEqual(known.sort());
  }
});
