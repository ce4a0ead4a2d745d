/**
 * Several rows of a list acted on at once: chosen by boxes, with Shift and with keys; what becomes of how many is said before, what was refused and why after;
 * what can be taken back is, by one press; chosen rows are saved as a table.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, call, desk, patient, saved, section, sees, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
const on = stage({ staff }, begin);
const [ANNA, BORIS, CLARA] = ["Anna K.", "Boris L.", "Clara M."];
let petrova;
let volkova;

async function begin() {
  for (const [login, name] of [
    ["anna", ANNA],
    ["boris", BORIS],
    ["clara", CLARA],
  ]) {
    await ask(await patient(on, login, { name }), `A question of ${name}`);
  }
  petrova = await desk(on, "petrova");
  volkova = await desk(on, "volkova");
  const tag = { names: { en: "Fever", ru: "Жар" }, color: "danger" };
  assert.equal((await call(volkova, on.world, "/_consilium/v1/tags", "POST", tag)).status, 201);
}

const row = ({ page }, name) => page.locator("[data-row]").filter({ hasText: name }).first();
const pick = ({ page }, name) =>
  page.getByRole("checkbox", { name: words.console("bulk.choose", { name }), exact: true });
const bar = ({ page }) => page.getByRole("toolbar", { name: words.console("bulk.label"), exact: true });
const act = (person, kind) =>
  bar(person).getByRole("button", { name: words.console(`bulk.act.${kind}`), exact: true }).click();
const dialogOf = ({ page }) => page.getByRole("dialog");

async function waiting(person) {
  await section(person, "waiting");
  await row(person, CLARA).waitFor();
}

async function chosen(person, count) {
  await bar(person).getByText(`${count} chosen`, { exact: true }).waitFor();
}

async function choose(person, label, option) {
  await dialogOf(person).getByRole("combobox", { name: new RegExp(`^${label}`) }).click();
  await person.page.getByRole("option", { name: option, exact: true }).click();
}

test("rows are chosen by a press, with Shift, and all of the list by keys; Escape chooses none", async () => {
  await waiting(volkova);
  await pick(volkova, ANNA).click();
  await chosen(volkova, 1);
  await pick(volkova, CLARA).click({ modifiers: ["Shift"] });
  await chosen(volkova, 3);
  await volkova.look("console-bulk-chosen");
  await pick(volkova, BORIS).click();
  await chosen(volkova, 2);
  await volkova.page.keyboard.press("Escape");
  await bar(volkova).waitFor({ state: "hidden" });
  await pick(volkova, ANNA).focus();
  await volkova.page.keyboard.press("Control+a");
  await chosen(volkova, 3);
  await bar(volkova).getByRole("button", { name: words.console("bulk.clear"), exact: true }).click();
  await bar(volkova).waitFor({ state: "hidden" });
});

test("a tag is put on several after it is said on how many, and one press takes it back", async () => {
  await pick(volkova, ANNA).click();
  await pick(volkova, BORIS).click();
  await act(volkova, "add_tag");
  await choose(volkova, words.console("list.tag"), "Fever");
  await dialogOf(volkova).getByText("2 get the tag. Only staff sees it.", { exact: true }).waitFor();
  await volkova.look("console-bulk-tag");
  await dialogOf(volkova).getByRole("button", { name: words.console("bulk.submit.add_tag"), exact: true }).click();
  await dialogOf(volkova).waitFor({ state: "hidden" });
  await row(volkova, ANNA).getByText("Fever").waitFor();
  await row(volkova, BORIS).getByText("Fever").waitFor();
  await bar(volkova).waitFor({ state: "hidden" });
  await volkova.page.getByRole("button", { name: words.console("command.undo"), exact: true }).click();
  await row(volkova, ANNA).getByText("Fever").waitFor({ state: "hidden" });
  await row(volkova, BORIS).getByText("Fever").waitFor({ state: "hidden" });
});

test("an operator is told before that nobody leads them, and after of each why not", async () => {
  await waiting(petrova);
  await pick(petrova, ANNA).click();
  await pick(petrova, BORIS).click();
  assert.equal(await bar(petrova).getByRole("button", { name: words.console("bulk.act.raise"), exact: true }).count(), 0);
  await act(petrova, "assign");
  const dialog = dialogOf(petrova);
  await dialog.getByText("2 still wait: nobody leads them.", { exact: true }).waitFor();
  await choose(petrova, words.console("bulk.to"), "Paediatrician");
  await dialog.getByRole("textbox", { name: new RegExp(`^${words.console("transfer.note")}`) }).fill("Not for me");
  await dialog.getByRole("button", { name: "Hand on 2", exact: true }).click();
  const refused = dialog.getByRole("list", { name: words.console("bulk.outcome.label"), exact: true });
  await refused.getByText(ANNA).waitFor();
  await refused.getByText(BORIS).waitFor();
  await petrova.look("console-bulk-refused");
  await dialog.getByRole("button", { name: words.console("understood"), exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await chosen(petrova, 2);
  await petrova.page.keyboard.press("Escape");
});

test("a supervisor raises one, and closes what is led by a macro", async () => {
  await pick(volkova, CLARA).click();
  await act(volkova, "raise");
  await dialogOf(volkova).getByRole("button", { name: "Raise 1", exact: true }).click();
  await dialogOf(volkova).waitFor({ state: "hidden" });
  await row(volkova, CLARA).getByText(words.console("row.raised")).waitFor({ state: "attached" });
  const { items } = await (await call(volkova, on.world, "/_consilium/v1/consultations?view=waiting")).json();
  const [first] = items;
  assert.deepEqual([first.patient.name, first.priority], [CLARA, 1], "who was raised comes first");

  const content = { title: "All done", shortcut: "done", note: "Was done", ending: { kind: "close", note: null } };
  assert.equal((await call(volkova, on.world, "/_consilium/v1/macros", "POST", content)).status, 201);
  const taken = await call(petrova, on.world, `/_consilium/v1/consultations/${first.id}/take`, "POST", {});
  assert.equal(taken.status, 200);
  await section(volkova, "active");
  await pick(volkova, CLARA).click();
  await act(volkova, "macro");
  await choose(volkova, words.console("bulk.macro"), "All done");
  await dialogOf(volkova).getByRole("button", { name: "Run on 1", exact: true }).click();
  await dialogOf(volkova).waitFor({ state: "hidden" });
  const closed = await (await call(volkova, on.world, `/_consilium/v1/consultations/${first.id}`)).json();
  assert.equal(closed.phase, "archived");
});

test("chosen patients are saved as a table, and that is written down", async () => {
  await section(volkova, "patients");
  await pick(volkova, ANNA).click();
  await chosen(volkova, 1);
  await act(volkova, "export");
  await dialogOf(volkova).getByText(words.console("bulk.aheadPatients")).waitFor();
  const submit = dialogOf(volkova).getByRole("button", { name: words.console("bulk.submit.export"), exact: true });
  const table = (await saved(volkova, submit)).bytes.toString();
  assert.match(table, /^\uFEFFid,name,/);
  assert.ok(table.includes(ANNA) && !table.includes(BORIS), table);
  const { items } = await (await call(volkova, on.world, "/_consilium/v1/audit?action=patient.row_exported")).json();
  assert.equal(items.length, 1);
  await sees(volkova, ANNA);
});
