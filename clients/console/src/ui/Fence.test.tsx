import "@testing-library/jest-dom/vitest";
import { BrandProvider } from "@consilium/kit/brand";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, it, vi } from "vitest";
import { mockBrand } from "../../testing/mock-world.ts";
import { EN as en } from "../../testing/words.ts";
import { Fence } from "./Fence.tsx";

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: "en", resources: { en: { app: en } }, defaultNS: "app" });
});

let broken = true;

function Fragile() {
  if (broken) throw new Error("broken");
  return <p>whole</p>;
}

function page(of: string) {
  return (
    <BrandProvider brand={mockBrand("http://x.test")} words={i18next} app="console">
      <Fence of={of}>
        <Fragile />
      </Fence>
      <p>the rest</p>
    </BrandProvider>
  );
}

it("one broken part leaves the rest and can be tried again", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  broken = true;
  render(page("a"));
  expect(screen.getByText("the rest")).toBeVisible();
  expect(screen.getByRole("alert")).toHaveTextContent(en.problem.unexpected.title);
  broken = false;
  await userEvent.click(screen.getByRole("button", { name: en.tryAgain }));
  expect(screen.getByText("whole")).toBeVisible();
});

it("something else on the screen is another try", () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  broken = true;
  const { rerender } = render(page("a"));
  broken = false;
  rerender(page("b"));
  expect(screen.getByText("whole")).toBeVisible();
});
