import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";
import words from "../../locales/en.settings.json";
import { nameOfField } from "./said.ts";

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
  expect(name("items[high].enable_when.answer")).toBe("high: asked if the answer is");
  expect(name("patient[branch].name.en")).toBe("branch: name (English)");
  expect(name("consultation[branch].options[river].text.ru")).toBe("branch: river: words (Русский)");
  expect(name("patient[order]")).toBe("Order of the fields on patient cards");
});
