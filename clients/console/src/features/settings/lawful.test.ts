import { expect, it } from "vitest";
import { isOrigin } from "./lawful.ts";
import { placeOf, wrongOf } from "./model.ts";

const LANGUAGES = ["en", "ru"];
const both = (text: string) => ({ en: text, ru: text });

it("wants sites as a browser names them", () => {
  for (const site of ["https://www.clinic.example", "http://localhost:8080"])
    expect(isOrigin(site)).toBe(true);
  for (const site of ["clinic.example", "https://clinic.example/form", "https://a b", "ftp://x"])
    expect(isOrigin(site)).toBe(false);
});

it("names what the call-back form lacks, and nothing where there is none", () => {
  expect([...wrongOf({ kind: "callback_form", value: { form: null } }, LANGUAGES)]).toEqual([]);
  const form = { origins: [], consent_version: " ", consent: { en: "I agree." }, queues: [] };
  expect([...wrongOf({ kind: "callback_form", value: { form } }, LANGUAGES)]).toEqual([
    ["form.consent.ru", "needed"],
    ["form.consent_version", "needed"],
    ["form.origins", "oneOrigin"],
  ]);
});

it("wants the text of a document only where it is written here", () => {
  const document = { id: "privacy", version: "1", title: both("Privacy"), files: both("privacy.html") };
  const wrong = (texts: Record<string, string> | null) => [
    ...wrongOf({ kind: "legal", value: { documents: [{ ...document, texts }] } }, LANGUAGES).keys(),
  ];
  expect(wrong(null)).toEqual([]);
  expect(wrong({ en: "Text" })).toEqual(["documents.privacy.texts.ru"]);
});

it("keeps for a time that a calendar can count", () => {
  const wrong = (keep: { keep_years: number | null; keep_days: number | null }) => {
    const one = { id: "talk", name: both("Talk"), erase_on_request: false, ...keep };
    return [...wrongOf({ kind: "retention", value: { classes: [one] } }, LANGUAGES).keys()];
  };
  expect(wrong({ keep_years: 25, keep_days: null })).toEqual([]);
  expect(wrong({ keep_years: null, keep_days: 30 })).toEqual([]);
  expect(wrong({ keep_years: 101, keep_days: null })).toEqual(["classes.talk.keep"]);
  expect(wrong({ keep_years: null, keep_days: 0 })).toEqual(["classes.talk.keep"]);
});

it("shows a refusal of a thing of a list at its name", () => {
  const lunch = { id: "lunch", of: "break", name: both("Lunch"), color: "info" } as const;
  const statuses = [{ ...lunch, on_duty: false, retired: false }];
  const content = { kind: "statuses", value: { statuses } } as const;
  expect(placeOf({ field: "statuses[0].of", message: "" }, content)).toBe("statuses.lunch.of");
  expect(placeOf({ field: "statuses.lunch.name", message: "" }, content)).toBe("statuses.lunch.name");
});
