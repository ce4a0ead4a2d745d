/** Where the keyboard goes on when what had the focus is gone: with the screen that it was on, or with a dialog. */
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { renderWithKit } from "../testing/render.tsx";
import { Dialog } from "./Dialog.tsx";
import { useFocusKept } from "./useFocusKept.ts";

const findMain = () => document.querySelector("main");

/** Two screens, and a field that stands beside both. */
function Screens({ shown }: { shown: "first" | "second" }) {
  useFocusKept(shown, findMain);
  return (
    <>
      <input aria-label="Beside" />
      <main tabIndex={-1}>{shown === "first" && <button type="button">Open</button>}</main>
    </>
  );
}

it("goes on in what is shown now where what had the focus is gone", async () => {
  const { rerender } = renderWithKit(<Screens shown="first" />);
  screen.getByRole("button", { name: "Open" }).focus();
  rerender(<Screens shown="second" />);
  await waitFor(() => expect(screen.getByRole("main")).toHaveFocus());
});

it("stays where it is as long as that is there", () => {
  const { rerender } = renderWithKit(<Screens shown="first" />);
  const beside = screen.getByRole("textbox", { name: "Beside" });
  beside.focus();
  vi.useFakeTimers();
  rerender(<Screens shown="second" />);
  vi.runAllTimers();
  vi.useRealTimers();
  expect(beside).toHaveFocus();
});

it("leaves it to a dialog that closes meanwhile and gives it back", () => {
  const { rerender } = renderWithKit(<Screens shown="first" />);
  vi.useFakeTimers();
  rerender(<Screens shown="second" />);
  const beside = screen.getByRole("textbox", { name: "Beside" });
  // As Mantine does: only where nobody took it first.
  setTimeout(() => document.activeElement === document.body && beside.focus(), 35);
  vi.runAllTimers();
  vi.useRealTimers();
  expect(beside).toHaveFocus();
});

function Asks() {
  const [open, setOpen] = useState(true);
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title="Really?">
      <p>words</p>
    </Dialog>
  );
}

it("closes a dialog while it is in the page: a browser gives back the focus of no other", () => {
  const inPage: boolean[] = [];
  const close = vi.spyOn(HTMLDialogElement.prototype, "close").mockImplementation(function close(
    this: HTMLDialogElement,
  ) {
    this.open = false;
    inPage.push(this.isConnected);
  });
  renderWithKit(<Asks />);
  fireEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(inPage).toEqual([true]);
  close.mockRestore();
});
