/** The operators' desk: who takes, hold, hand on, close, the archive. Work by keys alone is in keys-and-thumbs.test.mjs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { at, box, close, desk, fillSignIn, handOn, holdAtDoor, patientWhoAsks, saved, say, section, sees, stage, take } from "./steps.mjs";

const STAFF = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const on = stage({ staff: STAFF }, begin);
let anna;
let petrova;
let sokolov;
let volkova;

async function begin() {
  const asks = patientWhoAsks(on, "anna", "My knee hurts", { name: "Anna K." });
  [anna, petrova, sokolov] = await Promise.all([asks, desk(on, "petrova"), desk(on, "sokolov")]);
}

const row = (person, name) => person.page.locator("[data-row]").filter({ hasText: name }).first();

test("two operators press take at once: one has the patient, the other is told who", async () => {
  const both = [petrova, sokolov];
  for (const person of both) await row(person, "Anna K.").click();
  for (const person of both) person.expects(/^409 POST .*\/take$/);
  // Both requests wait at the door until the second has come.
  let arrived = 0;
  let open;
  const bothAreThere = new Promise((go) => {
    open = go;
  });
  for (const person of both) {
    await holdAtDoor(person, "/take", () => {
      arrived += 1;
      if (arrived === both.length) open();
      return bothAreThere;
    });
  }
  await Promise.all(both.map((person) => person.page.keyboard.press("t")));
  await Promise.race(both.map((person) => person.page.waitForURL("**/mine/**")));
  const loser = petrova.page.url().includes("/mine/") ? sokolov : petrova;
  const winner = loser === petrova ? sokolov : petrova;
  await sees(loser, `${STAFF[winner.name].name} was faster and has taken this patient.`);
  assert.ok(!loser.page.url().includes("/mine/"), "both have the patient");
  await loser.look("console-taken-by-another");
  [petrova, sokolov] = [winner, loser];
  await box(petrova).waitFor();
});

test("a hold is told to the patient, stops the operator's typing, and ends where it began", async () => {
  const { page } = petrova;
  await page.getByRole("button", { name: "Hold" }).first().click();
  await sees(petrova, "On hold. Resume to write.");
  await sees(anna, "The consultation is paused");
  await page.getByRole("button", { name: "Resume" }).first().click();
  await box(petrova).waitFor();
  await sees(anna, /The consultation goes on/);
  await say(petrova, "Thank you for waiting");
  await sees(anna, "Thank you for waiting");
});

test("a consultation is handed on with a note that the patient does not see", async () => {
  const note = "Please look at the left knee too";
  await handOn(petrova, STAFF[sokolov.name].name, { note, onDialog: () => petrova.look("console-transfer") });
  await row(sokolov, "Anna K.").click();
  await sees(sokolov, note);
  await sokolov.look("console-handed-on");
  await take(sokolov, "Anna K.");
  await sees(sokolov, "My knee hurts");
  await sees(anna, new RegExp(STAFF[sokolov.name].name));
  await say(sokolov, "I have read everything you wrote");
  await sees(anna, "I have read everything you wrote");
  assert.equal(await anna.page.getByText(note).count(), 0);
});

test("a close is told to the patient, and the supervisor reads the transcript from the archive", async () => {
  await close(sokolov);
  await sees(anna, "The consultation is finished");
  volkova = await desk(on, "volkova");
  await section(volkova, "archive");
  await row(volkova, "Anna K.").click();
  for (const text of ["My knee hurts", "Thank you for waiting", "I have read everything you wrote", "Seal intact"]) {
    await sees(volkova, text);
  }
});

test("the supervisor takes the sealed consultation out of the archive as FHIR", async () => {
  const { page } = volkova;
  await page.locator("main").getByRole("button", { name: "More" }).click();
  await volkova.look("console-archive-menu");
  const { name, bytes } = await saved(volkova, page.getByRole("menuitem", { name: "Export as FHIR" }));
  assert.match(name, /\.json$/);
  const bundle = JSON.parse(bytes.toString());
  assert.equal(bundle.resourceType, "Bundle");
  const said = bundle.entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === "Communication");
  const words = said.flatMap(({ payload }) => payload ?? []).map(({ contentString }) => contentString);
  for (const text of ["My knee hurts", "I have read everything you wrote"]) assert.ok(words.includes(text), `${text} in ${words}`);
});

test("an operator of another browser unlocks nothing without the recovery key, and says so in words", async () => {
  const again = await at(on, { name: "sokolov again", url: on.world.console });
  await fillSignIn(again, "sokolov");
  await sees(again, "Unlock your keys");
  await again.look("console-unlock");
  await again.page.getByLabel("Recovery key").fill("EsTx not a key");
  await again.page.getByRole("button", { name: "Unlock" }).click();
  await sees(again, "This key does not fit. Check that all groups are there.");
  await again.leave();
});
