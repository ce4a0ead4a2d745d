/**
 * Fields that a queue asks for before the close: the card says which are missing, the close leads to their form and goes on from there, the API names them; and
 * the desk's lists are narrowed by what was chosen in one.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { changedBrand } from "./routed-brand.mjs";
import { call, desk, DESKTOP, filterBy, patientWhoAsks, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const asking = await changedBrand("demo-clinic", (toml) =>
  toml.replaceAll("[[queues]]\n", '[[queues]]\nrequired_fields = ["occasion", "visit-on"]\n'),
);
after(asking.end);
const on = stage({ brand: asking.brand, staff: { petrova: { name: "Dr Petrova" } } }, begin);
const NEEDED = words.console("fields.needed");
let petrova;

async function begin() {
  const asks = patientWhoAsks(on, "anna", "My head hurts again", { name: "Anna K." });
  [, petrova] = await Promise.all([asks, desk(on, "petrova", { size: DESKTOP })]);
}

const card = (person) => person.page.locator("[data-pane=card]");
const panel = (person) => card(person).getByRole("region", { name: words.console("fields.label"), exact: true });
const dialog = (person) => person.page.getByRole("dialog");
const rows = (person) => person.page.locator("[data-row]");
const pressClose = ({ page }) => page.locator("main").getByRole("button", { name: words.console("consultation.closeFull") }).first().click();
const goOn = (person) => dialog(person).getByRole("button", { name: words.console("fields.saveAndClose"), exact: true });

async function chooseOccasion(person, option) {
  await dialog(person).getByRole("combobox", { name: "Occasion" }).click();
  await person.page.getByRole("option", { name: option, exact: true }).click();
}

test("the card says which fields are missing, and the close leads to them", async () => {
  await take(petrova, "Anna K.");
  await panel(petrova).getByText(NEEDED).nth(1).waitFor();
  await petrova.look("console-fields-missing");
  const consultation = petrova.page.url().split("/").at(-1);
  const refused = await call(petrova, on.world, `/_consilium/v1/consultations/${consultation}/close`, "POST", {});
  const problem = await refused.json();
  assert.deepEqual([refused.status, problem.type], [409, "urn:consilium:problem:fields-required"]);
  assert.deepEqual(problem.errors.map(({ field }) => field), ["fields.occasion", "fields.visit-on"]);
  await pressClose(petrova);
  await dialog(petrova).getByText(words.console("fields.beforeClose", { name: "Anna K." })).waitFor();
  await dialog(petrova).getByText(NEEDED).nth(1).waitFor();
  await petrova.look("console-fields-before-close");
  await goOn(petrova).click();
  await dialog(petrova).getByText(NEEDED).first().waitFor();
  await dialog(petrova).getByRole("button", { name: words.console("cancel"), exact: true }).click();
  await dialog(petrova).waitFor({ state: "hidden" });
});

test("what was filled in is not missing any more, and lists are narrowed by it", async () => {
  await panel(petrova).getByRole("button", { name: words.console("command.fields") }).click();
  await chooseOccasion(petrova, "Follow-up");
  await dialog(petrova).getByRole("button", { name: words.console("save"), exact: true }).click();
  await dialog(petrova).waitFor({ state: "hidden" });
  await panel(petrova).getByText("Follow-up").waitFor();
  assert.equal(await panel(petrova).getByText(NEEDED).count(), 1);
  await section(petrova, "mine");
  await filterBy(petrova, words.console("fields.filter"), "Occasion: Follow-up");
  await petrova.page.waitForURL("**field=occasion**");
  await rows(petrova).filter({ hasText: "Anna K." }).first().waitFor();
  await petrova.look("console-list-by-field");
  await filterBy(petrova, words.console("fields.filter"), "Occasion: First time");
  await sees(petrova, words.console("list.nothingFound"));
  await petrova.page.getByRole("button", { name: words.console("list.clearFilters"), exact: true }).click();
  await rows(petrova).filter({ hasText: "Anna K." }).first().click();
});

test("with the last of them filled in the close goes on", async () => {
  await panel(petrova).getByText(NEEDED).waitFor();
  await pressClose(petrova);
  const visit = dialog(petrova).getByRole("textbox", { name: "Comes in person on" });
  await visit.pressSequentially("09052031");
  await goOn(petrova).click();
  await dialog(petrova).waitFor({ state: "hidden" });
  await sees(petrova, words.console("consultation.ended.archived"));
  const { items } = await (await call(petrova, on.world, "/_consilium/v1/consultations?view=ended&field=occasion:again")).json();
  assert.deepEqual([items.length, items[0].phase, items[0].missing_fields], [1, "archived", []]);
});
