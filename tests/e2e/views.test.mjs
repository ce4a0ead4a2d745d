/**
 * Saved views at the desk: a filtered list is kept under a name, counted live, opened by a number and by its address, shared by a supervisor, copied by who
 * may not change it, put away and taken back, and honest about what in it is gone.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, desk, filterBy, PHONE, patientWithoutApp, SERVICE, sees, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = {
  petrova: { name: "Dr Petrova" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const on = stage({ staff }, begin);
const OWN = "My doctors";
const SHARED = "Overdue now";
const WIDE = { width: 1440, height: 900 };
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
  await page.setViewportSize(WIDE);
});
