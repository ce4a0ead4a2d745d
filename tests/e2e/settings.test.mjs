/**
 * Settings, end to end: a supervisor changes hours and a text in the console, the patient sees both without a reload, and undoing brings back what was. Then what the
 * lawyer wrote and staff: the site's form, documents, consents, times of keeping, statuses; who works as what, at once and with the way back.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, call, desk, DESKTOP, lookAtBoth, patient, SERVICE, section, sees, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = {
  volkova: { name: "Vera Volkova", role: "supervisor" },
  orlov: { name: "Oleg Orlov", role: "supervisor" },
  petrova: { name: "Dr Petrova" },
};
const PRIVACY = "Privacy";
const TREATMENT = "I agree to be advised by a doctor at a distance";
const RECORDS = "Medical records";
const on = stage({ staff: STAFF }, begin);
let anna;
let volkova;
let orlov;
let petrova;

async function begin() {
  const signIns = [desk(on, "volkova", { size: DESKTOP }), patient(on, "anna", { name: "Anna K." })];
  [volkova, anna] = await Promise.all(signIns);
  // What is refused is said in the form.
  volkova.expects(/^(409|422) (PUT|POST) /);
}

const said = (path, values) => words.console(`brandSettings.${path}`, values);
const ofHours = (path, values) => words.console(`hours.${path}`, values);
const list = (person) => person.page.locator("[data-pane=list]");
const main = (person) => person.page.locator("[data-pane=main]");
const button = (person, name) => main(person).getByRole("button", { name, exact: true });
const field = (person, name) => main(person).getByLabel(name, { exact: true });
const group = (person, name) => main(person).getByRole("region", { name, exact: true });
// What has to be filled in has a star behind its name.
const fieldOf = (place, name) => place.getByLabel(name);
const card = (person, name) => main(person).getByRole("group", { name, exact: true });
const inLanguage = (label, language) => said("inLanguage", { label, language });

async function open(person, name) {
  await list(person).getByRole("button", { name, exact: true }).click();
  await main(person).getByRole("heading", { level: 2, name, exact: true }).waitFor();
  assert.equal(await main(person).getByRole("heading", { name, exact: true }).count(), 1, "a title is said once");
}

/** Opens a section of what the lawyer wrote. */
async function opens(name) {
  await list(volkova).getByRole("button", { name, exact: true }).click();
  await main(volkova).getByRole("heading", { level: 2, name, exact: true }).waitFor();
}

/** Opens an operator's card, and the dialog that changes it. */
async function editing(name) {
  await volkova.page.locator("main").getByText(name).first().click();
  await volkova.page.getByRole("button", { name: words.console("operators.edit"), exact: true }).click();
}

async function save(person) {
  await button(person, words.console("save")).click();
  await main(person).getByText(said("unsaved")).waitFor({ state: "hidden" });
}

/** The screen on a desk and on a telephone. */
const looked = (name) => lookAtBoth(volkova, `console-settings-${name}`);

test("settings are a place of their own, reached by keyboard, and only for supervisors", async () => {
  const { page } = volkova;
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.waitForURL("**/settings**");
  await sees(volkova, said("noneTitle"));
  await looked("none");
  await open(volkova, SERVICE);
  await page.reload();
  await main(volkova).getByRole("heading", { level: 2, name: SERVICE, exact: true }).waitFor();
  await looked("queue");
  petrova = await desk(on, "petrova");
  assert.equal(await petrova.page.locator("[data-pane=sections] a[href^='/settings']").count(), 0);
});

test("a text is changed, and the patient reads it without a reload", async () => {
  await sees(anna, "Ask a doctor");
  await open(volkova, said("kind.texts"));
  await looked("texts");
  const heading = said("inLanguage", { label: said("text.home_title"), language: "English" });
  await field(volkova, heading).fill("");
  await button(volkova, words.console("save")).click();
  await sees(volkova, said("wrong.needed"));
  await field(volkova, heading).fill("How can we help?");
  await save(volkova);
  await sees(anna, "How can we help?");
  await sees(volkova, "1. Vera Volkova");
});

test("what is typed is not lost by a click", async () => {
  const heading = said("inLanguage", { label: said("text.home_title"), language: "English" });
  await field(volkova, heading).fill("Half a thou");
  await list(volkova).getByRole("button", { name: said("kind.holidays"), exact: true }).click();
  const dialog = volkova.page.getByRole("dialog");
  await dialog.getByText(said("leaveText")).waitFor();
  await volkova.look("console-settings-leave");
  await dialog.getByRole("button", { name: said("stay"), exact: true }).click();
  assert.equal(await field(volkova, heading).inputValue(), "Half a thou");
  await button(volkova, said("discard")).click();
});

test("hours are written by keyboard, tried on fourteen days, and the patient sees at once that it is closed", async () => {
  await anna.page.getByText(SERVICE).first().click();
  await anna.page.getByText(words.patient("start.question")).waitFor();
  await open(volkova, SERVICE);
  const hours = group(volkova, said("queue.hours"));
  await hours.getByText(ofHours("week"), { exact: true }).click();
  const monday = ofHours("day.monday");
  const time = (day, number, end) => hours.getByLabel(ofHours(end, { day, number }), { exact: true });
  await time(monday, 1, "to").fill("08:00");
  await button(volkova, said("preview")).click();
  await hours.getByText(said("wrong.laterEnd")).waitFor();
  await time(monday, 1, "to").fill("13:00");
  await hours.getByRole("button", { name: ofHours("addTo", { day: monday }), exact: true }).focus();
  await volkova.page.keyboard.press("Enter");
  assert.equal(await time(monday, 2, "from").inputValue(), "14:00");
  await hours.getByRole("button", { name: ofHours("copy", { day: monday }), exact: true }).click();
  await volkova.page.getByRole("menuitem", { name: ofHours("toAll"), exact: true }).click();
  assert.equal(await time(ofHours("day.sunday"), 2, "to").inputValue(), "18:00");
  await hours.getByRole("button", { name: said("closures.add"), exact: true }).click();
  await hours.getByLabel(said("closures.from"), { exact: true }).fill("2020-01-01T00:00");
  await hours.getByLabel(said("closures.to"), { exact: true }).fill("2090-01-01T00:00");
  await hours.getByLabel(said("closures.reason"), { exact: true }).fill("Moving house");
  await button(volkova, said("preview")).click();
  const preview = main(volkova).getByRole("region", { name: said("previewTitle"), exact: true });
  await preview.getByRole("row").nth(13).waitFor();
  assert.equal(await preview.getByText("Moving house").count() >= 14, true);
  await looked("preview");
  await save(volkova);
  await sees(anna, words.patient("start.closedText"));
  await looked("history");
});

test("undoing is one press, and the patient sees it open again", async () => {
  await button(volkova, words.console("changes.undo")).first().click();
  await main(volkova).getByText(said("did.folder")).waitFor();
  await anna.page.getByText(words.patient("start.closedText")).first().waitFor({ state: "hidden" });
});

test("of two supervisors the second is told who was faster, and loses nothing", async () => {
  orlov = await desk(on, "orlov", { size: DESKTOP });
  await section(orlov, "settings");
  for (const person of [volkova, orlov]) await open(person, said("kind.contacts"));
  const phone = said("contact.phone");
  await field(volkova, phone).fill("+74950000007");
  await field(orlov, phone).fill("+74950000008");
  await save(orlov);
  await button(volkova, words.console("save")).click();
  await sees(volkova, said("conflict", { name: "Oleg Orlov" }));
  assert.equal(await field(volkova, phone).inputValue(), "+74950000007");
  await volkova.look("console-settings-conflict");
  await button(volkova, said("takeTheirs")).click();
  await volkova.page.waitForFunction(() => [...document.querySelectorAll("input")].some(({ value }) => value === "+74950000008"));
});

test("a queue is made, put first and brought into use", async () => {
  await list(volkova).getByRole("button", { name: said("add.queue"), exact: true }).click();
  const dialog = volkova.page.getByRole("dialog");
  await dialog.getByLabel(said("nameIn", { language: "English" })).fill("Night doctor");
  await dialog.getByLabel(said("nameIn", { language: "Русский" })).fill("Ночной врач");
  await volkova.look("console-settings-new");
  await dialog.getByRole("button", { name: said("create"), exact: true }).click();
  await main(volkova).getByRole("heading", { level: 2, name: "Night doctor", exact: true }).waitFor();
  await anna.page.goBack();
  assert.equal(await anna.page.getByText("Night doctor").count(), 0, "it is hidden");
  await main(volkova).getByRole("switch", { name: said("queue.retired") }).click();
  await save(volkova);
  await sees(anna, "Night doctor");
  await open(volkova, said("kind.queues"));
  const up = said("up", { name: "Night doctor" });
  for (let place = 0; place < 3; place += 1) await button(volkova, up).click();
  await looked("order");
  await save(volkova);
  await anna.page.waitForFunction(() => document.querySelector("main ul li strong")?.textContent === "Night doctor");
  for (const name of [said("kind.holidays"), "Doctor's conclusion"]) await open(volkova, name);
  await looked("template");
});

test("another consent of the site's form needs another version, and what is wrong is said in words", async () => {
  await section(volkova, "settings");
  await opens(said("kind.callback_form"));
  await looked("callback-form");
  const consent = inLanguage(said("site.consent"), "English");
  await fieldOf(main(volkova), consent).fill("I agree that you call me.");
  await button(volkova, words.console("save")).click();
  await sees(volkova, said("refused.same_version"));
  await fieldOf(main(volkova), said("version")).fill("2030-01-01");
  await save(volkova);
  await sees(volkova, "1. Vera Volkova");
  const headers = { "accept-language": "en" };
  const challenge = await fetch(`${on.world.api}/_consilium/v1/public/callbacks/challenge`, { headers });
  assert.equal((await challenge.json()).consent.text, "I agree that you call me.");
});

test("a document written in the console is what everybody reads", async () => {
  await opens(said("kind.legal"));
  const privacy = card(volkova, PRIVACY);
  await privacy.getByRole("button", { name: said("legal.writeHere"), exact: true }).click();
  await fieldOf(privacy, inLanguage(said("legal.text"), "English")).fill("# What we keep\n\nYour name & your words.");
  await fieldOf(privacy, inLanguage(said("legal.text"), "Русский")).fill("# Что мы храним\n\nИмя и слова.");
  await fieldOf(privacy, said("version")).fill("2030-01-01");
  await looked("legal");
  await save(volkova);
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
  await opens(said("kind.consents"));
  const law = main(volkova).getByRole("list", { name: said("consents.demands"), exact: true });
  const wanted = said("consents.demandsConsent", { subjects: said("value.treatment") });
  await law.getByText(wanted, { exact: true }).waitFor();
  await fieldOf(main(volkova), said("consents.profile")).selectOption("none");
  await law.waitFor({ state: "hidden" });
  await fieldOf(main(volkova), said("consents.profile")).selectOption("ru");
  await law.getByRole("listitem").nth(1).waitFor();
  const treatment = card(volkova, TREATMENT);
  await fieldOf(treatment, inLanguage(said("consent.summary"), "English")).fill("By chat and by video.");
  await button(volkova, said("lookFirst")).click();
  const preview = main(volkova).getByRole("region", { name: said("previewTitle"), exact: true });
  await preview.getByText(/1 agreement to the old one counts no more/).waitFor();
  await looked("consents");
  await save(volkova);
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
  await opens(said("kind.retention"));
  await fieldOf(card(volkova, RECORDS), said("keeping.length")).fill("10");
  await button(volkova, said("lookFirst")).click();
  const preview = main(volkova).getByRole("region", { name: said("previewTitle"), exact: true });
  await preview.getByText(/Medical records: no record is kept by it yet/).waitFor();
  await looked("retention");
  await save(volkova);
});

test("a status of the brand's own is made, and operators choose it", async () => {
  await opens(said("kind.statuses"));
  await fieldOf(main(volkova), said("things.status.code")).fill("training");
  await button(volkova, said("things.status.add")).click();
  const training = card(volkova, "training");
  await fieldOf(training, inLanguage(said("name"), "English")).fill("Training");
  const named = card(volkova, "Training");
  await fieldOf(named, inLanguage(said("name"), "Русский")).fill("Обучение");
  await fieldOf(named, said("statuses.color")).selectOption("info");
  await named.getByRole("checkbox", { name: said("statuses.onDuty") }).check();
  await looked("statuses");
  await save(volkova);
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
  await fieldOf(dialog, words.console("operators.grade")).fill("Highest category");
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
  // What is refused is said in the form.
  volkova.expects(/^(409|422) PATCH /);
  await section(volkova, "operators");
  await editing("Vera Volkova");
  const dialog = volkova.page.getByRole("dialog");
  await dialog.getByText(words.console("role.operator"), { exact: true }).click();
  await dialog.getByRole("button", { name: words.console("save"), exact: true }).click();
  await dialog.getByText(words.console("refused.last_administrator")).waitFor();
  await volkova.look("console-operator-last");
});
