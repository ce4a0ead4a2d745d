/** Ctrl-K and at once a word: no letter of it acts on the desk, and none is lost. */
import { act, fireEvent, render } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { palette } from "./palette-store.ts";
import { useTypedAhead } from "./useTypedAhead.ts";

function Typed({ write }: { write: (typed: string) => void }) {
  useTypedAhead(write);
  return (
    <div role="dialog">
      <input aria-label="field" />
    </div>
  );
}

afterEach(() => act(() => palette.close()));

it("goes into the palette that has no focus yet, and to no shortcut", () => {
  const write = vi.fn();
  const shortcut = vi.fn();
  window.addEventListener("keydown", shortcut);
  const { getByLabelText } = render(<Typed write={write} />);
  fireEvent.keyDown(document.body, { key: "h" });
  expect([write.mock.calls.length, shortcut.mock.calls.length]).toEqual([0, 1]);
  act(() => palette.open());
  for (const key of ["W", "h", "Shift", "Enter"]) fireEvent.keyDown(document.body, { key });
  expect(write.mock.calls.map(([typed]) => typed)).toEqual(["W", "h", "\n"]);
  expect(shortcut).toHaveBeenCalledTimes(1);
  fireEvent.keyDown(document.body, { key: "Escape" });
  fireEvent.keyDown(getByLabelText("field"), { key: "a" });
  expect([write.mock.calls.length, shortcut.mock.calls.length]).toEqual([3, 3]);
  window.removeEventListener("keydown", shortcut);
});
