/** Pieces of the console in tests: brand, words and queries around them as in the app, and the client of a service that a test answers for. */
import { StaffApi } from "@consilium/kit/api";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import i18next from "i18next";
import type { ReactNode } from "react";
import { ConsoleContext, type ConsoleValue } from "../src/session/ConsoleContext.tsx";
import { mockBrand } from "./mock-brand.ts";
import { EN, merged } from "./words.ts";

const BRAND = mockBrand("http://localhost");

/** The desk's words, and those of parts that come later. For `beforeAll`. */
export async function speakEnglish(later: object = {}): Promise<void> {
  localStorage.setItem("consilium.language", "en");
  await initI18n(BRAND, async () => merged(EN, later));
}

/** `service`: what answers; else the page's own `fetch`. */
export function staffApi(service?: typeof fetch): StaffApi {
  return new StaffApi({
    baseUrl: location.origin,
    accessToken: () => "t",
    refresh: async () => false,
    language: () => "en",
    fetch: service,
  });
}

/** `value`: what the piece takes of the console. */
export function renderInConsole(node: ReactNode, value: Partial<ConsoleValue> | null = null): RenderResult {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(node, {
    wrapper: ({ children }) => (
      <BrandProvider brand={BRAND} words={i18next} app="console">
        <QueryClientProvider client={client}>
          <ConsoleContext value={value as ConsoleValue | null}>{children}</ConsoleContext>
        </QueryClientProvider>
      </BrandProvider>
    ),
  });
}
