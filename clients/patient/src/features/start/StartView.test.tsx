/** The first screen of a question, where the queue does not work now. */
import "@testing-library/jest-dom/vitest";
import type { Engine } from "@consilium/kit/matrix";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import {
  pretendClient,
  renderSignedIn,
  serviceSample,
  signIn,
  speakEnglish,
} from "../../../testing/signed-in.tsx";
import { askedQuestion } from "../../app/asking.ts";
import type { StartEngine } from "../../app/session.tsx";
import { addStartWords } from "../../app/words.ts";
import { StartView } from "./StartView.tsx";
import { addQuestionWords } from "./words.ts";

const service = serviceSample({
  operators_online: 0,
  callback: { available: true, offered: true, reason: "closed" },
  hours: { time_zone: "Europe/Moscow", open: false, opens_at: "2099-01-05T06:00:00Z", times: [] },
});

beforeAll(() => speakEnglish(addStartWords, addQuestionWords));
beforeEach(() => {
  history.replaceState(null, "", "/ask/q1");
  signIn({
    "GET /_consilium/v1/services": { body: { services: [service] } },
  });
});

function open(start?: StartEngine) {
  renderSignedIn(<StartView serviceId="q1" />, start);
}

it("keeps a question that is pressed before the device is ready, and sends it when it is", async () => {
  const consultation = { id: "c1", room_id: "!r", conversation_id: "v1", phase: "queued" };
  signIn({
    "GET /_consilium/v1/services": { body: { services: [service] } },
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
  ready(pretendClient());
  await waitFor(() => expect(location.pathname).toBe("/conversation/v1"));
  expect(askedQuestion("@anna:x")).toBeNull();
});

it("says when a closed queue opens, once, and offers a call-back", async () => {
  open();
  expect(await screen.findByText(/^We open: .*January/)).toBeVisible();
  expect(screen.queryByText("Nobody is on duty right now")).toBeNull();
  const offers = screen.getAllByRole("button", { name: "Call me back" });
  expect(offers).toHaveLength(1);
  await userEvent.click(offers[0] as HTMLElement);
  await waitFor(() => expect(location.pathname).toBe("/call-me/q1"));
});

it("says what it costs and in which languages it is given, where the brand speaks several", async () => {
  const paid = { ...service, price: { amount_minor: 90_000, currency: "RUB" }, languages: ["en", "ru"] };
  signIn({
    "GET /_consilium/v1/services": { body: { services: [paid] } },
  });
  open();
  const languages = (await screen.findByText("Languages")).nextElementSibling;
  expect(languages).toHaveTextContent("English, Русский");
  expect(screen.getByText("Price").nextElementSibling).toHaveTextContent("900");
});

it("shows a service that an earlier version of the app kept", async () => {
  const { languages: _, ...old } = service;
  signIn({
    "GET /_consilium/v1/services": { body: { services: [old] } },
  });
  open();
  expect(await screen.findByText("Price")).toBeVisible();
  expect(screen.queryByText("Languages")).toBeNull();
});
