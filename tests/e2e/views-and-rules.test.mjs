/**
 * Saved views at the desk: a filtered list is kept under a name, counted live, opened by a number and by its address, shared by a supervisor, copied by who
 * may not change it, put away and taken back, and honest about what in it is gone.
 *
 * Then a rule from the supervisor who writes it to the colleague whom it alarms: it says itself in a sentence, is tried on what was there, runs with the
 * patient's question and stands over every supervisor's desk until one has seen it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, desk, DESKTOP, filterBy, lookAtBoth, patientWhoAsks, patientWithoutApp, PHONE, section, SERVICE, sees, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = {
  petrova: { name: "Dr Petrova" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
  orlov: { name: "Oleg Orlov", role: "supervisor" },
};
const on = stage({ staff }, begin);
const OWN = "My doctors";
const SHARED = "Overdue now";
const NOTE = "New here: say hello first";
/** Comes when a rule alarms supervisors. */
let orlov;
let petrova;
let volkova;

async function begin() {
  await asks("anna", "Anna K.");
  [petrova, volkova] = await Promise.all([desk(on, "petrova"), desk(on, "volkova")]);
}

/** Somebody who waits: for lists he is a row. */
const asks = async (login, name) => (await patientWithoutApp(on, login, { name })).ask();
const button = ({ page }, path, values) => page.getByRole("button", { name: words.console(path, values), exact: true });
const dialogOf = ({ page }) => page.getByRole("dialog");
const links = ({ page }) => page.getByRole("list", { name: words.console("views.title"), exact: true }).getByRole("link");
const linkTo = (person, name) => links(person).filter({ hasText: name });
const bar = ({ page }) => page.getByRole("group", { name: words.console("views.bar"), exact: true });

/** Two keys, one after the other, outside text. */
async function go({ page }, second) {
  await page.keyboard.press("g");
  await page.keyboard.press(second);
}

/** Keeps what is on the screen under a name. */
async function keep(person, name, shared = null) {
  const { page } = person;
  await page.keyboard.press("Shift+S");
  const dialog = dialogOf(person);
  await dialog.getByRole("textbox", { name: words.console("views.name") }).fill(name);
  if (shared !== null) {
    await dialog.getByRole("combobox", { name: words.console("views.sharing") }).click();
    await page.getByRole("option", { name: words.console(`views.with.${shared}`) }).click();
  }
  await person.look(`console-view-form-${person.name}`);
  await dialog.getByRole("button", { name: words.console("views.create"), exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}

test("an operator keeps a filtered list under a name; it has a count, a number and an address", async () => {
  const { page } = petrova;
  await sees(petrova, "Anna K.");
  await filterBy(petrova, words.console("list.queue"), SERVICE);
  await page.waitForURL("**/waiting?queue=therapist");
  await keep(petrova, OWN);
  await page.waitForURL("**/waiting?view=*");
  await linkTo(petrova, OWN).filter({ hasText: "1" }).waitFor();
  await bar(petrova).getByText(OWN).waitFor();
  await petrova.look("console-view-open");
  await go(petrova, "m");
  await page.waitForURL("**/mine");
  await go(petrova, "1");
  await page.waitForURL("**/waiting?view=*");
  await sees(petrova, "Anna K.");
  const address = page.url();
  await page.goto("about:blank");
  await page.goto(address);
  await bar(petrova).getByText(OWN).waitFor();
  assert.equal(page.url(), address, "the address stays as it can be kept");
});

test("its count follows what happens, without a look at the list", async () => {
  await go(petrova, "m");
  await asks("boris", "Boris L.");
  await linkTo(petrova, OWN).filter({ hasText: "2" }).waitFor();
});

test("a changed view says so, and is updated or left as it was", async () => {
  const { page } = petrova;
  await go(petrova, "1");
  await filterBy(petrova, words.console("list.urgency"), words.console("list.urgencies.urgent"));
  await bar(petrova).getByText(words.console("views.altered")).waitFor();
  await petrova.look("console-view-altered");
  await button(petrova, "views.discard").click();
  await bar(petrova).getByText(words.console("views.altered")).waitFor({ state: "hidden" });
  await sees(petrova, "Boris L.");
  await button(petrova, "list.sort").click();
  await page.getByRole("menuitemradio", { name: words.console("sort.newest"), exact: true }).click();
  await button(petrova, "views.update").click();
  await bar(petrova).getByText(words.console("views.altered")).waitFor({ state: "hidden" });
  const { views } = await (await call(petrova, on.world, "/_consilium/v1/views")).json();
  assert.deepEqual(views.map(({ name, query }) => [name, query]), [[OWN, "queue=therapist&sort=newest"]]);
});

test("a supervisor shares one; it comes to the others by itself, who copy it and do not change it", async () => {
  await sees(volkova, "Anna K.");
  await filterBy(volkova, words.console("list.sla"), words.console("list.slas.breach"));
  await keep(volkova, SHARED, "everybody");
  await linkTo(petrova, SHARED).click();
  await bar(petrova).getByText(words.console("views.of", { name: "Vera Volkova" })).waitFor();
  assert.equal(await button(petrova, "views.edit").count(), 0, "nothing of hers is to be edited");
  await petrova.look("console-view-shared");
  await button(petrova, "views.copy").click();
  await dialogOf(petrova).getByRole("button", { name: words.console("views.create"), exact: true }).click();
  await linkTo(petrova, words.console("views.copyName", { name: SHARED })).waitFor();
  assert.equal(await links(volkova).count(), 1, "the copy is hers alone");
});

test("views are put in order, removed, and taken back by one press", async () => {
  const { page } = petrova;
  const copy = words.console("views.copyName", { name: SHARED });
  await page.keyboard.press("Control+k");
  await page.keyboard.type(words.console("command.views"));
  await page.keyboard.press("Enter");
  const dialog = dialogOf(petrova).filter({ hasText: SHARED });
  await dialog.getByRole("button", { name: words.console("views.up", { name: copy }), exact: true }).click();
  await page.waitForFunction(
    ([label, second]) => document.querySelectorAll(`nav ul[aria-label="${label}"] a`)[1]?.textContent?.includes(second),
    [words.console("views.title"), copy],
  );
  await petrova.look("console-views");
  await dialog.getByRole("button", { name: words.console("views.editNamed", { name: copy }), exact: true }).click();
  await button(petrova, "views.remove").click();
  await linkTo(petrova, copy).waitFor({ state: "hidden" });
  await button(petrova, "command.undo").click();
  await linkTo(petrova, copy).waitFor();
  const { views } = await (await call(petrova, on.world, "/_consilium/v1/views")).json();
  assert.deepEqual(views.map(({ name }) => name), [OWN, copy, SHARED], "where it stood");
});

test("a filter that names what is gone says so, and breaks nothing", async () => {
  const body = { names: { en: "Fever", ru: "Температура" }, color: "danger" };
  const tag = await (await call(volkova, on.world, "/_consilium/v1/tags", "POST", body)).json();
  const view = { name: "With fever", section: "waiting", query: `tag=${tag.id}` };
  assert.equal((await call(petrova, on.world, "/_consilium/v1/views", "POST", view)).status, 201);
  await linkTo(petrova, view.name).click();
  const archived = { ...body, version: tag.version, archived: true };
  assert.equal((await call(volkova, on.world, `/_consilium/v1/tags/${tag.id}`, "PUT", archived)).status, 200);
  await bar(petrova).getByText(words.console("views.goneIn.tag")).waitFor();
  await petrova.look("console-view-gone");
});

test("what is shared no more is not there any more, and the address says it", async () => {
  const { page } = petrova;
  await linkTo(petrova, SHARED).last().click();
  await bar(petrova).getByText(words.console("views.of", { name: "Vera Volkova" })).waitFor();
  const { views } = await (await call(volkova, on.world, "/_consilium/v1/views")).json();
  const { id, version, name, section, query } = views[0];
  const ended = await call(volkova, on.world, `/_consilium/v1/views/${id}`, "PUT", { version, name, section, query });
  assert.equal(ended.status, 200);
  await bar(petrova).getByText(words.console("views.lost")).waitFor();
  await bar(petrova).getByRole("button", { name: words.console("understood"), exact: true }).click();
  await page.waitForURL("**/waiting");
  await sees(petrova, "Anna K.");
});

test("on a phone the views are behind «More»", async () => {
  const { page } = petrova;
  await page.setViewportSize(PHONE);
  await button(petrova, "more").click();
  await page.getByRole("menuitem", { name: new RegExp(`^${OWN}`) }).waitFor();
  await petrova.look("console-views-phone");
  await page.getByRole("menuitem", { name: new RegExp(`^${OWN}`) }).click();
  await bar(petrova).getByText(OWN).waitFor();
  await petrova.look("console-view-phone");
  await page.setViewportSize(DESKTOP);
});

const said = (path, values) => words.console(`brandSettings.${path}`, values);
const list = (person) => person.page.locator("[data-pane=list]");
const main = (person) => person.page.locator("[data-pane=main]");
const mainButton = (person, name) => main(person).getByRole("button", { name, exact: true });
const field = (person, name) => main(person).getByLabel(name, { exact: true });
const alarm = (person) => person.page.getByRole("alert").filter({ hasText: words.console("rules.alarm", { rule: "Newcomers" }) });

const looked = (name) => lookAtBoth(volkova, `console-rule-${name}`);

async function save() {
  await mainButton(volkova, words.console("save")).click();
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
  orlov = await desk(on, "orlov", { size: DESKTOP });
  await asks("clara", "Clara W.");
  assert.equal(await alarm(orlov).count(), 0);
  await mainButton(volkova, said("rule.try")).click();
  const tried = main(volkova).getByRole("list", { name: said("rule.trial"), exact: true });
  await tried.getByText(said("rule.wouldRun")).first().waitFor();
  await tried.getByRole("button", { name: "Clara W." }).waitFor();
  await looked("tried");
  const { total } = await (await call(volkova, on.world, "/_consilium/v1/rules/runs")).json();
  assert.equal(total, 0);
});

test("switched on it runs with the next question, and alarms every supervisor until one has seen it", async () => {
  await main(volkova).getByRole("switch", { name: said("rule.on") }).click();
  await save();
  const dora = await patientWhoAsks(on, "dora", "May I take ibuprofen?", { name: "Dora P." });
  await alarm(orlov).getByText("Dora P.").waitFor();
  await alarm(volkova).waitFor();
  assert.equal(await alarm(petrova).count(), 0, "operators are not alarmed");
  assert.equal(await dora.page.getByText(NOTE).count(), 0, "a note is for staff");
  await orlov.look("console-rule-alarm");
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: "Dora P." }).filter({ hasText: "New" }).first().waitFor();
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
  await log.getByRole("button", { name: "Dora P." }).click();
  await volkova.page.getByRole("button", { name: words.console("notes.show"), exact: true }).click();
  await sees(volkova, NOTE);
});
