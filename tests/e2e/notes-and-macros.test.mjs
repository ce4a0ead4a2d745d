/**
 * What staff writes for one another, and again and again: a note that mentions a colleague, whom it reaches and what it opens to him; canned
 * replies and tags. The patient's screen shows none of it.
 *
 * Then a macro from the supervisor who makes it to the patient who reads it: the operator finds, checks and runs it with keys alone, its text and its file are in the
 * talk, the colleague whom its note names is told, and everything else is done; what cannot be done is said before anything is. And what a brand folder brings.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { box, call, desk, filterBy, patientWhoAsks, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const SECRET = "He asked for sleeping pills twice";
const NOTE = "Was sent the list of what to bring";
const FILE = "What to bring.pdf";
const staff = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const on = stage({ staff }, begin);
let anna;
let boris;
let petrova;
let sokolov;
/** Comes when there is something for a supervisor to do. */
let volkova;

async function begin() {
  const asks = patientWhoAsks(on, "anna", "I cannot sleep", { name: "Anna K." });
  [anna, petrova, sokolov] = await Promise.all([asks, desk(on, "petrova"), desk(on, "sokolov")]);
}

const notes = (person) => person.page.getByRole("region", { name: words.console("notes.title"), exact: true });
const field = (person) => notes(person).getByRole("textbox", { name: words.console("notes.label") });
const dialogOf = (person) => person.page.getByRole("dialog");
const options = (person) => person.page.getByRole("listbox").getByRole("option");

async function fill(dialog, label, text) {
  await dialog.getByRole("textbox", { name: words.console(label) }).fill(text);
}

test("a note that mentions a colleague is written by keys, and reaches him while he looks elsewhere", async () => {
  await take(petrova, "Anna K.");
  const { page } = petrova;
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.type(`${SECRET}. @sok`);
  await options(petrova).filter({ hasText: "Dr Sokolov" }).waitFor();
  await petrova.look("console-note-mention");
  await page.keyboard.press("Enter");
  await page.keyboard.type("what do you think?");
  await sees(petrova, /1 colleague will be told/);
  await page.reload();
  await page.waitForFunction((text) => [...document.querySelectorAll("textarea")].some(({ value }) => value.includes(text)), SECRET);
  await field(petrova).press("Control+Enter");
  await notes(petrova).getByRole("listitem").filter({ hasText: SECRET }).waitFor();
  assert.equal(await field(petrova).inputValue(), "");
  await sees(sokolov, "Dr Petrova mentions you in a note on Anna K..");
  await sokolov.look("console-mentioned");
});

test("the colleague reads the notes by the mention, and answers; both see it at once", async () => {
  await sokolov.page.getByRole("button", { name: words.console("notes.openMention"), exact: true }).click();
  await notes(sokolov).getByText(SECRET).waitFor();
  await sokolov.page.getByText("mentions you in a note").waitFor({ state: "hidden" });
  await field(sokolov).fill("No pills before I have seen him");
  await field(sokolov).press("Control+Enter");
  await notes(petrova).getByText("No pills before I have seen him").waitFor();
  await petrova.look("console-notes");
  await sokolov.page.reload();
  await notes(sokolov).getByText(SECRET).waitFor();
  assert.equal(await sokolov.page.getByText("mentions you in a note").count(), 0, "what was seen stays seen");
});

test("its author changes a note and deletes another, and what is left says so", async () => {
  const own = notes(petrova).getByRole("listitem").filter({ hasText: SECRET });
  await own.getByRole("button", { name: words.console("notes.edit") }).click();
  await notes(petrova).getByRole("textbox", { name: words.console("notes.editLabel") }).fill("@Dr Sokolov, he asked three times");
  await notes(petrova).getByRole("button", { name: words.console("save"), exact: true }).click();
  const edited = notes(sokolov).getByRole("listitem").filter({ hasText: "three times" });
  await edited.getByRole("button", { name: words.console("notes.edited") }).click();
  await sokolov.page.getByRole("dialog").getByText(SECRET).waitFor();
  await sokolov.page.keyboard.press("Escape");
  const answer = notes(sokolov).getByRole("listitem").filter({ hasText: "No pills" });
  await answer.getByRole("button", { name: words.console("notes.remove") }).click();
  await sokolov.page.getByRole("dialog").getByRole("button", { name: words.console("notes.removeConfirm") }).click();
  await sees(petrova, "Note of Dr Sokolov, deleted by Dr Sokolov");
  assert.equal(await petrova.page.getByText("No pills before").count(), 0);
});

test("a canned reply is made, found behind / and sent with the patient's name; two stand in one message", async () => {
  const { page } = petrova;
  await page.getByRole("button", { name: words.console("command.canned") }).last().click();
  const dialog = page.getByRole("dialog");
  for (const [title, shortcut, text] of [
    ["Greeting", "hello", "Hello, {{patient.name}}. I am {{operator.name}}."],
    ["Sleep", "sleep", "Go to bed at one hour each day."],
  ]) {
    await dialog.getByRole("button", { name: words.console("canned.add") }).click();
    await dialog.getByLabel(words.console("canned.name")).fill(title);
    await dialog.getByLabel(words.console("canned.shortcut")).fill(shortcut);
    await dialog.getByLabel(words.console("canned.text"), { exact: false }).last().fill(text);
    await dialog.getByRole("button", { name: words.console("canned.create") }).click();
    await dialog.getByText(`/${shortcut}`).waitFor();
  }
  await petrova.look("console-canned");
  await dialog.getByText("/sleep").click();
  await dialog.getByRole("button", { name: words.console("canned.remove"), exact: true }).click();
  await dialog.getByRole("button", { name: words.console("canned.removeSure.personal"), exact: true }).click();
  await page.getByText(words.console("canned.removedNow", { name: "Sleep" })).waitFor();
  await page.getByRole("button", { name: words.console("command.undo"), exact: true }).click();
  await dialog.getByText("/sleep").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await box(petrova).click();
  await page.keyboard.type("/he");
  await options(petrova).filter({ hasText: "Greeting" }).waitFor();
  await petrova.look("console-canned-offered");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" /sl");
  await options(petrova).filter({ hasText: "Sleep" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await sees(anna, "Hello, Anna K.. I am Dr Petrova. Go to bed at one hour each day.");
});

test("a supervisor's tag is put on by keys, seen by all of staff, and the list is narrowed by it", async () => {
  volkova = await desk(on, "volkova");
  const made = await call(volkova, on.world, "/_consilium/v1/tags", "POST", {
    names: { en: "Insomnia", ru: "Бессонница" },
    color: "warning",
  });
  assert.equal(made.status, 201);
  const { page } = petrova;
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+L");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Insomnia" }).check();
  await petrova.look("console-tags");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await volkova.page.goto(`${on.world.console}/active`);
  await volkova.page.locator("[data-row]").filter({ hasText: "Insomnia" }).waitFor();
  await filterBy(volkova, words.console("list.tag"), "Insomnia");
  await volkova.page.waitForURL(/tag=/);
  await volkova.page.locator("[data-row]").filter({ hasText: "Anna K." }).waitFor();
});

test("the patient is shown nothing of notes and tags", async () => {
  for (const text of [SECRET, "No pills", "three times", "Insomnia"]) {
    assert.equal(await anna.page.getByText(text).count(), 0, text);
  }
  const refused = await call(anna, on.world, "/_consilium/v1/mentions");
  assert.equal(refused.status, 403);
});

test("a supervisor makes a macro in the console: text, file, tag, note that names a colleague, hold", async () => {
  for (const name of ["Prepared", "Unclear"]) {
    const made = await call(volkova, on.world, "/_consilium/v1/tags", "POST", { names: { en: name, ru: name }, color: "success" });
    assert.equal(made.status, 201);
  }
  const { page } = volkova;
  await page.keyboard.press("Control+k");
  await page.keyboard.type(words.console("command.macroSettings"));
  await page.keyboard.press("Enter");
  const dialog = dialogOf(volkova);
  await dialog.getByRole("button", { name: words.console("macros.add") }).click();
  await fill(dialog, "macros.name", "What to bring");
  await fill(dialog, "canned.shortcut", "bring");
  await dialog.getByRole("textbox", { name: /^Message to the patient: English/ }).fill("{{patient.name}}, bring your papers.");
  await dialog.getByText(words.console("macros.mainMissing")).waitFor();
  await dialog.getByRole("textbox", { name: /^Message to the patient: Русский/ }).fill("{{patient.name}}, возьмите документы.");
  await dialog.getByRole("combobox", { name: words.console("macros.addTags") }).click();
  await page.getByRole("option", { name: "Prepared" }).click();
  await page.keyboard.press("Escape");
  const file = { name: FILE, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4 your papers") };
  await dialog.locator("input[type=file]").setInputFiles(file);
  await dialog.getByRole("button", { name: words.console("sentFiles.takeOut", { name: FILE }), exact: true }).waitFor();
  await dialog.getByRole("textbox", { name: words.console("macros.note") }).click();
  await page.keyboard.type(`${NOTE}. @sok`);
  await options(volkova).filter({ hasText: "Dr Sokolov" }).waitFor();
  await page.keyboard.press("Enter");
  await dialog.getByText(/1 colleague will be told/).waitFor();
  await dialog.getByRole("combobox", { name: words.console("macros.ending") }).click();
  await page.getByRole("option", { name: words.console("macros.endings.hold") }).click();
  await volkova.look("console-macro-form");
  await dialog.getByRole("button", { name: words.console("macros.create") }).click();
  await dialog.getByText("/bring").waitFor();
  await volkova.look("console-macros");
  await page.keyboard.press("Escape");
});

test("an operator runs it with keys alone; the patient reads the text, and everything else is done", async () => {
  boris = await patientWhoAsks(on, "boris", "What do I bring to the visit?", { name: "Boris M." });
  await take(petrova, "Boris M.");
  const { page } = petrova;
  await box(petrova).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.type("/bri");
  await options(petrova).filter({ hasText: "What to bring" }).waitFor();
  await petrova.look("console-macro-offered");
  await page.keyboard.press("Enter");
  await dialogOf(petrova).getByText(NOTE).waitFor();
  await dialogOf(petrova).getByText(FILE).waitFor();
  await dialogOf(petrova).getByText(words.console("macros.tells", { names: "Dr Sokolov" })).waitFor();
  await page.waitForFunction((run) => document.activeElement?.textContent === run, words.console("macros.run"));
  await petrova.look("console-macro-preview");
  await page.keyboard.press("Enter");
  await dialogOf(petrova).waitFor({ state: "hidden" });
  await sees(boris, "Boris M., bring your papers.");
  await boris.page.getByRole("article").getByText(FILE).waitFor();
  await sees(sokolov, "Dr Petrova mentions you in a note on Boris M..");
  await sees(petrova, "Prepared");
  await petrova.page.getByRole("region", { name: words.console("notes.title"), exact: true }).getByText(NOTE).waitFor();
  const mine = await call(petrova, on.world, "/_consilium/v1/consultations?view=mine");
  const row = (await mine.json()).items.find(({ id }) => page.url().includes(id));
  assert.deepEqual([row.phase, row.tags.map(({ name }) => name)], ["on_hold", ["Prepared"]]);
  assert.equal(await boris.page.getByText(NOTE).count(), 0, "a note is for staff");
  assert.equal(await box(petrova).count(), 0, "nothing is left in the composer of what is held");
});

test("what cannot be done is said in the preview, and nothing is said to the patient", async () => {
  const { page } = petrova;
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("What to bring");
  await page.getByRole("dialog").getByText("What to bring").first().waitFor();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog").filter({ hasText: words.console("macros.order") });
  await dialog.getByRole("alert").filter({ hasText: words.console("macros.cannotWrite") }).waitFor();
  assert.equal(await dialog.getByRole("button", { name: words.console("macros.run"), exact: true }).isDisabled(), true);
  await petrova.look("console-macro-refused");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.keyboard.press("h");
  await box(petrova).waitFor();
});

test("out of use it is offered to nobody, live; taken back it is there again", async () => {
  const { macros } = await (await call(volkova, on.world, "/_consilium/v1/macros")).json();
  const { id, version, content } = macros.find((one) => one.content.shortcut === "bring");
  const put = (from, archived) =>
    call(volkova, on.world, `/_consilium/v1/macros/${id}`, "PUT", { version: from, content, archived });
  assert.equal((await put(version, true)).status, 200);
  const { page } = petrova;
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.type("/bri");
  await options(petrova).first().waitFor({ state: "hidden" });
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  assert.equal((await put(version + 1, false)).status, 200);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+M");
  await dialogOf(petrova).getByRole("button", { name: /What to bring/ }).waitFor();
  await petrova.look("console-macro-choice");
  await page.keyboard.press("Escape");
});

test("the brand folder brings macros with their files, and an export of the settings writes them back", async () => {
  const { macros } = await (await call(petrova, on.world, "/_consilium/v1/macros")).json();
  const brought = macros.find(({ id }) => id === "blood-test");
  assert.deepEqual([brought.content.files[0].name, brought.content.add_tags], ["blood-test.pdf", ["tests-ordered"]]);
  const leaflet = await call(petrova, on.world, `/_consilium/v1/files/${brought.content.files[0].id}`);
  assert.equal(Buffer.from(await leaflet.arrayBuffer()).subarray(0, 5).toString(), "%PDF-");
  assert.equal((await call(boris, on.world, `/_consilium/v1/files/${brought.content.files[0].id}`)).status, 403);
  const exported = await (await call(volkova, on.world, "/_consilium/v1/settings/export")).text();
  assert.match(exported, /^# Left out, because a brand folder cannot bring it:$/m, "a file of the console is in no folder");
  for (const line of ["What to bring.pdf", 'files = ["files/blood-test.pdf"]', 'shortcut = "bring"', 'id = "tests-ordered"']) {
    assert.ok(exported.includes(line), line);
  }
});
