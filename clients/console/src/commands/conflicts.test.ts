/** No two commands clash on any platform and layout; and the finder does find clashes. */
import { describe, expect, it } from "vitest";
import { COMMANDS } from "./catalogue.ts";
import { findConflicts, LAYOUT_NAMES, PLATFORMS, typedCharacter } from "./conflicts.ts";
import { type Binding, everywhere, key, onPlatform, sequence } from "./shortcut.ts";

const BINDINGS: Binding<string>[] = COMMANDS.flatMap(({ id, shortcut }) =>
  shortcut === null ? [] : [{ id, shortcut }],
);

describe("the console's own commands", () => {
  for (const platform of PLATFORMS) {
    for (const layout of LAYOUT_NAMES) {
      it(`do not clash on ${platform} with the ${layout} layout`, () => {
        expect(findConflicts(BINDINGS, platform, layout)).toEqual([]);
      });
    }
  }

  it("have ids of their own", () => {
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
  });

  it("cover the keys that operators are taught", () => {
    const keys = new Map(BINDINGS.map(({ id, shortcut }) => [id, shortcut.chords[0].code]));
    expect(keys.get("consultation.take")).toBe("KeyT");
    expect(keys.get("consultation.reply")).toBe("KeyR");
    expect(keys.get("consultation.hold")).toBe("KeyH");
    expect(keys.get("consultation.close")).toBe("KeyE");
    expect(keys.get("call.audio")).toBe("KeyC");
    expect(keys.get("call.microphone")).toBe("KeyM");
    expect(keys.get("call.camera")).toBe("KeyV");
    expect(keys.get("call.talk")).toBe("Space");
    expect(keys.get("list.next")).toBe("KeyJ");
    expect(keys.get("list.previous")).toBe("KeyK");
  });
});

describe("the finder", () => {
  const kinds = (
    bindings: Binding<string>[],
    platform: "windows" | "macos" = "windows",
    layout: "en" | "ru" | "de" = "en",
  ) => findConflicts(bindings, platform, layout).map(({ kind }) => kind);

  it("sees the same keys twice", () => {
    expect(
      kinds([
        { id: "a", shortcut: key("KeyT") },
        { id: "b", shortcut: key("KeyT") },
      ]),
    ).toContain("same-keys");
    expect(
      kinds([
        { id: "a", shortcut: sequence("KeyG", "KeyW") },
        { id: "b", shortcut: sequence("KeyG", "KeyW") },
      ]),
    ).toContain("same-keys");
  });

  it("sees a single key that swallows a sequence", () => {
    expect(
      kinds([
        { id: "a", shortcut: key("KeyG") },
        { id: "b", shortcut: sequence("KeyG", "KeyW") },
      ]),
    ).toContain("starts-a-sequence");
  });

  it("sees keys of the browser and the system", () => {
    expect(kinds([{ id: "a", shortcut: everywhere("KeyW", { primary: true }) }])).toContain("reserved");
    expect(kinds([{ id: "a", shortcut: everywhere("KeyH", { primary: true }) }], "macos")).toContain(
      "reserved",
    );
  });

  it("sees a letter that would be swallowed while typing", () => {
    expect(kinds([{ id: "a", shortcut: everywhere("KeyT") }], "windows", "ru")).toContain(
      "types-a-character",
    );
  });

  it("sees AltGr on a German keyboard and Option on a Mac", () => {
    expect(
      typedCharacter(
        { code: "KeyQ", ctrlKey: true, metaKey: false, shiftKey: false, altKey: true },
        "windows",
        "de",
      ),
    ).toBe("@");
    expect(
      typedCharacter(
        { code: "KeyQ", ctrlKey: true, metaKey: false, shiftKey: false, altKey: true },
        "windows",
        "en",
      ),
    ).toBeNull();
    expect(kinds([{ id: "a", shortcut: everywhere("KeyE", { alt: true }) }], "macos", "en")).toContain(
      "types-a-character",
    );
    expect(
      kinds([{ id: "a", shortcut: everywhere("KeyE", { primary: true, alt: true }) }], "windows", "de"),
    ).toContain("types-a-character");
  });

  it("knows which modifier is the primary one", () => {
    expect(onPlatform({ code: "KeyK", primary: true }, "macos").metaKey).toBe(true);
    expect(onPlatform({ code: "KeyK", primary: true }, "windows").ctrlKey).toBe(true);
  });
});
