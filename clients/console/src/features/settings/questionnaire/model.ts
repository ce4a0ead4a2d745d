/** An intake form as it is made: what is wrong with it, what a question of a type has, what a condition may name, how a patient sees it. No React. */
import type {
  AnswerOptionSettings,
  Localized,
  Questionnaire,
  QuestionnaireSettings,
  QuestionSettings,
} from "@consilium/kit/api";
import { missing } from "../needed.ts";
import { freeName } from "../short-names.ts";

export type QuestionType = QuestionSettings["type"];
type Wrong = Map<string, string>;

export const TYPES: readonly QuestionType[] = ["boolean", "choice", "decimal", "date", "text", "display"];

/** As many as the service takes. */
export const QUESTIONS_MAX = 30;
export const OPTIONS_MAX = 20;
const OPTIONS_MIN = 2;

export function newOption(taken: readonly string[]): AnswerOptionSettings {
  return { code: freeName("option", taken), text: {}, red_flag: false };
}

function newOptions(): AnswerOptionSettings[] {
  const first = newOption([]);
  return [first, newOption([first.code])];
}

export function newQuestion(type: QuestionType, taken: readonly string[]): QuestionSettings {
  const plain: QuestionSettings = {
    link_id: freeName("question", taken),
    text: {},
    type: "text",
    required: false,
    repeats: false,
    options: [],
    unit: null,
    minimum: null,
    maximum: null,
    enable_when: null,
    red_flag: null,
    red_flag_from: null,
    red_flag_to: null,
  };
  return withType(plain, type);
}

/** The same question with another kind of answer: without what says nothing for it, which the service would refuse. */
export function withType(question: QuestionSettings, type: QuestionType): QuestionSettings {
  if (question.type === type) return question;
  const { link_id, text, enable_when, required } = question;
  return {
    link_id,
    text,
    enable_when,
    type,
    required: required && type !== "display",
    repeats: false,
    options: type === "choice" ? newOptions() : [],
    unit: null,
    minimum: null,
    maximum: null,
    red_flag: null,
    red_flag_from: null,
    red_flag_to: null,
  };
}

/** What can be answered to a question, where another can depend on it: `yes` and `no`, or codes. */
export function answersTo({ type, options }: QuestionSettings): string[] {
  if (type === "boolean") return ["yes", "no"];
  return type === "choice" ? options.map(({ code }) => code) : [];
}

/** Questions above a place on which the one there can depend. */
export function earlier(items: readonly QuestionSettings[], place: number): QuestionSettings[] {
  return items.slice(0, place).filter((item) => answersTo(item).length > 0);
}

function isMet(items: readonly QuestionSettings[], place: number): boolean {
  const when = items[place]?.enable_when ?? null;
  if (when === null) return true;
  const asked = earlier(items, place).find(({ link_id }) => link_id === when.question);
  return asked !== undefined && answersTo(asked).includes(when.answer);
}

const isAbove = (one: number | null, other: number | null) => one !== null && other !== null && one > other;

function wrongNumbers(key: string, item: QuestionSettings, wrong: Wrong): void {
  if (isAbove(item.minimum, item.maximum)) wrong.set(`${key}.minimum`, "backwards");
  if (isAbove(item.red_flag_from, item.red_flag_to)) wrong.set(`${key}.red_flag_from`, "allFlags");
}

function wrongOptions(key: string, item: QuestionSettings, languages: readonly string[], wrong: Wrong): void {
  if (item.type !== "choice") return;
  if (item.options.length < OPTIONS_MIN) wrong.set(`${key}.options`, "twoOptions");
  if (item.options.length > OPTIONS_MAX) wrong.set(`${key}.options`, "tooManyOptions");
  for (const { code, text } of item.options) missing(`${key}.options.${code}.text`, text, languages, wrong);
}

/** What can be seen to be wrong without asking the service, by its fields. */
export function wrongQuestionnaire(
  { title, items }: QuestionnaireSettings,
  languages: readonly string[],
  wrong: Wrong,
): void {
  missing("title", title, languages, wrong);
  if (items.length === 0) wrong.set("items", "oneQuestion");
  if (items.length > QUESTIONS_MAX) wrong.set("items", "tooManyQuestions");
  items.forEach((item, place) => {
    const key = `items.${item.link_id}`;
    missing(`${key}.text`, item.text, languages, wrong);
    if (item.unit !== null) missing(`${key}.unit`, item.unit, languages, wrong);
    wrongOptions(key, item, languages, wrong);
    wrongNumbers(key, item, wrong);
    if (!isMet(items, place)) wrong.set(`${key}.enable_when`, "earlier");
  });
}

/** A text that was not translated yet shows in a language that has it. */
export function inLanguage(text: Localized, language: string): string {
  return text[language] ?? Object.values(text)[0] ?? "";
}

/** The form as the service would ask it, in one language. */
export function askedIn({ title, items }: QuestionnaireSettings, language: string): Questionnaire {
  const said = (text: Localized) => inLanguage(text, language);
  return {
    title: said(title),
    items: items.map(({ text, unit, options, ...item }) => ({
      ...item,
      text: said(text),
      unit: unit === null ? null : said(unit),
      options: options.map((option) => ({ ...option, text: said(option.text) })),
    })),
  };
}
