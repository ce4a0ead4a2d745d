/**
 * Calls where the partner has chosen sticky events: between our own apps, begun by either side, and with an Element Call that does the same, over a real
 * media server. Another client of the patient looks on: who is in the call, whether anybody stays in it who has left, and what rings.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
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
  hearsEnd,
  isIn,
  isOut,
  OPERATOR,
  PATIENT,
  picture,
  receives,
  records,
  rings,
} from "../call-steps.mjs";
import { OtherClient } from "../element-call/other-client.mjs";
import { Site } from "../element-call/site.mjs";
import { call, say, sees, stage, until } from "../steps.mjs";
import { wordsOf } from "../words.mjs";

const words = await wordsOf("en");

const PETROVA = "@petrova:clinic.test";
const ANNA = "@anna:clinic.test";
const MEMBERSHIP = "org.matrix.msc4143.rtc.member";
const STATE_MEMBERSHIP = "org.matrix.msc3401.call.member";
const RING = "org.matrix.msc4075.rtc.notification";
const SLOT = { type: "org.matrix.msc4143.rtc.slot", id: "m.call#ROOM" };
/** Element Call takes its time to load on a slow machine. */
const RING_SECONDS = 60;

let site;
let phones;
let anna;
let petrova;
let watcher;
let room;
/** When the test began; the service and this test have one clock. */
let began;
const on = stage({ staff: { petrova: { name: OPERATOR } }, ringSeconds: RING_SECONDS, stickyCalls: true }, begin);

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

test("our console calls, and an Element Call of the same form answers: both are in it by sticky events alone, and out of it", async (t) => {
  const client = await OtherClient.at(on, site, "anna", { browser: phones });
  t.after(() => client.person.leave());
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  await client.joins("sticky", room);
  await isIn(petrova);
  await hearsEnd(anna, "elsewhere");
  await Promise.all([client.receives(), receives(petrova)]);
  await until("another client sees both in the call", async () => (await members()).length === 2);
  const said = (await stuck()).filter(({ type }) => type === "m.room.encrypted");
  assert.deepEqual(senders(said), [ANNA, PETROVA]);
  await isNotInState();
  await client.hangsUp();
  await client.isOut();
  await petrova.page.locator(picture(PATIENT)).waitFor({ state: "detached" });
  await hangUp(petrova);
  await isOut(petrova);
  await isRecorded(PETROVA);
  await until("nobody is in the call", async () => (await members()).length === 0);
  await isNotInState();
});

/** Asks the homeserver as a person. */
async function asked(person, method, path, body) {
  const answer = await call(person, on.world, `/_matrix/client/v3${path}`, method, body);
  assert.equal(answer.status, 200, `${method} ${path}`);
  return answer.json();
}

/** A room of Petrova's own, with Anna in it, of which the service knows nothing. */
async function ownRoom() {
  const { room_id: id } = await asked(petrova, "POST", "/createRoom", { invite: [ANNA], room_version: "11" });
  const path = `/rooms/${encodeURIComponent(id)}`;
  await asked(anna, "POST", `${path}/join`, {});
  const set = (type, key, content) => asked(petrova, "PUT", `${path}/state/${type}/${encodeURIComponent(key)}`, content);
  return {
    opensSlot: () => set(SLOT.type, SLOT.id, { status: "open", application: { type: "m.call" }, encryption: { type: "org.matrix.msc4143.per_member" } }),
    losesPower: async () => {
      const levels = await asked(petrova, "GET", `${path}/state/m.room.power_levels/`);
      await set("m.room.power_levels", "", { ...levels, users: { ...levels.users, [PETROVA]: 0 }, notifications: { room: 50 } });
    },
    /** As the specification has it; resolves with the moment before. */
    rings: async () => {
      const since = Date.now();
      const ring = { notification_type: "ring", slot_id: SLOT.id, sender_ts: since, lifetime: 60_000, "m.mentions": { room: true } };
      await asked(petrova, "PUT", `${path}/send/${RING}/${randomUUID()}`, ring);
      return since;
    },
  };
}

/** A client of the specification has looked at a ring, and it is none. */
function isNoRing(since, why) {
  const isRefused = (entry) => entry.at >= since && why.test(entry.why);
  return until(`no ring: ${why}`, async () => (await watcher.did("no-ring")).some(isRefused));
}

test("no ring where no call slot is open, nor of who may not mention the room; and our apps ring by the service's word alone", async () => {
  const before = (await records(petrova, on.world)).length;
  const own = await ownRoom();
  await isNoRing(await own.rings(), /slot/i);
  await own.opensSlot();
  await watcher.hearsRing(PETROVA, await own.rings());
  await own.losesPower();
  await isNoRing(await own.rings(), /mention/i);
  // What comes later in the same streams has come: so have the rings.
  await say(petrova, "Nothing rang");
  await sees(anna, "Nothing rang");
  assert.equal(await anna.page.getByRole("button", { name: words.patient("call.answer"), exact: true }).count(), 0);
  assert.equal(await petrova.page.getByRole("alertdialog").count(), 0);
  assert.equal((await records(petrova, on.world)).length, before);
});
