/** A rule read aloud, in both languages. */
import type { RuleSettings } from "@consilium/kit/api";
import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";
import { speakEnglish } from "../../../../testing/in-console.tsx";
import en from "../../../locales/en.settings.json";
import ru from "../../../locales/ru.settings.json";
import { EVENTS, newRule } from "./model.ts";
import { foundOf, sentenceOf } from "./sentence.ts";

beforeAll(async () => {
  await speakEnglish(en);
  i18next.addResourceBundle("ru", "app", ru);
});

const QUEUES: Record<string, string> = { general: "General", dental: "Dentist" };

function said(language: "en" | "ru", rule: RuleSettings): string {
  const t = i18next.getFixedT(language, "app");
  return sentenceOf(rule, {
    t,
    locale: language,
    queue: (id) => QUEUES[id] ?? id,
    tag: (id) => id.toUpperCase(),
  });
}

function rule(
  conditions: Partial<RuleSettings["conditions"]>,
  actions: Partial<RuleSettings["actions"]>,
): RuleSettings {
  const fresh = newRule({ en: "R", ru: "П" });
  return {
    ...fresh,
    conditions: { ...fresh.conditions, ...conditions },
    actions: { ...fresh.actions, ...actions },
  };
}

it("says when, if, and what is done", () => {
  const whole = rule(
    { queues: ["general", "dental"], hours: "outside", red_flag: true, waited_minutes: 15 },
    { add_tags: ["urgent"], raise_priority_to: 20, move_to: "dental", note: "n" },
  );
  expect(said("en", whole)).toBe(
    "When a patient asks for a consultation, if the service is “General” or “Dentist”, the service does not work then, there is a red flag, and " +
      "the patient has waited for at least 15 min: put on the tag “URGENT”, raise the priority to 20, move it to “Dentist”, write a note for staff, " +
      "and alarm supervisors.",
  );
  expect(said("ru", whole)).toBe(
    "Когда пациент обращается за консультацией, если услуга — «General» или «Dentist», услуга в это время не работает, есть тревожный признак и " +
      "пациент ждёт не меньше 15 мин: поставить метку «URGENT», поднять приоритет до 20, перевести в услугу «Dentist», написать заметку для сотрудников и " +
      "поднять тревогу у супервизоров.",
  );
});

it("says that nothing is asked, and that nothing is done", () => {
  expect(said("en", rule({}, {}))).toBe("When a patient asks for a consultation: alarm supervisors.");
  expect(said("ru", rule({}, { alarm: false }))).toBe(
    "Когда пациент обращается за консультацией: ничего не делать.",
  );
});

it("has words for every event in both languages", () => {
  for (const language of ["en", "ru"] as const)
    for (const event of EVENTS)
      expect(said(language, { ...rule({}, {}), event }), event).not.toContain("brandSettings");
});

it("says what there was of a condition", () => {
  const t = i18next.getFixedT("en", "app");
  const names = {
    t,
    locale: "en",
    queue: (id: string) => QUEUES[id] ?? id,
    tag: (id: string) => id.toUpperCase(),
  };
  expect(foundOf({ condition: "queues", holds: true, found: ["dental"] }, names)).toBe("Dentist");
  expect(foundOf({ condition: "tags", holds: false, found: ["a", "b"] }, names)).toBe("A, B");
  expect(foundOf({ condition: "waited_minutes", holds: true, found: ["12"] }, names)).toBe("12 min");
  expect(foundOf({ condition: "red_flag", holds: true, found: ["true"] }, names)).toBe(en.brandSettings.yes);
});
