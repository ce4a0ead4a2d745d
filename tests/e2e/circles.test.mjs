/**
 * What a colleague of another circle sees of a patient: nothing. The psychologist has him in her list, the doctor's desk stays empty, his list, his
 * counts and the patient's card; and an address that somebody knows leads nowhere.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, box, close, desk, patient, patientWithoutApp, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = {
  lvova: { name: "Dr Lvova", queues: ["psychologist"] },
  petrova: { name: "Dr Petrova", queues: ["therapist", "paediatrician"] },
};
const on = stage({ staff }, begin);
let anna;
let boris;
let lvova;
let petrova;

async function begin() {
  boris = await patientWithoutApp(on, "boris", { name: "Boris M." });
  const signIns = [patient(on, "anna", { name: "Anna K." }), desk(on, "lvova"), desk(on, "petrova")];
  [anna, lvova, petrova] = await Promise.all(signIns);
}

const rows = (person, name) => person.page.locator("[data-row]").filter({ hasText: name });

test("who waits for the psychologist waits in no doctor's list", async () => {
  await ask(anna, "I cannot sleep", "Psychologist");
  await rows(lvova, "Anna K.").first().waitFor();
  // What was asked later is there: so what was asked before has had its time to come.
  await boris.ask();
  await rows(petrova, "Boris M.").first().waitFor();
  assert.equal(await rows(petrova, "Anna K.").count(), 0);
  assert.equal(await rows(lvova, "Boris M.").count(), 0);
  await petrova.look("console-own-circle");
});

test("nor is a talk that goes on, and its address leads nowhere", async () => {
  await take(lvova, "Anna K.");
  await box(lvova).waitFor();
  const { pathname } = new URL(lvova.page.url());
  await section(petrova, "active");
  await sees(petrova, words.console("empty.active.title"));
  petrova.expects(/^404 GET .*\/consultations\//);
  await petrova.page.goto(`${on.world.console}${pathname.replace("/mine/", "/active/")}`);
  await sees(petrova, words.console("problem.not-found.title"));
  assert.equal(await petrova.page.getByText("I cannot sleep").count(), 0);
});

test("the patient's card has neither the talk nor its end", async () => {
  await close(lvova);
  await section(petrova, "patients");
  await petrova.page.getByText("Anna K.").first().click();
  const card = petrova.page.getByRole("region", { name: words.console("patients.card"), exact: true });
  await card.waitFor();
  assert.equal(await card.getByText("Psychologist").count(), 0);
  await section(lvova, "patients");
  await lvova.page.getByText("Anna K.").first().click();
  const hers = lvova.page.getByRole("region", { name: words.console("patients.card"), exact: true });
  await hers.getByText("Psychologist").first().waitFor();
  await petrova.look("console-card-of-another-circle");
});
