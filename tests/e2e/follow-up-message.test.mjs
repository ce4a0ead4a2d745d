/**
 * A message of a follow-up: planned in the talk with the clinic's words in the patient's language, changed and taken back before its time, and at its time, after
 * the consultation was closed and the service started anew, once in the patient's conversation.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { box, call, close, desk, filterBy, patientWhoAsks, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const DESKTOP = { width: 1440, height: 900 };
const TEXT = "Anna, has the cough gone?";
const OTHER = "Please tell us how you are.";
const NOTE = "Look at the blood test";
const BRANDS = "Hello! You talked to one of our doctors not long ago.";
/** What a browser complains of while nobody answers. */
const CUT = [/net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/, /^50[234] /, /console: .*ERR_/];
const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
let anna;
let petrova;

async function begin() {
  const asks = patientWhoAsks(on, "anna", "I cough at night", { name: "Anna K." });
  [anna, petrova] = await Promise.all([asks, desk(on, "petrova", { size: DESKTOP })]);
}

const said = (path, values) => words.console(`followUps.${path}`, values);
const dialog = (person) => person.page.getByRole("dialog");
const main = (person) => person.page.locator("[data-pane=main]");
const panel = (person) =>
  person.page.locator("[data-pane=card]").getByRole("region", { name: said("label"), exact: true });
const item = (person, text) => panel(person).getByRole("listitem").filter({ hasText: text });
const lines = (person) => person.page.getByRole("list", { name: said("dueLabel"), exact: true });
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

/** The time of all open ones comes in a moment. */
async function soon(person) {
  const { items } = await (await call(person, on.world, "/_consilium/v1/follow-ups?view=open")).json();
  for (const { id, version } of items) {
    const change = { version, due_at: new Date(Date.now() + 1_500).toISOString() };
    const put = await call(person, on.world, `/_consilium/v1/follow-ups/${id}`, "PATCH", change);
    assert.equal(put.status, 200);
  }
}

test("a message begins with the clinic's words, and the card says that it will be sent", async () => {
  await take(petrova, "Anna K.");
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
  await plan(petrova, { note: NOTE, text: OTHER });
  await item(petrova, OTHER).getByText(NOTE).waitFor();
  await edit(petrova, OTHER);
  await sends(petrova).uncheck();
  await save(petrova);
  await item(petrova, OTHER).waitFor({ state: "hidden" });
  await item(petrova, NOTE).waitFor();
});

test("at its time it stands once in the patient's conversation, and what was taken back does not", async () => {
  await close(petrova);
  for (const person of [anna, petrova]) person.expects(...CUT);
  await on.world.restart();
  await Promise.all([petrova.page.reload(), anna.page.reload()]);
  await soon(petrova);
  await sees(anna, TEXT);
  await anna.look("patient-follow-up-message");
  // What had a note is still to be done, what was a message alone is over.
  await lines(petrova).getByText(NOTE).waitFor();
  await anna.page.reload();
  await sees(anna, TEXT);
  assert.equal(await anna.page.getByRole("article").filter({ hasText: TEXT }).count(), 1);
  assert.equal(await anna.page.getByText(OTHER).count(), 0);
  assert.equal(await anna.page.getByText(NOTE).count(), 0);
  const { items } = await (await call(anna, on.world, "/_consilium/v1/consultations")).json();
  assert.deepEqual(items.map(({ phase }) => phase), ["archived"], "it opens nothing");
});

test("the desk sees that it was sent, and when", async () => {
  await section(petrova, "follow-ups");
  await main(petrova).getByRole("combobox", { name: said("view"), exact: true }).click();
  await petrova.page.getByRole("option", { name: said("views.ended"), exact: true }).click();
  await main(petrova).getByText(said("message.short", { text: TEXT })).click();
  await petrova.page.locator("[data-pane=card]").getByText(said("message.state.sent")).waitFor();
  await petrova.look("console-follow-up-message-sent");
  await filterBy(petrova, words.console("list.queue"), "Psychologist");
  await main(petrova).getByText(said("noneTitle")).waitFor();
});
