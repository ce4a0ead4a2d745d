/** The profile's list of consents: what is given and when, giving, and withdrawing with what that does. */
import "@testing-library/jest-dom/vitest";
import { refusal } from "@consilium/kit/testing";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { renderSignedIn, signIn, speakEnglish } from "../../../testing/signed-in.tsx";
import { addConsentWords } from "../../app/words.ts";
import { Consents } from "./Consents.tsx";

const document = {
  hash: "a1",
  language: "en",
  title: "I agree to advice",
  summary: "In short.",
  text: "All of it.",
};
const given = {
  purpose: "advice",
  required: true,
  asked: "before_first_question",
  status: "active",
  offered: document,
  last: { purpose: "advice", decision: "given", at: "2026-11-20T10:00:00Z", device_id: "PHONE", document },
  withdrawal: ["nothing_new_begins", "open_goes_on", "nothing_is_deleted"],
};
const open = {
  ...given,
  purpose: "news",
  required: false,
  asked: "profile",
  status: "proposed",
  offered: { ...document, hash: "n1", title: "I agree to news" },
  last: null,
};

let consents: object[] = [];
let sent: string[] = [];
let status = 200;

beforeAll(() => speakEnglish(addConsentWords));
beforeEach(() => {
  [consents, sent, status] = [[given, open], [], 200];
  const act = (name: string, next: object[]) => (body: unknown) => {
    sent.push(`${name} ${JSON.stringify(body)}`);
    if (status !== 200) return refusal("unavailable", status);
    consents = next;
    return { body: { consents } };
  };
  signIn({
    "GET /_consilium/v1/me/consents": () => ({ body: { consents } }),
    "PUT /_consilium/v1/me/consents/news": act("give", [
      given,
      { ...open, status: "active", last: given.last },
    ]),
    "DELETE /_consilium/v1/me/consents/advice": act("withdraw", [
      { ...given, status: "inactive", last: { ...given.last, decision: "withdrawn" } },
      open,
    ]),
  });
});

async function show() {
  renderSignedIn(<Consents />);
  await screen.findByRole("heading", { name: "What you agree to" });
}

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const inDialog = () => within(screen.getByRole("dialog"));

it("withdraws only after it said what that does", async () => {
  await show();
  expect(screen.getByText(/^Given on .*2026/)).toBeVisible();
  await press("Withdraw: I agree to advice");
  expect(inDialog().getAllByRole("listitem")).toHaveLength(3);
  await userEvent.click(inDialog().getByRole("button", { name: "Keep it" }));
  expect(sent).toEqual([]);
  await press("Withdraw: I agree to advice");
  await userEvent.click(inDialog().getByRole("button", { name: "Withdraw" }));
  expect(await screen.findByText(/^Withdrawn on/)).toBeVisible();
  expect(sent).toHaveLength(1);
});

it("gives what is left open after the text was shown, with its hash", async () => {
  await show();
  await press("Read and agree: I agree to news");
  expect(inDialog().getByText("All of it.")).toBeVisible();
  await userEvent.click(inDialog().getByRole("button", { name: "I agree" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent).toEqual(['give {"hash":"n1"}']);
});

it("says where it did not work, and changes nothing", async () => {
  status = 503;
  await show();
  await press("Withdraw: I agree to advice");
  await userEvent.click(inDialog().getByRole("button", { name: "Withdraw" }));
  expect(await screen.findByText("It did not work")).toBeVisible();
  expect(screen.getByRole("dialog")).toBeVisible();
});
