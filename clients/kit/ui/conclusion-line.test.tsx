import "@testing-library/jest-dom/vitest";
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { ConclusionItem } from "../matrix/types.ts";
import { renderWithKit } from "../testing/render.tsx";
import { ConclusionLine } from "./ConclusionLine.tsx";

afterEach(cleanup);

const item = (part: Partial<ConclusionItem> = {}): ConclusionItem => ({
  kind: "conclusion",
  key: "k",
  consultationId: "c",
  step: "ready",
  at: Date.UTC(2026, 10, 29),
  ...part,
});

it("says that a conclusion is there, and opens it", async () => {
  const open = vi.fn();
  renderWithKit(<ConclusionLine item={item()} onOpen={open} />);
  expect(screen.getByText("The conclusion is ready")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Open the conclusion (PDF)" }));
  expect(open).toHaveBeenCalledOnce();
});

it("says that it is on its way, and that it did not come", () => {
  renderWithKit(<ConclusionLine item={item({ step: "amended" })} onOpen={() => undefined} busy failed />);
  expect(screen.getByRole("button", { name: "Opening…" })).toBeDisabled();
  expect(screen.getByRole("alert")).toHaveTextContent("did not open");
});

it("is a line without a way where the reader has none", () => {
  renderWithKit(<ConclusionLine item={item()} />);
  expect(screen.queryByRole("button")).toBeNull();
});
