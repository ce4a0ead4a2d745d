/** Enter in the palette: chooses the first of what is found, whenever it was typed, and nothing where nothing was asked for. */
import "@testing-library/jest-dom/vitest";
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { boardAnswers } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { operator } from "../../testing/rows.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import { useReadable } from "../live/hooks.ts";
import { useCommandContext, useCommandEffects } from "../shell/useCommandsOfDesk.ts";
import { CommandsProvider } from "./CommandsContext.tsx";
import { Palette } from "./Palette.tsx";
import { palette } from "./palette-store.ts";

const ME = { id: "o1", name: "Irina Petrova" };

function Desk() {
  const { dialog } = useDesk();
  return (
    <CommandsProvider context={useCommandContext()} effects={useCommandEffects()} singleKeys bindings={{}}>
      <h1>Desk</h1>
      <p>asked for: {useReadable(dialog).kind}</p>
      <Palette />
    </CommandsProvider>
  );
}

/** Before the field is there, and so before anybody could type into it. */
const typeAhead = (...keys: string[]) => {
  for (const key of keys) fireEvent.keyDown(document.body, { key });
};

beforeAll(() => speakEnglish());
beforeEach(async () => {
  const answers = boardAnswers({ operators: [operator(ME)] });
  await openDesk(Desk, { path: "/mine", role: "supervisor", operator: operator(ME), answers });
  await screen.findByRole("heading", { name: "Desk" });
});
afterEach(() => act(() => palette.close()));

it("chooses what is found where words and Enter came before the field", async () => {
  act(() => palette.open());
  typeAhead(..."Keyboard shortcuts", "Enter", "x");
  expect(await screen.findByText("asked for: shortcuts")).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("chooses what is found where only the words came before the field", async () => {
  act(() => palette.open());
  typeAhead(..."Keyboard shortcuts");
  const field = await screen.findByRole("textbox");
  await waitFor(() => expect(field).toHaveFocus());
  expect(field).toHaveValue("Keyboard shortcuts");
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByText("asked for: shortcuts")).toBeVisible();
});

it("chooses nothing where nothing was asked for", async () => {
  act(() => palette.open());
  typeAhead("Enter");
  const field = await screen.findByRole("textbox");
  await waitFor(() => expect(field).toHaveFocus());
  await userEvent.keyboard("{Enter}");
  expect(screen.getByText("asked for: none")).toBeVisible();
  expect(field).toBeVisible();
});

it("forgets an Enter that an Escape took back", async () => {
  act(() => palette.open());
  typeAhead(..."Keyboard shortcuts", "Enter");
  act(() => palette.close());
  act(() => palette.open());
  typeAhead("x");
  const field = await screen.findByRole("textbox");
  await waitFor(() => expect(field).toHaveFocus());
  expect(screen.getByText("asked for: none")).toBeVisible();
  expect(field).toHaveValue("x");
});
