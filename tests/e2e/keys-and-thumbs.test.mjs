/**
 * An operator's work by keys alone, the same by a thumb alone on a phone, and that nothing moves by itself under the eyes of who reads. The patient
 * has as long a name as people have.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cutOff, outside, small } from "./fit.mjs";
import { byPalette, focusComes, goTo, hasFocus, tabTo } from "./keyboard.mjs";
import { shiftsOf, watchShifts } from "./shifts.mjs";
import { ask, at, box, desk, patient, PHONE, say, sees, SERVICE, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
/** Sixty letters. */
const NAME = "Anna-Maria Konstantinopolskaya-Rimskaya of Old Yekaterinburg";
const QUESTION = "My knee hurts";
const NOTE = "Please look at the left knee too";
const LAST = "Then come tomorrow";
/** Of Chromium's layout shift: what is promised for the patient's screens. */
const SHIFT_MAX = 0.05;
const STAFF = { petrova: { name: "Dr Petrova" }, sokolov: { name: "Dr Sokolov" } };
const on = stage({ staff: STAFF }, begin);
let anna;
let petrova;
let sokolov;

async function begin() {
  [anna, petrova, sokolov] = await Promise.all([
    asks(),
    desk(on, "petrova", { before: watchShifts }),
    desk(on, "sokolov", { size: PHONE, mobile: true }),
  ]);
}

async function asks() {
  const person = await patient(on, "anna", { name: NAME, before: watchShifts });
  await ask(person, QUESTION);
  return person;
}

const row = (person) => person.page.locator("[data-row]").filter({ hasText: NAME }).first();
/** What takes whoever is in front. */
const takeOf = (person) => person.page.locator("main").getByRole("button", { name: words.console("command.take"), exact: true });
const COMPOSER = "form[data-density] textarea";
const SEARCH = "[role=dialog] input[data-autofocus]";

/** Nothing moved by itself, beyond what is promised. */
async function stoodStill(person, where) {
  const { sum, moved } = await shiftsOf(person);
  assert.ok(sum <= SHIFT_MAX, `${where} moved by ${sum.toFixed(3)}:\n${moved.join("\n")}`);
}

/** On a phone: everything on the screen, and for a thumb. */
async function fits(person, where) {
  assert.deepEqual(await small(person), [], `${where}: too small`);
  assert.deepEqual(await cutOff(person), [], `${where}: not all of it is seen`);
  // A browser of a phone makes a page smaller that is wider than its screen.
  assert.equal(await person.page.evaluate(() => innerWidth), PHONE.width, `${where} is wider than the screen`);
}

test("what is cut off, lies beside the screen or moves by itself is found", async () => {
  const page = await on.browser.newPage({ viewport: PHONE });
  await page.setContent(`<div id="grows"></div><p style="height: 400px">Somebody reads this</p>
    <button><span style="display: block; width: 60px; overflow: hidden; white-space: nowrap">Longer than its place</span></button>
    <h2 style="width: 60px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">Says that there is more</h2>
    <div style="width: 100px; overflow-y: auto"><p style="width: 200px">Wider than its box</p></div>
    <a href="#" style="position: absolute; left: 380px">far out</a>`);
  await page.evaluate(watchShifts);
  assert.deepEqual((await cutOff({ page })).map((words) => words.replace(/:.*/, "")), ["beside the screen", "scrolls aside", "cut off"]);
  // For half a second after a window got its size nothing counts as a shift.
  await page.waitForFunction((most) => {
    const { style } = document.querySelector("#grows");
    style.height = style.height === "300px" ? "0" : "300px";
    return globalThis.consiliumShifts().sum > most;
  }, SHIFT_MAX);
  await page.close();
});

test("the patient's first screens stand still", async () => {
  const visitor = await at(on, { name: "visitor", url: on.world.api, size: PHONE, before: watchShifts });
  await visitor.page.locator("input[type=password]").waitFor();
  await stoodStill(visitor, "the sign-in");
  await visitor.leave();
  const { page } = anna;
  await page.reload();
  await sees(anna, QUESTION);
  await stoodStill(anna, "the conversation");
  await page.goto(on.world.api);
  await sees(anna, SERVICE);
  await page.locator("a[href^='/conversation/']").first().waitFor();
  await stoodStill(anna, "home");
  // A new device knows nothing yet of what home shows.
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("consilium.kept:")) localStorage.removeItem(key);
  });
  await page.reload();
  await page.locator("a[href^='/conversation/']").first().waitFor();
  await sees(anna, SERVICE);
  await stoodStill(anna, "home on a new device");
});

test("with letters of twice the size the patient's screens are whole", async () => {
  const { page } = anna;
  const read = (size) =>
    page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
    }, size);
  const isWhole = async (where) => {
    assert.deepEqual(await cutOff(anna), [], where);
    assert.equal(await outside(anna, PHONE), null, where);
  };
  await read("200%");
  await isWhole("home");
  await page.locator("a[href^='/conversation/']").first().click();
  await sees(anna, QUESTION);
  await isWhole("the conversation");
  await anna.look("patient-large-letters");
  await read("");
  await page.goto(on.world.api);
  await sees(anna, SERVICE);
});

test("a patient who thinks better of it by keys is back where she was", async () => {
  const { page } = anna;
  await tabTo(page, "the open consultation", "a[href^='/conversation/']");
  await page.keyboard.press("Enter");
  await sees(anna, QUESTION);
  await focusComes(page, "main");
  const cancel = page.getByRole("button", { name: words.patient("talk.cancel"), exact: true });
  await cancel.waitFor();
  const isCancel = () => cancel.evaluate((button) => button === document.activeElement);
  for (let step = 0; step < 20 && !(await isCancel()); step += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.ok(await isCancel(), "the focus is lost with the dialog");
});

test("the live list of the desk stands still", async () => {
  const { page } = petrova;
  await page.goto(`${on.world.console}/waiting`);
  await row(petrova).waitFor();
  await stoodStill(petrova, "the live list");
});

test("by keys alone one takes, answers and concludes, and the keyboard is never lost", async () => {
  const { page } = petrova;
  await goTo(page, "w", "waiting");
  await row(petrova).waitFor();
  await page.keyboard.press("j");
  await takeOf(petrova).waitFor();
  await page.keyboard.press("t");
  await page.waitForURL("**/mine/*");
  await box(petrova).waitFor();
  await focusComes(page, "[data-pane=main]");
  await byPalette(page, words.console("command.reply"));
  await focusComes(page, COMPOSER);
  await page.keyboard.type("Since when? The t h e keys type here");
  await page.keyboard.press("Enter");
  await sees(anna, "The t h e keys type here");
  await page.keyboard.press("Escape");
  await focusComes(page, "[data-pane=main]");

  await page.keyboard.press("Shift+E");
  await focusComes(page, "[data-pane=card]");
  const fields = page.locator("[data-pane=card] textarea[required]");
  await fields.first().waitFor();
  for (const code of await fields.evaluateAll((all) => all.map(({ dataset }) => dataset.section))) {
    await tabTo(page, code, `[data-section="${code}"]`);
    await page.keyboard.type(`The ${code}, by keys`);
  }
  await tabTo(page, "the signature", "[data-pane=card] footer button:last-child:not(:disabled)");
  await page.keyboard.press("Enter");
  await page.locator("main [data-standing=signed]").waitFor();
  await focusComes(page, "[data-pane=card]");
});

test("by keys alone one hands on; a dialog that is left gives the focus back", async () => {
  const { page } = petrova;
  const dialog = page.getByRole("dialog");
  await page.keyboard.press("Shift+T");
  await focusComes(page, SEARCH);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await focusComes(page, "[data-pane=card]");
  await page.keyboard.press("Shift+T");
  await focusComes(page, SEARCH);
  await tabTo(page, "to whom", "[role=dialog] input[type=radio]:checked", "Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("textbox", { name: words.console("transfer.findOperator"), exact: true }).waitFor();
  await tabTo(page, "the search", SEARCH);
  await page.keyboard.type(STAFF.sokolov.name);
  await page.keyboard.press("Enter");
  await tabTo(page, "the note", "[role=dialog] textarea");
  await page.keyboard.type(NOTE);
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "hidden" });
  await focusComes(page, "[data-pane]");
});

test("on a phone one takes, answers and closes: all of it is seen, and everything is for a thumb", async () => {
  const { page } = sokolov;
  await row(sokolov).waitFor();
  await fits(sokolov, "the list");
  await sokolov.look("console-phone-list");
  await row(sokolov).tap();
  await takeOf(sokolov).waitFor();
  await sees(sokolov, NOTE);
  await fits(sokolov, "what waits");
  await takeOf(sokolov).tap();
  await box(sokolov).waitFor();
  await sees(sokolov, "The t h e keys type here");
  await fits(sokolov, "the talk");
  await sokolov.look("console-phone-talk");
  await box(sokolov).fill("I will look at both");
  await page.getByRole("button", { name: words.kit("composer.send"), exact: true }).tap();
  await sees(anna, "I will look at both");
  await page.locator("main").getByRole("button", { name: words.console("consultation.closeFull") }).first().tap();
  await sees(sokolov, words.console("undo.closing", { name: NAME }));
  await fits(sokolov, "the close");
  await sees(sokolov, words.console("consultation.ended.archived"));
  await fits(sokolov, "what is closed");
  await sees(anna, "The consultation is finished");
});

test("by keys alone one closes with a note, and looks it up in the archive", async () => {
  const { page } = petrova;
  await say(anna, "One thing more");
  await goTo(page, "w", "waiting");
  await row(petrova).waitFor();
  await page.keyboard.press("j");
  await takeOf(petrova).waitFor();
  await page.keyboard.press("t");
  await page.waitForURL("**/mine/*");
  await box(petrova).waitFor();
  const id = new URL(page.url()).pathname.split("/").at(-1);
  await page.keyboard.press("r");
  await focusComes(page, COMPOSER);
  await page.keyboard.type(LAST);
  await page.keyboard.press("Enter");
  await sees(anna, LAST);
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await sees(petrova, words.console("undo.closing", { name: NAME }));
  await page.keyboard.press("z");
  await page.getByText(words.console("undo.closing", { name: NAME })).waitFor({ state: "hidden" });
  await page.keyboard.press("e");
  await sees(petrova, words.console("undo.closing", { name: NAME }));
  await page.keyboard.press("Shift+Z");
  const note = page.getByRole("textbox", { name: words.console("undo.note"), exact: true });
  await note.waitFor();
  await page.keyboard.type("By keys alone");
  assert.equal(await note.inputValue(), "By keys alone");
  await page.keyboard.press("Control+Enter");
  await sees(petrova, words.console("consultation.ended.archived"));

  await goTo(page, "r", "archive");
  await page.locator(`[data-row="${id}"]`).waitFor();
  for (let step = 0; step < 5 && !page.url().includes(id); step += 1) {
    const before = page.url();
    await page.keyboard.press("j");
    await page.waitForURL((address) => address.href !== before);
  }
  await page.locator("main").getByText(LAST).waitFor();
  await page.keyboard.press("f");
  await focusComes(page, "input[type=search]");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.activeElement.matches("input"));
  await goTo(page, "p", "patients");
  await page.locator("main [role=row][aria-selected]").first().waitFor();
  await page.keyboard.press("j");
  await page.locator("[data-pane=card]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("[data-pane=card]").waitFor({ state: "hidden" });
});

test("every control of the desk is reached by Tab, and the focus is seen", async () => {
  const { page } = petrova;
  await goTo(page, "m", "mine");
  for (const section of ["waiting", "mine", "archive"]) await tabTo(page, section, `[data-pane=sections] a[href^="/${section}"]`);
  await page.keyboard.press("Control+k");
  await focusComes(page, "[role=dialog] input");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.matches("[data-pane=sections] a[href^='/archive']"));
  assert.ok(await hasFocus(page, ":focus-visible"), "the focus that came back is not seen");
});
