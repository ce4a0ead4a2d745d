import "@testing-library/jest-dom/vitest";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it, vi } from "vitest";
import { renderInConsole, speakEnglish } from "../../testing/in-console.tsx";
import { EN as en } from "../../testing/words.ts";
import { Fence } from "./Fence.tsx";

beforeAll(() => speakEnglish());

let broken = true;

function Fragile() {
  if (broken) throw new Error("broken");
  return <p>whole</p>;
}

function page(of: string) {
  return (
    <>
      <Fence of={of}>
        <Fragile />
      </Fence>
      <p>the rest</p>
    </>
  );
}

it("one broken part leaves the rest and can be tried again", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  broken = true;
  renderInConsole(page("a"));
  expect(screen.getByText("the rest")).toBeVisible();
  expect(screen.getByRole("alert")).toHaveTextContent(en.problem.unexpected.title);
  broken = false;
  await userEvent.click(screen.getByRole("button", { name: en.tryAgain }));
  expect(screen.getByText("whole")).toBeVisible();
});

it("something else on the screen is another try", () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  broken = true;
  const { rerender } = renderInConsole(page("a"));
  broken = false;
  rerender(page("b"));
  expect(screen.getByText("whole")).toBeVisible();
});
