/**
 * A service asks before a specialist comes: what is missing is shown, a red flag says at once what to do, who waits changes his answers, and
 * the operator reads them before taking, beside the talk and in the archive. A supervisor makes such a form in the console, and patients are asked it at once.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, close, conclude, desk, DESKTOP, lookAtBoth, patient, patientWithoutApp, SERVICE, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const TITLE = "A few questions about the child";
const MEDICINES = "Paracetamol at noon";
const STAFF = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
const on = stage({ staff: STAFF }, begin);
let anna;
let petrova;
let volkova;

async function begin() {
  const boris = await patientWithoutApp(on, "boris", { name: "Boris M." });
  await boris.ask();
  [anna, petrova] = await Promise.all([patient(on, "anna", { name: "Anna K." }), desk(on, "petrova")]);
}

const questions = (person) => person.page.getByRole("region", { name: TITLE });
const choose = (person, text) => questions(person).getByLabel(text, { exact: true }).check();
const send = (person) => person.page.locator("form button[type=submit]").click();

test("what is missing is shown where it is missing, and nothing is sent", async () => {
  const { page } = anna;
  await page.getByText("Paediatrician").first().click();
  await page.getByRole("textbox").first().fill("My son is ill");
  await agree(anna);
  await anna.look("patient-questions");
  await send(anna);
  await questions(anna).getByRole("alert").filter({ hasText: "Please choose or write an answer" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "radio");
  await anna.look("patient-questions-missing");
  await choose(anna, "1 to 6");
  await questions(anna).getByRole("alert").waitFor({ state: "hidden" });
  assert.equal(await questions(anna).getByText("What was the highest?").count(), 0);
  await choose(anna, "Yes");
  await questions(anna).getByLabel(/What was the highest/).fill("44");
  await questions(anna).getByLabel(/Which medicines/).fill(MEDICINES);
  await send(anna);
  await sees(anna, "Write a number from 34 to 43");
});

test("a red flag says at once what to do, and what was typed outlives a reload", async () => {
  const { page } = anna;
  await questions(anna).getByLabel(/What was the highest/).fill("38,4");
  assert.equal(await questions(anna).getByRole("alert").count(), 0);
  await choose(anna, "Breathes with difficulty");
  await questions(anna).getByRole("alert").getByRole("link", { name: /112/ }).waitFor();
  await anna.look("patient-red-flag");
  await page.reload();
  await questions(anna).getByRole("alert").getByRole("link", { name: /112/ }).waitFor();
  assert.equal(await questions(anna).getByLabel(/Which medicines/).inputValue(), MEDICINES);
  await agree(anna);
  await send(anna);
  await page.waitForURL("**/conversation/**");
  await sees(anna, "My son is ill");
});

test("who has a red flag goes before who waits longer, and the answers are read before taking", async () => {
  await section(petrova, "waiting");
  const rows = petrova.page.locator("[data-row]");
  await rows.filter({ hasText: "Boris M." }).waitFor();
  await rows.first().filter({ hasText: "Anna K." }).waitFor();
  await rows.first().getByText("Red flag").waitFor({ state: "attached" });
  await rows.first().click();
  const card = petrova.page.getByRole("article", { name: words.console("queueCard.label") });
  await card.getByText("Breathes with difficulty").waitFor();
  for (const answer of ["1 to 6", "38.4 °C", MEDICINES]) await card.getByText(answer).waitFor();
  await petrova.look("console-queue-card-answers");
});

test("who waits answers anew, and his place and the desk follow", async () => {
  const { page } = anna;
  const card = petrova.page.getByRole("article", { name: words.console("queueCard.label") });
  await page.getByRole("button", { name: words.patient("talk.answersChange"), exact: true }).click();
  const sign = questions(anna).getByLabel("Breathes with difficulty", { exact: true });
  assert.ok(await sign.isChecked());
  await questions(anna).getByLabel(/What was the highest/).fill("44");
  const save = page.getByRole("dialog").getByRole("button", { name: words.patient("talk.answersSave"), exact: true });
  await save.click();
  await sees(anna, "Write a number from 34 to 43");
  await anna.look("patient-answers-changed");
  await questions(anna).getByLabel(/What was the highest/).fill("37.9");
  await sign.uncheck();
  await save.click();
  await sees(anna, words.patient("talk.answersSaved"));
  await card.getByText("37.9 °C").waitFor();
  assert.equal(await card.getByText("Breathes with difficulty").count(), 0);
  // Under a pointer the rows keep their places.
  await card.hover();
  await petrova.page.locator("[data-row]").first().filter({ hasText: "Boris M." }).waitFor();
  await anna.look("patient-answers-saved");
});

test("the answers stay beside the talk, and stand in the archive", async () => {
  await take(petrova, "Anna K.");
  await petrova.page.locator("[data-pane=card]").getByText(MEDICINES).waitFor();
  await petrova.look("console-talk-answers");
  await conclude(petrova, "Rest and drink");
  await close(petrova);
  await sees(anna, "The consultation is finished");
  await section(petrova, "archive");
  await petrova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
  await petrova.page.locator("main").getByText(MEDICINES).waitFor();
  await petrova.look("console-archive-answers");
});

const said = (path, values) => words.console(`brandSettings.${path}`, values);
const main = () => volkova.page.locator("[data-pane=main]");
const button = (name) => main().getByRole("button", { name, exact: true });
const question = (number, name) => main().getByRole("group", { name: said("form.one", { number, name }), exact: true });
const english = (label) => said("inLanguage", { label, language: "English" });
const russian = (label) => said("inLanguage", { label, language: "Русский" });
const field = (card, label) => card.getByRole("textbox", { name: label, exact: true });
const preview = () => main().getByRole("region", { name: said("form.seen"), exact: true });

async function save() {
  await button(words.console("save")).click();
  await main().getByText(said("unsaved")).waitFor({ state: "hidden" });
}

async function open(name) {
  await volkova.page.locator("[data-pane=list]").getByRole("button", { name, exact: true }).click();
  await main().getByRole("heading", { level: 2, name, exact: true }).waitFor();
}

/** Adds a question by the keyboard; its words are typed where the keyboard is then, in the brand's first language. */
async function add(number, name, type, text) {
  await main().getByLabel(said("form.code"), { exact: true }).fill(name);
  await main().getByLabel(said("form.newType"), { exact: true }).selectOption(type);
  await button(said("form.add")).press("Enter");
  await question(number, name).waitFor();
  await volkova.page.keyboard.type(text);
  await field(question(number, name), english(said("form.text"))).fill(text);
}

async function choices(card, texts) {
  for (const [place, text] of texts.entries()) {
    const label = said("form.option", { number: place + 1 });
    if ((await field(card, english(label)).count()) === 0) {
      await card.getByRole("button", { name: said("form.addOption"), exact: true }).press("Enter");
    }
    await field(card, english(label)).fill(text);
    await field(card, russian(label)).fill(text);
  }
}

test("a supervisor makes a form by the keyboard, and what cannot be asked is said where it stands", async () => {
  volkova = await desk(on, "volkova", { size: DESKTOP });
  // What a queue asks cannot be removed, which the service says.
  volkova.expects(/^409 PUT /);
  await section(volkova, "settings");
  await volkova.page.locator("[data-pane=list]").getByRole("button", { name: said("add.questionnaire"), exact: true }).click();
  const dialog = volkova.page.getByRole("dialog");
  await dialog.getByLabel(said("nameIn", { language: "English" })).fill("About the pain");
  await dialog.getByLabel(said("nameIn", { language: "Русский" })).fill("О боли");
  await dialog.getByRole("button", { name: said("create"), exact: true }).click();
  await question(1, "question-1").waitFor();
  await add(2, "pain", "boolean", "Does it hurt?");
  await question(2, "pain").getByLabel(said("form.required"), { exact: true }).check();
  await question(2, "pain").getByLabel(said("form.flag"), { exact: true }).selectOption("yes");
  await add(3, "where", "choice", "Where does it hurt?");
  await choices(question(3, "where"), ["Head", "Back", "Chest"]);
  await question(3, "where").getByLabel(said("form.when"), { exact: true }).selectOption("pain");
  await volkova.look("console-settings-form");
  const up = said("up", { name: "where" });
  await button(up).press("Enter");
  await question(2, "where").waitFor();
  await button(words.console("save")).click();
  await sees(volkova, said("wrong.earlier"));
  await volkova.look("console-settings-form-wrong");
  await button(said("down", { name: "where" })).press("Enter");
  await question(3, "where").waitFor();
  assert.equal(await volkova.page.evaluate(() => document.activeElement?.getAttribute("aria-label")), up);
  await button(said("form.remove", { name: "question-1" })).click();
  await save();
});

test("the form is tried as patients are asked it, in both languages", async () => {
  await button(said("preview")).click();
  const asked = preview().getByRole("region", { name: "About the pain", exact: true });
  await button(said("form.try")).click();
  await asked.getByRole("alert").filter({ hasText: "Please choose or write an answer" }).waitFor();
  assert.equal(await asked.getByText("Where does it hurt?").count(), 0);
  await asked.getByLabel("Yes", { exact: true }).check();
  await asked.getByText("Where does it hurt?").waitFor();
  await asked.getByRole("alert").filter({ hasText: "112" }).waitFor();
  await button(said("form.try")).click();
  await preview().getByText(said("form.sentFirst"), { exact: true }).waitFor();
  await lookAtBoth(volkova, "console-settings-form-preview");
  await preview().getByLabel("Русский", { exact: true }).check();
  await preview().getByRole("region", { name: "О боли", exact: true }).waitFor();
  await preview().getByRole("button", { name: said("hidePreview"), exact: true }).click();
});

test("patients of the queue that asks it are asked at once, and its words change under their eyes", async () => {
  const clara = await patient(on, "clara", { name: "Clara B." });
  await clara.page.getByText(SERVICE).first().click();
  await clara.page.getByText(words.patient("start.question")).waitFor();
  await open(SERVICE);
  await main().getByLabel(said("queue.questionnaire"), { exact: true }).selectOption({ label: "About the pain" });
  await save();
  const asked = clara.page.getByRole("region", { name: "About the pain", exact: true });
  await asked.getByLabel("Yes", { exact: true }).check();
  await open("About the pain");
  await field(question(2, "where"), english(said("form.option", { number: 3 }))).fill("Breast");
  await save();
  await volkova.look("console-settings-form-history");
  await asked.getByLabel("Breast", { exact: true }).check();
  await clara.look("patient-questions-made");
  await clara.page.getByRole("textbox").first().fill("It began at night");
  await agree(clara);
  await send(clara);
  await clara.page.waitForURL("**/conversation/**");
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: "Clara B." }).first().click();
  const card = petrova.page.getByRole("article", { name: words.console("queueCard.label") });
  for (const text of ["Does it hurt?", "Breast"]) await card.getByText(text, { exact: true }).waitFor();
});

test("a form that a queue asks is not removed", async () => {
  await sees(volkova, said("usedBy", { queues: SERVICE }));
  await button(said("remove.questionnaire")).click();
  await button(said("removeNow")).click();
  await sees(volkova, said("formInUse"));
  await volkova.page.mouse.move(0, 0);
  await volkova.look("console-settings-form-in-use");
});
