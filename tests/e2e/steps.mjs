/** What patients and staff do, step by step, as their screens offer it. One stage for each test file: a browser and a system. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, afterEach, before } from "node:test";
import { openBrowser, Person } from "./browser.mjs";
import { wordsOf } from "./words.mjs";
import { World } from "./world.mjs";

const ENGLISH = await wordsOf("en");

export const PASSWORD = "a long password of the journey";
export const SERVICE = "General practitioner";
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };

/** What everybody saw when a test failed. A page that does not answer any more has no picture. */
async function pictures(people, test) {
  const file = (name) => name.replace(/[^\p{L}\p{N}]+/gu, "-");
  const of = (person) => person.picture(`failed-${file(test)}-${file(person.name)}`, { timeout: 10_000 });
  await Promise.allSettled(people.map(of));
}

/** A browser and a system for all tests of a file, which `begin` prepares; after each test every person's browser must hold. `worker`: see `Person.at`. */
export function stage({ brand = "demo-clinic", staff = {}, worker = false, ...calls }, begin) {
  const stage = { people: [], browser: null, world: null, worker };
  const opens = async () => {
    stage.browser = await openBrowser();
  };
  const starts = async () => {
    stage.world = await World.start(brand, calls);
    // In their order: the first supervisor administers.
    for (const [login, { name, role = "operator", isReal = false, queues }] of Object.entries(staff)) {
      await stage.world.staff(login, { name, role, isReal, queues, password: `${PASSWORD}\n` });
    }
  };
  before(async () => {
    // Both are waited for, so that what was started is ended also where the other does not start.
    for (const { reason } of await Promise.allSettled([opens(), starts()])) if (reason !== undefined) throw reason;
    await begin();
  });
  afterEach(async ({ name, passed }) => {
    if (!passed) {
      for (const person of stage.people) console.log(`# ${await person.situation()}`);
      for (const line of stage.world?.complaints() ?? []) console.log(`# ${line}`);
      await pictures(stage.people, name);
    }
    for (const person of stage.people) person.holds();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.world?.end();
  });
  return stage;
}

/** A person at a screen, remembered so that his browser's complaints are looked at. */
export async function at(stage, options) {
  const { browser = stage.browser, ...screen } = options;
  const person = await Person.at(browser, { worker: stage.worker, ...screen, origins: stage.world.origins });
  stage.people.push(person);
  return person;
}

export async function fillSignIn(person, login) {
  const { page } = person;
  await page.getByRole("textbox").first().fill(login);
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.locator("button[type=submit]").click();
}

/** A new account, made on the command line. */
function account({ world }, login, name) {
  return world.command(["user", "create", login, "--name", name, "--tenant", "clinic"], `${PASSWORD}\n`);
}

/** A sign-in of somebody who has an account, without an app: what he asks for over HTTP. */
export async function signedInOverHttp(stage, login, { name = login, language = "en" } = {}) {
  const request = async (path, method = "GET", content = undefined, headers = {}) => {
    const body = content && JSON.stringify(content);
    const answer = await fetch(`${stage.world.api}${path}`, { method, headers: { "content-type": "application/json", ...headers }, body });
    assert.ok(answer.ok, `${name}: ${method} ${path}: ${answer.status}`);
    return answer.json();
  };
  const identifier = { type: "m.id.user", user: login };
  const signIn = { type: "m.login.password", identifier, password: PASSWORD };
  const { access_token: token } = await request("/_matrix/client/v3/login", "POST", signIn);
  const headers = { authorization: `Bearer ${token}`, "accept-language": language };
  const api = (path, method, content) => request(`/_consilium/v1${path}`, method, content, headers);
  const enter = (room) => request(`/_matrix/client/v3/join/${encodeURIComponent(room)}`, "POST", {}, headers);
  return { api, enter };
}

/**
 * A new account whose owner has no app and no keys, and asks over HTTP: he has a card, and a row at the desk, at a tenth of what an app takes. Whoever is taken, writes
 * or reads is a `patient`.
 */
export async function patientWithoutApp(stage, login, { name = login, language = "en" } = {}) {
  await account(stage, login, name);
  const { api, enter } = await signedInOverHttp(stage, login, { name, language });
  // His card is there from the first request.
  await api("/me");
  return { api, ask: (service = SERVICE) => askOver(api, service), enter };
}

/** Agrees to what has to be agreed to, and waits in the queue of a service from now on. */
async function askOver(api, service) {
  const { services } = await api("/services");
  const queue = services.find(({ name }) => name === service);
  assert.ok(queue, `there is no service ${service}`);
  const { consents } = await api("/me/consents");
  const required = consents.filter((consent) => consent.required);
  const given = required.map(({ purpose, offered }) => ({ purpose, hash: offered.hash }));
  return api("/consultations", "POST", { queue_id: queue.id, request_id: randomUUID(), consents: given });
}

/** A new account, and its owner signed in at the patient app. */
export async function patient(stage, login, { name = login, ...screen } = {}) {
  const opened = at(stage, { name: login, url: stage.world.api, size: PHONE, ...screen });
  const [person] = await Promise.all([opened, account(stage, login, name)]);
  await fillSignIn(person, login);
  return person;
}

/** A patient who is signed in and has asked. */
export async function patientWhoAsks(stage, login, question, { service, ...who } = {}) {
  const person = await patient(stage, login, who);
  await ask(person, question, service);
  return person;
}

export async function ask(person, question, service = SERVICE) {
  const { page } = person;
  // A conversation about it stands above the services, by the same name.
  await page.locator("a[href^='/ask/']").filter({ hasText: service }).first().click();
  await askHere(person, question);
}

/** Fills in the form of a service that is open, and sends it. */
export async function askHere(person, question) {
  const { page } = person;
  await page.getByRole("textbox").first().fill(question);
  // Where the service asks something, the first question is the one that has to be answered.
  const choice = page.locator("[id^=question-] input[type=radio]").first();
  if ((await choice.count()) > 0) await choice.check();
  await agree(person);
  await page.locator("form button[type=submit]").click();
  await page.waitForURL("**/conversation/**");
  await sees(person, question);
}

/** Ticks what has to be agreed to before the form in sight can be sent. */
export async function agree({ page }) {
  // A form that is busy may still learn of what it has to ask for.
  await page.locator("form[aria-busy=false]").waitFor();
  for (const tick of await page.locator("[id^=consent-] input[aria-required=true]").all()) await tick.check();
}

/** Signs staff in; keys are set up, as everybody does at the first time. */
export async function desk(stage, login, { words = ENGLISH, onKeys = async () => undefined, ...screen } = {}) {
  const person = await at(stage, { name: login, url: stage.world.console, locale: words.language, ...screen });
  await fillSignIn(person, login);
  const button = (path) => person.page.getByRole("button", { name: words.console(path), exact: true });
  const dialog = person.page.getByRole("dialog");
  await dialog.locator(button("keysDialog.explain.submit")).waitFor();
  await onKeys(person, "explained");
  await button("keysDialog.explain.submit").click();
  await person.page.getByText(words.console("keysDialog.show.written")).click();
  await onKeys(person, "shown");
  await button("keysDialog.show.submit").click();
  await button("keysDialog.done.submit").click();
  await dialog.waitFor({ state: "hidden" });
  return person;
}

/** Goes to a list of the desk, not to a view of it. */
export async function section(person, id) {
  await person.page.locator(`[data-pane=sections] a[href^="/${id}"]:not([href*="view="])`).click();
}

/** Narrows the list on the screen by one choice of one of its filters. */
export async function filterBy({ page }, label, choice) {
  const name = ENGLISH.console("list.filter");
  await page.getByRole("button", { name, exact: true }).click();
  const panel = page.getByRole("dialog", { name, exact: true });
  await panel.getByRole("combobox", { name: label, exact: true }).click();
  await panel.getByRole("option", { name: choice, exact: true }).click();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
}

/** Opens the row of somebody who waits, and takes it by the key. */
export async function take(person, name) {
  const { page } = person;
  await section(person, "waiting");
  await page.locator("[data-row]").filter({ hasText: name }).first().click();
  await page.keyboard.press("t");
  await page.waitForURL("**/mine/**");
  await box(person).waitFor();
}

/** Writes into the conclusion what it cannot do without, and signs it. */
export async function conclude(person, text, { words = ENGLISH, onDraft = async () => undefined } = {}) {
  const { page } = person;
  await page.locator("main [data-standing]").getByRole("button").click();
  const fields = page.locator("[data-pane=card] textarea[required]");
  await fields.first().waitFor();
  for (const field of await fields.all()) await field.fill(text);
  await onDraft();
  await page.getByRole("button", { name: words.console("conclusion.sign"), exact: true }).click();
  await page.locator("main [data-standing=signed]").waitFor();
}

/** Closes the consultation that is open, and waits until it is. */
export async function close(person, words = ENGLISH) {
  const { page } = person;
  await page.locator("main").getByRole("button", { name: words.console("consultation.closeFull") }).first().click();
  await page.getByText(words.console("consultation.ended.archived")).waitFor();
}

/** Hands the consultation that is open on to a colleague, with a note that only staff reads. */
export async function handOn(person, colleague, { note, words = ENGLISH, onDialog = async () => undefined }) {
  const { page } = person;
  const name = new RegExp(`^${words.console("command.transfer")}`);
  await page.locator("main").getByRole("button", { name }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(words.console("transfer.toOperator")).click();
  await dialog.getByRole("radio", { name: new RegExp(colleague) }).check();
  await dialog.getByRole("textbox", { name: words.console("transfer.note"), exact: true }).fill(note);
  await onDialog();
  await dialog.getByRole("button", { name: words.console("transfer.submitTo", { name: colleague }) }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** Where a message is written; at the desk a note of staff is written over it. */
export const box = (person) => person.page.locator("form[data-density] textarea").last();

export async function say(person, text) {
  await box(person).fill(text);
  await box(person).press("Enter");
}

export async function sees(person, text) {
  try {
    await person.page.getByText(text).filter({ visible: true }).first().waitFor();
  } catch (cause) {
    throw new Error(`${person.name} does not see ${text}. ${await person.situation()}`, { cause });
  }
}

/**
 * From now on what the person's page asks at addresses that end in `ending` waits for `until()` before it goes out. It waits in the page: a browser that
 * intercepts a request which the network first asks about (CORS preflight) loses it now and then.
 */
export async function holdAtDoor(person, ending, until) {
  await person.page.exposeFunction("atTheDoor", until);
  await person.page.evaluate((ending) => {
    const { fetch } = globalThis;
    globalThis.fetch = async (...request) => {
      if (new URL(request[0]?.url ?? request[0], location.href).pathname.endsWith(ending)) await globalThis.atTheDoor();
      return fetch(...request);
    };
  }, ending);
}

/**
 * From now on what the person's page asks at addresses with `part` in them is answered with `{}` and never goes out, in the page for the same reason. How many
 * were lost so is answered by `count`; from `end` on they go out again.
 */
export async function loseAtDoor(person, part) {
  await person.page.evaluate((part) => {
    const { fetch } = globalThis;
    const door = { lost: 0, end: () => (globalThis.fetch = fetch) };
    globalThis.fetch = async (...request) => {
      if (!new URL(request[0]?.url ?? request[0], location.href).pathname.includes(part)) return fetch(...request);
      door.lost += 1;
      return Response.json({});
    };
    globalThis.losingDoor = door;
  }, part);
  const count = () => person.page.evaluate(() => globalThis.losingDoor.lost);
  const end = () => person.page.evaluate(() => void globalThis.losingDoor.end());
  return { count, end };
}

/** Sends a file; `label` is the button that takes it: «Photo or video», «File». */
export async function attach(person, label, file) {
  await putBeside(person, label, file);
  await person.page.getByRole("button", { name: "Send", exact: true }).click();
}

/** Puts a file beside the text, to be sent with it. */
export async function putBeside(person, label, file) {
  const { page } = person;
  await page.getByRole("button", { name: "Attach a photo or file" }).click();
  await page.getByLabel(label, { exact: true }).setInputFiles(file);
  await page.getByRole("list", { name: "Attached" }).getByText(file.name).waitFor();
}

/** The message with these words, as the whole row: words, marks, actions. */
export const message = (person, text) => person.page.getByRole("article").filter({ hasText: text });

/** The person's message with these words is at the server: only then one may leave the page by its address. */
export const isSent = (person, text) => message(person, text).locator(":is([data-state=sent], [data-state=delivered], [data-state=read])").waitFor();

/** What the browser saves when the button is pressed. */
export async function saved(person, button) {
  const [download] = await Promise.all([person.page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Looks at the screen as it stands, and, as `…-phone`, on a telephone. */
export async function lookAtBoth(person, title) {
  const { page } = person;
  const desktop = page.viewportSize();
  await person.look(title);
  await page.setViewportSize(PHONE);
  await person.look(`${title}-phone`);
  await page.setViewportSize(desktop);
}

/** Asks again and again until it holds, at most so long; says what was found last. */
export async function until(what, holds, withinMs = 30_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await holds().then(
      (value) => ({ value }),
      (cause) => ({ cause }),
    );
    if (found.value) return found.value;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`, { cause: found.cause });
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** A signed-in call of a person's own session; `language`: in which names are wanted. */
export async function call(person, world, path, method = "GET", body = undefined, language = "*") {
  const token = await person.page.evaluate(() => JSON.parse(localStorage.getItem("consilium.session")).accessToken);
  const headers = { authorization: `Bearer ${token}`, "accept-language": language, ...(body !== undefined && { "content-type": "application/json" }) };
  return fetch(`${world.api}${path}`, { method, headers, body: body && JSON.stringify(body) });
}
