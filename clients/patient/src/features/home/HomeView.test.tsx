/** Home while it comes: what stands over the services comes before them, so that nothing is moved under a finger. */
import "@testing-library/jest-dom/vitest";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { type Answer, PretendEngine, pretendBrand, pretendFetch } from "@consilium/kit/testing";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import type { i18n } from "i18next";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { AccessProvider } from "../../app/session.tsx";
import { locales } from "../../locales/index.ts";
import { HomeView } from "./HomeView.tsx";

const brand = pretendBrand("clinic", "patient", "http://localhost");
const engine = new PretendEngine({
  me: "@anna:x",
  keeper: "@keeper:x",
  names: { "@anna:x": "Anna" },
  rooms: {},
  sending: "hangs",
});
const service = {
  id: "q1",
  name: "General practitioner",
  description: "",
  icon: "stethoscope",
  open: true,
  operators_online: 1,
  wait: null,
  price: null,
  languages: ["en"],
  callback: { available: false, offered: false, reason: null },
  hours: { time_zone: "Europe/Moscow", open: true, opens_at: null, times: [] },
  questionnaire: null,
};

let words: i18n;
let restore: () => void = () => undefined;
let asked = 0;

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, locales);
});
beforeEach(() => {
  const session = {
    userId: "@anna:x",
    deviceId: "PHONE",
    accessToken: "t",
    refreshToken: null,
    expiresAt: null,
  };
  localStorage.setItem("consilium.session", JSON.stringify({ ...session, homeserverUrl: location.origin }));
  asked = 0;
});
afterEach(() => {
  // The stream ends with the page; only then may the pretend server go.
  cleanup();
  restore();
  localStorage.removeItem("consilium.session");
});

function open(conversations: Answer) {
  restore = pretendFetch({
    "GET /_consilium/v1/me": { body: { name: "Anna Smith" } },
    "GET /_consilium/v1/services": () => {
      asked += 1;
      return { body: { services: [service] } };
    },
    "GET /_consilium/v1/conversations": conversations,
    "GET /_consilium/v1/callbacks": { body: { items: [], next_cursor: null, total: 0 } },
    "GET /_consilium/v1/events": "never",
  });
  render(
    <BrandProvider brand={brand} words={words} app="patient">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <AccessProvider start={async () => engine}>
          {(access) => (access.status === "in" ? <HomeView /> : null)}
        </AccessProvider>
      </QueryClientProvider>
    </BrandProvider>,
  );
}

it("asks for the services at once, and shows them when it is known what stands over them", async () => {
  open("never");
  await waitFor(() => expect(asked).toBe(1));
  await screen.findByRole("heading", { level: 1, name: /Anna/ });
  expect(screen.queryByRole("link", { name: /General practitioner/ })).toBeNull();
  expect(screen.getByRole("status", { name: "Loading" })).toBeInTheDocument();
  expect(screen.getByRole("complementary", { name: "In an emergency" })).toHaveTextContent("112");
});

it("shows them too where what stands over them cannot be had", async () => {
  open({ status: 503, body: {} });
  expect(await screen.findByRole("link", { name: /General practitioner/ })).toBeVisible();
});
