/** Closing the app in the middle of everything, without a network: nothing that was written, attached or asked is lost; the app opens all the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { picture } from "./png.mjs";
import { agree, attach, box, desk, message, patient, patientWhoAsks, putBeside, say, sees, SERVICE, stage, take, until } from "./steps.mjs";

const on = stage({ staff: { petrova: { name: "Dr Petrova" } }, worker: true }, begin);
const BANNER = "No connection. Messages will go out when it returns.";
const photo = (name, seed) => ({ name, mimeType: "image/png", buffer: picture(320, 240, seed) });
let anna;
let petrova;

async function begin() {
  const asks = patientWhoAsks(on, "anna", "My throat hurts", { name: "Anna K." });
  [anna, petrova] = await Promise.all([asks, desk(on, "petrova")]);
  await take(petrova, "Anna K.");
}

/** The app is closed and opened again where it was. */
async function reopen(person, path = new URL(person.page.url()).pathname) {
  await person.page.close();
  await person.open(`${on.world.api}${path}`);
}

/** What this person said lies in the client's own store: it is written soon after it is shown, not at once. */
function isWrittenDown(person, sender) {
  const look = async (sender) => {
    const request = (asked) => new Promise((done, failed) => Object.assign(asked, { onsuccess: () => done(asked.result), onerror: () => failed(asked.error) }));
    const { name } = (await indexedDB.databases()).find(({ name }) => name.includes("consilium-sync"));
    const database = await request(indexedDB.open(name));
    const rows = await request(database.transaction("sync").objectStore("sync").getAll());
    database.close();
    const rooms = rows.flatMap(({ roomsData }) => Object.values(roomsData?.join ?? {}));
    return rooms.some(({ timeline }) => timeline.events.some((event) => event.sender === sender && event.type === "m.room.encrypted"));
  };
  // Not the browser's own waiting: it takes a promise, whatever comes of it, for a yes.
  return until("the last words are written down", () => person.page.evaluate(look, sender));
}

const served = (person) => person.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

test("who was here once, and only just, opens the app without a network and reads the last words", async () => {
  await served(anna);
  await say(petrova, "Since when?");
  await sees(anna, "Since when?");
  await isWrittenDown(anna, "@petrova:clinic.test");
  await anna.cut();
  await reopen(anna);
  await sees(anna, BANNER);
  await sees(anna, "My throat hurts");
  await sees(anna, "Since when?");
  await anna.look("patient-offline-reopened");
});

test("words and a photo written without a network go out, once, after the app was closed and opened again", async () => {
  await say(anna, "Since yesterday, in a tunnel");
  await attach(anna, "Photo or video", photo("throat.png", 3));
  const waiting = (text) => message(anna, text).getByRole("img", { name: "Will be sent when the connection returns" });
  await waiting("Since yesterday, in a tunnel").waitFor();
  await anna.page.getByRole("button", { name: "Open the photo from You" }).waitFor();
  await reopen(anna);
  await waiting("Since yesterday, in a tunnel").waitFor();
  await anna.page.getByRole("button", { name: "Open the photo from You" }).waitFor();
  assert.equal(await petrova.page.getByText("Since yesterday").count(), 0);
  await anna.page.close();
  await anna.mend();
  await anna.open(on.world.api);
  await sees(petrova, "Since yesterday, in a tunnel");
  await petrova.page.getByRole("button", { name: "Open the photo from Anna K." }).waitFor();
  assert.equal(await message(petrova, "Since yesterday, in a tunnel").count(), 1);
  assert.equal(await petrova.page.getByRole("button", { name: "Open the photo from Anna K." }).count(), 1);
});

test("what was typed and attached and not sent yet is there after the app was closed", async () => {
  await anna.page.getByText("Dr Petrova").first().click();
  await putBeside(anna, "File", { name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("Dear doctor") });
  await box(anna).fill("An unfinished sent");
  await reopen(anna);
  await anna.page.waitForFunction(() => [...document.querySelectorAll("textarea")].some((field) => field.value === "An unfinished sent"));
  await anna.page.getByRole("list", { name: "Attached" }).getByText("letter.txt").waitFor();
  await box(anna).fill("An unfinished sentence");
  await anna.page.getByRole("button", { name: "Send", exact: true }).click();
  await sees(petrova, "letter.txt");
  await sees(petrova, "An unfinished sentence");
  await reopen(anna);
  await sees(anna, "An unfinished sentence");
  assert.equal(await anna.page.getByRole("list", { name: "Attached" }).count(), 0);
});

test("a question asked without a network waits with the app closed, and goes out when it is opened", async () => {
  const olga = await patient(on, "olga", { name: "Olga V." });
  const { page } = olga;
  await page.getByText(SERVICE).first().click();
  await page.getByRole("textbox").first().fill("Asked in a tunnel");
  await agree(olga);
  await served(olga);
  await olga.cut();
  await page.locator("form button[type=submit]").click();
  await sees(olga, "Your question is saved and goes out by itself");
  await reopen(olga, "/");
  await sees(olga, "Your question waits for a connection");
  await sees(olga, /Asked in a tunnel/);
  await olga.look("patient-question-waits");
  await olga.mend();
  await olga.page.getByText("Your question waits for a connection").waitFor({ state: "hidden" });
  await olga.page.locator("a[href^='/conversation/']").first().click();
  await sees(olga, "Asked in a tunnel");
  assert.equal(await message(olga, "Asked in a tunnel").count(), 1);
  olga.holds();
  await olga.leave();
});

test("the service worker keeps the app and its brand, and never an answer or a medium", async () => {
  const answer = await fetch(`${on.world.api}/sw.js`);
  assert.equal(answer.headers.get("cache-control"), "no-cache");
  assert.match(answer.headers.get("content-type"), /^text\/javascript/);
  assert.match(answer.headers.get("content-security-policy"), /script-src 'self' 'wasm-unsafe-eval'/);
  const kept = await anna.page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  assert.ok(kept.some((path) => path.endsWith(".wasm")), "the crypto is not kept");
  assert.deepEqual(kept.filter((path) => !/^\/(index\.html$|assets\/|brand\/)/.test(path)), []);
});

test("a new version waits until it is taken, and nothing that was typed is lost by it", async () => {
  const { page } = anna;
  await box(anna).fill("Typed before the new version");
  await page.getByRole("link", { name: "Back to the first screen" }).click();
  // Another address of the same worker is a new version to the browser.
  await page.evaluate(() => navigator.serviceWorker.register("/sw.js?next").then(() => undefined));
  await sees(anna, "A new version of the app is ready");
  await anna.look("patient-new-version");
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Update" }).click()]);
  assert.match(await page.evaluate(() => navigator.serviceWorker.controller.scriptURL), /\?next$/);
  await page.locator("a[href^='/conversation/']").first().click();
  await page.waitForFunction(() => [...document.querySelectorAll("textarea")].some((field) => field.value === "Typed before the new version"));
});
