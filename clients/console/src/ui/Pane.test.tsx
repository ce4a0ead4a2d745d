import "@testing-library/jest-dom/vitest";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { Pane } from "./Pane.tsx";

function desk(listIsMain: boolean) {
  return (
    <>
      <Pane name="list" main={listIsMain} label="Archive">
        <input aria-label="Words" />
      </Pane>
      <Pane name="main" main={!listIsMain} label="Record">
        A record
      </Pane>
    </>
  );
}

it("a list keeps what is typed in it when a phone's page is about it no more, and again", async () => {
  const { rerender } = render(desk(true));
  await userEvent.type(screen.getByLabelText("Words"), "headache");
  rerender(desk(false));
  expect(screen.getByLabelText("Words")).toHaveValue("headache");
  rerender(desk(true));
  expect(screen.getByLabelText("Words")).toHaveValue("headache");
});

it("the list says that the page is about it", () => {
  const { rerender } = render(desk(true));
  expect(screen.getByRole("main", { name: "Archive" })).toBeVisible();
  rerender(desk(false));
  expect(screen.getByRole("region", { name: "Archive" })).toBeVisible();
});
