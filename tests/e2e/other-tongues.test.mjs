/**
 * Each brand in its other language, on the screens that it writes most of itself: what it says is all there, in one language, and has room. With
 * all-screens.test.mjs, which goes through every screen of each brand in its first language, every screen is seen under both brands and in both
 * languages.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { COLOURS } from "./browser.mjs";
import { findings } from "./findings.mjs";
import { GLANCED, glance, SERVICES, staffOf } from "./scenes.mjs";
import { stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

/** Colours of the first brand were looked at in its first language; these screens of the second are looked at here alone. */
const BRANDS = [
  { brand: "demo-clinic", language: "en", rules: null },
  { brand: "demo-law", language: "ru", rules: COLOURS },
];

for (const { brand, language, rules } of BRANDS) {
  describe(`${brand}, ${language}`, () => {
    const on = stage({ brand, staff: staffOf(language) }, async () => undefined);
    test("what the brand says is all there, in one language, and has room", { timeout: 180_000 }, async () => {
      const told = [];
      const seen = [];
      await glance(on, {
        words: await wordsOf(language),
        services: SERVICES[brand][language],
        show: async (person, title) => {
          seen.push(title);
          const isPatient = person.page.url().startsWith(on.world.api);
          for (const finding of await findings(person, { isPatient, language, rules })) told.push(`${title}, ${finding}`);
        },
      });
      assert.deepEqual(told, []);
      const asksConsent = seen.includes("patient-consent");
      assert.deepEqual(seen.toSorted(), GLANCED.filter((title) => asksConsent || title !== "patient-consent").toSorted());
    });
  });
}
