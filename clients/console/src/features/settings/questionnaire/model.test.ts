import type { QuestionnaireSettings, QuestionSettings } from "@consilium/kit/api";
import { askedOf, redFlagOf } from "@consilium/kit/questions";
import { describe, expect, it } from "vitest";
import { placeOf, wrongOf } from "../model.ts";
import { askedIn, earlier, newOption, newQuestion, withType } from "./model.ts";

const both = (text: string) => ({ en: text, ru: text });
const question = (link_id: string, type: QuestionSettings["type"], more: Partial<QuestionSettings> = {}) => ({
  ...newQuestion(type, []),
  link_id,
  text: both(link_id),
  ...more,
});
const option = (code: string, red_flag = false) => ({ ...newOption([]), code, text: both(code), red_flag });

const FORM: QuestionnaireSettings = {
  title: both("A child"),
  items: [
    question("fever", "boolean"),
    question("highest", "decimal", {
      unit: both("°C"),
      minimum: 34,
      maximum: 43,
      red_flag_from: 39.5,
      enable_when: { question: "fever", answer: "yes" },
    }),
    question("signs", "choice", { options: [option("breath", true), option("rash")] }),
  ],
};
const wrong = (items: QuestionSettings[], title = FORM.title) =>
  Object.fromEntries(wrongOf({ kind: "questionnaire", value: { title, items } }, ["en", "ru"]));
const [fever, highest, signs] = FORM.items as [QuestionSettings, QuestionSettings, QuestionSettings];

describe("what is wrong with a form", () => {
  it("is nothing where it is whole", () => {
    expect(wrong(FORM.items)).toEqual({});
  });

  it("is named by question and choice", () => {
    expect(wrong([], { en: "A child" })).toEqual({ "title.ru": "needed", items: "oneQuestion" });
    expect(wrong([{ ...fever, text: { en: " ", ru: "?" } }])).toEqual({ "items.fever.text.en": "needed" });
    expect(wrong([{ ...signs, options: [option("a")] }])).toEqual({ "items.signs.options": "twoOptions" });
    const untold = { ...signs, options: [option("a"), { ...option("b"), text: { en: "b" } }] };
    expect(wrong([untold])).toEqual({ "items.signs.options.b.text.ru": "needed" });
    expect(wrong(Array.from({ length: 31 }, (_, place) => ({ ...fever, link_id: `q${place}` })))).toEqual({
      items: "tooManyQuestions",
    });
  });

  it("is a number that contradicts another", () => {
    const alone = { ...highest, enable_when: null };
    expect(wrong([{ ...alone, minimum: 44 }])).toEqual({ "items.highest.minimum": "backwards" });
    expect(wrong([{ ...alone, red_flag_from: 35, red_flag_to: 34 }])).toEqual({
      "items.highest.red_flag_from": "allFlags",
    });
  });

  it("is a condition that no question above can fulfil", () => {
    const refused = { "items.highest.enable_when": "earlier" };
    expect(wrong([highest, fever])).toEqual(refused);
    expect(wrong([highest])).toEqual(refused);
    expect(wrong([withType(fever, "text"), highest])).toEqual(refused);
    const gone = { ...highest, enable_when: { question: "signs", answer: "cough" } };
    expect(wrong([signs, gone])).toEqual(refused);
    expect(earlier(FORM.items, 2).map(({ link_id }) => link_id)).toEqual(["fever"]);
  });

  it("stands where the form shows it", () => {
    const content = { kind: "questionnaire" as const, value: FORM };
    expect(placeOf({ field: "items[1].minimum", message: "no" }, content)).toBe("items.highest.minimum");
    expect(placeOf({ field: "items.fever.text", message: "no" }, content)).toBe("items.fever.text");
    expect(placeOf({ field: "items[9].text", message: "no" }, content)).toBe("items");
  });
});

describe("a question", () => {
  it("of another type keeps its words and its condition, and nothing that says nothing for it", () => {
    const text = withType({ ...highest, required: true }, "text");
    expect(text).toEqual({
      ...question("highest", "text"),
      required: true,
      enable_when: { question: "fever", answer: "yes" },
    });
    expect(withType(text, "display").required).toBe(false);
    expect(withType(text, "choice").options.map(({ code }) => code)).toEqual(["option-1", "option-2"]);
    expect(withType(signs, "choice")).toBe(signs);
  });
});

it("is tried as patients are asked it, in each language", () => {
  const form = { ...FORM, items: [{ ...fever, text: { en: "A fever?", ru: "Жар?" } }, highest, signs] };
  expect(askedIn(form, "ru").items[0]?.text).toBe("Жар?");
  const asked = askedIn(form, "en");
  expect([asked.title, asked.items[0]?.text, asked.items[1]?.unit]).toEqual(["A child", "A fever?", "°C"]);
  expect(askedOf(asked, {}).map(({ link_id }) => link_id)).toEqual(["fever", "signs"]);
  expect(redFlagOf(asked, { fever: true, highest: "39,6" })).toBe("highest");
  expect(redFlagOf(asked, { signs: ["breath"] })).toBe("signs");
  expect(askedIn({ title: { en: "Only English" }, items: [] }, "ru").title).toBe("Only English");
});
