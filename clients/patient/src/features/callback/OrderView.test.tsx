/** Ordering a call while a question waits in the line: what a person is asked, and what is left when one of two requests fails. */
import "@testing-library/jest-dom/vitest";
import { callbackSample, refusal } from "@consilium/kit/testing";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { renderSignedIn, serviceSample, signIn, speakEnglish } from "../../../testing/signed-in.tsx";
import { OrderView } from "./OrderView.tsx";
import { addCallbackWords } from "./words.ts";

const queue = { id: "q1", name: "General practitioner" };
const service = serviceSample({
  ...queue,
  callback: { available: true, offered: true, reason: "closed" },
  hours: { time_zone: "Europe/Moscow", open: false, opens_at: "2099-01-05T06:00:00Z", times: [] },
});

/** What the pretend service was asked to change, in order. */
let asked: string[] = [];
/** What the next requests of a kind are answered with. */
let answers: { order: number; cancel: number };

beforeAll(() => speakEnglish(addCallbackWords));
beforeEach(() => {
  history.replaceState(null, "", "/call-me/q1");
  asked = [];
  answers = { order: 201, cancel: 200 };
  let open: unknown = {
    id: "c1",
    conversation_id: "v1",
    phase: "queued",
    queue,
    participants: [],
    waiting: null,
  };
  const answer = (status: number, body: object) =>
    status < 300 ? { status, body } : refusal(status === 409 ? "conflict" : "unavailable", status);
  signIn({
    "GET /_consilium/v1/me": { body: { phone: "+79123456789", conversations: [] } },
    "GET /_consilium/v1/services": { body: { services: [service] } },
    "GET /_consilium/v1/callbacks": { body: { items: [], next_cursor: null, total: 0 } },
    "GET /_consilium/v1/conversations": () => ({
      body: { conversations: [{ id: "v1", room_id: "!r:x", circle: "general", open_consultation: open }] },
    }),
    "POST /_consilium/v1/callbacks": () => {
      asked.push("order");
      return answer(answers.order, callbackSample({ conversation_id: "v1" }));
    },
    "POST /_consilium/v1/consultations/c1/cancel": () => {
      asked.push("cancel");
      if (answers.cancel < 300) open = null;
      return answer(answers.cancel, {
        id: "c1",
        conversation_id: "v1",
        phase: "cancelled",
        queue,
        participants: [],
      });
    },
  });
});

async function form(): Promise<void> {
  renderSignedIn(<OrderView serviceId="q1" />);
  await screen.findByRole("group", { name: /waiting in the line/ });
}

const order = () => userEvent.click(screen.getByRole("button", { name: "Order a call" }));
const isOrdered = () => waitFor(() => expect(location.pathname).toBe("/call-back/callback-1"));

it("asks what becomes of the question before anything is sent", async () => {
  await form();
  await order();
  expect(await screen.findByText("Please say what shall become of your question")).toBeVisible();
  expect(asked).toEqual([]);
});

it("keeps the place in the line where that is wished", async () => {
  await form();
  await userEvent.click(screen.getByRole("radio", { name: "Keep my place in the line too" }));
  await order();
  await isOrdered();
  expect(asked).toEqual(["order"]);
});

it("orders first and then takes the question out of the line", async () => {
  await form();
  await userEvent.click(screen.getByRole("radio", { name: "Call me instead" }));
  await order();
  await isOrdered();
  expect(asked).toEqual(["order", "cancel"]);
});

it("leaves the question in the line when the call could not be ordered", async () => {
  answers.order = 503;
  await form();
  await userEvent.click(screen.getByRole("radio", { name: "Call me instead" }));
  await order();
  expect(await screen.findByText("There is no connection")).toBeVisible();
  expect(asked).toEqual(["order"]);
});

it("says that the question still waits when only the call went through, and tries again", async () => {
  answers.cancel = 503;
  await form();
  await userEvent.click(screen.getByRole("radio", { name: "Call me instead" }));
  await order();
  expect(await screen.findByText("The call is ordered; your question is still in the line")).toBeVisible();
  expect(location.pathname).toBe("/call-me/q1");
  answers.cancel = 200;
  await userEvent.click(screen.getByRole("button", { name: "Take it out of the line" }));
  await isOrdered();
  expect(asked).toEqual(["order", "cancel", "cancel"]);
});

it("goes on when somebody took the question meanwhile", async () => {
  answers.cancel = 409;
  await form();
  await userEvent.click(screen.getByRole("radio", { name: "Call me instead" }));
  await order();
  await isOrdered();
});

it("offers no time where the queue does not work, and says when it opens", async () => {
  await form();
  expect(screen.getByText(/We are closed now and call when we open/)).toBeVisible();
  expect(screen.queryByRole("radio", { name: "Choose a time" })).toBeNull();
});
