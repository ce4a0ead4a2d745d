/** How many rows a list has, as its head says it. */
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { cleanup, render } from "@testing-library/react";
import type { i18n } from "i18next";
import { afterEach, beforeAll, expect, it } from "vitest";
import { mockBrand } from "../../testing/mock-world.ts";
import { EN as en } from "../../testing/words.ts";
import { type Counted, Total } from "./Total.tsx";

const brand = mockBrand("http://localhost");
let words: i18n;

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, async () => en);
});
afterEach(cleanup);

function said(of: Counted): string | null {
  const { container } = render(
    <BrandProvider brand={brand} words={words} app="console">
      <Total of={of} className="count" />
    </BrandProvider>,
  );
  return container.querySelector(".count")?.textContent ?? null;
}

it("a number at which the service stopped counting says that there are more", () => {
  expect(said({ total: 37 })).toBe("37");
  cleanup();
  expect(said({ total: 10_000, atLeast: true })).toBe("10,000+");
});
