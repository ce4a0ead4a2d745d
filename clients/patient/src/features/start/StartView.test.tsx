/** The first screen of a question, where the queue does not work now. */
import "@testing-library/jest-dom/vitest";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import type { Engine } from "@consilium/kit/matrix";
import { PretendEngine, pretendBrand, pretendFetch } from "@consilium/kit/testing";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { i18n } from "i18next";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { askedQuestion } from "../../app/asking.ts";
import { AccessProvider, type StartEngine } from "../../app/session.tsx";
import { addStartWords } from "../../app/words.ts";
import { locales } from "../../locales/index.ts";
import { StartView } from "./StartView.tsx";
import { addQuestionWords } from "./words.ts";

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
  operators_online: 0,
  wait: null,
  price: null,
  languages: ["en"],
  callback: { available: true, offered: true, reason: "closed" },
  hours: { time_zone: "Europe/Moscow", open: false, opens_at: "2099-01-05T06:00:00Z", times: [] },
  questionnaire: null,
};

let words: i18n;
let restore: () => void = () => undefined;

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, locales);
  await Promise.all([addStartWords(), addQuestionWords()]);
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
  history.replaceState(null, "", "/ask/q1");
  restore = pretendFetch({
    "GET /_consilium/v1/services": { body: { services: [service] } },
    "GET /_consilium/v1/events": "never",
  });
});
afterEach(() => {
  // The stream ends with the page; only then may the pretend server go.
  cleanup();
  restore();
  localStorage.removeItem("consilium.session");
});

function open(start: StartEngine) {
  render(
    <BrandProvider brand={brand} words={words} app="patient">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <AccessProvider start={start}>
          {(access) => (access.status === "in" ? <StartView serviceId="q1" /> : null)}
        </AccessProvider>
      </QueryClientProvider>
    </BrandProvider>,
  );
}

it("keeps a question that is pressed before the device is ready, and sends it when it is", async () => {
  restore();
  const consultation = { id: "c1", room_id: "!r", conversation_id: "v1", phase: "queued" };
  restore = pretendFetch({
    "GET /_consilium/v1/services": { body: { services: [service] } },
    "GET /_consilium/v1/events": "never",
    "POST /_consilium/v1/consultations": { body: consultation },
  });
  let ready: (engine: Engine) => void = () => undefined;
  const tries: string[] = [];
  open(() => {
    tries.push("start");
    if (tries.length === 1) return Promise.reject(new Error("no network"));
    return new Promise((resolve) => {
      ready = resolve;
    });
  });
  await userEvent.type(await screen.findByRole("textbox"), "My head hurts");
  await userEvent.click(screen.getByRole("button", { name: "Ask" }));
  expect(await screen.findByText("The app is getting ready")).toBeVisible();
  expect(askedQuestion("@anna:x")?.text).toBe("My head hurts");
  // The network is back: the client is started again by itself, and the question goes out.
  window.dispatchEvent(new Event("online"));
  await waitFor(() => expect(tries).toHaveLength(2));
  ready(engine);
  await waitFor(() => expect(location.pathname).toBe("/conversation/v1"));
  expect(askedQuestion("@anna:x")).toBeNull();
});

it("says when a closed queue opens, once, and offers a call-back", async () => {
  open(() => Promise.resolve(engine));
  expect(await screen.findByText(/^We open: .*January/)).toBeVisible();
  expect(screen.queryByText("Nobody is on duty right now")).toBeNull();
  const offers = screen.getAllByRole("button", { name: "Call me back" });
  expect(offers).toHaveLength(1);
  await userEvent.click(offers[0] as HTMLElement);
  await waitFor(() => expect(location.pathname).toBe("/call-me/q1"));
});

it("says what it costs and in which languages it is given, where the brand speaks several", async () => {
  restore();
  const paid = { ...service, price: { amount_minor: 90_000, currency: "RUB" }, languages: ["en", "ru"] };
  restore = pretendFetch({
    "GET /_consilium/v1/services": { body: { services: [paid] } },
    "GET /_consilium/v1/events": "never",
  });
  open(() => Promise.resolve(engine));
  const languages = (await screen.findByText("Languages")).nextElementSibling;
  expect(languages).toHaveTextContent("English, Русский");
  expect(screen.getByText("Price").nextElementSibling).toHaveTextContent("900");
});

it("shows a service that an earlier version of the app kept", async () => {
  restore();
  const { languages: _, ...old } = service;
  restore = pretendFetch({
    "GET /_consilium/v1/services": { body: { services: [old] } },
    "GET /_consilium/v1/events": "never",
  });
  open(() => Promise.resolve(engine));
  expect(await screen.findByText("Price")).toBeVisible();
  expect(screen.queryByText("Languages")).toBeNull();
});
