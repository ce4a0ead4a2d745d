/** Answers that are changed while one waits: filled in as they stand, saved over those that were seen, kept where they could not be saved. */
import "@testing-library/jest-dom/vitest";
import { questionSample, refusal } from "@consilium/kit/testing";
import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { renderSignedIn, signIn, speakEnglish } from "../../../testing/signed-in.tsx";
import { addTalkWords } from "../../app/words.ts";
import { AnswersChange } from "./AnswersChange.tsx";

const questionnaire = {
  title: "About the child",
  items: [
    questionSample("words", "text", { text: "What is it?", required: true }),
    questionSample("highest", "decimal", { text: "How high?" }),
  ],
};
const CHANGE = "Change my answers";

let answers: object = {};
let sent: unknown[] = [];
let status = 200;
let reads = 0;

beforeAll(async () => {
  await speakEnglish(addTalkWords);
  // The form is fetched once, not within the wait of a test.
  await import("./AnswersDialog.tsx");
});
beforeEach(() => {
  const given = [
    { link_id: "words", value: "A cough" },
    { link_id: "highest", value: 38.5 },
  ];
  answers = { questionnaire, answers: given, answered_at: "2026-11-29T10:00:00Z" };
  [sent, status, reads] = [[], 200, 0];
  signIn({
    "GET /_consilium/v1/consultations/c1/answers": () => {
      reads += 1;
      return { body: answers };
    },
    "PUT /_consilium/v1/consultations/c1/answers": (body) => {
      sent.push(body);
      if (status !== 200) return refusal(status === 409 ? "conflict" : "unavailable", status);
      answers = {
        questionnaire,
        answers: (body as { answers: object }).answers,
        answered_at: "2026-11-29T10:05:00Z",
      };
      return { body: answers };
    },
  });
});

function show() {
  renderSignedIn(<AnswersChange consultationId="c1" queueId="child" />);
}

const press = async (name: string) => userEvent.click(await screen.findByRole("button", { name }));
const field = () => screen.findByRole("textbox", { name: "What is it?" });

async function type(text: string) {
  await userEvent.clear(await field());
  await userEvent.type(await field(), text);
}

it("fills in what was answered and saves what is changed over it", async () => {
  show();
  await press(CHANGE);
  expect(await field()).toHaveValue("A cough");
  await type("A fever");
  await press("Save");
  expect(await screen.findByText("Your answers are saved")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  const changed = [
    { link_id: "words", value: "A fever" },
    { link_id: "highest", value: 38.5 },
  ];
  expect(sent).toEqual([{ answers: changed, based_on: "2026-11-29T10:00:00Z" }]);
  await press(CHANGE);
  expect(await field()).toHaveValue("A fever");
});

it("sends nothing while an answer is missing", async () => {
  show();
  await press(CHANGE);
  await userEvent.clear(await field());
  await press("Save");
  expect(await screen.findByText("Please choose or write an answer")).toBeVisible();
  expect(sent).toEqual([]);
});

it("keeps what was typed where it is not saved, and says why", async () => {
  status = 503;
  show();
  await press(CHANGE);
  await type("A fever");
  await press("Save");
  expect(await screen.findByText("Your answers were not saved")).toBeVisible();
  await press("Close");
  await press(CHANGE);
  expect(await field()).toHaveValue("A fever");
  status = 409;
  answers = { ...answers, answered_at: "2026-11-29T10:03:00Z" };
  await press("Save");
  expect(await screen.findByText("Your answers were changed on another device")).toBeVisible();
  expect(await field()).toHaveValue("A fever");
  status = 200;
  await press("Save");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent.at(-1)).toMatchObject({ based_on: "2026-11-29T10:03:00Z" });
});

it("leaves the answers as they were where that is wished", async () => {
  show();
  await press(CHANGE);
  await type("A fever");
  await press("Leave as they were");
  await press(CHANGE);
  expect(await field()).toHaveValue("A cough");
});

it("asks who has not answered yet, and nobody where nothing is asked", async () => {
  answers = { questionnaire, answers: [], answered_at: null };
  show();
  expect(await screen.findByRole("button", { name: "Answer the questions" })).toBeVisible();
  cleanup();
  answers = { questionnaire: null, answers: [], answered_at: null };
  show();
  await waitFor(() => expect(reads).toBe(2));
  expect(screen.queryByRole("button")).toBeNull();
});
