import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";
import words from "../../locales/en.settings.json";
import { type NamedKind, named, nameOfField } from "./said.ts";

beforeAll(async () => {
  await i18next.init({ lng: "en", ns: ["app"], defaultNS: "app", resources: { en: { app: words } } });
});

it("calls fields by their words, down to the choices of a question", () => {
  const name = (field: string) => nameOfField(field, i18next.t);
  expect(name("")).toBe("The whole");
  expect(name("name.en")).toBe("Name (English)");
  expect(name("callback.due_minutes")).toBe("Called within, minutes");
  expect(name("sections[advice].title.en")).toBe("advice: heading (English)");
  expect(name("sections[advice]")).toBe("advice");
  expect(name("sections[order]")).toBe("Order of the sections");
  expect(name("items[order]")).toBe("Order of the questions");
  expect(name("items[signs].options[rash].text.en")).toBe("signs: rash: words (English)");
  expect(name("items[signs].options[order]")).toBe("signs: order of the choices");
  expect(name("items[order].required")).toBe("order: has to be answered");
  expect(name("consents[treatment].text.en")).toBe("treatment: whole text (English)");
  expect(name("documents[privacy].version")).toBe("privacy: version");
  expect(name("classes[standard].keep_years")).toBe("standard: kept, years");
  expect(name("statuses[order]")).toBe("Order of the statuses");
  expect(name("form.origins")).toBe("Sites that show the form");
  expect(name("items[high].enable_when.answer")).toBe("high: asked if the answer is");
  expect(name("patient[branch].name.en")).toBe("branch: name (English)");
  expect(name("consultation[branch].options[river].text.ru")).toBe("branch: river: words (Русский)");
  expect(name("patient[order]")).toBe("Order of the fields on patient cards");
});

it("calls the things of a list by their names where it knows them", () => {
  const names = new Map([
    ["consents[treatment]", "I agree to be advised"],
    ["items[signs]", "What do you see?"],
    ["items[signs].options[rash]", "A rash"],
  ]);
  const name = (field: string) => nameOfField(field, i18next.t, names);
  expect(name("consents[treatment].text.en")).toBe("I agree to be advised: whole text (English)");
  expect(name("consents[treatment]")).toBe("I agree to be advised");
  expect(name("items[signs].options[rash].text.en")).toBe("What do you see?: A rash: words (English)");
  expect(name("items[pain].text.en")).toBe("pain: question (English)");
});

it("names queues and tags in the place of their ids, however deep they stand", () => {
  const names: Readonly<Partial<Record<NamedKind, Readonly<Record<string, string>>>>> = {
    queue: { general: "Doctor" },
    tag: { t1: "Urgent" },
    class: { talk: "Talks" },
    thing: { ads: "News by e-mail" },
  };
  const nameOf = (kind: NamedKind, id: string) => names[kind]?.[id] ?? id;
  expect(named("retention", "talk", nameOf)).toBe("Talks");
  expect(named("consents[order]", ["ads", "gone"], nameOf)).toEqual(["News by e-mail", "gone"]);
  expect(named("conditions.tags", ["t1", "gone"], nameOf)).toEqual(["Urgent", "gone"]);
  expect(named("actions.move_to", "general", nameOf)).toBe("Doctor");
  expect(named("name.en", "general", nameOf)).toBe("general");
  const rule = {
    conditions: { queues: ["general"], tags: [] },
    actions: { add_tags: ["t1"], move_to: null },
  };
  const shown = {
    conditions: { queues: ["Doctor"], tags: [] },
    actions: { add_tags: ["Urgent"], move_to: null },
  };
  expect(named("", rule, nameOf)).toEqual(shown);
});
