import { describe, expect, it } from "vitest";
import { chordOf, clashOf, parseBindings, shortcutOf, withBindings } from "./bindings.ts";
import { COMMANDS } from "./catalogue.ts";
import { key, type Press } from "./shortcut.ts";

function press(code: string, more: Partial<Press> = {}): Press {
  return { code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more };
}

describe("own keys", () => {
  it("lie over the defaults", () => {
    const own = withBindings(COMMANDS, { "consultation.take": key("KeyY") });
    expect(own.find(({ id }) => id === "consultation.take")?.shortcut).toEqual(key("KeyY"));
    expect(own.find(({ id }) => id === "consultation.hold")?.shortcut).toEqual(key("KeyH"));
  });

  it("are read back, and nonsense is not", () => {
    expect(
      parseBindings({ a: key("KeyY"), b: { chords: [] }, c: { chords: [{ code: "<script>" }] }, d: 3 }),
    ).toEqual({ a: key("KeyY") });
    expect(parseBindings("nonsense")).toEqual({});
  });

  it("are refused when somebody else has them, in any layout", () => {
    expect(clashOf(COMMANDS, "consultation.take", key("KeyH"), "windows")?.kind).toBe("same-keys");
    expect(clashOf(COMMANDS, "consultation.take", key("KeyG"), "windows")?.kind).toBe("starts-a-sequence");
    expect(
      clashOf(COMMANDS, "consultation.take", shortcutOf({ code: "KeyW", primary: true }), "windows")?.kind,
    ).toBe("reserved");
    expect(
      clashOf(
        COMMANDS,
        "consultation.take",
        shortcutOf({ code: "KeyE", primary: true, alt: true }),
        "windows",
      )?.kind,
    ).toBe("types-a-character");
    expect(clashOf(COMMANDS, "consultation.take", key("KeyQ"), "windows")).toBeNull();
  });
});

describe("a press", () => {
  it("becomes a chord of its platform", () => {
    expect(chordOf(press("KeyY", { ctrlKey: true }), "windows")).toEqual({ code: "KeyY", primary: true });
    expect(chordOf(press("KeyY", { metaKey: true }), "macos")).toEqual({ code: "KeyY", primary: true });
    expect(chordOf(press("KeyY", { metaKey: true }), "windows")).toBeNull();
    expect(chordOf(press("ShiftLeft", { shiftKey: true }), "windows")).toBeNull();
  });
});
