/** Who else looks: nobody is nothing on the screen, one is named, of several the first, and who writes before all. */
import type { Viewer } from "@consilium/kit/api";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { cleanup, render } from "@testing-library/react";
import type { i18n } from "i18next";
import { afterEach, beforeAll, expect, it } from "vitest";
import { mockBrand } from "../../testing/mock-world.ts";
import { shortLists } from "../../testing/short-lists.ts";
import { EN as en } from "../../testing/words.ts";
import { ConsoleContext, type ConsoleValue } from "../session/ConsoleContext.tsx";
import { Viewers } from "./Viewers.tsx";

const brand = mockBrand("http://localhost");
let words: i18n;

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, async () => en);
});
afterEach(cleanup);

function viewer(name: string, act: Viewer["act"] = "looking"): Viewer {
  return { operator: { id: name, name }, act };
}

function said(...viewers: Viewer[]): string | null {
  render(
    <BrandProvider brand={brand} words={words} app="console">
      <ConsoleContext value={shortLists({ viewers }) as unknown as ConsoleValue}>
        <Viewers />
      </ConsoleContext>
    </BrandProvider>,
  );
  const text = document.querySelector("[role=status]")?.lastElementChild;
  cleanup();
  return text?.textContent ?? null;
}

it("says who looks too", () => {
  expect(said()).toBeNull();
  expect(said(viewer("Dr Sokolov"))).toBe("Dr Sokolov is looking too");
  expect(said(viewer("Dr Sokolov"), viewer("Vera"), viewer("Oleg"))).toBe(
    "Dr Sokolov and 2 more are looking too",
  );
  expect(said(viewer("Vera", "writing"), viewer("Dr Sokolov"))).toBe("Vera is writing");
});
