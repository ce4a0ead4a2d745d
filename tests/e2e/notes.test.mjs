/**
 * What staff writes for one another, and again and again: a note that mentions a colleague, whom it reaches and what it opens to him; canned
 * replies and tags. The patient's screen shows none of it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, box, call, desk, filterBy, patient, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const SECRET = "He asked for sleeping pills twice";
const staff = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const on = stage({ staff }, begin);
let anna;
let petrova;
let sokolov;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
  await ask(anna, "I cannot sleep");
  petrova = await desk(on, "petrova");
  sokolov = await desk(on, "sokolov");
}

const notes = (person) => person.page.getByRole("region", { name: words.console("notes.title"), exact: true });
const field = (person) => notes(person).getByRole("textbox", { name: words.console("notes.label") });
const options = (person) => person.page.getByRole("listbox").getByRole("option");

test("a note that mentions a colleague is written by keys, and reaches him while he looks elsewhere", async () => {
  await take(petrova, "Anna K.");
  const { page } = petrova;
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.type(`${SECRET}. @sok`);
  await options(petrova).filter({ hasText: "Dr Sokolov" }).waitFor();
  await petrova.look("console-note-mention");
  await page.keyboard.press("Enter");
  await page.keyboard.type("what do you think?");
  await sees(petrova, /1 colleague will be told/);
  await page.reload();
  await page.waitForFunction((text) => [...document.querySelectorAll("textarea")].some(({ value }) => value.includes(text)), SECRET);
  await field(petrova).press("Control+Enter");
  await notes(petrova).getByRole("listitem").filter({ hasText: SECRET }).waitFor();
  assert.equal(await field(petrova).inputValue(), "");
  await sees(sokolov, "Dr Petrova mentions you in a note on Anna K..");
  await sokolov.look("console-mentioned");
});

test("the colleague reads the notes by the mention, and answers; both see it at once", async () => {
  await sokolov.page.getByRole("button", { name: words.console("notes.openMention"), exact: true }).click();
  await notes(sokolov).getByText(SECRET).waitFor();
  await sokolov.page.getByText("mentions you in a note").waitFor({ state: "hidden" });
  await field(sokolov).fill("No pills before I have seen him");
  await field(sokolov).press("Control+Enter");
  await notes(petrova).getByText("No pills before I have seen him").waitFor();
  await petrova.look("console-notes");
  await sokolov.page.reload();
  await notes(sokolov).getByText(SECRET).waitFor();
  assert.equal(await sokolov.page.getByText("mentions you in a note").count(), 0, "what was seen stays seen");
});

test("its author changes a note and deletes another, and what is left says so", async () => {
  const own = notes(petrova).getByRole("listitem").filter({ hasText: SECRET });
  await own.getByRole("button", { name: words.console("notes.edit") }).click();
  await notes(petrova).getByRole("textbox", { name: words.console("notes.editLabel") }).fill("@Dr Sokolov, he asked three times");
  await notes(petrova).getByRole("button", { name: words.console("save"), exact: true }).click();
  const edited = notes(sokolov).getByRole("listitem").filter({ hasText: "three times" });
  await edited.getByRole("button", { name: words.console("notes.edited") }).click();
  await sokolov.page.getByRole("dialog").getByText(SECRET).waitFor();
  await sokolov.page.keyboard.press("Escape");
  const answer = notes(sokolov).getByRole("listitem").filter({ hasText: "No pills" });
  await answer.getByRole("button", { name: words.console("notes.remove") }).click();
  await sokolov.page.getByRole("dialog").getByRole("button", { name: words.console("notes.removeConfirm") }).click();
  await sees(petrova, "Note of Dr Sokolov, deleted by Dr Sokolov");
  assert.equal(await petrova.page.getByText("No pills before").count(), 0);
});

test("a canned reply is made, found behind / and sent with the patient's name; two stand in one message", async () => {
  const { page } = petrova;
  await page.getByRole("button", { name: words.console("command.canned") }).last().click();
  const dialog = page.getByRole("dialog");
  for (const [title, shortcut, text] of [
    ["Greeting", "hello", "Hello, {{patient.name}}. I am {{operator.name}}."],
    ["Sleep", "sleep", "Go to bed at one hour each day."],
  ]) {
    await dialog.getByRole("button", { name: words.console("canned.add") }).click();
    await dialog.getByLabel(words.console("canned.name")).fill(title);
    await dialog.getByLabel(words.console("canned.shortcut")).fill(shortcut);
    await dialog.getByLabel(words.console("canned.text"), { exact: false }).last().fill(text);
    await dialog.getByRole("button", { name: words.console("canned.create") }).click();
    await dialog.getByText(`/${shortcut}`).waitFor();
  }
  await petrova.look("console-canned");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await box(petrova).click();
  await page.keyboard.type("/he");
  await options(petrova).filter({ hasText: "Greeting" }).waitFor();
  await petrova.look("console-canned-offered");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" /sl");
  await options(petrova).filter({ hasText: "Sleep" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await sees(anna, "Hello, Anna K.. I am Dr Petrova. Go to bed at one hour each day.");
});

test("a supervisor's tag is put on by keys, seen by all of staff, and the list is narrowed by it", async () => {
  const volkova = await desk(on, "volkova");
  const made = await call(volkova, on.world, "/_consilium/v1/tags", "POST", {
    names: { en: "Insomnia", ru: "Бессонница" },
    color: "warning",
  });
  assert.equal(made.status, 201);
  const { page } = petrova;
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+L");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Insomnia" }).check();
  await petrova.look("console-tags");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await volkova.page.goto(`${on.world.console}/active`);
  await volkova.page.locator("[data-row]").filter({ hasText: "Insomnia" }).waitFor();
  await filterBy(volkova, words.console("list.tag"), "Insomnia");
  await volkova.page.waitForURL(/tag=/);
  await volkova.page.locator("[data-row]").filter({ hasText: "Anna K." }).waitFor();
});

test("the patient is shown nothing of notes and tags", async () => {
  for (const text of [SECRET, "No pills", "three times", "Insomnia"]) {
    assert.equal(await anna.page.getByText(text).count(), 0, text);
  }
  const refused = await call(anna, on.world, "/_consilium/v1/mentions");
  assert.equal(refused.status, 403);
});
