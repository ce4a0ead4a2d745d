import { expect, it } from "vitest";
import { makeFormats } from "./formats.ts";
import { regionalLocale } from "./region.ts";

const evening = new Date(2025, 2, 5, 21, 4);
const written = (language: string, country: string) => {
  const formats = makeFormats(regionalLocale(language, country), (key) => key);
  return [formats.time(evening), formats.date(evening), formats.day(evening)].map((text) =>
    text.replace(/\s/g, " "),
  );
};

it("writes dates and times as the brand's country does", () => {
  expect(written("en", "GB")).toEqual(["21:04", "5 Mar 2025", "5 March 2025"]);
  expect(written("en", "US")).toEqual(["09:04 PM", "Mar 5, 2025", "March 5, 2025"]);
  expect(written("ru", "RU")).toEqual(["21:04", "5 мар. 2025 г.", "5 марта 2025 г."]);
});

it("keeps to the language where the pair has no habits of its own", () => {
  expect(written("ru", "GB")).toEqual(written("ru", "RU"));
  expect(written("en", "RU")).toEqual(["21:04", "5 Mar 2025", "5 March 2025"]);
});
