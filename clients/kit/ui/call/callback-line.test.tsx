/** The line that a step of a call-back leaves in the conversation. */
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { CallbackItem } from "../../matrix/types.ts";
import { renderWithKit } from "../../testing/render.tsx";
import { CallbackLine } from "./CallbackLine.tsx";

const line = (part: Partial<CallbackItem> = {}): CallbackItem => ({
  kind: "callback",
  key: "$1",
  callbackId: "b1",
  step: "ordered",
  window: null,
  timeZone: "Asia/Yekaterinburg",
  at: Date.UTC(2026, 10, 25, 12, 0),
  ...part,
});

it("says for when it was ordered, by the patient's clock", () => {
  const window = { start: Date.UTC(2020, 0, 5, 10, 0), end: Date.UTC(2020, 0, 5, 13, 0) };
  renderWithKit(<CallbackLine item={line({ window })} />);
  expect(screen.getByText("Call-back ordered: 5 January 2020, 15:00–18:00")).toBeInTheDocument();
});

it.each(["ordered", "moved", "taken", "no_answer", "done", "cancelled"] as const)(
  "has words for %s in both languages",
  (step) => {
    for (const language of ["ru", "en"] as const) {
      const { container, unmount } = renderWithKit(<CallbackLine item={line({ step })} />, { language });
      expect(container.textContent).not.toContain("callback.");
      unmount();
    }
  },
);
