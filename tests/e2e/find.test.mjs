/** Words looked for in one conversation, by the patient and at the desk: counted, marked, stepped through, also in what is folded or not loaded yet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, box, close, desk, patient, say, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
let anna;
let petrova;

/** One consultation that is over, with a word that comes again in the one that is open, and more between them than a screen holds. */
async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
  await ask(anna, "My throat hurts, the Ångström scale says so");
  petrova = await desk(on, "petrova");
  await take(petrova, "Anna K.");
  await say(petrova, "Gargle with camomile");
  await sees(anna, "Gargle with camomile");
  await close(petrova);
  await sees(anna, "The consultation is finished");
  await anna.page.getByRole("link", { name: "Back to the first screen" }).click();
  await ask(anna, "The throat again");
  await take(petrova, "Anna K.");
  for (let line = 1; line <= 25; line += 1) await say(anna, `Line ${line} of a long story that goes on and on`);
  await sees(petrova, "Line 25 of a long story");
}

const field = (person) => person.page.getByRole("searchbox", { name: "Find in the conversation" });
const bar = (person) => person.page.locator("search").filter({ has: field(person) });
const found = (person) => person.page.locator("article[data-found=true]");

test("the patient finds a word in what is open and in what is folded", async () => {
  const { page } = anna;
  await page.getByRole("button", { name: "Find in the conversation" }).click();
  await field(anna).fill("THROAT");
  await bar(anna).getByText("1 of 2").waitFor();
  await found(anna).getByText("The throat again").waitFor();
  assert.equal(await found(anna).locator("mark").first().textContent(), "throat");
  await anna.look("patient-find");
  await field(anna).press("Enter");
  await bar(anna).getByText("2 of 2").waitFor();
  await found(anna).getByText("My throat hurts").waitFor();
  await field(anna).fill("angstrom hurts");
  await bar(anna).getByText("1 of 1").waitFor();
  await field(anna).fill("nothing like this");
  await bar(anna).getByText("Nothing found").waitFor();
  await field(anna).press("Escape");
  await bar(anna).waitFor({ state: "detached" });
  assert.equal(await page.locator("mark").count(), 0);
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  assert.equal(focused, "Find in the conversation");
});

test("at the desk Ctrl-F looks in the talk, also after a reload, from the keyboard alone", async () => {
  const { page } = petrova;
  await page.reload();
  await box(petrova).waitFor();
  await box(petrova).focus();
  await page.keyboard.press("Control+KeyF");
  await page.keyboard.type("camomile");
  await bar(petrova).getByText("1 of 1").waitFor();
  await found(petrova).getByText("Gargle with camomile").waitFor();
  await petrova.look("console-find");
  await page.keyboard.press("Control+KeyF");
  await page.keyboard.type("throat");
  await bar(petrova).getByText("1 of 2").waitFor();
  await page.keyboard.press("Enter");
  await bar(petrova).getByText("2 of 2").waitFor();
  await page.keyboard.press("Shift+Enter");
  await bar(petrova).getByText("1 of 2").waitFor();
  await page.keyboard.press("Escape");
  await bar(petrova).waitFor({ state: "detached" });
  assert.equal(await box(petrova).evaluate((field) => field === document.activeElement), true);
  assert.equal(await page.getByRole("button", { name: words.console("command.find") }).count(), 1);
});
