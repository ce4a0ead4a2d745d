/**
 * A rule from the supervisor who writes it to the colleague whom it alarms: it says itself in a sentence, is tried on what was there, runs with the
 * patient's question and stands over every supervisor's desk until one has seen it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, call, desk, PHONE, patient, patientWithoutApp, section, sees, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = {
  volkova: { name: "Vera Volkova", role: "supervisor" },
  orlov: { name: "Oleg Orlov", role: "supervisor" },
  petrova: { name: "Dr Petrova" },
};
const DESKTOP = { width: 1440, height: 900 };
const NOTE = "New here: say hello first";
const on = stage({ staff: STAFF }, begin);
let volkova;
let orlov;
let petrova;

async function begin() {
  const desks = ["volkova", "orlov", "petrova"].map((login) => desk(on, login, { size: DESKTOP }));
  [volkova, orlov, petrova] = await Promise.all(desks);
}

const said = (path, values) => words.console(`brandSettings.${path}`, values);
const list = (person) => person.page.locator("[data-pane=list]");
const main = (person) => person.page.locator("[data-pane=main]");
const button = (person, name) => main(person).getByRole("button", { name, exact: true });
const field = (person, name) => main(person).getByLabel(name, { exact: true });
const alarm = (person) => person.page.getByRole("alert").filter({ hasText: words.console("rules.alarm", { rule: "Newcomers" }) });

async function looked(name) {
  await volkova.look(`console-rule-${name}`);
  await volkova.page.setViewportSize(PHONE);
  await volkova.look(`console-rule-${name}-phone`);
  await volkova.page.setViewportSize(DESKTOP);
}

async function save() {
  await button(volkova, words.console("save")).click();
  await main(volkova).getByText(said("unsaved")).waitFor({ state: "hidden" });
}

test("a supervisor writes a rule, which says itself in a sentence", async () => {
  const made = await call(volkova, on.world, "/_consilium/v1/tags", "POST", { names: { en: "New", ru: "Новый" }, color: "info" });
  assert.equal(made.status, 201);
  await section(volkova, "settings");
  await list(volkova).getByRole("button", { name: said("add.rule"), exact: true }).click();
  const dialog = volkova.page.getByRole("dialog");
  await dialog.getByLabel(said("nameIn", { language: "English" })).fill("Newcomers");
  await dialog.getByLabel(said("nameIn", { language: "Русский" })).fill("Новички");
  await dialog.getByRole("button", { name: said("create"), exact: true }).click();
  await main(volkova).getByRole("heading", { level: 2, name: "Newcomers", exact: true }).waitFor();
  await field(volkova, said("rule.condition.returning")).selectOption({ label: said("no") });
  await main(volkova).getByRole("combobox", { name: said("rule.action.add_tags") }).click();
  await volkova.page.getByRole("option", { name: "New", exact: true }).click();
  await volkova.page.keyboard.press("Escape");
  await field(volkova, said("rule.action.note")).fill(NOTE);
  await sees(volkova, "if the patient is here for the first time: put on the tag “New”, write a note for staff, and alarm supervisors.");
  await looked("form");
  await save();
  await list(volkova).getByText(said("mark.off")).waitFor();
});

test("one that is off does nothing, and can be tried", async () => {
  const anna = await patientWithoutApp(on, "anna", { name: "Anna K." });
  await anna.ask();
  assert.equal(await alarm(orlov).count(), 0);
  await button(volkova, said("rule.try")).click();
  const tried = main(volkova).getByRole("list", { name: said("rule.trial"), exact: true });
  await tried.getByText(said("rule.wouldRun")).waitFor();
  await tried.getByRole("button", { name: "Anna K." }).waitFor();
  await looked("tried");
  const { total } = await (await call(volkova, on.world, "/_consilium/v1/rules/runs")).json();
  assert.equal(total, 0);
});

test("switched on it runs with the next question, and alarms every supervisor until one has seen it", async () => {
  await main(volkova).getByRole("switch", { name: said("rule.on") }).click();
  await save();
  const boris = await patient(on, "boris", { name: "Boris L." });
  await ask(boris, "May I take ibuprofen?");
  await alarm(orlov).getByText("Boris L.").waitFor();
  await alarm(volkova).waitFor();
  assert.equal(await alarm(petrova).count(), 0, "operators are not alarmed");
  assert.equal(await boris.page.getByText(NOTE).count(), 0, "a note is for staff");
  await orlov.look("console-rule-alarm");
  await sees(petrova, "New");
  await alarm(orlov).getByRole("button", { name: words.console("understood") }).click();
  await alarm(orlov).waitFor({ state: "detached" });
  await alarm(volkova).waitFor({ state: "detached" });
});

test("the log says what came of it, and who has seen the alarm", async () => {
  const log = main(volkova).getByRole("list", { name: said("rule.log"), exact: true });
  await log.getByText(said("rule.seenBy", { name: "Oleg Orlov" })).waitFor();
  await log.getByText(said("rule.did.note")).waitFor();
  await looked("log");
  await list(volkova).getByRole("button", { name: said("kind.rules"), exact: true }).click();
  await main(volkova).getByText(/Newcomers, version \d/).waitFor();
  await looked("order");
  await log.getByRole("button", { name: "Boris L." }).click();
  await volkova.page.getByRole("button", { name: words.console("notes.show"), exact: true }).click();
  await sees(volkova, NOTE);
});
