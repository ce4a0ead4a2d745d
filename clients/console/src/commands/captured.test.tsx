/** Which keys reach the desk: none while a dialog has them, not the one either that closes it; Escape leads out of a field first, then out of a card. */
import { fireEvent, render, screen } from "@testing-library/react";
import { type ReactNode, useEffect, useRef } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { CommandsProvider } from "./CommandsContext.tsx";
import type { CommandContext, CommandEffects } from "./command.ts";

const leaveText = vi.fn();
const closeDetails = vi.fn();
const ESCAPE = { code: "Escape", key: "Escape" };

beforeEach(() => {
  leaveText.mockReset();
  closeDetails.mockReset();
});

/** A desk on which the card of a row lies open. */
function desk(over: ReactNode) {
  render(
    <CommandsProvider
      context={{ details: true } as CommandContext}
      effects={{ leaveText, closeDetails } as unknown as CommandEffects}
      singleKeys
      bindings={{}}
    >
      <input aria-label="Words" />
      {over}
    </CommandsProvider>,
  );
}

it("out of a field first, then out of the card", () => {
  desk(null);
  fireEvent.keyDown(screen.getByRole("textbox"), ESCAPE);
  expect([leaveText.mock.calls.length, closeDetails.mock.calls.length]).toEqual([1, 0]);
  fireEvent.keyDown(document.body, ESCAPE);
  expect([leaveText.mock.calls.length, closeDetails.mock.calls.length]).toEqual([1, 1]);
});

it("not past a photo or a question that lies over the desk", () => {
  desk(<dialog open>A photo</dialog>);
  fireEvent.keyDown(document.body, ESCAPE);
  expect(closeDetails).not.toHaveBeenCalled();
});

/** Goes with the key, as Mantine's do: before the key comes to anybody else. */
function Question() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const close = () => box.current?.removeAttribute("aria-modal");
    window.addEventListener("keydown", close, true);
    return () => window.removeEventListener("keydown", close, true);
  }, []);
  return (
    <div ref={box} role="dialog" aria-modal="true">
      Really?
    </div>
  );
}

it("not by the key that closes what lies over it", () => {
  desk(<Question />);
  fireEvent.keyDown(document.body, ESCAPE);
  expect(closeDetails).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, ESCAPE);
  expect(closeDetails).toHaveBeenCalledOnce();
});
