import { describe, expect, it } from "vitest";
import { afterClosing, closeTab, NO_TABS, neighbourTab, openTab, parseTabs, TABS_MAX } from "./tabs.ts";

const three = ["a", "b", "c"].reduce(openTab, NO_TABS);

describe("tabs", () => {
  it("keep their places when one comes forward", () => {
    expect(openTab(three, "a")).toEqual({ ids: ["a", "b", "c"], recent: ["a", "c", "b"] });
  });

  it("give way to the one shown before", () => {
    expect(afterClosing(openTab(three, "a"), "a")).toBe("c");
    expect(closeTab(three, "b").ids).toEqual(["a", "c"]);
  });

  it("go round the ends", () => {
    expect(neighbourTab(three, "c", 1)).toBe("a");
    expect(neighbourTab(three, "a", -1)).toBe("c");
    expect(neighbourTab(three, null, 1)).toBe("a");
    expect(neighbourTab(NO_TABS, null, 1)).toBeNull();
  });

  it("are never too many: the one longest in the background goes", () => {
    const full = Array.from({ length: TABS_MAX }, (_, index) => `t${index}`).reduce(openTab, NO_TABS);
    const next = openTab(full, "new");
    expect(next.ids).toHaveLength(TABS_MAX);
    expect(next.ids).not.toContain("t0");
  });

  it("survive nonsense in the storage", () => {
    expect(parseTabs("{")).toEqual(NO_TABS);
    expect(parseTabs('["a",1,"b"]').ids).toEqual(["a", "b"]);
  });
});
