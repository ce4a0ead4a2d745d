/**
 * Settings of what the lawyer wrote and of staff, end to end: the site's form, documents, consents, times of keeping, statuses; who works as what, at once and
 * with the way back.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, call, desk, PHONE, patient, section, sees, SERVICE, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = {
  volkova: { name: "Vera Volkova", role: "supervisor" },
  petrova: { name: "Dr Petrova" },
};
const DESKTOP = { width: 1440, height: 900 };
const PRIVACY = "Privacy";
const TREATMENT = "I agree to be advised by a doctor at a distance";
const RECORDS = "Medical records";
const on = stage({ staff: STAFF }, begin);
let anna;
let petrova;
let volkova;

async function begin() {
  volkova = await desk(on, "volkova", { size: DESKTOP });
  petrova = await desk(on, "petrova", { size: DESKTOP });
  anna = await patient(on, "anna", { name: "Anna K." });
  // What is refused is said in the form.
  volkova.expects(/^(409|422) (PUT|POST|PATCH) /);
}

const said = (path, values) => words.console(`brandSettings.${path}`, values);
const list = (person) => person.page.locator("[data-pane=list]");
const main = (person) => person.page.locator("[data-pane=main]");
const button = (person, name) => main(person).getByRole("button", { name, exact: true });
// What has to be filled in has a star behind its name.
const field = (place, name) => place.getByLabel(name);
const card = (person, name) => main(person).getByRole("group", { name, exact: true });
const inLanguage = (label, language) => said("inLanguage", { label, language });

async function open(name) {
  await list(volkova).getByRole("button", { name, exact: true }).click();
  await main(volkova).getByRole("heading", { level: 2, name, exact: true }).waitFor();
}

async function save() {
  await button(volkova, words.console("save")).click();
  await main(volkova).getByText(said("unsaved")).waitFor({ state: "hidden" });
}

/** Opens an operator's card, and the dialog that changes it. */
async function editing(name) {
  await volkova.page.locator("main").getByText(name).first().click();
  await volkova.page.getByRole("button", { name: words.console("operators.edit"), exact: true }).click();
}

/** The screen on a desk and on a telephone. */
async function looked(name) {
  await volkova.look(`console-settings-${name}`);
  await volkova.page.setViewportSize(PHONE);
  await volkova.look(`console-settings-${name}-phone`);
  await volkova.page.setViewportSize(DESKTOP);
}

test("another consent of the site's form needs another version, and what is wrong is said in words", async () => {
  await section(volkova, "settings");
  await open(said("kind.callback_form"));
  await looked("callback-form");
  const consent = inLanguage(said("site.consent"), "English");
  await field(main(volkova), consent).fill("I agree that you call me.");
  await button(volkova, words.console("save")).click();
  await sees(volkova, said("refused.same_version"));
  await field(main(volkova), said("version")).fill("2030-01-01");
  await save();
  await sees(volkova, "1. Vera Volkova");
  const headers = { "accept-language": "en" };
  const challenge = await fetch(`${on.world.api}/_consilium/v1/public/callbacks/challenge`, { headers });
  assert.equal((await challenge.json()).consent.text, "I agree that you call me.");
});

test("a document written in the console is what everybody reads", async () => {
  await open(said("kind.legal"));
  const privacy = card(volkova, PRIVACY);
  await privacy.getByRole("button", { name: said("legal.writeHere"), exact: true }).click();
  await field(privacy, inLanguage(said("legal.text"), "English")).fill("# What we keep\n\nYour name & your words.");
  await field(privacy, inLanguage(said("legal.text"), "Русский")).fill("# Что мы храним\n\nИмя и слова.");
  await field(privacy, said("version")).fill("2030-01-01");
  await looked("legal");
  await save();
  await volkova.page.getByText(said("hashes")).click();
  assert.equal(await main(volkova).locator("code").count(), 2);
  await anna.page.goto(`${on.world.api}/brand/legal/privacy?language=en`);
  await anna.page.getByRole("heading", { level: 2, name: "What we keep" }).waitFor();
  await sees(anna, "Your name & your words.");
  await anna.page.goto(on.world.api);
});

test("a changed consent says who is asked anew before it is so, and the patient is asked", async () => {
  await anna.page.getByText(SERVICE).first().click();
  await anna.page.getByRole("textbox").first().fill("My head hurts");
  await anna.page.locator("form[aria-busy=false]").waitFor();
  await agree(anna);
  await anna.page.locator("form button[type=submit]").click();
  await anna.page.waitForURL("**/conversation/**");
  await open(said("kind.consents"));
  const law = main(volkova).getByRole("list", { name: said("consents.demands"), exact: true });
  const wanted = said("consents.demandsConsent", { subjects: said("value.treatment") });
  await law.getByText(wanted, { exact: true }).waitFor();
  await field(main(volkova), said("consents.profile")).selectOption("none");
  await law.waitFor({ state: "hidden" });
  await field(main(volkova), said("consents.profile")).selectOption("ru");
  await law.getByRole("listitem").nth(1).waitFor();
  const treatment = card(volkova, TREATMENT);
  await field(treatment, inLanguage(said("consent.summary"), "English")).fill("By chat and by video.");
  await button(volkova, said("lookFirst")).click();
  const preview = main(volkova).getByRole("region", { name: said("previewTitle"), exact: true });
  await preview.getByText(/1 agreement to the old one counts no more/).waitFor();
  await looked("consents");
  await save();
  const answer = await call(anna, on.world, "/_consilium/v1/me/consents");
  const { consents } = await answer.json();
  const status = (purpose) => consents.find((one) => one.purpose === purpose).status;
  assert.deepEqual([status("treatment"), status("personal-data")], ["outdated", "active"]);
  await button(volkova, words.console("changes.undo")).first().click();
  await main(volkova).getByText(said("did.folder")).waitFor();
  const again = await (await call(anna, on.world, "/_consilium/v1/me/consents")).json();
  assert.equal(again.consents[0].status, "active", "what was agreed to counts again");
});

test("a shorter time of keeping says what it means before it is so", async () => {
  await open(said("kind.retention"));
  await field(card(volkova, RECORDS), said("keeping.length")).fill("10");
  await button(volkova, said("lookFirst")).click();
  const preview = main(volkova).getByRole("region", { name: said("previewTitle"), exact: true });
  await preview.getByText(/Medical records: no record is kept by it yet/).waitFor();
  await looked("retention");
  await save();
});

test("a status of the brand's own is made, and operators choose it", async () => {
  await open(said("kind.statuses"));
  await field(main(volkova), said("things.status.code")).fill("training");
  await button(volkova, said("things.status.add")).click();
  const training = card(volkova, "training");
  await field(training, inLanguage(said("name"), "English")).fill("Training");
  const named = card(volkova, "Training");
  await field(named, inLanguage(said("name"), "Русский")).fill("Обучение");
  await field(named, said("statuses.color")).selectOption("info");
  await named.getByRole("checkbox", { name: said("statuses.onDuty") }).check();
  await looked("statuses");
  await save();
  const { page } = petrova;
  await page.keyboard.press("s");
  await page.getByRole("menuitemradio", { name: new RegExp(`^${words.console("status.break")}`) }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Training", exact: true }).click();
  await page.getByRole("button", { name: /^Your status: Training/ }).first().waitFor();
  await petrova.look("console-status-own");
});

test("a role that is given counts at once, and is undone by one press", async () => {
  await section(volkova, "operators");
  await editing("Dr Petrova");
  const dialog = volkova.page.getByRole("dialog");
  await field(dialog, words.console("operators.grade")).fill("Highest category");
  await dialog.getByText(words.console("role.supervisor"), { exact: true }).click();
  await volkova.look("console-operator-role");
  await dialog.getByRole("button", { name: words.console("save"), exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  const settings = petrova.page.locator("[data-pane=sections] a[href^='/settings']");
  await settings.waitFor();
  const changes = volkova.page.getByRole("region", { name: words.console("operators.changes.title"), exact: true });
  await changes.getByText("1. Vera Volkova", { exact: false }).waitFor();
  await volkova.look("console-operator-changes");
  await changes.getByRole("button", { name: words.console("changes.undo"), exact: true }).click();
  await changes.getByText(words.console("operators.changes.first"), { exact: false }).waitFor();
  await settings.waitFor({ state: "hidden" });
});

test("the last administrator stays one", async () => {
  await section(volkova, "operators");
  await editing("Vera Volkova");
  const dialog = volkova.page.getByRole("dialog");
  await dialog.getByText(words.console("role.operator"), { exact: true }).click();
  await dialog.getByRole("button", { name: words.console("save"), exact: true }).click();
  await dialog.getByText(words.console("refused.last_administrator")).waitFor();
  await volkova.look("console-operator-last");
});
