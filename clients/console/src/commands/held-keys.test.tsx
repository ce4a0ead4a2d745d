/** A press that opens what is still on its way, and at once a word: no letter of it acts on the desk, and the palette has them all. */
import { Cell } from "@consilium/kit/matrix";
import { act, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type DialogState, NO_DIALOG } from "../desk/desk.ts";
import { useHeldKeys } from "./HeldKeys.tsx";
import { palette, typedBefore } from "./palette-store.ts";

const dialog = new Cell<DialogState>(NO_DIALOG);
const shortcut = vi.fn();

function Waiting() {
  useHeldKeys(dialog);
  return null;
}

const type = (...keys: string[]) => {
  for (const key of keys) fireEvent.keyDown(document.body, { key });
};

beforeEach(() => {
  shortcut.mockReset();
  window.addEventListener("keydown", shortcut);
  render(<Waiting />);
});
afterEach(() => {
  window.removeEventListener("keydown", shortcut);
  act(() => palette.close());
  dialog.set(NO_DIALOG);
  typedBefore.set("");
});

it("lets every key act while nothing was asked for", () => {
  type("h");
  expect(shortcut).toHaveBeenCalledTimes(1);
});

it("keeps what is typed for the palette", () => {
  act(() => palette.open());
  type("h", "Shift", "o", "Enter");
  expect([typedBefore.get(), shortcut.mock.calls.length]).toEqual(["ho\n", 0]);
});

it("takes a wish back by Escape, and the next key acts again", () => {
  act(() => dialog.set({ kind: "shortcuts" }));
  type("e");
  expect(shortcut).not.toHaveBeenCalled();
  act(() => type("Escape"));
  expect([dialog.get(), typedBefore.get()]).toEqual([NO_DIALOG, ""]);
  type("e");
  expect(shortcut).toHaveBeenCalledTimes(1);
});
