/**
 * One consultation from the first question to the second operator, in real browsers on the real system: encrypted end to end, over a power
 * cut in the middle, with nothing of what was said readable on the disk.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, Person } from "./browser.mjs";
import { World } from "./world.mjs";

const PASSWORD = "a long password of the journey";
const QUESTION = "My head hurts since the morning, heliotrope-7719";
const ANSWER = "Since when exactly? heliotrope-7720";
const AFTER_CUT = "Since seven, before breakfast, heliotrope-7721";
const LATER = "It hurts again today, heliotrope-7722";
const SAID = [QUESTION, ANSWER, AFTER_CUT, LATER];
const PATIENCE_MS = 60_000;

let browser;

before(async () => {
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
});

async function signIn(person, login) {
  const { page } = person;
  page.setDefaultTimeout(PATIENCE_MS);
  await page.getByRole("textbox").first().fill(login);
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.locator("button[type=submit]").click();
}

async function operator(world, login) {
  const person = await Person.at(browser, { name: login, url: world.console });
  await signIn(person, login);
  const { page } = person;
  await page.getByRole("button", { name: "Set up keys" }).click();
  await page.getByText("I have written it down").click();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await page.getByRole("button", { name: "To the desk" }).click();
  return person;
}

async function take(person, patient) {
  const { page } = person;
  await page.getByText(patient).first().click();
  await page.keyboard.press("t");
  await page.waitForURL("**/mine/**");
}

async function say(person, text) {
  const box = person.page.getByRole("textbox", { name: /message/i }).last();
  await box.fill(text);
  await box.press("Enter");
}

const sees = (person, text) => person.page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });

/** A signed-in call of a person's own session. */
async function call(person, world, path, method = "GET") {
  const token = await person.page.evaluate(() => JSON.parse(localStorage.getItem("consilium.session")).accessToken);
  return fetch(`${world.api}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
}

/** Files below `folder` that hold one of `texts` as they lie there. */
async function holding(folder, texts) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath ?? entry.path, entry.name));
    if (texts.some((text) => bytes.includes(text))) found.push(entry.name);
  }
  return found;
}

/** Something said in an unencrypted room: a search of the disk that does not find it searches nothing. */
async function plant(world, text) {
  const login = await fetch(`${world.api}/_matrix/client/v3/login`, {
    method: "POST",
    body: JSON.stringify({ type: "m.login.password", identifier: { type: "m.id.user", user: "sokolov" }, password: PASSWORD }),
  });
  const headers = { authorization: `Bearer ${(await login.json()).access_token}` };
  const made = await fetch(`${world.api}/_matrix/client/v3/createRoom`, { method: "POST", headers, body: "{}" });
  const room = encodeURIComponent((await made.json()).room_id);
  const body = JSON.stringify({ msgtype: "m.text", body: text });
  const sent = await fetch(`${world.api}/_matrix/client/v3/rooms/${room}/send/m.room.message/1`, { method: "PUT", headers, body });
  assert.equal(sent.status, 200, await sent.text());
}

/** Brands with a service of each: what differs between them is configuration only. */
const BRANDS = [
  { brand: "demo-clinic", service: "General practitioner" },
  { brand: "demo-law", service: "Family law" },
];

for (const { brand, service } of BRANDS) {
  test(`a consultation of ${brand}, from the question to the second operator`, { timeout: 600_000 }, (context) =>
    journey(context, brand, service),
  );
}

async function journey(context, brand, service) {
  const world = await World.start(brand);
  context.after(() => world.end());
  await world.command(["user", "create", "anna", "--name", "Anna K.", "--tenant", "clinic"], `${PASSWORD}\n`);
  await world.staff("petrova", { name: "Dr Petrova", role: "operator", password: `${PASSWORD}\n` });
  await world.staff("sokolov", { name: "Dr Sokolov", role: "operator", password: `${PASSWORD}\n` });

  const anna = await Person.at(browser, { name: "anna", url: world.api, size: { width: 390, height: 844 } });
  await signIn(anna, "anna");
  await anna.page.getByText(service).first().click();
  await anna.page.getByRole("textbox").first().fill(QUESTION);
  await anna.page.getByRole("button", { name: "Ask", exact: true }).click();
  await sees(anna, QUESTION);
  await anna.look(`${brand}-patient-waiting`);

  const petrova = await operator(world, "petrova");
  await petrova.look(`${brand}-console-waiting`);
  await take(petrova, "Anna K.");
  await sees(petrova, QUESTION);
  await say(petrova, ANSWER);
  await sees(anna, ANSWER);
  await petrova.look(`${brand}-console-conversation`);
  await anna.look(`${brand}-patient-conversation`);

  await world.restart("SIGKILL");
  await Promise.all([anna.page.reload(), petrova.page.reload()]);
  await sees(anna, ANSWER);
  await sees(petrova, QUESTION);
  await say(anna, AFTER_CUT);
  await sees(petrova, AFTER_CUT);

  const conversation = (await (await call(petrova, world, "/_consilium/v1/consultations?view=mine")).json()).items[0].room_id;
  await petrova.page.getByRole("button", { name: /closes for the (patient|client) too/ }).first().click();
  await petrova.picture(`${brand}-console-closing`);
  await sees(anna, "The consultation is finished");

  await say(anna, LATER);
  const sokolov = await operator(world, "sokolov");
  await take(sokolov, "Anna K.");
  for (const text of SAID) await sees(sokolov, text);
  await sokolov.look(`${brand}-console-second-operator`);

  const messages = `/_matrix/client/v3/rooms/${encodeURIComponent(conversation)}/messages?dir=b&limit=100`;
  const page = await call(petrova, world, messages);
  const events = page.ok ? (await page.json()).chunk : [];
  const latest = (await (await call(sokolov, world, messages)).json()).chunk.find((event) => event.type === "m.room.encrypted");
  assert.ok(!events.some((event) => event.event_id === latest.event_id), "who was moved on reads what was said afterwards");

  await plant(world, "planted-heliotrope");
  assert.notDeepEqual(await holding(world.folder, ["planted-heliotrope"]), [], "the search of the disk finds nothing at all");
  assert.deepEqual(await holding(world.folder, SAID), [], "what was said lies readable on the disk");
  assert.ok(!world.log.join("").includes("heliotrope"), "what was said stands in the log");
}
