/** Who plays the patient is told so, and what becomes of what he writes; of a rehearsal that is over he is told that. */
import "@testing-library/jest-dom/vitest";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { PretendEngine, pretendBrand, pretendFetch } from "@consilium/kit/testing";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { i18n } from "i18next";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { rehearsalCode } from "../../app/rehearsal.ts";
import { AccessProvider } from "../../app/session.tsx";
import { locales } from "../../locales/index.ts";
import { RehearsalNotice } from "./RehearsalNotice.tsx";
import { addRehearsalWords } from "./words.ts";

vi.setConfig({ testTimeout: 30_000 });

const CODE = "00112233445566778899aabb";
const brand = pretendBrand("clinic", "patient", "http://localhost");
const engine = new PretendEngine({
  me: "@anna:x",
  keeper: "@keeper:x",
  names: {},
  rooms: {},
  sending: "hangs",
});

let words: i18n;
let restore: () => void = () => undefined;
let answer: { status?: number; body: object };

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, locales);
  await addRehearsalWords();
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
  sessionStorage.setItem("consilium.rehearsal", CODE);
  answer = { body: { joined_at: "2026-11-30T08:00:00Z", demo: true } };
  restore = pretendFetch({
    "POST /_consilium/v1/me/rehearsal": () => answer,
    "GET /_consilium/v1/events": "never",
  });
});
afterEach(() => {
  cleanup();
  restore();
  localStorage.removeItem("consilium.session");
  sessionStorage.clear();
});

function show(): void {
  render(
    <BrandProvider brand={brand} words={words} app="patient">
      <QueryClientProvider client={new QueryClient()}>
        <AccessProvider start={async () => engine}>
          {(access) => (access.status === "in" ? <RehearsalNotice code={CODE} /> : null)}
        </AccessProvider>
      </QueryClientProvider>
    </BrandProvider>,
  );
}

it("says that it is a rehearsal, and is put away by one press", async () => {
  show();
  expect(await screen.findByText(/Account and conversation go when the demonstration/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Hide" }));
  expect(screen.queryByText(/This is a rehearsal/)).toBeNull();
  expect(rehearsalCode()).toBeNull();
});

it("promises nothing of an account that was there before", async () => {
  answer = { body: { joined_at: "2026-11-30T08:00:00Z", demo: false } };
  show();
  expect(await screen.findByText(/What you write stays in your account/)).toBeVisible();
});

it("says that it is over", async () => {
  answer = {
    status: 404,
    body: { type: "urn:consilium:problem:not-found", title: "Not found", status: 404 },
  };
  show();
  expect(await screen.findByText("This rehearsal is over")).toBeVisible();
  expect(rehearsalCode()).toBeNull();
});
