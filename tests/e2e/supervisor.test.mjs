/**
 * A supervisor in a colleague's consultation: watches it, which the patient sees, says a word to the colleague that the patient does not
 * see, and takes it over.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, box, desk, patient, say, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const QUESTION = "My chest hurts when I climb stairs";
const WHISPER = "Ask her about her heart first";
const staff = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const on = stage({ staff }, begin);
let anna;
let petrova;
let volkova;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
  petrova = await desk(on, "petrova");
  volkova = await desk(on, "volkova");
  await ask(anna, QUESTION);
  await take(petrova, "Anna K.");
  await say(petrova, "Since when?");
}

const command = (person, id) =>
  person.page.locator("main").getByRole("button", { name: words.console(`command.${id}`), exact: true }).locator("visible=true");
const notes = (person) => person.page.getByRole("region", { name: words.console("notes.title"), exact: true });
const note = (person) => notes(person).getByRole("textbox", { name: words.console("notes.label") });

test("a supervisor watches: reads all of it, writes nothing, and the patient sees that somebody is there", async () => {
  await section(volkova, "active");
  await volkova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
  await sees(volkova, "Dr Petrova leads this consultation");
  assert.equal(await volkova.page.getByText(QUESTION).count(), 0, "it is not hers to read before she is there");
  await volkova.look("console-supervisor");
  await command(volkova, "watch").first().click();
  await sees(volkova, QUESTION);
  await sees(volkova, words.console("talk.watches"));
  await sees(anna, /Vera Volkova/);
  await anna.look("patient-watched");
  await volkova.look("console-watches");
});

test("her word to the colleague reaches him and not the patient", async () => {
  await note(volkova).fill(WHISPER);
  await note(volkova).press("Control+Enter");
  await notes(petrova).getByText(WHISPER).waitFor();
  assert.equal(await anna.page.getByText(WHISPER).count(), 0);
});

test("she takes over: leads at once, the patient is told, and who led it reads no more", async () => {
  await command(volkova, "takeOver").first().click();
  const dialog = volkova.page.getByRole("dialog");
  await dialog.getByText(/Dr Petrova leads this consultation and leaves it at once/).waitFor();
  await dialog.getByRole("textbox").fill("She may need an ambulance");
  await volkova.look("console-take-over");
  await dialog.getByRole("button", { name: words.console("command.takeOver") }).click();
  await dialog.waitFor({ state: "hidden" });
  await box(volkova).waitFor();
  await say(volkova, "Does the pain go into your arm?");
  await sees(anna, "Does the pain go into your arm?");
  await sees(anna, "Now with you: Vera Volkova");
  await petrova.page.getByText("Does the pain go into your arm?").waitFor({ state: "hidden" });
  assert.equal(await petrova.page.getByText("Does the pain go into your arm?").count(), 0);
  await volkova.look("console-taken-over");
  await petrova.look("console-lost");
});

test("a colleague who took no part in it is not told that it is there, and who led it is offered neither", async () => {
  const sokolov = await desk(on, "sokolov");
  await section(sokolov, "active");
  await sokolov.page.getByText(words.console("empty.active.title"), { exact: true }).waitFor();
  assert.equal(await sokolov.page.locator("[data-row]").count(), 0);
  await sokolov.look("console-nothing-of-others");
  await section(petrova, "active");
  await petrova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
  await sees(petrova, "Vera Volkova leads this consultation");
  for (const id of ["watch", "takeOver"]) assert.equal(await command(petrova, id).count(), 0, id);
});
