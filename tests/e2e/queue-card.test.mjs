/**
 * The queue card: what a service costs and in which languages it is given, as the patient reads it before he asks and as the supervisor changes it; and what the
 * operator sees before taking: price, language, and what came of the patient's test of microphone, camera and connection.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, call, desk, PHONE, patient, SERVICE, section, sees, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
const on = stage({ staff }, begin);
let anna;
let petrova;
let volkova;

async function begin() {
  petrova = await desk(on, "petrova");
  volkova = await desk(on, "volkova");
  anna = await patient(on, "anna", { name: "Anna K.", size: PHONE });
}

const card = ({ page }) => page.getByRole("article", { name: words.console("queueCard.label"), exact: true });
const fact = (within, name) => within.locator("dt", { hasText: name }).locator("xpath=following-sibling::dd[1]");

/** The price of the service, as the settings have it. */
async function priced(amount_minor) {
  const path = "/_consilium/v1/settings/queue.therapist";
  const standing = await (await call(volkova, on.world, path)).json();
  const content = { ...standing.content, price: { amount_minor, currency: null } };
  const changed = await call(volkova, on.world, path, "PUT", { based_on: standing.section.version, content });
  assert.equal(changed.status, 200, await changed.text());
}

test("the price that a supervisor sets, and the languages, stand on the service before one asks", async () => {
  await priced(120_000);
  const { page } = anna;
  await page.reload();
  await page.getByText(SERVICE).first().click();
  const facts = page.locator("dl");
  await fact(facts, words.patient("start.price")).getByText(/1,200/).waitFor();
  await fact(facts, words.patient("start.languages")).getByText(/English/).waitFor();
  await anna.look("patient-service-facts");
  await page.goBack();
  await ask(anna, "May I call you about my knee?");
});

test("the operator reads price and language before taking, and that nothing was tested", async () => {
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
  await fact(card(petrova), words.console("queueCard.price")).getByText(/1,200/).waitFor();
  await card(petrova).getByText(words.console("queueCard.device.none"), { exact: true }).waitFor();
});

test("the patient tests the device while waiting, and the card says what came of it at once", async () => {
  const { page } = anna;
  await page.getByRole("button", { name: words.patient("talk.testDevices"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(words.patient("call.checkTold"), { exact: true }).waitFor();
  await anna.look("patient-devices-tested");
  await dialog.getByRole("button", { name: words.patient("call.close"), exact: true }).last().click();
  await dialog.waitFor({ state: "hidden" });
  await card(petrova).getByText(/Microphone works/).waitFor();
  // How good it is depends on how busy this machine is.
  await sees(petrova, /(good|fair|poor) connection/);
  await petrova.look("console-queue-card-tested");
});
