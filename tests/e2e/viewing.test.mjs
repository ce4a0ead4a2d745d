/** Two members of staff at one record: each sees that the other looks, writes, and is gone; in settings they are told before either of them saves. */
import { test } from "node:test";
import { ask, box, desk, patient, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
  orlov: { name: "Oleg Orlov", role: "supervisor" },
};
const DESKTOP = { width: 1440, height: 900 };
const on = stage({ staff }, begin);
let anna;
let petrova;
let sokolov;
let volkova;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
  petrova = await desk(on, "petrova", { size: DESKTOP });
  sokolov = await desk(on, "sokolov", { size: DESKTOP });
  volkova = await desk(on, "volkova", { size: DESKTOP });
  await ask(anna, "My chest hurts when I climb stairs");
}

const looking = (name) => words.console("viewing.looking", { name });
const writing = (name) => words.console("viewing.writing", { name });
const gone = (person, text) => person.page.getByText(text, { exact: true }).waitFor({ state: "hidden" });

async function openWaiting(person) {
  await section(person, "waiting");
  await person.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
}

async function openCard(person) {
  await section(person, "patients");
  await person.page.getByRole("row").filter({ hasText: "Anna K." }).first().click();
  await person.page.locator("[data-pane=card]").getByRole("heading", { name: "Anna K." }).first().waitFor();
}

test("who opens a waiting consultation sees that a colleague has it open too, and that he is gone", async () => {
  await openWaiting(petrova);
  await openWaiting(sokolov);
  await sees(petrova, looking("Dr Sokolov"));
  await sees(sokolov, looking("Dr Petrova"));
  await petrova.look("console-viewing");
  await section(sokolov, "patients");
  await gone(petrova, looking("Dr Sokolov"));
});

test("a supervisor who looks on sees that an answer is being written", async () => {
  await take(petrova, "Anna K.");
  await section(volkova, "active");
  await volkova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first().click();
  await sees(volkova, looking("Dr Petrova"));
  await sees(petrova, looking("Vera Volkova"));
  await box(petrova).pressSequentially("Since when");
  await sees(volkova, writing("Dr Petrova"));
  await box(petrova).fill("");
});

test("a card that two have open says so, and so does the one of them who is left alone", async () => {
  await openCard(sokolov);
  await openCard(volkova);
  await sees(sokolov, looking("Vera Volkova"));
  await sees(volkova, looking("Dr Sokolov"));
  await volkova.look("console-viewing-card");
  await section(volkova, "calls");
  await gone(sokolov, looking("Vera Volkova"));
});

test("whoever changes a section of the settings is seen by who has it open, before either of them saves", async () => {
  const orlov = await desk(on, "orlov", { size: DESKTOP });
  const said = (path, values) => words.console(`brandSettings.${path}`, values);
  const main = (person) => person.page.locator("[data-pane=main]");
  const heading = said("inLanguage", { label: said("text.home_title"), language: "English" });
  for (const person of [volkova, orlov]) {
    await section(person, "settings");
    await person.page.locator("[data-pane=list]").getByRole("button", { name: said("kind.texts"), exact: true }).click();
    await main(person).getByLabel(heading, { exact: true }).waitFor();
  }
  await sees(volkova, looking("Oleg Orlov"));
  await main(orlov).getByLabel(heading, { exact: true }).fill("Half a thought");
  await sees(volkova, said("editedToo", { name: "Oleg Orlov" }));
  await volkova.look("console-viewing-settings");
  await main(orlov).getByRole("button", { name: said("discard"), exact: true }).click();
  await gone(volkova, said("editedToo", { name: "Oleg Orlov" }));
  await sees(volkova, looking("Oleg Orlov"));
});
