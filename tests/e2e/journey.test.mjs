/**
 * One consultation from the first question to the second operator, in real browsers on the real system: words and files, encrypted end to end, over a power
 * cut in the middle, with nothing of what was said or sent readable on the disk.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { attach, call, close, desk, message, PASSWORD, patientWhoAsks, saved, say, sees, take } from "./steps.mjs";
import { CUT, openBrowser } from "./browser.mjs";
import { World } from "./world.mjs";

const QUESTION = "My head hurts since the morning, heliotrope-7719";
const ANSWER = "Since when exactly? heliotrope-7720";
const AFTER_CUT = "Since seven, before breakfast, heliotrope-7721";
const LATER = "It hurts again today, heliotrope-7722";
const SAID = [QUESTION, ANSWER, AFTER_CUT, LATER];
const textFile = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const DIARY = textFile("diary.txt", "Monday: worse in the evening, heliotrope-7723");
const ADVICE = textFile("advice.txt", "Drink more water, heliotrope-7724");
const SENT = [DIARY, ADVICE];

let browser;

before(async () => {
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
});

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

/** A file goes from one to the other, who opens what was sent. */
async function sends(sender, receiver, file) {
  await attach(sender, "File", file);
  await sees(receiver, file.name);
  await opens(receiver, file);
}

/** The file stands in the person's conversation, and what the browser saves of it is what was sent. */
async function opens(person, file) {
  const button = message(person, file.name).getByRole("button", { name: `Save ${file.name}`, exact: true });
  assert.deepEqual((await saved(person, button)).bytes, file.buffer, `${person.name} opens ${file.name}`);
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
  const stage = { browser, world, people: [], worker: true };
  await world.staff("petrova", { name: "Dr Petrova", role: "operator", password: `${PASSWORD}\n` });
  await world.staff("sokolov", { name: "Dr Sokolov", role: "operator", password: `${PASSWORD}\n` });

  const asks = patientWhoAsks(stage, "anna", QUESTION, { name: "Anna K.", service });
  const [anna, petrova] = await Promise.all([asks, desk(stage, "petrova")]);
  await take(petrova, "Anna K.");
  await sees(petrova, QUESTION);
  await say(petrova, ANSWER);
  await sees(anna, ANSWER);
  await sends(anna, petrova, DIARY);
  await sends(petrova, anna, ADVICE);
  await petrova.look(`${brand}-console-conversation`);
  await anna.look(`${brand}-patient-conversation`);

  for (const person of [anna, petrova]) person.expects(...CUT);
  await world.restart("SIGKILL");
  await Promise.all([anna.page.reload(), petrova.page.reload()]);
  await sees(anna, ANSWER);
  await sees(petrova, QUESTION);
  await say(anna, AFTER_CUT);
  await sees(petrova, AFTER_CUT);

  const conversation = (await (await call(petrova, world, "/_consilium/v1/consultations?view=mine")).json()).items[0].room_id;
  await close(petrova);
  await sees(anna, "The consultation is finished");

  await say(anna, LATER);
  const sokolov = await desk(stage, "sokolov");
  await take(sokolov, "Anna K.");
  // The app goes away while the history's keys may still be on their way to it.
  await sokolov.page.reload();
  for (const text of SAID) await sees(sokolov, text);
  for (const file of SENT) await opens(sokolov, file);
  await cannotRead(petrova, sokolov, world, conversation);

  await leavesNothing(world);
  for (const person of stage.people) person.holds();
}

/** Who was moved on gets nothing from the server of what was said afterwards. */
async function cannotRead(gone, reader, world, conversation) {
  const messages = `/_matrix/client/v3/rooms/${encodeURIComponent(conversation)}/messages?dir=b&limit=100`;
  const page = await call(gone, world, messages);
  const events = page.ok ? (await page.json()).chunk : [];
  const latest = (await (await call(reader, world, messages)).json()).chunk.find((event) => event.type === "m.room.encrypted");
  assert.ok(!events.some((event) => event.event_id === latest.event_id), "who was moved on reads what was said afterwards");
}

async function leavesNothing(world) {
  await plant(world, "planted-heliotrope");
  assert.notDeepEqual(await holding(world.folder, ["planted-heliotrope"]), [], "the search of the disk finds nothing at all");
  const written = [...SAID, ...SENT.map(({ buffer }) => buffer)];
  assert.deepEqual(await holding(world.folder, written), [], "what was said or sent lies readable on the disk");
  assert.ok(!world.log.join("").includes("heliotrope"), "what was said stands in the log");
}
