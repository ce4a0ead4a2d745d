/**
 * Consents: nothing can be asked before each is ticked by hand, with its text one press away; what was agreed to is read and withdrawn in the profile, and then
 * asked for again; staff sees it on the card.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, askHere, call, close, conclude, desk, patient, section, sees, SERVICE, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const own = (path, values) => words.patient(path, values);
const TREATMENT = "I agree to be advised by a doctor at a distance";
const DATA = "I agree that my personal data and what I say about my health are processed";
const NEWS = "I agree to get reminders and news of the clinic";
const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
let anna;
let petrova;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
}

const tick = (title) => anna.page.getByRole("checkbox", { name: title });
const button = (key, title) => anna.page.getByRole("button", { name: own(key, { title }), exact: true });
const dialog = () => anna.page.getByRole("dialog");
const send = () => anna.page.locator("form button[type=submit]").click();
const consents = async () => (await (await call(anna, on.world, "/_consilium/v1/me/consents")).json()).consents;

async function toProfile() {
  await anna.page.goto(`${on.world.api}/profile`);
  await anna.page.getByRole("heading", { name: own("consents.title"), exact: true }).scrollIntoViewIfNeeded();
}

test("nothing is ticked, nothing goes out without, and the text is one press away", async () => {
  const { page } = anna;
  await page.getByText(SERVICE).first().click();
  await page.getByRole("textbox").first().fill("My head hurts");
  await page.locator("form[aria-busy=false]").waitFor();
  assert.deepEqual([await tick(TREATMENT).isChecked(), await tick(DATA).isChecked()], [false, false]);
  assert.equal(await tick(NEWS).count(), 0, "what is optional waits in the profile");
  await tick(DATA).scrollIntoViewIfNeeded();
  await anna.look("patient-consents");
  await send();
  assert.equal(await page.getByRole("alert").filter({ hasText: own("consents.tick") }).count(), 2);
  await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "checkbox");
  await anna.look("patient-consents-missing");
  await page.setViewportSize({ width: 360, height: 740 });
  await button("consents.readOf", TREATMENT).click();
  await dialog().getByText("What the doctor cannot do.", { exact: false }).waitFor();
  await anna.look("patient-consent-text");
  await dialog().getByRole("button", { name: own("consents.close"), exact: true }).last().click();
  assert.equal(await tick(TREATMENT).isChecked(), false);
  assert.equal((await consents())[0].status, "proposed");
});

test("who ticks both asks, and the service has on record what was shown", async () => {
  await agree(anna);
  await send();
  await anna.page.waitForURL("**/conversation/**");
  await sees(anna, "My head hurts");
  const [treatment, data, news] = await consents();
  assert.deepEqual([treatment.status, data.status, news.status], ["active", "active", "proposed"]);
  assert.deepEqual([treatment.last.document.language, treatment.last.document.title], ["en", TREATMENT]);
  assert.equal(typeof treatment.last.device_id, "string");
});

test("the profile lists them with day and text; one is given, and withdrawn with what that does", async () => {
  await toProfile();
  await anna.look("patient-consents-profile");
  await button("consents.giveOf", NEWS).click();
  await dialog().getByRole("button", { name: own("consents.agree"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
  await button("consents.withdrawOf", NEWS).waitFor();
  await button("consents.readOf", DATA).click();
  await dialog().getByText("What is processed.", { exact: false }).waitFor();
  await anna.page.keyboard.press("Escape");
  await button("consents.withdrawOf", TREATMENT).click();
  await dialog().getByText(own("consents.effect.open_goes_on")).waitFor();
  await anna.look("patient-consent-withdraw");
  await dialog().getByRole("button", { name: own("consents.withdrawConfirm"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
  await button("consents.giveOf", TREATMENT).waitFor();
  assert.deepEqual((await consents()).map(({ status }) => status), ["inactive", "active", "active"]);
});

test("staff sees on the card what is given and what was withdrawn, and reads the texts", async () => {
  petrova = await desk(on, "petrova", { size: { width: 1440, height: 900 } });
  await take(petrova, "Anna K.");
  const card = petrova.page.locator("[data-pane=card]");
  const list = card.getByRole("region", { name: words.console("patients.consents"), exact: true });
  await list.getByText(DATA).waitFor();
  await list.getByText(words.console("patients.consent.inactive"), { exact: false }).first().waitFor();
  await petrova.look("console-card-consents");
  await list.getByRole("button", { name: words.console("patients.consentHistory") }).click();
  const ledger = petrova.page.getByRole("dialog");
  await ledger.locator("summary").filter({ hasText: TREATMENT }).first().click();
  await ledger.getByText("What the doctor cannot do.", { exact: false }).filter({ visible: true }).waitFor();
  await petrova.look("console-consent-history");
  await petrova.page.keyboard.press("Escape");
});

test("what is open goes on to its end; then nothing begins until it is agreed to again", async () => {
  await conclude(petrova, "Rest and water");
  await close(petrova);
  await anna.page.goto(on.world.api);
  await anna.page.locator("a[href^='/conversation/']").first().click();
  await sees(anna, own("consents.needed"));
  await anna.look("patient-consents-needed");
  await anna.page.getByRole("button", { name: own("consents.neededOpen") }).click();
  // The conversation that it leaves names the service too.
  await anna.page.locator("a[href^='/ask/']").filter({ hasText: SERVICE }).first().click();
  await tick(TREATMENT).waitFor();
  assert.equal(await tick(DATA).count(), 0, "what stands is not asked for again");
  await askHere(anna, "It hurts again");
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().waitFor();
});
