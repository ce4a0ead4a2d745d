/** A patient's history on other devices: the clinic keeps the spare key, until the patient takes it into his own hands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { at, call, desk, fillSignIn, patientWhoAsks, PHONE, say, sees, stage, take, until } from "./steps.mjs";

const on = stage({ staff: { petrova: { name: "Dr Petrova" }, volkova: { name: "Ms Volkova", role: "supervisor" } }, worker: true }, begin);
const SAID = ["How long may I take these pills?", "Two weeks, then show yourself again.", "And with food?"];
const ELSEWHERE = "Your account was opened on another device";
let anna;
let petrova;
/** Anna's public master key, as it is published at the beginning. */
let identity;

/** What the server publishes of Anna, as anybody who shares a room sees it. */
async function published() {
  const token = await petrova.page.evaluate(() => JSON.parse(localStorage.getItem("consilium.session")).accessToken);
  const answer = await fetch(`${on.world.api}/_matrix/client/v3/keys/query`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ device_keys: { "@anna:clinic.test": [] } }),
  });
  const body = await answer.json();
  return {
    master: Object.values(body.master_keys["@anna:clinic.test"].keys)[0],
    selfSigning: Object.keys(body.self_signing_keys["@anna:clinic.test"].keys)[0],
    devices: body.device_keys["@anna:clinic.test"],
  };
}

/** The same person as at the beginning, and this browser's device is signed as one of his. */
async function isStillAnna(person) {
  const device = await person.page.evaluate(() => JSON.parse(localStorage.getItem("consilium.session")).deviceId);
  await until("the device is signed by its owner", async () => {
    const now = await published();
    assert.equal(now.master, identity, "the patient has become somebody else");
    return now.devices[device]?.signatures["@anna:clinic.test"][now.selfSigning] !== undefined;
  });
}

async function signOut(person) {
  const { page } = person;
  await page.getByRole("link", { name: "Back to the first screen" }).click();
  await page.getByRole("link", { name: "Profile" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await page.locator("input[type=password]").waitFor();
}

/** From any of the app's places; never by loading the page anew, which would forget the password just typed. */
async function readsEverything(person) {
  await person.page.getByRole("link", { name: "Home" }).click();
  await person.page.locator("a[href^='/conversation/']").first().click();
  for (const text of SAID) await sees(person, text);
}

/** The sign-in at another device of Anna's, which never is without a network. */
const another = (name) => at(on, { name, url: on.world.api, size: PHONE, worker: false });

/** Somebody at another device of Anna's. */
async function elsewhere(name) {
  const person = await another(name);
  await fillSignIn(person, "anna");
  return person;
}

async function released() {
  const answer = await call(on.volkova, on.world, "/_consilium/v1/audit?action=backup_secret.released");
  return (await answer.json()).items.map((entry) => ({ who: entry.actor.user_id, ...entry.detail }));
}

async function begin() {
  const asks = patientWhoAsks(on, "anna", SAID[0], { name: "Anna K." });
  [anna, petrova, on.volkova] = await Promise.all([asks, desk(on, "petrova"), desk(on, "volkova")]);
  await take(petrova, "Anna K.");
  await say(petrova, SAID[1]);
  await sees(anna, SAID[1]);
  await say(anna, SAID[2]);
  await sees(petrova, SAID[2]);
  identity = (await published()).master;
}

test("the first sign-in is given the spare key, and the audit says so without it", async () => {
  const found = await released();
  assert.equal(found.length, 1);
  assert.deepEqual({ who: found[0].who, made: found[0].made }, { who: "@anna:clinic.test", made: true });
  await isStillAnna(anna);
});

test("who signs out and in again in the same browser is the same person and reads what was said", async () => {
  await signOut(anna);
  await fillSignIn(anna, "anna");
  await readsEverything(anna);
  await isStillAnna(anna);
  assert.equal((await released()).length, 2);
});

test("a second device is the same person, reads everything, and the first one is told", async () => {
  await until("the backup has the history", async () => {
    const backup = await (await call(anna, on.world, "/_matrix/client/v3/room_keys/version")).json();
    return backup.count >= 2;
  });
  const second = await another("second");
  const restored = second.page.waitForResponse((answer) => new URL(answer.url()).pathname.endsWith("/room_keys/keys"));
  await fillSignIn(second, "anna");
  const rooms = Object.values((await (await restored).json()).rooms);
  assert.ok(rooms.some(({ sessions }) => Object.keys(sessions).length >= 2), "nothing came out of the backup");
  await readsEverything(second);
  await isStillAnna(second);
  await anna.page.getByText(ELSEWHERE).waitFor();
  await anna.page.getByText(/^Chrome, Linux, today/).waitFor();
  await anna.look("patient-signed-in-elsewhere");
  assert.equal(await second.page.getByText(ELSEWHERE).count(), 0);
  await anna.page.getByRole("button", { name: "It was me" }).click();
  await anna.page.reload();
  await sees(anna, SAID[2]);
  assert.equal(await anna.page.getByText(ELSEWHERE).count(), 0);
  const found = await released();
  assert.equal(found.length, 3);
  assert.deepEqual(new Set(found.map(({ who }) => who)), new Set(["@anna:clinic.test"]));
  assert.equal(new Set(found.map((entry) => entry.device_id)).size, 3);
  second.holds();
  await second.leave();
});

test("where the sign-in is not fresh any more the app asks for another one, and nothing is replaced meanwhile", async () => {
  const late = await another("late");
  const { page } = late;
  const stale = { type: "urn:consilium:problem:sign-in-stale", title: "Sign in again", status: 403, detail: "" };
  const asked = "**/me/backup-secret";
  await page.route(asked, (route) => route.fulfill({ status: 403, contentType: "application/problem+json", json: stale }));
  late.expects(/^403 POST .*\/me\/backup-secret$/);
  await fillSignIn(late, "anna");
  await page.getByText("Sign in once more to see earlier messages").waitFor();
  await late.look("patient-sign-in-once-more");
  await page.unroute(asked);
  await page.getByRole("alert").getByRole("button", { name: "Sign in" }).click();
  await fillSignIn(late, "anna");
  await readsEverything(late);
  await isStillAnna(late);
  assert.equal((await released()).length, 4);
  late.holds();
  await late.leave();
  await anna.page.getByRole("button", { name: "It was me" }).click();
});

test("a device that is signed in opens without a network and asks nobody for a key", async () => {
  const { page } = anna;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await sees(anna, SAID[1]);
  await anna.cut();
  await page.reload();
  for (const text of SAID) await sees(anna, text);
  await anna.mend();
  await page.getByText("No connection. Messages will go out when it returns.").waitFor({ state: "hidden" });
  assert.equal((await released()).length, 4);
});

test("a patient takes the spare key into his own hands, and a new device asks for it", async () => {
  const { page } = anna;
  await page.getByRole("link", { name: "Back to the first screen" }).click();
  await page.getByRole("link", { name: "Profile" }).click();
  await page.getByText("Yasen Clinic keeps a spare key of your history").waitFor();
  await page.getByRole("button", { name: "Take it into my own hands" }).click();
  const key = await page.getByTestId("recovery-key").textContent();
  await anna.look("patient-recovery-key");
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.getByText("You keep the spare key of your history yourself.").waitFor();
  await anna.look("patient-spare-key-own");

  const third = await elsewhere("third");
  const field = third.page.getByRole("textbox", { name: "Recovery key" });
  await field.fill("EsTc not a key");
  await third.page.getByRole("button", { name: "Open the history" }).click();
  await third.page.getByText("This key does not fit.").waitFor();
  await third.look("patient-recovery-key-asked");
  await field.fill(key);
  await third.page.getByRole("button", { name: "Open the history" }).click();
  await field.waitFor({ state: "detached" });
  await readsEverything(third);
  await isStillAnna(third);
  assert.equal((await released()).length, 4, "the clinic has nothing to give");
  third.holds();
  await third.leave();
});

test("without the recovery key the patient begins anew, and the clinic hands the history over", async () => {
  await anna.leave();
  const fourth = await elsewhere("fourth");
  await fourth.page.getByRole("button", { name: "I don’t have it" }).click();
  await fourth.page.getByRole("dialog").getByRole("button", { name: "Begin without it" }).click();
  await fourth.page.getByRole("textbox", { name: "Recovery key" }).waitFor({ state: "detached" });
  await readsEverything(fourth);
  assert.notEqual((await published()).master, identity);
  assert.equal((await released()).length, 5);
});
