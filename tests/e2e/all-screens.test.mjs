/**
 * Every screen of both apps, in both languages under the brand that speaks them first: usable by everybody in light and dark, in one
 * language, within the narrowest screen, with controls that a thumb hits. And a patient's whole way without a mouse. The longest of all, so
 * it begins first (`run.mjs`).
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ALL, COLOURS, openBrowser } from "./browser.mjs";
import { findings, foreign, NARROW } from "./findings.mjs";
import { outside, small } from "./fit.mjs";
import { tabTo } from "./keyboard.mjs";
import { picture } from "./png.mjs";
import { GLANCED, SERVICES, staffOf, walk } from "./scenes.mjs";
import { patient, sees, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

/**
 * A second brand has other colours, words and services, and no other structure: rules that do not depend on those are looked at under the first. What
 * other-tongues.test.mjs looks at under the second in its other language is not looked at twice.
 */
const BRANDS = [
  { brand: "demo-clinic", language: "ru", rules: ALL, looks: () => true },
  { brand: "demo-law", language: "en", rules: COLOURS, looks: (title) => !GLANCED.includes(title) },
];

test("what is too small, sticks out or speaks another language is found", async () => {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.setContent(`<button style="width: 30px; height: 60px" aria-label="Закрыть">×</button>
      <a href="#" style="display: block; width: 60px; height: 60px">большая</a><p style="width: 900px">Some words and слова</p>`);
    assert.match((await small({ page })).join(), /^30×60 <button[^,]*$/);
    assert.match(await outside({ page }, NARROW.patient), /px: .*900px/);
    assert.equal(await outside({ page }, NARROW.console), null);
    assert.deepEqual(await foreign({ page }, "ru"), ["Some words and"]);
    assert.deepEqual(await foreign({ page }, "en"), ["большая", "слова", "Закрыть"]);
  } finally {
    await browser.close();
  }
});

for (const { brand, language, rules, looks } of BRANDS) {
  describe(`${brand}, ${language}`, () => {
    const told = [];
    const services = SERVICES[brand][language];
    const on = stage({ brand, staff: staffOf(language) }, async () => undefined);
    test("every screen can be used by everybody, and speaks one language", { timeout: 300_000 }, async (context) => {
      await walk(on, {
        words: await wordsOf(language),
        services,
        show: async (person, title) => {
          if (!looks(title)) return;
          const isPatient = person.page.url().startsWith(on.world.api);
          for (const finding of await findings(person, { isPatient, language, rules })) {
            told.push(`${title}, ${finding}`);
            context.diagnostic(told.at(-1));
          }
        },
      });
      assert.deepEqual(told, []);
    });

    if (language === "ru") {
      test("a patient asks, writes and attaches without a mouse, and sees where the focus is", async () => {
        await withoutMouse(on, await wordsOf(language), services[0]);
      });
    }
  });
}

async function withoutMouse(on, words, service) {
  const dora = await patient(on, "dora", { name: "Дора Лин", locale: words.language });
  const { page } = dora;
  // The browser hands over a choice of files only from the moment somebody listens: that must not race with the key that asks for one.
  page.on("filechooser", () => undefined);
  await page.getByText(service).first().waitFor();
  await tabTo(page, "the service", "a[href^='/ask/']");
  await page.keyboard.press("Enter");
  await page.locator("form textarea").waitFor();
  await tabTo(page, "the question", "textarea");
  await page.keyboard.type("Вопрос без мыши");
  await page.locator("form[aria-busy=false]").waitFor();
  for (const tick of await page.locator("[id^=consent-] input[aria-required=true]").all()) {
    await tabTo(page, "what has to be agreed to", `#${await tick.evaluate((input) => input.closest("[id]").id)} input`);
    await page.keyboard.press("Space");
  }
  await tabTo(page, "the button that asks", "button[type=submit]");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/conversation/**");
  await sees(dora, "Вопрос без мыши");
  await tabTo(page, "the field to write in", "form textarea");
  await page.keyboard.type("И ещё одно");
  await page.keyboard.press("Enter");
  await sees(dora, "И ещё одно");
  await tabTo(page, "the button that attaches", `[aria-label="${words.kit("composer.attach")}"]`, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches("input[type=file]"));
  await tabTo(page, "the choice of a file", "input[type=file]:not([accept])");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Space")]);
  await chooser.setFiles({ name: "Снимок.pdf", mimeType: "application/pdf", buffer: picture(60, 60, 2) });
  await page.getByRole("list", { name: words.kit("composer.attached") }).getByText("Снимок.pdf").waitFor();
  await tabTo(page, "the button that sends", `button[aria-label="${words.kit("composer.send")}"]`);
  await page.keyboard.press("Enter");
  await page.getByRole("article").getByText("Снимок.pdf").waitFor();
}
