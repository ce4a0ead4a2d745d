import { describe, expect, it } from "vitest";
import {
  ariaShortcut,
  everywhere,
  key,
  keyLegend,
  matchPress,
  type Press,
  SEQUENCE_TIMEOUT_MS,
  sequence,
  shortcutLegend,
} from "./shortcut.ts";

const BINDINGS = [
  { id: "take", shortcut: key("KeyT") },
  { id: "transfer", shortcut: key("KeyT", { shift: true }) },
  { id: "palette", shortcut: everywhere("KeyK", { primary: true }) },
  { id: "waiting", shortcut: sequence("KeyG", "KeyW") },
];

function press(code: string, modifiers: Partial<Press> = {}): Press {
  return { code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers };
}

const OUTSIDE = { platform: "windows", inText: false, pending: null, at: 0 } as const;

describe("a press", () => {
  it("runs the command of its physical key, whatever the layout types", () => {
    expect(matchPress(BINDINGS, press("KeyT"), OUTSIDE).hit).toBe("take");
  });

  it("tells modifiers apart", () => {
    expect(matchPress(BINDINGS, press("KeyT", { shiftKey: true }), OUTSIDE).hit).toBe("transfer");
    expect(matchPress(BINDINGS, press("KeyT", { ctrlKey: true }), OUTSIDE).hit).toBeNull();
  });

  it("is left alone in a text field, unless the command reaches there", () => {
    expect(matchPress(BINDINGS, press("KeyT"), { ...OUTSIDE, inText: true }).hit).toBeNull();
    expect(matchPress(BINDINGS, press("KeyK", { ctrlKey: true }), { ...OUTSIDE, inText: true }).hit).toBe(
      "palette",
    );
    expect(
      matchPress(BINDINGS, press("KeyK", { metaKey: true }), { ...OUTSIDE, platform: "macos" }).hit,
    ).toBe("palette");
  });
});

describe("a sequence", () => {
  it("runs on the second key", () => {
    const first = matchPress(BINDINGS, press("KeyG"), OUTSIDE);
    expect(first.hit).toBeNull();
    expect(matchPress(BINDINGS, press("KeyW"), { ...OUTSIDE, pending: first.pending, at: 400 }).hit).toBe(
      "waiting",
    );
  });

  it("is forgotten after a while", () => {
    const first = matchPress(BINDINGS, press("KeyG"), OUTSIDE);
    expect(
      matchPress(BINDINGS, press("KeyW"), { ...OUTSIDE, pending: first.pending, at: SEQUENCE_TIMEOUT_MS + 1 })
        .hit,
    ).toBeNull();
  });

  it("swallows a second key that means nothing, so that G T takes nobody by accident", () => {
    const first = matchPress(BINDINGS, press("KeyG"), OUTSIDE);
    expect(matchPress(BINDINGS, press("KeyT"), { ...OUTSIDE, pending: first.pending, at: 100 })).toEqual({
      hit: null,
      pending: null,
    });
  });
});

describe("a legend", () => {
  it("follows the printed key where the browser knows it", () => {
    expect(keyLegend("KeyZ", new Map([["KeyZ", "y"]]))).toBe("Y");
    expect(keyLegend("KeyZ", null)).toBe("Z");
  });

  it("is written as the platform writes it", () => {
    expect(shortcutLegend(everywhere("KeyK", { primary: true }), "windows", null)).toEqual([["Ctrl", "K"]]);
    expect(shortcutLegend(everywhere("KeyK", { primary: true }), "macos", null)).toEqual([["⌘", "K"]]);
    expect(shortcutLegend(sequence("KeyG", "KeyW"), "windows", null)).toEqual([["G"], ["W"]]);
    expect(ariaShortcut(key("KeyT", { shift: true }), "windows", null)).toBe("Shift+T");
    expect(ariaShortcut(sequence("KeyG", "KeyW"), "windows", null)).toBeUndefined();
  });
});
