/**
 * A doctor needs a psychologist and does not know which one is there: she asks whoever serves that service. The first who accepts comes and reads the talk, for
 * the other it vanishes; where all decline she is told; she asks no more by one press.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, box, call, desk, patient, say, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = {
  petrova: { name: "Dr Petrova", queues: ["therapist"] },
  orlova: { name: "Ms Orlova", queues: ["psychologist"] },
  zimina: { name: "Ms Zimina", queues: ["psychologist"] },
};
const on = stage({ staff }, begin);
const QUESTION = "I cannot sleep since the accident";
let petrova;
let orlova;
let zimina;

async function begin() {
  petrova = await desk(on, "petrova");
  orlova = await desk(on, "orlova");
  zimina = await desk(on, "zimina");
  for (const person of [petrova, orlova, zimina]) {
    const online = await call(person, on.world, "/_consilium/v1/operators/me/status", "PUT", { status: "online" });
    assert.equal(online.status, 200);
  }
  const anna = await patient(on, "anna", { name: "Anna K." });
  await ask(anna, QUESTION);
  await take(petrova, "Anna K.");
  await say(petrova, "I would like a colleague to join us.");
}

const dialogOf = ({ page }) => page.getByRole("dialog");
const button = (within, path) => within.getByRole("button", { name: words.console(path), exact: true });
const panel = ({ page }) => page.getByRole("alertdialog").filter({ hasText: "Dr Petrova asks Psychologist to join" });

async function askPsychologists() {
  const { page } = petrova;
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+I");
  await dialogOf(petrova).getByText(words.console("invite.byQueue"), { exact: true }).click();
  await dialogOf(petrova).getByRole("radio", { name: /^Psychologist/ }).check();
}

test("whoever is there is asked, and where all decline she is told", async () => {
  await askPsychologists();
  await dialogOf(petrova).getByText("2 there", { exact: true }).waitFor();
  await petrova.look("console-ask-queue");
  await button(dialogOf(petrova), "askQueue.submit").click();
  await dialogOf(petrova).waitFor({ state: "hidden" });
  await panel(orlova).waitFor();
  await panel(zimina).waitFor();
  await orlova.look("console-asked-by-queue");
  assert.equal(await orlova.page.getByText(QUESTION).count(), 0, "nothing of the patient before");
  await button(panel(orlova), "askQueue.decline").click();
  await panel(orlova).waitFor({ state: "hidden" });
  await button(panel(zimina), "askQueue.decline").click();
  await panel(zimina).waitFor({ state: "hidden" });
  await sees(petrova, "Psychologist: nobody can come now.");
  await petrova.look("console-nobody-came");
  await petrova.page.reload();
  await sees(petrova, "Psychologist: nobody can come now.");
  await petrova.page.getByRole("button", { name: words.console("understood"), exact: true }).click();
});

test("she asks no more, and it vanishes", async () => {
  await askPsychologists();
  await button(dialogOf(petrova), "askQueue.submit").click();
  await panel(orlova).waitFor();
  await petrova.page.getByRole("button", { name: words.console("askQueue.takeBack"), exact: true }).first().click();
  await panel(orlova).waitFor({ state: "hidden" });
  await panel(zimina).waitFor({ state: "hidden" });
});

test("the first who accepts comes and reads the talk; for the other it vanishes", async () => {
  await askPsychologists();
  await button(dialogOf(petrova), "askQueue.submit").click();
  await panel(zimina).waitFor();
  await button(panel(orlova), "askQueue.accept").click();
  await orlova.page.waitForURL("**/mine/**");
  await box(orlova).waitFor();
  await sees(orlova, QUESTION);
  await panel(zimina).waitFor({ state: "hidden" });
  await say(orlova, "How many hours do you sleep?");
  await sees(petrova, "How many hours do you sleep?");
});
