/**
 * The clinic's own fields: a supervisor sets one up in the console, staff fills it in on a card and on a consultation, the clinic's own system by its key;
 * colleagues see it at once, lists are narrowed by it, and the patient finds his own in his copy and none of the desk's.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { box, call, desk, DESKTOP, filterBy, patientWhoAsks, patientWithoutApp, PHONE, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const on = stage({ staff }, begin);
let anna;
let petrova;
let sokolov;
let volkova;

async function begin() {
  const asks = patientWhoAsks(on, "anna", "My head hurts again", { name: "Anna K." });
  const desks = ["petrova", "sokolov", "volkova"].map((login) => desk(on, login, { size: DESKTOP }));
  [anna, petrova, sokolov, volkova] = await Promise.all([asks, ...desks]);
  // What cannot be is refused in the form.
  volkova.expects(/^422 PUT /);
}

const said = (path, values) => words.console(`brandSettings.${path}`, values);
const main = (person) => person.page.locator("[data-pane=main]");
const card = (person) => person.page.locator("[data-pane=card]");
const panel = (person) => card(person).getByRole("region", { name: words.console("fields.label"), exact: true });
const dialog = (person) => person.page.getByRole("dialog");
const fact = (place, name) => place.locator("dl > div").filter({ has: place.page().getByText(name, { exact: true }) }).locator("dd");

async function choose(person, label, option) {
  await dialog(person).getByRole("combobox", { name: label, exact: true }).click();
  await person.page.getByRole("option", { name: option, exact: true }).click();
}

async function save(person) {
  await dialog(person).getByRole("button", { name: words.console("save"), exact: true }).click();
  await dialog(person).waitFor({ state: "hidden" });
}

test("a supervisor sets a field up: what is missing is named, and then it is there for everybody", async () => {
  await section(volkova, "settings");
  await volkova.page.getByRole("button", { name: said("kind.fields"), exact: true }).click();
  const form = main(volkova);
  await form.getByRole("heading", { level: 2, name: said("kind.fields"), exact: true }).waitFor();
  await volkova.look("console-settings-fields");
  const list = form.getByRole("region", { name: said("fields.consultation"), exact: true });
  await list.getByLabel(said("fields.newType"), { exact: true }).selectOption("number");
  await list.getByRole("button", { name: said("fields.add"), exact: true }).click();
  const editor = list.getByRole("group").last();
  const name = (language) =>
    editor.getByRole("textbox", { name: said("inLanguage", { label: said("fields.name"), language }), exact: true });
  await volkova.page.keyboard.type("Pression");
  await form.getByRole("button", { name: words.console("save"), exact: true }).click();
  await editor.getByText(said("wrong.needed")).waitFor();
  await name("English").fill("Blood pressure");
  await name("Русский").fill("Давление");
  await volkova.look("console-settings-fields-new");
  await form.getByRole("button", { name: words.console("save"), exact: true }).click();
  await form.getByText(said("unsaved")).waitFor({ state: "hidden" });
  await sees(volkova, "1. Vera Volkova");
  await volkova.page.setViewportSize(PHONE);
  await volkova.look("console-settings-fields-phone");
  await volkova.page.setViewportSize(DESKTOP);
});

test("an operator fills in the fields of a consultation, and a colleague who looks at it sees them", async () => {
  await take(petrova, "Anna K.");
  await box(petrova).waitFor();
  await panel(petrova).getByText("Blood pressure").waitFor();
  await panel(petrova).getByRole("button", { name: words.console("command.fields") }).click();
  await choose(petrova, "Occasion", "Follow-up");
  const pressure = dialog(petrova).getByRole("textbox", { name: "Blood pressure", exact: true });
  await pressure.fill("high");
  await dialog(petrova).getByRole("button", { name: words.console("save"), exact: true }).click();
  await dialog(petrova).getByText(words.console("fields.error.number")).waitFor();
  await petrova.look("console-fields-dialog");
  await pressure.fill("140,5");
  await save(petrova);
  await panel(petrova).getByText("140.5").waitFor();
  await petrova.look("console-fields-consultation");
  // Supervisors open anybody's.
  await section(volkova, "active");
  await volkova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
  await panel(volkova).getByText("140.5").waitFor();
  await panel(petrova).getByRole("button", { name: words.console("command.fields") }).click();
  await dialog(petrova).getByRole("textbox", { name: "Blood pressure", exact: true }).fill("120");
  await save(petrova);
  await panel(volkova).getByText("120", { exact: true }).waitFor();
});

test("a patient's fields stand on his card; what is the clinic's own system's is read, and set by its key", async () => {
  await section(sokolov, "patients");
  await sokolov.page.getByText("Anna K.").first().click();
  const shown = card(sokolov).getByRole("region", { name: words.console("patients.card"), exact: true });
  await shown.getByRole("button", { name: words.console("patients.edit"), exact: true }).click();
  assert.equal(await dialog(sokolov).getByRole("textbox", { name: "Contract number", exact: true }).isDisabled(), true);
  await dialog(sokolov).getByRole("textbox", { name: "Allergies", exact: true }).fill("Penicillin");
  await choose(sokolov, "Branch", "Riverside");
  await choose(sokolov, "Under regular observation", words.console("fields.yes"));
  await sokolov.look("console-patient-fields-dialog");
  await save(sokolov);
  await shown.getByText("Penicillin").waitFor();
  assert.deepEqual(
    [await fact(shown, "Branch").innerText(), await fact(shown, "Under regular observation").innerText()],
    ["Riverside", "Yes"],
  );
  const made = await call(volkova, on.world, "/_consilium/v1/api-keys", "POST", { name: "CRM", scopes: ["patients:write"] });
  const { token } = await made.json();
  const { items } = await (await call(volkova, on.world, "/_consilium/v1/patients")).json();
  const set = await fetch(`${on.world.api}/_consilium/v1/patients/${items[0].id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ fields: { contract: "A-104882" } }),
  });
  assert.equal(set.status, 204);
  await sokolov.page.reload();
  await shown.getByText("A-104882").waitFor();
  await sokolov.look("console-patient-fields");
});

test("patients are found by what was chosen", async () => {
  // A list of patients is as it was read.
  await patientWithoutApp(on, "boris", { name: "Boris B." });
  await section(sokolov, "patients");
  await sokolov.page.reload();
  await sees(sokolov, "Boris B.");
  await filterBy(sokolov, words.console("fields.filter"), "Branch: Riverside");
  await main(sokolov).getByText("Boris B.").waitFor({ state: "hidden" });
  await main(sokolov).getByText("Anna K.").first().waitFor();
  await sokolov.look("console-patients-by-field");
  await main(sokolov)
    .getByRole("button", { name: words.console("list.removeFilter", { filter: "Branch: Riverside" }), exact: true })
    .click();
  await main(sokolov).getByText("Boris B.").first().waitFor();
});

test("the patient's app shows none of the desk's, and his copy has his own", async () => {
  for (const secret of ["Blood pressure", "Occasion", "Penicillin"]) assert.equal(await anna.page.getByText(secret).count(), 0);
  const copy = await call(anna, on.world, "/_consilium/v1/me/export?language=en");
  assert.equal(copy.status, 200);
  const mine = await (await call(anna, on.world, "/_consilium/v1/consultations")).text();
  assert.equal(mine.includes("occasion"), false);
});

test("a field that is removed is gone at once, and undoing brings back what stood in it", async () => {
  await section(volkova, "settings");
  await volkova.page.getByRole("button", { name: said("kind.fields"), exact: true }).click();
  const form = main(volkova);
  await form.getByRole("button", { name: said("fields.remove", { name: "field-3" }), exact: true }).click();
  await form.getByRole("button", { name: words.console("save"), exact: true }).click();
  await sees(volkova, "2. Vera Volkova");
  await petrova.page.reload();
  await panel(petrova).getByText("Occasion").waitFor();
  assert.equal(await panel(petrova).getByText("Blood pressure").count(), 0);
  const known = await (await call(volkova, on.world, "/_consilium/v1/settings/fields")).json();
  const body = { based_on: known.section.version, version: 1 };
  assert.equal((await call(volkova, on.world, "/_consilium/v1/settings/fields/restore", "POST", body)).status, 200);
  await petrova.page.reload();
  await panel(petrova).getByText("120", { exact: true }).waitFor();
});
