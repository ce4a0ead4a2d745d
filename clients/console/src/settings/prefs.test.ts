import { pretendStorage } from "@consilium/kit/testing";
import { describe, expect, it } from "vitest";
import { DEFAULT_PREFS, LIST_WIDTH, PrefsStore, parsePrefs } from "./prefs.ts";

describe("settings", () => {
  it("are the defaults where nothing or nonsense was kept", () => {
    expect(parsePrefs(null)).toEqual(DEFAULT_PREFS);
    expect(parsePrefs("{")).toEqual(DEFAULT_PREFS);
    expect(parsePrefs('{"volume":"loud","density":3}')).toEqual(DEFAULT_PREFS);
  });

  it("stay within their limits", () => {
    expect(parsePrefs('{"volume":7,"listWidth":5}')).toMatchObject({ volume: 1, listWidth: LIST_WIDTH.min });
  });

  it("are kept", () => {
    const storage = pretendStorage();
    new PrefsStore(storage).change({ density: "dense" });
    expect(new PrefsStore(storage).prefs.get().density).toBe("dense");
  });
});
