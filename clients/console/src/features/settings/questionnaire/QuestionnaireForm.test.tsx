/** An intake form is made with the keyboard alone, and tried by the rules that patients meet. */
import "@testing-library/jest-dom/vitest";
import type { QuestionnaireSettings, QuestionSettings } from "@consilium/kit/api";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { renderInConsole, speakEnglish } from "../../../../testing/in-console.tsx";
import settingsWords from "../../../locales/en.settings.json";
import { addSettingsWords } from "../words.ts";
import { newQuestion } from "./model.ts";
import { QuestionnaireForm } from "./QuestionnaireForm.tsx";
import { QuestionsPreview } from "./QuestionsPreview.tsx";

const both = (text: string) => ({ en: text, ru: text });
const question = (link_id: string, type: QuestionSettings["type"], more: Partial<QuestionSettings> = {}) => ({
  ...newQuestion(type, []),
  link_id,
  text: both(link_id),
  ...more,
});
const FORM: QuestionnaireSettings = {
  title: both("A child"),
  items: [
    question("fever", "boolean", { required: true }),
    question("highest", "decimal", {
      red_flag_from: 39.5,
      enable_when: { question: "fever", answer: "yes" },
    }),
  ],
};

let made: QuestionnaireSettings;

beforeAll(async () => {
  await speakEnglish(settingsWords);
  await addSettingsWords();
});
beforeEach(() => {
  made = FORM;
});

function Desk({ tries, form }: { tries: boolean; form: QuestionnaireSettings }) {
  const [value, setValue] = useState(form);
  made = value;
  return tries ? (
    <QuestionsPreview value={value} onClose={() => undefined} />
  ) : (
    <QuestionnaireForm value={value} errors={new Map()} onChange={setValue} />
  );
}

function show(tries: boolean, form = FORM) {
  renderInConsole(<Desk tries={tries} form={form} />);
  return userEvent.setup({ delay: null });
}

it("a question is added where the keyboard is, and its words come next", async () => {
  const user = show(false);
  await user.selectOptions(screen.getByLabelText("Answer to a new question"), "choice");
  screen.getByText("Add the question").closest("button")?.focus();
  await user.keyboard("{Enter}");
  await user.keyboard("Ещё?");
  const added = made.items[2];
  expect([added?.link_id, added?.type, added?.text.ru]).toEqual(["question-3", "choice", "Ещё?"]);
});

it("a choice is added where the keyboard is, and its words come next", async () => {
  const signs = question("signs", "choice");
  const user = show(false, { ...FORM, items: [signs] });
  screen.getByText("Add a choice").closest("button")?.focus();
  await user.keyboard("{Enter}");
  await user.keyboard("Да");
  expect(made.items[0]?.options.map(({ code, text }) => [code, text.ru])).toEqual([
    ["option-1", undefined],
    ["option-2", undefined],
    ["option-3", "Да"],
  ]);
});

it("a question is moved by the keyboard, which stays with it", async () => {
  const user = show(false);
  const down = screen.getByRole("button", { name: "Move down: fever" });
  down.focus();
  await user.keyboard("{Enter}");
  expect(made.items.map(({ link_id }) => link_id)).toEqual(["highest", "fever"]);
  expect(screen.getByRole("button", { name: "Move up: fever" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(made.items.map(({ link_id }) => link_id)).toEqual(["fever", "highest"]);
  expect(down).toHaveFocus();
});

it("numbers are typed as people write them", async () => {
  const user = show(false);
  const from = screen.getByLabelText("Red flag from");
  await user.clear(from);
  expect(made.items[1]?.red_flag_from).toBeNull();
  await user.type(from, "38,0");
  expect(made.items[1]?.red_flag_from).toBe(38);
  const least = screen.getByLabelText("At least");
  await user.type(least, "-5.25");
  expect([made.items[1]?.minimum, (least as HTMLInputElement).value]).toEqual([-5.25, "-5.25"]);
});

it("a form is tried as patients meet it: what is missing, conditions, red flags", async () => {
  const user = show(true);
  const asked = within(screen.getByRole("region", { name: "A child" }));
  expect(asked.queryByText(/highest/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Check the answers" }));
  expect(asked.getByRole("alert")).toHaveTextContent("Please choose or write an answer");
  await user.click(asked.getByLabelText("Yes"));
  expect(asked.queryByRole("alert")).toBeNull();
  await user.type(asked.getByLabelText(/highest/), "39,5");
  expect(asked.getByRole("alert")).toHaveTextContent("112");
  expect(screen.getByText(/go before others/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Start anew" }));
  expect(asked.queryByRole("alert")).toBeNull();
});
