/** The patient's side over time: history, signing out and in, no network at all, Russian by default. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, ask, at, call, close, conclude, desk, fillSignIn, PASSWORD, patient, PHONE, say, section, sees, stage, take } from "./steps.mjs";

const on = stage({ staff: { petrova: { name: "Dr Petrova" } }, worker: true }, begin);
const FIRST = ["Is this rash dangerous?", "No. Put this cream on it."];
const SECOND = ["It is back after a week", "Then come and show me, please."];
let anna;
let petrova;

/** Presses a star, as a thumb does. */
async function starsOf(person, number) {
  const star = person.page.getByRole("radio", { name: `${number} stars of 5` });
  await person.page.locator(`label[for="${await star.getAttribute("id")}"]`).click();
  assert.equal(await star.isChecked(), true);
}

/** One question and its answer, closed. */
async function consultation([question, answer], begin) {
  await begin(question);
  await take(petrova, "Anna K.");
  await say(petrova, answer);
  await sees(anna, answer);
  await conclude(petrova, answer);
  await close(petrova);
  await sees(anna, "The consultation is finished");
}

async function begin() {
  [anna, petrova] = await Promise.all([patient(on, "anna", { name: "Anna K." }), desk(on, "petrova")]);
  await consultation(FIRST, (question) => ask(anna, question));
  await consultation(SECOND, async (question) => {
    await anna.page.getByRole("link", { name: "Back to the first screen" }).click();
    await ask(anna, question, "Paediatrician");
  });
}

test("finished consultations stand in one dialogue, folded, each between its own lines", async () => {
  const { page } = anna;
  const folded = page.getByRole("button", { name: /Dr Petrova.*2 messages/ });
  await folded.waitFor();
  // The last that comes after the end; then nothing moves any more.
  await page.getByText("How was the consultation?").waitFor();
  assert.equal(await page.getByText(FIRST[1]).count(), 0);
  await folded.click();
  for (const text of [...FIRST, ...SECOND, "Now with you: Dr Petrova", "The consultation is finished"]) await sees(anna, text);
  await anna.look("patient-history-in-dialogue");
});

test("the history lists every consultation, and opens what was said in it", async () => {
  const { page } = anna;
  await page.getByRole("link", { name: "Back to the first screen" }).click();
  await page.getByRole("link", { name: "History" }).click();
  await page.getByRole("link", { name: /Paediatrician/ }).waitFor();
  await page.getByRole("link", { name: /General practitioner/ }).click();
  for (const text of FIRST) await sees(anna, text);
  assert.equal(await page.getByText(SECOND[0]).count(), 0);
});

test("what is over can be rated, in stars and words, and rated anew", async () => {
  const { page } = anna;
  await starsOf(anna, 4);
  await page.getByRole("textbox", { name: /^What was good/ }).fill("The cream helps");
  await anna.look("patient-rating");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await sees(anna, "Thank you for your answer");
  await page.getByRole("button", { name: "Change my answer" }).click();
  await starsOf(anna, 5);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("img", { name: "Your rating: 5 of 5" }).waitFor();
  await anna.look("patient-rated");
  await section(petrova, "archive");
  await petrova.page.locator("[data-row]").filter({ hasText: "General practitioner" }).first().click();
  await sees(petrova, "The cream helps");
  await petrova.page.getByRole("img", { name: "Rating: 5 of 5 stars" }).waitFor();
  await petrova.look("console-archive-rated");
});

test("after signing out nothing is left in the browser, and signing in brings everything back", async () => {
  const { page } = anna;
  await page.getByRole("link", { name: "History" }).first().click();
  await page.getByRole("link", { name: "Profile" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await page.locator("input[type=password]").waitFor();
  const left = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    keys: Object.keys(localStorage).filter((key) => !/language|color-scheme|consilium\.brand/.test(key)),
  }));
  assert.deepEqual(left, { databases: [], keys: [] });
  await fillSignIn(anna, "anna");
  await page.getByRole("link", { name: "Home" }).click();
  await page.getByText("Then come and show me, please.").first().click();
  for (const text of SECOND) await sees(anna, text);
});

test("without a network the app opens, says so, shows what it has, and goes on when the network is back", async () => {
  const { page } = anna;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await sees(anna, SECOND[1]);
  await anna.cut();
  await page.reload();
  await page.getByText("No connection. Messages will go out when it returns.").waitFor();
  await sees(anna, SECOND[1]);
  await anna.look("patient-offline");
  await say(anna, "Thank you, doctor");
  await anna.mend();
  await page.getByText("No connection. Messages will go out when it returns.").waitFor({ state: "hidden" });
  await take(petrova, "Anna K.");
  await sees(petrova, "Thank you, doctor");
});

test("a question asked without a network is kept, and goes out by itself when it is back", async () => {
  await anna.page.goto(on.world.api);
  await anna.page.getByText("Psychologist").first().click();
  await anna.page.getByRole("textbox").first().fill("Asked in a tunnel");
  await anna.cut();
  await anna.page.locator("form button[type=submit]").click();
  await sees(anna, "No connection right now");
  await anna.mend();
  await anna.page.waitForURL("**/conversation/**");
  await sees(anna, "Asked in a tunnel");
});

test("whoever loses the network at her first sign-in, before her keys are set up, asks all the same", async () => {
  const olga = await patient(on, "olga", { name: "Olga V." });
  const { page } = olga;
  await page.getByText("General practitioner").first().click();
  await page.getByRole("textbox").first().fill("Asked at the first sign-in");
  await agree(olga);
  await olga.cut();
  await page.locator("form button[type=submit]").click();
  await page.getByText(/^(No connection right now|The app is getting ready)$/).waitFor();
  await olga.mend();
  await page.waitForURL("**/conversation/**");
  await sees(olga, "Asked at the first sign-in");
  await olga.leave();
});

test("a client that could not be fetched at the sign-in is fetched again by itself, and the question goes out", async () => {
  await on.world.command(["user", "create", "dina", "--name", "Dina R.", "--tenant", "clinic"], `${PASSWORD}\n`);
  const dina = await at(on, { name: "dina", url: on.world.api, size: PHONE, worker: false });
  const { page } = dina;
  const failed = [];
  dina.expects(/net::ERR_CONNECTION_RESET/, /console: .*(Failed to fetch|dynamically imported module|wasm)/i);
  /** The SDK or its crypto does not come while `isThere` says so. */
  const isAway = (file) => page.route(file, (route) => (failed.push(route.request().url()), route.abort("connectionreset")));
  const comes = async (file) => {
    await page.unroute(file);
    await page.evaluate(() => dispatchEvent(new Event("online")));
  };
  await isAway(/engine-[^/]*\.js$/);
  await page.reload();
  await fillSignIn(dina, "dina");
  await page.getByText("General practitioner").first().click();
  await page.getByRole("textbox").first().fill("Asked in a cellar");
  await agree(dina);
  await page.locator("form button[type=submit]").click();
  await sees(dina, "The app is getting ready");
  await isAway(/\.wasm$/);
  await comes(/engine-[^/]*\.js$/);
  for (const away of [/engine-/, /\.wasm$/]) while (!failed.some((url) => away.test(url))) await page.waitForEvent("requestfailed");
  await comes(/\.wasm$/);
  await page.waitForURL("**/conversation/**");
  await sees(dina, "Asked in a cellar");
  await dina.leave();
});

test("somebody who was never here and has no network is told so in words", async () => {
  const clara = await at(on, { name: "clara", url: on.world.api, size: PHONE });
  await clara.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await clara.page.reload();
  await clara.page.locator("input[type=password]").waitFor();
  await clara.cut();
  await clara.page.reload();
  await clara.page.locator("input[type=password]").waitFor();
  await fillSignIn(clara, "anna");
  await sees(clara, "No connection");
  await sees(clara, "Check the internet and press the button again. What you typed stays here.");
  await clara.mend();
  await clara.leave();
});

test("a patient may not read what only staff may", async () => {
  for (const path of ["/_consilium/v1/queues", "/_consilium/v1/archive", "/_consilium/v1/patients", "/_consilium/v1/audit"]) {
    assert.equal((await call(anna, on.world, path)).status, 403, path);
  }
});
