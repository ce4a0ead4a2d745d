import { expect, it } from "vitest";
import { EN as en, RU as ru } from "../testing/words.ts";
import { inTrade, personWord } from "./words.ts";

it("a law firm has clients, in every case and number", () => {
  expect(JSON.stringify(inTrade(ru, "ru", "client"))).not.toMatch(/пациент/i);
  expect(JSON.stringify(inTrade(en, "en", "client"))).not.toMatch(/"[^"]*patient[^"]*"(?!:)/i);
  expect(inTrade({ list: "Пациенты", of: "по имени пациента" }, "ru", "client")).toEqual({
    list: "Клиенты",
    of: "по имени клиента",
  });
});

it("a clinic has patients", () => {
  expect(inTrade(ru, "ru", "patient")).toBe(ru);
  expect(personWord({ en: {} })).toBe("patient");
  expect(personWord({ en: { "console.person": "client" } })).toBe("client");
});
