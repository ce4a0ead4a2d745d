/**
 * Calls between our own apps where the partner has chosen sticky events: begun by either side, over a real media server. Another client of the
 * patient looks on: who is in the call, and whether anybody stays in it who has left.
 */
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  answerAtDesk,
  beginTalk,
  callPatient,
  callStaff,
  ended,
  freed,
  hangUp,
  isIn,
  isOut,
  OPERATOR,
  PATIENT,
  receives,
  rings,
  until,
} from "../call-steps.mjs";
import { OtherClient } from "../element-call/other-client.mjs";
import { Site } from "../element-call/site.mjs";
import { call, stage } from "../steps.mjs";

const PETROVA = "@petrova:clinic.test";
const ANNA = "@anna:clinic.test";
const MEMBERSHIP = "org.matrix.msc4143.rtc.member";
const STATE_MEMBERSHIP = "org.matrix.msc3401.call.member";

let site;
let phones;
let anna;
let petrova;
let watcher;
let room;
/** When the test began; the service and this test have one clock. */
let began;
const on = stage({ staff: { petrova: { name: OPERATOR } }, ringSeconds: 45, stickyCalls: true }, begin);

after(async () => {
  await phones?.close();
  await site?.end();
});

async function begin() {
  [site, phones] = await Promise.all([Site.start(), openBrowser()]);
  ({ anna, petrova } = await beginTalk(on, { phones }));
  watcher = await OtherClient.at(on, site, "anna");
  room = await watcher.room();
}

beforeEach(async () => {
  await freed(petrova, anna);
  began = Date.now();
});

async function read(path) {
  const answer = await call(anna, on.world, `/_matrix/client/v3${path}`);
  assert.equal(answer.status, 200, path);
  return answer.json();
}

/** Sticky events of this call, as the homeserver gives them to a client that comes just now, beside a timeline of one event. */
async function stuck() {
  const filter = encodeURIComponent(JSON.stringify({ room: { timeline: { limit: 1 } } }));
  const { rooms } = await read(`/sync?timeout=0&filter=${filter}`);
  const { timeline, msc4354_sticky: sticky = { events: [] } } = rooms.join[room];
  return [...timeline.events, ...sticky.events].filter((event) => event.msc4354_sticky !== undefined && event.origin_server_ts >= began);
}

const senders = (events) => [...new Set(events.map(({ sender }) => sender))].sort();

/** Who is in the call for a client that only looks on. */
const members = () => watcher.person.page.evaluate((room) => globalThis.consiliumHost.members(room), room);

/** Both devices are in the call for everybody who looks, by their sticky events alone. */
async function isSaidBySticking() {
  await until("another client sees both in the call", async () => (await members()).length === 2);
  const seen = (await members()).map(({ userId }) => userId);
  assert.deepEqual(seen.sort(), [ANNA, PETROVA]);
  const events = await stuck();
  assert.deepEqual([senders(events), [...new Set(events.map(({ type }) => type))]], [[ANNA, PETROVA], ["m.room.encrypted"]]);
  await isNotInState();
}

async function isNotInState() {
  const state = await read(`/rooms/${encodeURIComponent(room)}/state`);
  assert.deepEqual(state.filter(({ type }) => type === STATE_MEMBERSHIP), []);
}

/** No ghost is left behind: each has said, in clear and no less sticky, that he is out, and no other client sees him in the call. */
async function nobodyStays() {
  await until("nobody is in the call", async () => (await members()).length === 0);
  const left = (await stuck()).filter(({ type, content }) => type === MEMBERSHIP && content.application === undefined);
  assert.deepEqual(senders(left), [ANNA, PETROVA]);
  await isNotInState();
}

async function isRecorded(caller) {
  const record = await ended(petrova, on.world);
  const users = record.participants.map(({ user_id: id }) => id).sort();
  assert.deepEqual([record.outcome, record.caller_user_id, users], ["completed", caller, [ANNA, PETROVA]]);
}

test("an operator calls, the patient answers: both are in it by sticky events, and out of it once they have hung up", async () => {
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);
  await Promise.all([receives(anna), receives(petrova)]);
  await isSaidBySticking();
  await hangUp(anna);
  await isOut(petrova);
  await isRecorded(PETROVA);
  await nobodyStays();
});

test("a patient calls, the operator answers, and hangs up", async () => {
  await callStaff(anna, "video");
  await petrova.page.getByRole("alertdialog").filter({ hasText: PATIENT }).waitFor();
  await answerAtDesk(petrova);
  await isIn(anna);
  await Promise.all([receives(anna), receives(petrova)]);
  await isSaidBySticking();
  await hangUp(petrova);
  await isOut(anna);
  await isRecorded(ANNA);
  await nobodyStays();
});
