/** Agreeing beside a question: nothing is ticked, nothing goes out without, and the text is one press away. */
import "@testing-library/jest-dom/vitest";
import { refusal } from "@consilium/kit/testing";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { renderSignedIn, serviceSample, signIn, speakEnglish } from "../../../testing/signed-in.tsx";
import { addConsentWords, addStartWords } from "../../app/words.ts";
import { StartView } from "./StartView.tsx";

const consent = (purpose: string, hash: string) => ({
  purpose,
  required: true,
  asked: "before_first_question",
  status: "proposed",
  offered: {
    hash,
    language: "en",
    title: `I agree to ${purpose}`,
    summary: "In short.",
    text: `All of ${hash}.`,
  },
  last: null,
  withdrawal: [],
});

let consents = [consent("advice", "a1"), consent("data", "d1")];
let sent: unknown[] = [];
let refusals = 0;

beforeAll(() => speakEnglish(addStartWords, addConsentWords));
beforeEach(() => {
  history.replaceState(null, "", "/ask/q1");
  [consents, sent, refusals] = [[consent("advice", "a1"), consent("data", "d1")], [], 0];
  signIn({
    "GET /_consilium/v1/services": { body: { services: [serviceSample()] } },
    "GET /_consilium/v1/me/consents": () => ({ body: { consents } }),
    "POST /_consilium/v1/consultations": (body) => {
      sent.push(body);
      refusals -= 1;
      if (refusals >= 0) return refusal("consent-changed", 409);
      return { body: { id: "c1", room_id: "!r", conversation_id: "v1", phase: "queued" } };
    },
  });
});

async function open() {
  renderSignedIn(<StartView serviceId="q1" />);
  await userEvent.type(await screen.findByRole("textbox"), "My head hurts");
  await screen.findByRole("group", { name: "Before we begin" });
}

const ask = () => userEvent.click(screen.getByRole("button", { name: "Ask" }));
const tick = (name: string) => screen.getByRole("checkbox", { name });

it("sends nothing before each is ticked by hand, and then sends the texts that were shown", async () => {
  await open();
  expect(screen.getAllByRole("checkbox").map((box) => (box as HTMLInputElement).checked)).toEqual([
    false,
    false,
  ]);
  await ask();
  expect(await screen.findAllByRole("alert")).toHaveLength(2);
  expect(tick("I agree to advice")).toHaveFocus();
  await userEvent.click(tick("I agree to advice"));
  await ask();
  expect(screen.getAllByRole("alert")).toHaveLength(1);
  expect(sent).toEqual([]);
  await userEvent.click(tick("I agree to data"));
  await ask();
  await waitFor(() => expect(location.pathname).toBe("/conversation/v1"));
  expect(sent).toMatchObject([
    {
      consents: [
        { purpose: "advice", hash: "a1" },
        { purpose: "data", hash: "d1" },
      ],
    },
  ]);
});

it("shows the whole text on a press, and ticks nothing by it", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Read all of it: I agree to advice" }));
  const dialog = screen.getByRole("dialog", { name: "I agree to advice" });
  expect(within(dialog).getByText("All of a1.")).toBeVisible();
  await userEvent.click(within(dialog).getAllByRole("button", { name: "Close" })[0] as HTMLElement);
  expect(tick("I agree to advice")).not.toBeChecked();
});

it("shows a text that changed meanwhile, unticked, and keeps the words", async () => {
  await open();
  refusals = 1;
  await userEvent.click(tick("I agree to advice"));
  await userEvent.click(tick("I agree to data"));
  consents = [consent("advice", "a2"), consent("data", "d1")];
  await ask();
  expect(await screen.findByText("Look at what you agree to once more")).toBeVisible();
  await waitFor(() => expect(tick("I agree to advice")).not.toBeChecked());
  expect(tick("I agree to data")).toBeChecked();
  expect(screen.getByRole("textbox")).toHaveValue("My head hurts");
});
