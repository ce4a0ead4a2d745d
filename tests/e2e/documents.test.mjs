/** All files of all consultations: found, opened, kept on the device without a network, and gone when they have to be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { rash } from "./photos.mjs";
import { picture } from "./png.mjs";
import { ask, at, attach, call, close, desk, fillSignIn, message, patientWhoAsks, PHONE, saved, sees, stage, take, until } from "./steps.mjs";

const on = stage({ staff: { petrova: { name: "Dr Petrova" } }, worker: true }, begin);
const PHOTO = { name: "rash.png", mimeType: "image/png", buffer: rash() };
const TEST = { name: "Blood test of November.pdf", mimeType: "application/pdf", buffer: picture(90, 90, 7) };
const PLAN = { name: "Treatment plan.pdf", mimeType: "application/pdf", buffer: picture(80, 80, 3) };
let anna;
let petrova;

/** Two consultations in two services: a photo and a file in the first, the doctor's file in the second. */
async function begin() {
  const asks = patientWhoAsks(on, "anna", "Is this rash dangerous?", { name: "Anna K." });
  [anna, petrova] = await Promise.all([asks, desk(on, "petrova")]);
  await take(petrova, "Anna K.");
  await attach(anna, "Photo or video", PHOTO);
  await attach(anna, "File", TEST);
  await sees(petrova, TEST.name);
  await close(petrova);
  await sees(anna, "The consultation is finished");
  await anna.page.getByRole("link", { name: "Back to the first screen" }).click();
  await ask(anna, "And my son?", "Paediatrician");
  await take(petrova, "Anna K.");
  await attach(petrova, "File", PLAN);
  await sees(anna, PLAN.name);
}

const row = (person, file) => person.page.getByRole("article", { name: file.name });
const shown = (person) => person.page.locator("main article").evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")));

/** What the browser saves when the row is pressed. */
const savedRow = (person, file) => saved(person, row(person, file).getByRole("button").first());

async function toDocuments(person) {
  const back = person.page.getByRole("link", { name: "Back to the first screen" });
  if (await back.isVisible()) await back.click();
  await person.page.getByRole("link", { name: "Documents" }).click();
  await person.page.getByRole("heading", { name: "Documents" }).waitFor();
}

test("every file of every consultation is in the list, with who sent it and where", async () => {
  await toDocuments(anna);
  for (const [file, words] of [[PHOTO, "You · General practitioner"], [TEST, "You · General practitioner"], [PLAN, "Dr Petrova · Paediatrician"]]) {
    await row(anna, file).getByText(words).waitFor();
  }
  assert.deepEqual(await shown(anna), [PLAN.name, TEST.name, PHOTO.name]);
  await row(anna, PHOTO).locator("img").waitFor();
});

test("a document is found by its name, its sender, its service and its day", async () => {
  const { page } = anna;
  const search = page.getByRole("searchbox", { name: "Find" });
  for (const [query, count] of [["blood", 1], ["petrova", 1], ["general", 2], [String(new Date().getFullYear()), 3]]) {
    await search.fill(query);
    await page.waitForFunction((count) => document.querySelectorAll("main article").length === count, count);
  }
  await search.fill("nothing like this");
  await sees(anna, "Nothing was found");
  await page.getByRole("button", { name: "Show all" }).click();
  await row(anna, TEST).waitFor();
  await page.getByRole("button", { name: "Choose dates" }).click();
  await page.getByRole("textbox", { name: "To", exact: true }).fill("01012020");
  await sees(anna, "Nothing was found");
  await anna.look("patient-documents-nothing");
  await page.getByRole("button", { name: "Any time" }).click();
  await row(anna, TEST).waitFor();
});

/** Opens a photo on the whole screen. */
async function looksAt(photo) {
  const viewer = anna.page.getByRole("dialog", { name: "Photo from You" });
  await row(anna, photo).getByRole("button").first().click();
  return viewer;
}

test("a file is saved byte for byte, a photo opens on the whole screen", async () => {
  const got = await savedRow(anna, TEST);
  assert.equal(got.name, TEST.name);
  assert.ok(got.bytes.equals(TEST.buffer), "the file is another one than was sent");
  const viewer = await looksAt(PHOTO);
  assert.equal(await viewer.getByRole("img").evaluate((img) => img.decode().then(() => img.naturalWidth)), 640);
  await viewer.getByRole("button", { name: "Close", exact: true }).click();
});

test("the list is live", async () => {
  const note = { name: "One more thing.txt", mimeType: "text/plain", buffer: Buffer.from("Drink tea.") };
  await attach(petrova, "File", note);
  await row(anna, note).waitFor();
  const sent = message(petrova, note.name);
  await sent.getByRole("button", { name: "What to do with the message" }).click();
  await sent.getByRole("button", { name: "Delete" }).click();
  await petrova.page.getByRole("dialog").getByRole("button", { name: "Delete for everybody" }).click();
  await row(anna, note).waitFor({ state: "detached" });
});

/** Whether these bytes lie in clear anywhere in what the page's origin keeps. */
function liesInClear(person, bytes) {
  return person.page.evaluate(async (needle) => {
    const request = (asked) => new Promise((done, failed) => Object.assign(asked, { onsuccess: () => done(asked.result), onerror: () => failed(asked.error) }));
    const decode = (buffer) => new TextDecoder("latin1").decode(buffer);
    const textOf = async (value) => {
      if (value instanceof Blob) return decode(await value.arrayBuffer());
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return decode(value);
      if (value instanceof CryptoKey || value === null) return "";
      if (typeof value === "object") return (await Promise.all(Object.values(value).map(textOf))).join("\n");
      return String(value);
    };
    const found = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await request(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const rows = await request(database.transaction(store).objectStore(store).getAll());
        for (const one of rows) if ((await textOf(one)).includes(needle)) found.push(`${name}/${store}`);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const asked of await cache.keys()) {
        const kept = await cache.match(asked);
        if (decode(await kept.arrayBuffer()).includes(needle)) found.push(`${name}/${asked.url}`);
      }
    }
    return found;
  }, bytes.subarray(0, 60).toString("latin1"));
}

test("what is kept on the device opens without a network after the app was closed, lies sealed, and can be let go", async () => {
  const { page } = anna;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  for (const file of [PHOTO, PLAN]) {
    await row(anna, file).getByRole("button", { name: `Keep on this device: ${file.name}` }).click();
    await row(anna, file).getByText(/^On this device, [\d.]+ kB$/).waitFor();
  }
  await sees(anna, /^2 files on this device, \d+ kB/);
  await anna.look("patient-documents-kept");
  for (const file of [PHOTO, PLAN]) assert.deepEqual(await liesInClear(anna, file.buffer), [], file.name);
  // What the browser itself keeps of answers, enciphered, would open too.
  await (await anna.context.newCDPSession(page)).send("Network.clearBrowserCache");
  await anna.cut();
  await page.close();
  await anna.open(`${on.world.api}/documents`);
  const got = await savedRow(anna, PLAN);
  assert.ok(got.bytes.equals(PLAN.buffer), "the kept file is another one");
  const viewer = await looksAt(PHOTO);
  assert.equal(await viewer.getByRole("img").evaluate((img) => img.decode().then(() => img.naturalWidth)), 640);
  await viewer.getByRole("button", { name: "Close", exact: true }).click();
  await row(anna, TEST).getByRole("button").first().click();
  await row(anna, TEST).getByText("Could not be opened.").waitFor();
  await anna.look("patient-documents-offline");
  await anna.mend();
  await row(anna, PLAN).getByRole("button", { name: `Remove from this device: ${PLAN.name}` }).click();
  await sees(anna, /^1 file on this device/);
  await anna.page.getByRole("button", { name: "On this device", exact: true }).click();
  await anna.page.waitForFunction(() => document.querySelectorAll("main article").length === 1);
  await anna.page.getByRole("button", { name: "Remove all from this device" }).click();
  await sees(anna, "Nothing was found");
});

/** The history's keys are where a new device finds them. */
function backedUp() {
  return until("the keys are backed up", async () => {
    const backup = await (await call(anna, on.world, "/_matrix/client/v3/room_keys/version")).json();
    return backup.count >= 2;
  });
}

test("a new device looks through the whole history, says how far it is, and has it at once the next time", async () => {
  await backedUp();
  const second = await at(on, { name: "second", url: on.world.api, size: PHONE, worker: false });
  const { page } = second;
  let release;
  const held = new Promise((done) => (release = done));
  await page.route(/\/messages\?/, async (route) => held.then(() => route.continue()));
  await fillSignIn(second, "anna");
  await page.getByRole("link", { name: "Documents" }).click();
  await sees(second, "Looking for files in earlier messages.");
  await second.look("patient-documents-looking");
  release();
  for (const file of [PHOTO, TEST, PLAN]) await row(second, file).waitFor();
  await page.getByText("Looking for files in earlier messages.").waitFor({ state: "hidden" });
  await page.route(/\/messages\?/, (route) => route.abort("failed"));
  second.expects(/net::ERR_FAILED GET .*\/messages$/);
  await page.reload();
  for (const file of [PHOTO, TEST, PLAN]) await row(second, file).waitFor();
  second.holds();
  await second.leave();
  await anna.page.getByRole("button", { name: "It was me" }).click();
});

test("a sign-in that is ended elsewhere takes what was kept with it", async () => {
  const { page } = anna;
  const showAll = page.getByRole("button", { name: "Show all" }).first();
  if (await showAll.isVisible()) await showAll.click();
  await row(anna, PLAN).getByRole("button", { name: `Keep on this device: ${PLAN.name}` }).click();
  await row(anna, PLAN).getByText(/^On this device/).waitFor();
  anna.expects(/^401 /);
  await page.evaluate((homeserver) => {
    const { accessToken } = JSON.parse(localStorage.getItem("consilium.session"));
    return fetch(`${homeserver}/_matrix/client/v3/logout`, { method: "POST", headers: { authorization: `Bearer ${accessToken}` } }).then(() => undefined);
  }, on.world.api);
  await page.locator("input[type=password]").waitFor();
  const isGone = async () => (await indexedDB.databases()).every(({ name }) => !name.startsWith("consilium-documents"));
  await until("what was kept is gone", () => page.evaluate(isGone));
});
