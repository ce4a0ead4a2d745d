/** What takes the place of a form in an open dialog has the focus; what comes beside something that has it leaves it there. */
import "@testing-library/jest-dom/vitest";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { i18n } from "i18next";
import { useState } from "react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { mockBrand } from "../../testing/mock-world.ts";
import { EN as en } from "../../testing/words.ts";
import { Sure } from "./Sure.tsx";

const brand = mockBrand("http://localhost");
let words: i18n;

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, async () => en);
});
afterEach(cleanup);

/** `stays`: what was pressed is still there afterwards. */
function Steps({ stays }: { stays: boolean }) {
  const [sure, setSure] = useState(false);
  return (
    <>
      {(stays || !sure) && (
        <button type="button" onClick={() => setSure(true)}>
          Erase
        </button>
      )}
      {sure && (
        <Sure
          submit="For good"
          error={null}
          busy={false}
          onSure={() => undefined}
          onBack={() => setSure(false)}
        >
          <p>It is gone then.</p>
        </Sure>
      )}
    </>
  );
}

function shown(stays: boolean): void {
  render(
    <BrandProvider brand={brand} words={words} app="console">
      <Steps stays={stays} />
    </BrandProvider>,
  );
}

it("the way back has the focus where what was pressed is gone", async () => {
  shown(false);
  await userEvent.click(screen.getByRole("button", { name: "Erase" }));
  expect(screen.getByRole("button", { name: en.cancel })).toHaveFocus();
});

it("a focus that is somewhere stays there", async () => {
  shown(true);
  await userEvent.click(screen.getByRole("button", { name: "Erase" }));
  expect(screen.getByRole("button", { name: "Erase" })).toHaveFocus();
});
