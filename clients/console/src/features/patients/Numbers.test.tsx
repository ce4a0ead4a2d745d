/** Earlier numbers of the partner's system on a card. */
import "@testing-library/jest-dom/vitest";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it } from "vitest";
import { renderInConsole, speakEnglish } from "../../../testing/in-console.tsx";
import { Numbers } from "./Numbers.tsx";

beforeAll(() => speakEnglish());

const CHANGES = [
  { external_id: null, at: "2026-11-30T08:00:00Z", by: "Ms Volkova" },
  { external_id: "B-2", at: "2026-11-20T08:00:00Z", by: "Our CRM" },
  { external_id: "A-1", at: "2026-11-10T08:00:00Z", by: "" },
];

const show = (changes: typeof CHANGES) => renderInConsole(<Numbers changes={changes} />);

it("each number is said with who changed it, the latest first", async () => {
  show(CHANGES);
  await userEvent.click(screen.getByText("Number changed 3 times"));
  const lines = within(screen.getByRole("list", { name: "Numbers in your system" })).getAllByRole("listitem");
  expect(lines.map((line) => line.textContent?.split(",")[0])).toEqual([
    "No numberMs Volkova",
    "B-2Our CRM",
    expect.stringMatching(/^A-1/),
  ]);
});

it("the first number alone is no history", () => {
  show(CHANGES.slice(2));
  expect(screen.queryByText(/Number changed/)).toBeNull();
});
