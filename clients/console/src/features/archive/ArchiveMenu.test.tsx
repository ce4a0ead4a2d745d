/** The menu of a sealed consultation: its export is handed to the browser as the file that the service names, and a refusal is said. */
import "@testing-library/jest-dom/vitest";
import { StaffApi } from "@consilium/kit/api";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { i18n } from "i18next";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { mockBrand } from "../../../testing/mock-world.ts";
import { EN as en } from "../../../testing/words.ts";
import { ConsoleContext, type ConsoleValue } from "../../session/ConsoleContext.tsx";
import { ArchiveMenu } from "./ArchiveMenu.tsx";

vi.setConfig({ testTimeout: 30_000 });

const brand = mockBrand("http://localhost");
let words: i18n;

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, async () => en);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function shown(answer: () => Response) {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push(new URL(new Request(input, init).url).pathname);
    return answer();
  };
  const options = { baseUrl: location.origin, accessToken: () => "t", language: () => "en", fetch };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <BrandProvider brand={brand} words={words} app="console">
      <QueryClientProvider client={client}>
        <ConsoleContext value={{ api: new StaffApi(options) } as unknown as ConsoleValue}>
          <ArchiveMenu id="c1" />
        </ConsoleContext>
      </QueryClientProvider>
    </BrandProvider>,
  );
  return asked;
}

async function exportIt(): Promise<void> {
  const menu = screen.getByRole("button", { name: "More" });
  expect(menu).toHaveAttribute("aria-haspopup", "menu");
  await userEvent.click(menu);
  // Without a layout the menu is taken for one whose button has been scrolled away.
  await userEvent.click(await screen.findByRole("menuitem", { name: "Export as FHIR", hidden: true }));
}

it("the export is a file with the name that the service gives it", async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  const headers = {
    "content-type": "application/fhir+json; charset=utf-8",
    "content-disposition": 'attachment; filename="consultation-c1.fhir.json"',
  };
  const asked = shown(() => new Response('{"resourceType":"Bundle"}', { headers }));
  await exportIt();
  expect(await screen.findByText(/The export is in your downloads/)).toBeVisible();
  expect([asked, saved]).toEqual([["/_consilium/v1/consultations/c1/fhir"], ["consultation-c1.fhir.json"]]);
});

it("a refusal is said, and nothing is handed out", async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click");
  const body = { type: "urn:consilium:problem:erased", title: "Erased", status: 410, detail: "Erased." };
  shown(() => Response.json(body, { status: 410, headers: { "content-type": "application/problem+json" } }));
  await exportIt();
  expect(await screen.findByRole("alert")).toBeVisible();
  expect(click).not.toHaveBeenCalled();
});
