/** Russian and English say the same things, with the same values, in messages that can be read. Both apps' words too. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatMessage } from "./icu.ts";

/** Folder and ending; words of parts that come later stand in files of their own. */
const SETS = ["./locales/", "../../patient/src/locales/", "../../console/src/locales/"].flatMap((folder) =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((name) => /^en\b.*\.json$/.test(name))
    .map((name) => [folder, name.slice("en".length)] as const),
);

type Words = { [key: string]: string | Words };

function flat(words: Words, prefix = ""): Map<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "string") out.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) out.set(inner, text);
  }
  return out;
}

/** `brand` is everybody's: one language may need it where the other does not. */
const valuesOf = (message: string) =>
  new Set(
    [...message.matchAll(/\{\s*([a-zA-Z_]\w*)\s*[,}]/g)]
      .map((match) => match[1])
      .filter((name) => name !== "brand"),
  );

describe.each(SETS)("%s*%s", (folder, ending) => {
  const at = (language: string) => new URL(`${folder}${language}${ending}`, import.meta.url);
  const read = (language: string) => flat(JSON.parse(readFileSync(at(language), "utf8")) as Words);

  it("is complete in both languages, with the same values", () => {
    const [ru, en] = [read("ru"), read("en")];
    expect([...ru.keys()].sort()).toEqual([...en.keys()].sort());
    for (const [key, message] of en) expect(valuesOf(ru.get(key) ?? ""), key).toEqual(valuesOf(message));
  });

  it("can be formatted", () => {
    for (const language of ["ru", "en"]) {
      for (const [key, message] of read(language)) {
        const values = Object.fromEntries([...valuesOf(message)].map((name) => [name, 2]));
        expect(() => formatMessage(message, values, language), `${language} ${key}`).not.toThrow();
      }
    }
  });

  it("keeps the words of the trade away from patients", () => {
    if (folder.includes("console")) return;
    const forbidden =
      /(?<!\p{L})(rooms?|devices? ids?|verif\p{L}*|sessions?|encryption keys?|ключ\p{L}*|сесси\p{L}*|верифи\p{L}*)(?!\p{L})/iu;
    for (const language of ["ru", "en"])
      for (const [key, message] of read(language)) expect(message, key).not.toMatch(forbidden);
  });
});

it("finds the words of all three", () => {
  const count = (part: string) => SETS.filter(([folder]) => folder.includes(part)).length;
  expect([count("./locales"), count("patient"), count("console")].every((sets) => sets > 1)).toBe(true);
});
