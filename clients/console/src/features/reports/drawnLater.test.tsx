/** A drawing that does not come is said, and comes at the next press. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it } from "vitest";
import { renderInConsole, speakEnglish } from "../../../testing/in-console.tsx";
import { drawnLater } from "./drawnLater.tsx";

beforeAll(() => speakEnglish());

it("a drawing that does not come is said, and comes when it is asked for again", async () => {
  let tries = 0;
  const Drawing = drawnLater(async () => {
    tries += 1;
    if (tries === 1) throw new TypeError("Failed to fetch dynamically imported module");
    return () => <p>bars</p>;
  });
  const chart = { bars: [], hasBefore: false, lies: false, left: 0 };
  renderInConsole(
    <Drawing
      label="Chart: Wait"
      chart={chart}
      kind="count"
      locale="en"
      names={{ now: "now", before: "then" }}
    />,
  );
  await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("img", { name: "Chart: Wait" })).toHaveTextContent("bars");
});
