/**
 * Coming back to a patient: an operator sets a time by the keyboard, at which it stands over her desk wherever she is and counts in its section; she puts it
 * off, hands it to a colleague, who does it; it outlives a restart, and the patient sees nothing of it.
 *
 * Then a message of a follow-up: planned in the talk with the clinic's words in the patient's language, changed and taken back before its time, and at its time, after
 * the consultation was closed and the service started anew, once in the patient's conversation.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CUT } from "./browser.mjs";
import { box, call, close, desk, DESKTOP, filterBy, lookAtBoth, patientWhoAsks, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const NOTE = "Ask how the night was";
const TEXT = "Boris, has the cough gone?";
const OTHER = "Please tell us how you are.";
const CHECK = "Look at the blood test";
const BRANDS = "Hello! You talked to one of our doctors not long ago.";
const staff = { petrova: { name: "Dr Petrova" }, sokolov: { name: "Dr Sokolov" } };
const on = stage({ staff }, begin);
let anna;
let boris;
let petrova;
let sokolov;

async function begin() {
  const asks = patientWhoAsks(on, "anna", "I cannot sleep", { name: "Anna K." });
  const desks = ["petrova", "sokolov"].map((login) => desk(on, login, { size: DESKTOP }));
  [anna, petrova, sokolov] = await Promise.all([asks, ...desks]);
}

const said = (path, values) => words.console(`followUps.${path}`, values);
const dialog = (person) => person.page.getByRole("dialog");
const main = (person) => person.page.locator("[data-pane=main]");
const card = (person) => person.page.locator("[data-pane=card]");
const panel = (person) => card(person).getByRole("region", { name: said("label"), exact: true });
const lines = (person) => person.page.getByRole("list", { name: said("dueLabel"), exact: true });
const badge = (person) => person.page.locator("[data-pane=sections] a[href^='/follow-ups']");

/** The time of all open ones comes in a moment. */
async function soon(person) {
  const { items } = await (await call(person, on.world, "/_consilium/v1/follow-ups?view=open")).json();
  for (const { id, version } of items) {
    const change = { version, due_at: new Date(Date.now() + 1_500).toISOString() };
    const put = await call(person, on.world, `/_consilium/v1/follow-ups/${id}`, "PATCH", change);
    assert.equal(put.status, 200);
  }
}

test("a time is set by the keyboard, in the talk, and stands on the patient's card", async () => {
  await take(petrova, "Anna K.");
  await box(petrova).waitFor();
  const { page } = petrova;
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+B");
  await dialog(petrova).getByText(said("hint")).waitFor();
  await dialog(petrova).getByLabel(said("when"), { exact: true }).fill("2020-01-01T09:00");
  await dialog(petrova).getByRole("textbox", { name: said("what"), exact: true }).fill(NOTE);
  await page.keyboard.press("Control+Enter");
  await dialog(petrova).getByText(said("error.past")).waitFor();
  await dialog(petrova).getByRole("button", { name: said("preset.tomorrow"), exact: true }).click();
  await petrova.look("console-follow-up-dialog");
  await dialog(petrova).getByRole("button", { name: said("make"), exact: true }).click();
  await dialog(petrova).waitFor({ state: "hidden" });
  await panel(petrova).getByText(NOTE).waitFor();
  await petrova.look("console-follow-up-card");
  assert.equal(await lines(petrova).count(), 0);
});

test("the consultation is closed; at its time it stands over the desk, wherever one is, and counts", async () => {
  await close(petrova);
  await section(petrova, "archive");
  for (const person of [anna, petrova, sokolov]) person.expects(...CUT);
  await on.world.restart();
  await Promise.all([petrova.page.reload(), sokolov.page.reload()]);
  await soon(petrova);
  await lines(petrova).getByText(NOTE).waitFor();
  await badge(petrova).getByText("1", { exact: true }).waitFor();
  await lookAtBoth(petrova, "console-follow-up-due");
  assert.equal(await lines(sokolov).count(), 0, "it is nobody else's");
});

test("it is put off by one press, and comes back at its new time", async () => {
  await lines(petrova).getByRole("button", { name: said("putOff"), exact: true }).click();
  await petrova.page.getByRole("menuitem", { name: new RegExp(`^${said("preset.hour")}`) }).click();
  await lines(petrova).waitFor({ state: "hidden" });
  await soon(petrova);
  await lines(petrova).getByText(NOTE).waitFor();
  await lines(petrova).getByRole("button", { name: said("open"), exact: true }).click();
  await petrova.page.waitForURL("**/patients/**");
  await panel(petrova).getByText(NOTE).waitFor();
});

test("in the list it is handed to a colleague, who does it; then it is over for both", async () => {
  const { page } = petrova;
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await page.waitForURL("**/follow-ups**");
  await main(petrova).getByText(NOTE).click();
  await petrova.look("console-follow-ups");
  await card(petrova).getByRole("button", { name: said("edit"), exact: true }).click();
  await dialog(petrova).getByRole("combobox", { name: said("who"), exact: true }).click();
  await page.getByRole("option", { name: "Dr Sokolov", exact: true }).click();
  await dialog(petrova).getByRole("button", { name: words.console("save"), exact: true }).click();
  await dialog(petrova).waitFor({ state: "hidden" });
  await lines(sokolov).getByText(NOTE).waitFor();
  await main(petrova).getByText(said("emptyTitle")).waitFor();
  await lines(sokolov).getByRole("button", { name: said("done"), exact: true }).click();
  await lines(sokolov).waitFor({ state: "hidden" });
  await card(petrova).getByText(said("state.done"), { exact: true }).first().waitFor();
  await main(petrova).getByRole("combobox", { name: said("view"), exact: true }).click();
  await page.getByRole("option", { name: said("views.ended"), exact: true }).click();
  await main(petrova).getByText(NOTE).waitFor();
  await lookAtBoth(petrova, "console-follow-ups-over");
});

test("the patient sees nothing of it", async () => {
  assert.equal(await anna.page.getByText(NOTE).count(), 0);
  assert.equal((await call(anna, on.world, "/_consilium/v1/follow-ups")).status, 403);
  await sees(anna, "I cannot sleep");
});

const item = (person, text) => panel(person).getByRole("listitem").filter({ hasText: text });
const sends = (person) => dialog(person).getByRole("checkbox", { name: said("message.send"), exact: true });
const message = (person) => dialog(person).getByRole("textbox", { name: said("message.label"), exact: true });

async function plan(person, { note, text }) {
  await panel(person).getByRole("button", { name: said("make"), exact: true }).click();
  if (note !== undefined) await dialog(person).getByRole("textbox", { name: said("what"), exact: true }).fill(note);
  await sends(person).check();
  await message(person).fill(text);
  await dialog(person).getByRole("button", { name: said("make"), exact: true }).click();
  await dialog(person).waitFor({ state: "hidden" });
}

/** Opens one of those on the card to change it. */
async function edit(person, text) {
  await item(person, text).getByRole("button", { name: said("moreActs"), exact: true }).click();
  await person.page.getByRole("menuitem", { name: said("edit"), exact: true }).click();
}

async function save(person) {
  await dialog(person).getByRole("button", { name: words.console("save"), exact: true }).click();
  await dialog(person).waitFor({ state: "hidden" });
}

test("a message begins with the clinic's words, and the card says that it will be sent", async () => {
  boris = await patientWhoAsks(on, "boris", "I cough at night", { name: "Boris M." });
  await take(petrova, "Boris M.");
  await box(petrova).waitFor();
  await petrova.page.keyboard.press("Escape");
  await petrova.page.keyboard.press("Shift+B");
  await dialog(petrova).getByText(said("hint")).waitFor();
  await sends(petrova).check();
  assert.ok((await message(petrova).inputValue()).startsWith(BRANDS));
  await message(petrova).fill(" ");
  await dialog(petrova).getByRole("button", { name: said("make"), exact: true }).click();
  await dialog(petrova).getByText(said("error.message")).waitFor();
  await message(petrova).fill("Hello");
  await petrova.look("console-follow-up-message-dialog");
  await dialog(petrova).getByRole("button", { name: said("make"), exact: true }).click();
  await dialog(petrova).waitFor({ state: "hidden" });
  await item(petrova, "Hello").getByText(said("message.state.planned")).waitFor();
  await petrova.look("console-follow-up-message");
});

test("before its time it is changed, and another is taken back", async () => {
  await edit(petrova, "Hello");
  await message(petrova).fill(TEXT);
  await save(petrova);
  await item(petrova, TEXT).waitFor();
  await plan(petrova, { note: CHECK, text: OTHER });
  await item(petrova, OTHER).getByText(CHECK).waitFor();
  await edit(petrova, OTHER);
  await sends(petrova).uncheck();
  await save(petrova);
  await item(petrova, OTHER).waitFor({ state: "hidden" });
  await item(petrova, CHECK).waitFor();
});

test("at its time it stands once in the patient's conversation, and what was taken back does not", async () => {
  await close(petrova);
  for (const person of [boris, petrova]) person.expects(...CUT);
  await on.world.restart();
  await Promise.all([petrova.page.reload(), boris.page.reload()]);
  await soon(petrova);
  await sees(boris, TEXT);
  await boris.look("patient-follow-up-message");
  // What had a note is still to be done, what was a message alone is over.
  await lines(petrova).getByText(CHECK).waitFor();
  await boris.page.reload();
  await sees(boris, TEXT);
  assert.equal(await boris.page.getByRole("article").filter({ hasText: TEXT }).count(), 1);
  assert.equal(await boris.page.getByText(OTHER).count(), 0);
  assert.equal(await boris.page.getByText(CHECK).count(), 0);
  const { items } = await (await call(boris, on.world, "/_consilium/v1/consultations")).json();
  assert.deepEqual(items.map(({ phase }) => phase), ["archived"], "it opens nothing");
});

test("the desk sees that it was sent, and when", async () => {
  await petrova.page.goto(`${on.world.console}/follow-ups`);
  await main(petrova).getByRole("combobox", { name: said("view"), exact: true }).click();
  await petrova.page.getByRole("option", { name: said("views.ended"), exact: true }).click();
  await main(petrova).getByText(said("message.short", { text: TEXT })).click();
  await petrova.page.locator("[data-pane=card]").getByText(said("message.state.sent")).waitFor();
  await petrova.look("console-follow-up-message-sent");
  await filterBy(petrova, words.console("list.queue"), "Psychologist");
  await main(petrova).getByText(said("noneTitle")).waitFor();
});
