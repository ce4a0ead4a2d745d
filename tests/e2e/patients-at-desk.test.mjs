/**
 * The table of patients follows what happens without loading a page again; the card's side is each patient's own; whom to correct is offered where there is
 * somebody to choose.
 *
 * Then a patient whom the desk makes: an operator fills in a card for somebody who calls, shows the code, and is told who looks alike; the patient opens the link on a
 * phone, chooses a password and asks at once; the operator has the same card before him. A link works once, and one that was taken back says what to do.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, at, call, desk, DESKTOP, patient, PHONE, section, SERVICE, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
const [ANNA, BORIS, RENAMED] = ["Anna K.", "Boris L.", "Boris Lvov"];
const NINA = { name: "Nina Orlova", phone: "+7 495 000-00-07", email: "nina@example.org" };
const PASSWORD = "a password that Nina chose";
let anna;
let boris;
let nina;
let petrova;
/** What Nina is invited by, and what she signs in by afterwards. */
let link;
let login;

async function begin() {
  [anna, petrova] = await Promise.all([patient(on, "anna", { name: ANNA }), desk(on, "petrova", { size: DESKTOP })]);
  // Signed in.
  await sees(anna, SERVICE);
}

const rows = (name) => petrova.page.getByRole("row").filter({ hasText: name });
const main = () => petrova.page.locator("[data-pane=main]");
const card = () => petrova.page.locator("[data-pane=card]");
const button = (place, name) => place.getByRole("button", { name, exact: true });
const act = (key) => button(card(), words.console(key));
const side = (key, state = {}) => card().getByRole("tab", { name: words.console(key), exact: true, ...state });

test("who is new and who has another name stands in the table by himself, and no page is loaded again", async () => {
  await section(petrova, "patients");
  await rows(ANNA).first().waitFor();
  const pages = [];
  const listen = (request) => {
    if (/\/patients\?/.test(request.url())) pages.push(request.url());
  };
  petrova.page.on("request", listen);
  boris = await patient(on, "boris", { name: BORIS });
  await sees(boris, SERVICE);
  await rows(BORIS).first().waitFor();
  await petrova.look("console-patients-new");
  const changed = await call(boris, on.world, "/_consilium/v1/me", "PATCH", { name: RENAMED });
  assert.equal(changed.status, 200);
  await rows(RENAMED).first().waitFor();
  assert.equal(await rows(BORIS).count(), 0);
  petrova.page.off("request", listen);
  assert.deepEqual(pages, []);
});

test("who acts for nobody has nobody to be corrected to", async () => {
  await ask(anna, "A cough for three days");
  await take(petrova, ANNA);
  await act("patients.edit").waitFor();
  assert.equal(await act("whom.correct").count(), 0);
});

test("a new patient begins with who he is, and who was left comes back as he was", async () => {
  await side("conclusion.tab").click();
  await ask(boris, "A rash on my arm");
  await take(petrova, RENAMED);
  await side("conclusion.tabPatient", { selected: true }).waitFor();
  await section(petrova, "mine");
  await petrova.page.locator("[data-row]").filter({ hasText: ANNA }).first().click();
  await side("conclusion.tab", { selected: true }).waitFor();
});

const said = (path, values) => words.console(`invitation.${path}`, values);
const dialog = () => petrova.page.getByRole("dialog");
const field = (name) => dialog().getByRole("textbox", { name, exact: true });

/** The form of a new patient, filled in. */
async function fill({ name, phone, email }) {
  await button(main(), words.console("command.addPatient")).click();
  await field(words.console("patients.name")).fill(name);
  await field(words.console("patients.phone")).fill(phone);
  if (email !== undefined) await field(words.console("patients.email")).fill(email);
}

const shownLink = () => dialog().getByTestId("invitation-link").innerText();

test("an operator makes a card for somebody who calls, and has a link to give away", async () => {
  await section(petrova, "patients");
  await button(main(), words.console("command.addPatient")).click();
  await button(dialog(), said("make")).click();
  await dialog().getByText(words.console("patients.error.name")).waitFor();
  await button(dialog(), words.console("cancel")).click();
  await dialog().waitFor({ state: "hidden" });
  await fill(NINA);
  await petrova.look("console-new-patient");
  await button(dialog(), said("make")).click();
  await dialog().getByRole("img", { name: said("qr"), exact: true }).waitFor();
  await petrova.look("console-invitation");
  link = await shownLink();
  assert.match(link, /\/invitation#[A-Za-z0-9_-]{32}$/);
  login = await dialog().locator("[translate=no]").last().innerText();
  assert.match(login, /^[a-z]{6}-\d{4}$/);
  await button(dialog(), said("toCard")).click();
  await dialog().waitFor({ state: "hidden" });
  await card().getByRole("heading", { name: said("section"), exact: true }).waitFor();
  await card().getByText(login).waitFor();
});

test("who looks alike is shown before a second card is made", async () => {
  await fill({ name: "Nina O.", phone: NINA.phone });
  await button(dialog(), said("make")).click();
  await dialog().getByText(said("alikeText")).waitFor();
  await button(dialog(), said("makeAllTheSame")).waitFor();
  await petrova.look("console-new-patient-alike");
  await button(dialog(), said("openNamed", { name: NINA.name })).click();
  await dialog().waitFor({ state: "hidden" });
  await card().getByRole("heading", { name: NINA.name, exact: true }).waitFor();
});

test("the desk agrees to nothing in the patient’s name", async () => {
  petrova.expects(/^409 POST .*\/callbacks$/);
  await button(card(), words.console("openFor.callback.button")).click();
  await dialog().getByRole("combobox", { name: words.console("openFor.queue"), exact: true }).click();
  await petrova.page.getByRole("option", { name: SERVICE, exact: true }).click();
  await button(dialog(), words.console("openFor.callback.submit")).click();
  await dialog().getByText(words.console("problem.consents-missing.title")).waitFor();
  await button(dialog(), words.console("cancel")).click();
  await dialog().waitFor({ state: "hidden" });
});

test("the patient opens the link on a phone, chooses a password, and asks at once", async () => {
  nina = await at(on, { name: "nina", url: link, size: PHONE });
  const { page } = nina;
  await page.getByRole("heading", { name: words.patient("invitation.title", { name: NINA.name }) }).waitFor();
  assert.equal(new URL(page.url()).hash, "", "the secret is gone from the address");
  assert.equal(await page.getByLabel(words.patient("invitation.login"), { exact: true }).inputValue(), login);
  await page.locator("input[type=password]").fill("short");
  await page.locator("button[type=submit]").click();
  await sees(nina, words.patient("signIn.error.passwordShort"));
  await nina.look("patient-invitation");
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.getByRole("checkbox").check();
  await page.locator("button[type=submit]").click();
  await sees(nina, SERVICE);
  await ask(nina, "You told me on the telephone to write here");
});

test("the operator has the same card before him", async () => {
  await take(petrova, NINA.name);
  const panel = card().getByRole("region", { name: words.console("patients.card"), exact: true });
  await panel.getByText(NINA.email).waitFor();
  await panel.getByRole("heading", { name: said("section"), exact: true }).waitFor();
  await panel.getByText(/^The patient came /).waitFor();
  assert.equal(await button(panel, said("open")).count(), 0, "nothing is left to invite to");
});

/** Somebody opens a link that does nothing any more. */
async function comesLate(name, address) {
  const person = await at(on, { name, url: on.world.api, size: PHONE });
  person.expects(/^410 POST .*\/public\/invitations$/);
  await person.page.goto(address);
  return person;
}

test("a link works once, and what does nothing any more says what to do", async () => {
  const second = await comesLate("second", link);
  await sees(second, words.patient("invitation.over.used"));
  await second.look("patient-invitation-used");
  await button(second.page, words.patient("invitation.toSignIn")).click();
  await second.page.locator("input[type=password]").waitFor();

  await section(petrova, "patients");
  await fill({ name: "Oleg P.", phone: "+7 495 000-00-08" });
  await button(dialog(), said("make")).click();
  await dialog().getByTestId("invitation-link").waitFor();
  const former = await shownLink();
  await button(dialog(), said("toCard")).click();
  await button(card(), said("open")).click();
  await button(dialog(), said("renew")).click();
  await dialog().getByTestId("invitation-link").waitFor();
  const renewed = await shownLink();
  assert.notEqual(renewed, former);
  await petrova.look("console-invitation-renewed");
  const third = await comesLate("third", former);
  await sees(third, words.patient("invitation.over.taken_back"));
  await button(dialog(), said("takeBack")).click();
  await dialog().getByText(said("state.taken_back")).waitFor();
  const fourth = await comesLate("fourth", renewed);
  await sees(fourth, words.patient("invitation.over.taken_backText"));
});
