/** Every screen of both apps, in both languages under the brand that speaks them first: usable by everybody in light and dark, and in one language. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { staffOf, walk } from "./scenes.mjs";
import { stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const BRANDS = [
  { brand: "demo-clinic", language: "ru", services: ["Терапевт", "Педиатр"] },
  { brand: "demo-law", language: "en", services: ["Family law", "Home and property"] },
];

/** Words of the other language that a screen may hold: keys of the keyboard, logins, names of files, languages by their own name. */
const FOREIGN = {
  ru: /\b(Ctrl|Alt|Shift|Esc|Enter|Tab|Space|Matrix|English|SHA|sokolov|petrova|volkova|anna|boris|clara|[\w.-]+\.(png|pdf|test|example))\b/gi,
  en: /Русский/g,
};
const OTHER_LETTERS = { ru: /[a-z]{3,}(?:[ ,][a-z]{2,})+/gi, en: /[а-яё]{3,}/gi };

/** Runs of words in another language than the person has chosen. Recovery keys, hashes and ids are no words. */
async function foreign(person, language) {
  const text = await person.page.evaluate(() => {
    const clone = document.body.cloneNode(true);
    for (const code of clone.querySelectorAll("code, script, style, [translate=no], [aria-hidden=true]")) code.remove();
    return [clone.innerText, ...[...document.querySelectorAll("[aria-label],[title],[placeholder]")].flatMap((element) =>
      ["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""))].join("\n");
  });
  return text.replace(FOREIGN[language], "").match(OTHER_LETTERS[language]) ?? [];
}

for (const { brand, language, services } of BRANDS) {
  describe(`${brand}, ${language}`, () => {
    const told = [];
    const on = stage({ brand, staff: staffOf(language) }, async () => undefined);
    test("every screen can be used by everybody, and speaks one language", { timeout: 300_000 }, async () => {
      await walk(on, {
        words: await wordsOf(language),
        services,
        show: async (person, title) => {
          for (const violation of await person.inspect()) told.push(`${title}, ${violation}`);
          const words = await foreign(person, language);
          if (words.length > 0) told.push(`${title} speaks another language: ${words.join(" | ")}`);
        },
      });
      assert.deepEqual(told, []);
    });
  });
}
