/**
 * A service asks before a specialist comes: what is missing is shown, a red flag says at once what to do, and the operator reads the answers
 * before taking, beside the talk and in the archive.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, close, conclude, desk, patient, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const TITLE = "A few questions about the child";
const MEDICINES = "Paracetamol at noon";
const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
let anna;
let boris;
let petrova;

async function begin() {
  boris = await patient(on, "boris", { name: "Boris M." });
  await ask(boris, "My ear hurts", "General practitioner");
  anna = await patient(on, "anna", { name: "Anna K." });
  petrova = await desk(on, "petrova");
}

const questions = (person) => person.page.getByRole("region", { name: TITLE });
const choose = (person, text) => questions(person).getByLabel(text, { exact: true }).check();
const send = (person) => person.page.locator("form button[type=submit]").click();

test("what is missing is shown where it is missing, and nothing is sent", async () => {
  const { page } = anna;
  await page.getByText("Paediatrician").first().click();
  await page.getByRole("textbox").first().fill("My son is ill");
  await anna.look("patient-questions");
  await send(anna);
  await questions(anna).getByRole("alert").filter({ hasText: "Please choose or write an answer" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "radio");
  await anna.look("patient-questions-missing");
  await choose(anna, "1 to 6");
  await questions(anna).getByRole("alert").waitFor({ state: "hidden" });
  assert.equal(await questions(anna).getByText("What was the highest?").count(), 0);
  await choose(anna, "Yes");
  await questions(anna).getByLabel(/What was the highest/).fill("44");
  await questions(anna).getByLabel(/Which medicines/).fill(MEDICINES);
  await send(anna);
  await sees(anna, "Write a number from 34 to 43");
});

test("a red flag says at once what to do, and what was typed outlives a reload", async () => {
  const { page } = anna;
  await questions(anna).getByLabel(/What was the highest/).fill("38,4");
  assert.equal(await questions(anna).getByRole("alert").count(), 0);
  await choose(anna, "Breathes with difficulty");
  await questions(anna).getByRole("alert").getByRole("link", { name: /112/ }).waitFor();
  await anna.look("patient-red-flag");
  await page.reload();
  await questions(anna).getByRole("alert").getByRole("link", { name: /112/ }).waitFor();
  assert.equal(await questions(anna).getByLabel(/Which medicines/).inputValue(), MEDICINES);
  await send(anna);
  await page.waitForURL("**/conversation/**");
  await sees(anna, "My son is ill");
});

test("who has a red flag goes before who waits longer, and the answers are read before taking", async () => {
  await section(petrova, "waiting");
  const rows = petrova.page.locator("[data-row]");
  await rows.filter({ hasText: "Boris M." }).waitFor();
  await rows.first().filter({ hasText: "Anna K." }).waitFor();
  await rows.first().getByText("Red flag").waitFor({ state: "attached" });
  await rows.first().click();
  const card = petrova.page.getByRole("article", { name: words.console("queueCard.label") });
  await card.getByText("Breathes with difficulty").waitFor();
  for (const answer of ["1 to 6", "38.4 °C", MEDICINES]) await card.getByText(answer).waitFor();
  await petrova.look("console-queue-card-answers");
});

test("the answers stay beside the talk, and stand in the archive", async () => {
  await take(petrova, "Anna K.");
  await petrova.page.locator("[data-pane=card]").getByText(MEDICINES).waitFor();
  await petrova.look("console-talk-answers");
  await conclude(petrova, "Rest and drink");
  await close(petrova);
  await sees(anna, "The consultation is finished");
  await section(petrova, "archive");
  await petrova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
  await petrova.page.locator("main").getByText(MEDICINES).waitFor();
  await petrova.look("console-archive-answers");
});
