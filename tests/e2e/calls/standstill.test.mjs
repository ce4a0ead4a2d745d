/**
 * The media server stands still in the middle of a call: it neither answers nor refuses. Ten seconds of that a call outlives by itself; after twenty-five both
 * sides are either in it again or have been told that it was cut off, and the record says the same. So it is where the network of one side is away that long.
 */
import assert from "node:assert/strict";
import { after, afterEach, beforeEach, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  beginTalk,
  callButton,
  callLine,
  callPatient,
  ended,
  freed,
  hangUp,
  isIn,
  isOut,
  isShown,
  OPERATOR,
  receives,
  records,
  rings,
} from "../call-steps.mjs";
import { cutNetwork } from "../network.mjs";
import { say, sees, stage, until } from "../steps.mjs";
import { wordsOf } from "../words.mjs";

const words = await wordsOf("en");
const SHORT_MS = 10_000;
const LONG_MS = 25_000;
/** Whoever comes back does so some seconds after the media server did; whoever gives up has done so before. */
const SETTLED_WITHIN_MS = 90_000;
/** What the client of the media server and the service's answers say while it is silent. */
const SILENCE = /WebSocket|net::ERR_|^503 /;

let phones;
let anna;
let petrova;
/** Ends a standstill; harmless where there is none. */
let thaw = () => undefined;
const on = stage({ staff: { petrova: { name: OPERATOR } }, ringSeconds: 60 }, begin);

after(() => phones?.close());

async function begin() {
  phones = await openBrowser();
  ({ anna, petrova } = await beginTalk(on, { phones }));
  for (const person of [anna, petrova]) person.expects(SILENCE);
}

beforeEach(() => freed(petrova, anna));
afterEach(() => thaw());

const both = () => [petrova, anna];
const told = (person, key) => person.page.getByText(words.kit(key), { exact: true }).first();

async function talk() {
  await callButton(petrova, "video").waitFor();
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);
  await Promise.all(both().map((person) => receives(person)));
}

/** Something stands still for so long, and both sides say that nothing comes before it goes on. `meanwhile` is done while it does. */
async function standsStill(freeze, ms, meanwhile = async () => undefined) {
  const began = Date.now();
  thaw = await freeze();
  try {
    await Promise.all(both().map((person) => told(person, "call.stalled").waitFor()));
    await meanwhile();
    await new Promise((done) => setTimeout(done, Math.max(0, ms - (Date.now() - began))));
  } finally {
    thaw();
  }
}

const mediaServer = () => on.world.media.freeze();
const network = () => cutNetwork(phones);

test("ten seconds: both are told that nothing comes, and the call goes on by itself as one call", async () => {
  await talk();
  const before = (await records(petrova, on.world)).length;
  await standsStill(mediaServer, SHORT_MS);
  for (const person of both()) {
    await receives(person);
    await told(person, "call.stalled").waitFor({ state: "hidden" });
    await told(person, "call.reconnecting").waitFor({ state: "hidden" });
  }
  await hangUp(petrova);
  await isOut(anna);
  const record = await ended(petrova, on.world);
  assert.equal((await records(petrova, on.world)).length, before);
  assert.equal(record.outcome, "completed");
  assert.ok(record.talked_seconds * 1_000 >= SHORT_MS, `${record.talked_seconds} seconds`);
});

/** How it stands once it is settled: `on`, with both sides in it, or how it ended, with both sides out of it. */
async function settled() {
  const [{ state, outcome }] = await records(petrova, on.world);
  const shown = await Promise.all(both().map(isShown));
  if (state === "ended") return shown.some(Boolean) ? null : outcome;
  const down = await Promise.all(
    both().flatMap((person) => ["call.stalled", "call.reconnecting"].map((key) => told(person, key).isVisible())),
  );
  return shown.every(Boolean) && !down.some(Boolean) ? "on" : null;
}

/** What becomes of the one call that is on: both sides are told the same, and the record says it. */
async function isSettled(t) {
  const [{ id }] = await records(petrova, on.world);
  const how = await until("both sides are settled", settled, SETTLED_WITHIN_MS);
  t.diagnostic(`the call is ${how}`);
  assert.ok(["on", "lost"].includes(how), how);
  if (how === "on") {
    for (const person of both()) await receives(person);
    await hangUp(petrova);
  }
  for (const person of both()) await isOut(person);
  const record = await ended(petrova, on.world);
  assert.deepEqual([record.id, record.outcome], [id, how === "on" ? "completed" : "lost"]);
  for (const person of both()) await callLine(person, how === "on" ? "completedVideo" : "lost").waitFor();
}

test("twenty-five seconds: both sides agree on what became of the call, so does the record, and the next call works", async (t) => {
  await talk();
  await standsStill(mediaServer, LONG_MS, async () => {
    await Promise.all([petrova.look("console-call-stalled"), anna.look("patient-call-stalled")]);
    // The conversation does not need the media server.
    await say(petrova, "I cannot see you any more");
  });
  await isSettled(t);
  await sees(anna, "I cannot see you any more");
  for (const person of both()) await told(person, "call.end.lost").waitFor({ state: "hidden" });
  await talk();
  await hangUp(anna);
  await isOut(petrova);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");
});

test("the network of the patient is away for twenty-five seconds: both sides agree, and it is one call", async (t) => {
  await talk();
  const before = (await records(petrova, on.world)).length;
  await standsStill(network, LONG_MS);
  await isSettled(t);
  assert.equal((await records(petrova, on.world)).length, before);
});
