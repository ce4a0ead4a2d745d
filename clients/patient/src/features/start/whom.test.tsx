/** For whom one asks: oneself unless one says otherwise; what is agreed to is asked for that one, and goes along. */
import "@testing-library/jest-dom/vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { renderSignedIn, serviceSample, signIn, speakEnglish } from "../../../testing/signed-in.tsx";
import { addConsentWords, addPersonWords, addStartWords } from "../../app/words.ts";
import { StartView } from "./StartView.tsx";

const masha = {
  id: "m",
  name: "Masha",
  birth_date: "2017-05-01",
  age: 9,
  sex: "female",
  relationship: "PRN",
  active: true,
  consultations: 0,
  created_at: "2026-11-20T10:00:00Z",
};
const consent = (status: string) => ({
  purpose: "advice",
  required: true,
  asked: "before_first_question",
  status,
  offered: {
    hash: "a1",
    language: "en",
    title: "I agree to advice",
    summary: "In short.",
    text: "All of it.",
  },
  last: null,
  withdrawal: [],
});

let persons: object[] = [];
let sent: unknown[] = [];
let added: unknown[] = [];

beforeAll(() => speakEnglish(addStartWords, addConsentWords, addPersonWords));
beforeEach(() => {
  history.replaceState(null, "", "/ask/q1");
  [persons, sent, added] = [[masha], [], []];
  signIn({
    "GET /_consilium/v1/services": { body: { services: [serviceSample()] } },
    "GET /_consilium/v1/me/persons": () => ({ body: { persons } }),
    "POST /_consilium/v1/me/persons": (body) => {
      added.push(body);
      return { status: 201, body: { ...masha, id: "p", name: "Petya" } };
    },
    "GET /_consilium/v1/me/consents": { body: { consents: [consent("active")] } },
    "GET /_consilium/v1/me/persons/m/consents": { body: { consents: [consent("proposed")] } },
    "GET /_consilium/v1/me/persons/p/consents": { body: { consents: [] } },
    "POST /_consilium/v1/consultations": (body) => {
      sent.push(body);
      return { body: { id: "c1", room_id: "!r", conversation_id: "v1", phase: "queued" } };
    },
  });
});

async function open() {
  renderSignedIn(<StartView serviceId="q1" />);
  await userEvent.type(await screen.findByRole("textbox"), "A cough");
}

const whom = () => screen.findByRole("group", { name: "For whom?" });
const ask = () => userEvent.click(screen.getByRole("button", { name: "Ask" }));
const asked = () => waitFor(() => expect(location.pathname).toBe("/conversation/v1"));

it("is oneself where nothing else is said", async () => {
  await open();
  expect(within(await whom()).getByRole("radio", { name: "For me" })).toBeChecked();
  await ask();
  await asked();
  expect(sent).toMatchObject([{ person_id: null, consents: [] }]);
});

it("is whoever is chosen, for whom it has to be agreed", async () => {
  await open();
  await userEvent.click(within(await whom()).getByRole("radio", { name: "Masha" }));
  expect(await screen.findByText(/^You agree for Masha\./)).toBeVisible();
  const tick = await screen.findByRole("checkbox", { name: "I agree to advice" });
  await ask();
  expect(sent).toEqual([]);
  await userEvent.click(tick);
  await ask();
  await asked();
  expect(sent).toMatchObject([{ person_id: "m", consents: [{ purpose: "advice", hash: "a1" }] }]);
});

it("is the person who was added just now", async () => {
  persons = [];
  await open();
  expect(screen.queryByRole("group", { name: "For whom?" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Ask for a child or somebody close" }));
  const dialog = within(screen.getByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Add" }));
  expect(dialog.getByText("Choose who it is")).toBeVisible();
  expect(dialog.getByText("Enter a name")).toBeVisible();
  expect(added).toEqual([]);
  await userEvent.click(dialog.getByRole("radio", { name: "Child" }));
  await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "Petya");
  await userEvent.type(dialog.getByRole("textbox", { name: "Date of birth" }), "01052017");
  await userEvent.click(dialog.getByRole("button", { name: "Add" }));
  expect(within(await whom()).getByRole("radio", { name: "Petya" })).toBeChecked();
  expect(added).toMatchObject([{ name: "Petya", birth_date: "2017-05-01", relationship: "PRN", sex: null }]);
  await ask();
  await asked();
  expect(sent).toMatchObject([{ person_id: "p" }]);
});
