/**
 * Filters in the head of a list: behind one button, told by chips, taken away one by one and all at once.
 *
 * `hidden`: a pretend browser measures nothing, so what floats beside its button counts as out of sight.
 */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { renderWithKit } from "../../testing/render.tsx";
import type { Filter, FilterChange } from "./model.ts";
import { useFilters } from "./useFilters.tsx";

const WORDS = {
  label: "Filter",
  any: "Any",
  clear: "Clear",
  remove: (filter: string) => `Remove: ${filter}`,
};
const changed = vi.fn();

function Head({ begin }: { begin: FilterChange }) {
  const [search, setSearch] = useState(begin);
  const at = (field: string) => search[field] ?? null;
  const filters: Filter[] = [
    {
      kind: "choice",
      required: true,
      field: "state",
      label: "Which",
      value: at("state") ?? "open",
      options: [
        { value: "open", label: "Open" },
        { value: "ended", label: "Ended" },
      ],
    },
    {
      kind: "choice",
      field: "queue",
      label: "Service",
      value: at("queue"),
      options: [{ value: "surgeon", label: "Surgeon" }],
    },
    { kind: "day", field: "from", label: "From", value: at("from") },
    { kind: "words", field: "subject", label: "On what", value: at("subject") },
  ];
  const onChange = (change: FilterChange) => {
    changed(change);
    setSearch((before) => ({ ...before, ...change }));
  };
  const { controls, chips } = useFilters({ filters, words: WORDS, named: true, onChange });
  return (
    <>
      {controls}
      {chips}
    </>
  );
}

const button = () => screen.getByRole("button", { name: "Filter" });
const chip = (name: string) => screen.queryByRole("button", { name: `Remove: ${name}` });

it("keeps in sight what says which list it is, and opens the others by its button", async () => {
  renderWithKit(<Head begin={{}} />);
  expect(await screen.findByRole("combobox", { name: "Which" })).toBeVisible();
  expect(screen.queryByRole("group", { name: "Filter" })).toBeNull();
  await userEvent.click(button());
  const panel = await screen.findByRole("dialog", { hidden: true });
  await userEvent.click(within(panel).getByRole("combobox", { name: "Service", hidden: true }));
  await userEvent.click(await within(panel).findByRole("option", { name: "Surgeon", hidden: true }));
  expect(changed).toHaveBeenLastCalledWith({ queue: "surgeon" });
  expect(chip("Service: Surgeon")).toBeInTheDocument();
});

it("counts what is typed also where the panel is closed at once", async () => {
  renderWithKit(<Head begin={{}} />);
  await userEvent.click(button());
  const words = await screen.findByRole("textbox", { name: "On what", hidden: true });
  // jsdom gives the focus to nothing in a panel whose place it cannot measure.
  fireEvent.change(words, { target: { value: "c-17" } });
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(changed).toHaveBeenLastCalledWith({ subject: "c-17" }));
});

it("takes one away by its chip, and the keyboard stays at the button", async () => {
  renderWithKit(<Head begin={{ queue: "surgeon", from: "2026-11-02" }} />);
  const service = chip("Service: Surgeon");
  expect(service).not.toBeNull();
  if (service !== null) await userEvent.click(service);
  expect(changed).toHaveBeenLastCalledWith({ queue: null });
  expect(chip("Service: Surgeon")).toBeNull();
  expect(button()).toHaveFocus();
});

it("takes all away at once, and leaves which list it is", async () => {
  renderWithKit(<Head begin={{ state: "ended", queue: "surgeon", from: "2026-11-02" }} />);
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(changed).toHaveBeenLastCalledWith({ queue: null, from: null });
  expect(screen.queryByRole("group", { name: "Filter" })).toBeNull();
  expect(screen.getByRole("combobox", { name: "Which" })).toHaveValue("Ended");
});
