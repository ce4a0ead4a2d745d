/** A drawing that does not come is said, and comes at the next press. */
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { i18n } from "i18next";
import { afterEach, beforeAll, expect, it } from "vitest";
import { mockBrand } from "../../../testing/mock-world.ts";
import { EN as en } from "../../../testing/words.ts";
import { drawnLater } from "./drawnLater.tsx";

const brand = mockBrand("http://localhost");
let words: i18n;

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, async () => en);
});
afterEach(cleanup);

it("a drawing that does not come is said, and comes when it is asked for again", async () => {
  let tries = 0;
  const Drawing = drawnLater(async () => {
    tries += 1;
    if (tries === 1) throw new TypeError("Failed to fetch dynamically imported module");
    return () => <p>bars</p>;
  });
  const chart = { bars: [], hasBefore: false, lies: false, left: 0 };
  render(
    <BrandProvider brand={brand} words={words} app="console">
      <Drawing
        label="Chart: Wait"
        chart={chart}
        kind="count"
        locale="en"
        names={{ now: "now", before: "then" }}
      />
    </BrandProvider>,
  );
  await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("img", { name: "Chart: Wait" })).toHaveTextContent("bars");
});
