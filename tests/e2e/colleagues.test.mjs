/**
 * Several members of staff at one record. Each sees that the other looks, writes, and is gone; in settings they are told before either of them saves. A supervisor
 * in a colleague's consultation: watches it, which the patient sees, says a word to the colleague that the patient does not see, and takes it over. Whoever hands on
 * sees of a colleague who is not there when his schedule says that he is.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { box, call, desk, patientWhoAsks, say, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const QUESTION = "My chest hurts when I climb stairs";
const WHISPER = "Ask her about her heart first";
const staff = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
  orlov: { name: "Oleg Orlov", role: "supervisor" },
};
const DESKTOP = { width: 1440, height: 900 };
const on = stage({ staff }, begin);
let anna;
let petrova;
let sokolov;
let volkova;

async function begin() {
  // Where the clinic is: its days are theirs.
  const desks = ["petrova", "sokolov", "volkova"].map((login) => desk(on, login, { size: DESKTOP, zone: "Europe/Moscow" }));
  [anna, petrova, sokolov, volkova] = await Promise.all([patientWhoAsks(on, "anna", QUESTION, { name: "Anna K." }), ...desks]);
}

const looking = (name) => words.console("viewing.looking", { name });
const writing = (name) => words.console("viewing.writing", { name });
const gone = (person, text) => person.page.getByText(text, { exact: true }).waitFor({ state: "hidden" });

const command = (person, id) =>
  person.page.locator("main").getByRole("button", { name: words.console(`command.${id}`), exact: true }).locator("visible=true");
const notes = (person) => person.page.getByRole("region", { name: words.console("notes.title"), exact: true });
const note = (person) => notes(person).getByRole("textbox", { name: words.console("notes.label") });

async function openWaiting(person) {
  await section(person, "waiting");
  await person.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
}

async function openCard(person) {
  await section(person, "patients");
  await person.page.getByRole("row").filter({ hasText: "Anna K." }).first().click();
  await person.page.locator("[data-pane=card]").getByRole("heading", { name: "Anna K." }).first().waitFor();
}

test("who opens a waiting consultation sees that a colleague has it open too, and that he is gone", async () => {
  await openWaiting(petrova);
  await openWaiting(sokolov);
  await sees(petrova, looking("Dr Sokolov"));
  await sees(sokolov, looking("Dr Petrova"));
  await petrova.look("console-viewing");
  await section(sokolov, "patients");
  await gone(petrova, looking("Dr Sokolov"));
});

test("a supervisor who looks on sees that an answer is being written", async () => {
  await take(petrova, "Anna K.");
  await section(volkova, "active");
  await volkova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
  await sees(volkova, looking("Dr Petrova"));
  await sees(petrova, looking("Vera Volkova"));
  await box(petrova).pressSequentially("Since when");
  await sees(volkova, writing("Dr Petrova"));
  await box(petrova).fill("");
});

test("whoever hands on is told when a colleague who is not there is on duty", async () => {
  const { operators } = await (await call(volkova, on.world, "/_consilium/v1/operators")).json();
  const { id } = operators.find(({ name }) => name === "Dr Sokolov");
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const change = { hours: [{ days, from: "06:00", to: "22:00" }] };
  assert.equal((await call(volkova, on.world, `/_consilium/v1/operators/${id}`, "PATCH", change)).status, 200);
  const handsOn = new RegExp(`^${words.console("command.transfer")}`);
  await petrova.page.locator("main").getByRole("button", { name: handsOn }).first().click();
  const dialog = petrova.page.getByRole("dialog");
  await dialog.getByText(words.console("transfer.toOperator"), { exact: true }).click();
  // Now, later today, or no more today: whatever the time is.
  await dialog.getByRole("radio", { name: /^Dr Sokolov.*on duty/i }).waitFor();
  assert.equal(await dialog.getByRole("radio", { name: /^Oleg Orlov.*duty/i }).count(), 0, "he has no schedule");
  await petrova.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
});

test("a card that two have open says so, and so does the one of them who is left alone", async () => {
  await openCard(sokolov);
  await openCard(volkova);
  await sees(sokolov, looking("Vera Volkova"));
  await sees(volkova, looking("Dr Sokolov"));
  await volkova.look("console-viewing-card");
  await section(volkova, "calls");
  await gone(sokolov, looking("Vera Volkova"));
});

test("whoever changes a section of the settings is seen by who has it open, before either of them saves", async () => {
  const orlov = await desk(on, "orlov", { size: DESKTOP });
  const said = (path, values) => words.console(`brandSettings.${path}`, values);
  const main = (person) => person.page.locator("[data-pane=main]");
  const heading = said("inLanguage", { label: said("text.home_title"), language: "English" });
  for (const person of [volkova, orlov]) {
    await section(person, "settings");
    await person.page.locator("[data-pane=list]").getByRole("button", { name: said("kind.texts"), exact: true }).click();
    await main(person).getByLabel(heading, { exact: true }).waitFor();
  }
  await sees(volkova, looking("Oleg Orlov"));
  await main(orlov).getByLabel(heading, { exact: true }).fill("Half a thought");
  await sees(volkova, said("editedToo", { name: "Oleg Orlov" }));
  await volkova.look("console-viewing-settings");
  await main(orlov).getByRole("button", { name: said("discard"), exact: true }).click();
  await gone(volkova, said("editedToo", { name: "Oleg Orlov" }));
  await sees(volkova, looking("Oleg Orlov"));
});

test("a supervisor watches: reads all of it, writes nothing, and the patient sees that somebody is there", async () => {
  await say(petrova, "Since when?");
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
  await section(sokolov, "active");
  await sokolov.page.getByText(words.console("empty.active.title"), { exact: true }).waitFor();
  assert.equal(await sokolov.page.locator("[data-row]").count(), 0);
  await sokolov.look("console-nothing-of-others");
  await section(petrova, "active");
  await petrova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
  await sees(petrova, "Vera Volkova leads this consultation");
  for (const id of ["watch", "takeOver"]) assert.equal(await command(petrova, id).count(), 0, id);
});
