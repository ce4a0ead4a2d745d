/**
 * A lost place: where a patient is signed in stands in the profile in plain words; one place is signed out by the patient, with the password, another one by the
 * desk, at the patient's word. Both say what happened, offer to sign in, and keep nothing to read. The operator does the same for the own sign-ins.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { at, call, desk, DESKTOP, fillSignIn, PASSWORD, patientWhoAsks, PHONE, say, section, sees, stage, take, until } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
const on = stage({ staff: STAFF }, begin);
const NAME = "Anna K.";
const [QUESTION, ANSWER, LATER] = ["My knee hurts at night", "Rest it for a week", "It is better already"];
let anna;
let petrova;

const own = (path, values) => words.patient(path, values);
const kit = (path, values) => words.kit(`signIns.${path}`, values);
const of = (path, values) => words.console(`patients.signIns.${path}`, values);
const button = (where, name) => where.getByRole("button", { name, exact: true });

async function begin() {
  const asks = patientWhoAsks(on, "anna", QUESTION, { name: NAME });
  [anna, petrova] = await Promise.all([asks, desk(on, "petrova", { size: DESKTOP })]);
  await take(petrova, NAME);
  await say(petrova, ANSWER);
  await sees(anna, ANSWER);
}

/** Somebody at another place of Anna's, which calls itself `name`, and who has read the dialogue there. */
async function elsewhere(name) {
  const person = await at(on, { name, url: on.world.api, size: PHONE });
  await fillSignIn(person, "anna");
  await person.page.locator("a[href^='/conversation/']").first().click();
  await sees(person, ANSWER);
  const device = await person.page.evaluate(() => JSON.parse(localStorage.getItem("consilium.session")).deviceId);
  const path = `/_matrix/client/v3/devices/${encodeURIComponent(device)}`;
  const named = await call(person, on.world, path, "PUT", { display_name: name });
  assert.equal(named.status, 200);
  return person;
}

/** What the browser keeps of Anna: databases, and lists for the next start. */
function kept(person) {
  return person.page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return [...databases, ...Object.keys(localStorage)].filter((name) => name.includes("@anna:clinic.test"));
  });
}

/** The place that was signed out says so, offers to sign in, and has nothing to read, now and when it is opened again. */
async function isOut(person, told) {
  const { page } = person;
  await page.getByText(told).waitFor();
  await page.locator("input[type=password]").waitFor();
  await until("nothing is kept", async () => (await kept(person)).length === 0);
  await page.reload();
  await page.getByText(told).waitFor();
  for (const text of [QUESTION, ANSWER, LATER]) assert.equal(await page.getByText(text).count(), 0, text);
}

const places = () => anna.page.getByRole("region", { name: own("profile.signIns"), exact: true });

test("a patient signs out a place that was lost, with the password, and it says what happened", async () => {
  const lost = await elsewhere("Chrome, Android");
  // Its requests are refused from the moment on.
  lost.expects(/^401 /);
  await anna.page.goto(`${on.world.api}/profile`);
  await places().getByText(kit("here")).waitFor();
  await anna.look("patient-sign-ins");
  await button(places(), kit("endOf", { name: "Chrome, Android" })).click();
  const sure = places().getByRole("form", { name: kit("sureOne", { name: "Chrome, Android" }), exact: true });
  await sure.getByText(kit("why")).waitFor();
  await sure.getByLabel(kit("password"), { exact: true }).fill(PASSWORD);
  await button(sure, kit("submit")).click();
  await places().getByText(kit("done")).waitFor();
  await places().getByText(kit("onlyHere")).waitFor();
  await isOut(lost, own("signIn.endedBy.owner"));
  await lost.look("patient-signed-out-elsewhere");
  await fillSignIn(lost, "anna");
  // He is where he was.
  await sees(lost, ANSWER);
  await lost.leave();
});

test("the desk signs a place out at the patient's word, and only that place", async () => {
  const tablet = await elsewhere("Safari, iPad");
  tablet.expects(/^401 /);
  await section(petrova, "patients");
  await petrova.page.getByRole("row").filter({ hasText: NAME }).first().click();
  await button(petrova.page.locator("[data-pane=card]"), of("open")).click();
  const dialog = petrova.page.getByRole("dialog");
  await button(dialog, of("endOf", { name: "Safari, iPad" })).click();
  await dialog.getByRole("radio", { name: of("reason.lost"), exact: true }).check();
  assert.equal(await dialog.getByText(of("reason.precaution")).count(), 0, "that is a supervisor's");
  await petrova.look("console-sign-out-patient");
  await button(dialog, of("submit")).click();
  await dialog.getByText(of("ended"), { exact: true }).waitFor();
  assert.equal(await button(dialog, of("endOf", { name: "Safari, iPad" })).count(), 0);
  await isOut(tablet, /signed you out here, as you asked/);
  await tablet.leave();

  await anna.page.goto(on.world.api);
  await anna.page.locator("a[href^='/conversation/']").first().click();
  await say(anna, LATER);
  await petrova.page.keyboard.press("Escape");
  const volkova = await desk(on, "volkova", { size: DESKTOP });
  const answer = await call(volkova, on.world, "/_consilium/v1/audit?action=patient.signed_out");
  const [entry, ...more] = (await answer.json()).items;
  assert.equal(more.length, 0);
  assert.deepEqual([entry.actor.name, entry.detail.reason, entry.detail.device_ids.length], ["Dr Petrova", "lost", 1]);
});

test("an operator sees the own sign-ins in the settings of the browser, and ends another one", async () => {
  const home = await at(on, { name: "home", url: on.world.console, size: DESKTOP });
  await fillSignIn(home, "petrova");
  await home.page.locator("[data-pane=sections]").waitFor();
  const device = await home.page.evaluate(() => JSON.parse(localStorage.getItem("consilium.session")).deviceId);
  const path = `/_matrix/client/v3/devices/${encodeURIComponent(device)}`;
  assert.equal((await call(home, on.world, path, "PUT", { display_name: "Firefox, macOS" })).status, 200);
  home.expects(/^401 /);

  await petrova.page.keyboard.press("Control+k");
  await petrova.page.getByRole("dialog").getByText(words.console("command.settings"), { exact: true }).click();
  const dialog = petrova.page.getByRole("dialog", { name: words.console("settings.title"), exact: true });
  await button(dialog, words.console("settings.signInsShow")).click();
  await button(dialog, kit("endOf", { name: "Firefox, macOS" })).click();
  await dialog.getByLabel(kit("password"), { exact: true }).fill(PASSWORD);
  await petrova.look("console-sign-ins");
  await button(dialog, kit("submit")).click();
  await dialog.getByText(kit("done")).waitFor();
  await home.page.getByText(words.console("signIn.why.elsewhere.title")).waitFor();
  await home.page.locator("input[type=password]").waitFor();
});
