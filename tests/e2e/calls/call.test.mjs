/**
 * Calls between an operator and a patient, in real browsers over a real media server: what arrives is read from the browsers' own
 * statistics, what is left is read from the service's record. Two browsers, so that the network of one can be cut.
 *
 * The media server sees no plaintext. Somebody with a valid token, and so with all that the media server has, receives the whole call and
 * decodes none of it, neither without a key nor with a wrong one; given the members' keys the same page shows and plays it.
 */
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  answerAtDesk,
  beginTalk,
  callButton,
  callDesk,
  callPatient,
  callStaff,
  COLLEAGUE,
  declineWith,
  decoded,
  ended,
  freed,
  goOnDuty,
  got,
  hangUp,
  hearsEnd,
  hearsNothing,
  inviteIntoCall,
  isAskedIntoCall,
  isIn,
  isOut,
  OPERATOR,
  PATIENT,
  picture,
  press,
  receives,
  records,
  rings,
  tap,
  waits,
} from "../call-steps.mjs";
import { focusComes, hasFocus, tabTo } from "../keyboard.mjs";
import { keysOf, Listener, tapKeys } from "../listener.mjs";
import { cutNetwork } from "../network.mjs";
import { ask, at, call, fillSignIn, loseAtDoor, PHONE, say, sees, stage, take, until } from "../steps.mjs";
import { wordsOf } from "../words.mjs";

const words = await wordsOf("en");
const OTHER_SERVICE = "Psychologist";
/** Long enough for a slow machine to look at what rings, and to answer; calls that nobody answers are in missed.test.mjs. */
const RING_SECONDS = 60;
const LATE_ANSWER_MS = 12_000;
/** A media server that is gone is noticed after thirty seconds of nothing. */
const LOST_WITHIN_MS = 45_000;
/** Some seconds of pictures and of sound. */
const BYTES = { video: 100_000, audio: 10_000 };

let phones;
let anna;
let petrova;
/** Comes when a test needs him. */
let sokolov;
/** Anna's other device, while tests need it. */
let tablet;
let listener;
const staff = { petrova: { name: OPERATOR }, sokolov: { name: COLLEAGUE } };
const on = stage({ staff, ringSeconds: RING_SECONDS }, begin);

after(() => phones?.close());

async function begin() {
  phones = await openBrowser();
  ({ anna, petrova } = await beginTalk(on, { phones, before: [tap, tapKeys] }));
}

async function colleague() {
  sokolov ??= await callDesk(on, "sokolov");
}

async function otherDevice() {
  if (tablet !== undefined) return;
  tablet = await at(on, { name: "tablet", url: on.world.api, size: PHONE, browser: phones, before: tap });
  await fillSignIn(tablet, "anna");
  await tablet.page.locator("a[href^='/conversation/']").first().waitFor();
}

beforeEach(() => freed(petrova, anna, sokolov));

/** The call's line in the conversation of both. */
async function isTold(key, ofPatient = key) {
  for (const [person, told] of [
    [petrova, key],
    [anna, ofPatient],
  ]) {
    const line = person.page.locator("p:has(> time)").filter({ hasText: words.kit(`callLine.${told}`) });
    await line.last().waitFor();
  }
}

/** From the operator's press to the talk. */
async function talk(kind = "video") {
  await callPatient(petrova, kind);
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);
}

const users = (record) => record.participants.map(({ user_id: id }) => id.split(":")[0]).sort();

test("an operator calls with video, the patient answers, both see and hear, and the record says so", async () => {
  await talk();
  await receives(anna);
  await receives(petrova);
  for (const person of [anna, petrova]) {
    const { servers } = await decoded(person);
    assert.ok(servers.every((url) => url.includes("127.0.0.1")), `${person.name} asks ${servers}`);
  }
  await petrova.look("console-call");
  await anna.look("patient-call");

  await press(petrova, "microphone");
  await anna.page.getByRole("img", { name: words.kit("call.muted") }).waitFor();
  await hearsNothing(anna, 2_000);
  await press(petrova, "microphone");
  await anna.page.getByRole("img", { name: words.kit("call.muted") }).waitFor({ state: "hidden" });
  await receives(anna);

  await hangUp(anna);
  await isOut(petrova);
  await hearsEnd(petrova, "completed");
  const record = await ended(petrova, on.world);
  assert.deepEqual(
    { outcome: record.outcome, kind: record.kind, by: record.answered_user_id, users: users(record) },
    { outcome: "completed", kind: "video", by: "@anna:clinic.test", users: ["@anna", "@petrova"] },
  );
  assert.ok(record.talked_seconds >= 2, `${record.talked_seconds} seconds`);
  const times = [record.started_at, record.answered_at, record.ended_at].map(Date.parse);
  assert.ok(times[0] <= times[1] && times[1] < times[2], times.join());
  await isTold("completedVideo");
});

test("whoever looks for his glasses first, and answers after twelve seconds, sees and hears as well", async () => {
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  // Long enough for the caller's key to be renewed, and his camera's encoder stopped, had nobody taken care of either.
  await new Promise((done) => setTimeout(done, LATE_ANSWER_MS));
  await answer(anna);
  await isIn(petrova);
  await Promise.all([receives(anna), receives(petrova)]);
  await hangUp(anna);
  await isOut(petrova);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");
});

test("by keys alone an operator begins a call, falls silent, ends it, and answers one; the patient answers by keys", async () => {
  const { keyboard } = petrova.page;
  await callButton(petrova, "audio").waitFor();
  // Out of the field where somebody wrote.
  await keyboard.press("Escape");
  await keyboard.press("c");
  await focusComes(petrova.page, "[role=dialog] button[aria-disabled=false]");
  await keyboard.press("Enter");
  await rings(anna, OPERATOR);
  await focusComes(anna.page, "dialog");
  await tabTo(anna.page, "the button that answers", "dialog [data-kind=answer]");
  await anna.page.keyboard.press("Enter");
  for (const person of [anna, petrova]) await isIn(person);
  await receives(anna, { pictures: false });
  await keyboard.press("m");
  await anna.page.getByRole("img", { name: words.kit("call.muted") }).waitFor();
  for (let pane = 0; pane < 6 && !(await hasFocus(petrova.page, "[data-pane=call]")); pane += 1) await keyboard.press("F6");
  await tabTo(petrova.page, "a control of the call", "[role=toolbar] button");
  await keyboard.press("Shift+H");
  for (const person of [anna, petrova]) await isOut(person);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");

  await callStaff(anna, "audio");
  await petrova.page.getByRole("alertdialog").waitFor();
  await keyboard.press("c");
  for (const person of [anna, petrova]) await isIn(person);
  await keyboard.press("Shift+H");
  for (const person of [anna, petrova]) await isOut(person);
  assert.equal((await ended(petrova, on.world)).answered_user_id, "@petrova:clinic.test");
});

test("a patient who declines with a sentence is understood", async () => {
  await callPatient(petrova, "audio");
  await rings(anna, OPERATOR);
  await waits(anna);
  await declineWith(anna, "call_later");
  await hearsEnd(petrova, "declinedByMe");
  await sees(petrova, `«${words.kit("call.reason.call_later")}»`);
  const record = await ended(petrova, on.world);
  const all = JSON.stringify(await records(petrova, on.world));
  assert.deepEqual([record.outcome, record.decline_reason, record.talked_seconds], ["declined", "call_later", 0], all);
  assert.deepEqual(users(record), ["@petrova"], "whose device only waited was not there");
  await isTold("declinedByMe", "declinedToMe");
});

test("a call that is taken back stops ringing", async () => {
  await callPatient(petrova, "audio");
  await rings(anna, OPERATOR);
  await petrova.page.getByRole("button", { name: new RegExp(`^${words.console("command.cancelCall")}`) }).click();
  await anna.page.getByRole("button", { name: words.patient("call.answer"), exact: true }).waitFor({ state: "hidden" });
  await hearsEnd(anna, "cancelledToMe");
  assert.equal((await ended(petrova, on.world)).outcome, "cancelled");
  await isTold("cancelledByMe", "cancelledToMe");
});

test("answered on one device, the other stops ringing and says so", async () => {
  await otherDevice();
  await callPatient(petrova, "video");
  await Promise.all([rings(anna, OPERATOR), rings(tablet, OPERATOR)]);
  await answer(tablet);
  await hearsEnd(anna, "elsewhere");
  await receives(tablet);
  await receives(petrova);
  await hangUp(petrova);
  await isOut(tablet);
  assert.equal((await ended(petrova, on.world)).answered_user_id, "@anna:clinic.test");
});

/** Seconds of the call arrive from now on, and nothing of it can be seen or heard. */
async function decodesNothing(having) {
  const before = await got(listener.person);
  const now = await until(`the call arrives, ${having}`, async () => {
    const now = await got(listener.person);
    return now.video - before.video >= BYTES.video && now.audio - before.audio >= BYTES.audio ? now : null;
  }, 60_000);
  assert.equal(now.frames, 0, `pictures are decoded, ${having}: ${JSON.stringify(now)}`);
  assert.ok(now.energy < 1e-6, `sound is decoded, ${having}: ${JSON.stringify(now)}`);
  return now;
}

test("whoever has a token and no key receives the call and decodes nothing; with the keys the same page decodes it", async (t) => {
  // Its token is the listener's. It answers nothing here, so nobody sends it a media key.
  await otherDevice();
  t.after(() => tablet.leave());
  listener = await Listener.at(on, tablet);
  t.after(() => listener.leaves());
  const former = (await keysOf(petrova)).length;
  const keysOfThis = async () => (await keysOf(petrova)).slice(former);
  await talk();
  await Promise.all([receives(anna), receives(petrova)]);
  const [{ id }] = await records(petrova, on.world);

  await listener.enters(id);
  const { video, audio } = await decodesNothing("without a key");
  t.diagnostic(`${video} bytes of pictures and ${audio} of sound, 0 frames, energy 0`);
  const keys = await keysOfThis();
  assert.deepEqual([...new Set(keys.map(({ raw }) => raw.length))], [16], "keys of all who send were seen");
  await listener.give(keys.map((key) => ({ ...key, raw: key.raw.map((byte) => byte ^ 1) })));
  await decodesNothing("with wrong keys");

  await listener.give(await keysOfThis());
  await receives(listener.person);
  // Nobody's call was disturbed.
  await Promise.all([receives(anna), receives(petrova)]);
  await hangUp(petrova);
  await isOut(anna);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");
});

test("a media key that got lost comes again: who lacks it comes into the call anew", async () => {
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  const messages = await loseAtDoor(petrova, "/sendToDevice/m.room.encrypted/");
  await answer(anna);
  await isIn(petrova);
  await until("the key got lost", async () => (await messages.count()) > 0);
  await receives(petrova);
  await messages.end();
  await receives(anna);
  await hangUp(anna);
  await isOut(petrova);
  await ended(petrova, on.world);
});

test("a colleague is invited into the running call, is seen and heard, and reads nothing that is said after he has left", async () => {
  await colleague();
  await goOnDuty(sokolov);
  await talk();
  await inviteIntoCall(petrova, COLLEAGUE, { onDialog: () => petrova.look("console-invite") });
  await isAskedIntoCall(sokolov, OPERATOR, PATIENT);
  await sokolov.look("console-asked-into-call");
  await answerAtDesk(sokolov);
  for (const person of [sokolov, anna, petrova]) await receives(person);
  for (const name of [OPERATOR, COLLEAGUE]) {
    await until(`the patient sees ${name}`, async () => (await anna.page.locator(picture(name)).count()) === 1);
  }
  await sees(sokolov, "I will call you");
  await say(sokolov, "May I add something?");
  await sees(petrova, "May I add something?");
  await petrova.look("console-council");
  await sokolov.look("console-consultant");

  await press(sokolov, "microphone");
  await sokolov.page.locator("main").getByRole("button", { name: words.console("command.leaveConsultation") }).first().click();
  await isOut(sokolov);
  await sees(sokolov, words.console("consultation.elsewhereTitle", { name: OPERATOR }));
  await say(petrova, "This is between us");
  await receives(anna);
  await receives(petrova);
  await hangUp(anna);
  await isOut(petrova);
  await sees(anna, "This is between us");
  for (const key of ["joinedBy", "leftBy"]) await sees(anna, words.kit(`consultation.${key}`, { names: COLLEAGUE }));
  await readsNothingAfter(sokolov, petrova);
  const record = await ended(petrova, on.world);
  assert.deepEqual(users(record), ["@anna", "@petrova", "@sokolov"]);
});

/** The homeserver gives the newest message to who is in the room, and not to who has left it. */
async function readsNothingAfter(gone, there) {
  const read = async (person, path) => {
    const answer = await call(person, on.world, `/_matrix/client/v3${path}`);
    return { status: answer.status, body: await answer.json() };
  };
  const { body } = await read(there, "/joined_rooms");
  const [room] = body.joined_rooms;
  const newest = async (person) => {
    const { body: page } = await read(person, `/rooms/${encodeURIComponent(room)}/messages?dir=b&limit=50`);
    return page.chunk ?? [];
  };
  const said = (await newest(there)).filter(({ type }) => type === "m.room.encrypted")[0];
  assert.equal((await read(there, `/rooms/${encodeURIComponent(room)}/event/${said.event_id}`)).status, 200);
  const refused = await read(gone, `/rooms/${encodeURIComponent(room)}/event/${said.event_id}`);
  assert.ok([403, 404].includes(refused.status), `${refused.status}`);
  assert.ok((await newest(gone)).every(({ event_id: id }) => id !== said.event_id));
}

test("the network of the patient is away for ten seconds: the call goes on by itself, and is one call", async () => {
  await talk();
  await receives(petrova);
  const before = (await records(petrova, on.world)).length;
  anna.expects(/net::ERR_|WebSocket/);
  const mend = await cutNetwork(phones);
  try {
    const cutAt = Date.now();
    for (const person of [petrova, anna]) await sees(person, words.kit("call.stalled"));
    await new Promise((done) => setTimeout(done, Math.max(0, 10_000 - (Date.now() - cutAt))));
  } finally {
    mend();
  }
  await receives(petrova);
  await receives(anna);
  for (const person of [petrova, anna]) await person.page.getByText(words.kit("call.stalled")).waitFor({ state: "hidden" });
  await hangUp(petrova);
  await isOut(anna);
  const record = await ended(petrova, on.world);
  assert.equal((await records(petrova, on.world)).length, before);
  assert.deepEqual([record.outcome, users(record)], ["completed", ["@anna", "@petrova"]]);
  assert.ok(record.talked_seconds >= 10, `${record.talked_seconds} seconds`);
});

test("the media server dies in the middle: both sides end, the record closes, the chat goes on, and one can call again", async () => {
  await talk();
  await receives(anna);
  for (const person of [anna, petrova]) person.expects(/WebSocket|ERR_CONNECTION_REFUSED|^503 /);
  await on.world.media.kill();
  for (const person of [petrova, anna]) {
    await person.page.getByText(words.kit("call.end.lost"), { exact: true }).first().waitFor({ timeout: LOST_WITHIN_MS });
    await isOut(person);
  }
  const record = await until("the record is closed", async () => {
    const [newest] = await records(petrova, on.world);
    return newest.state === "ended" ? newest : null;
  }, 60_000);
  assert.equal(record.outcome, "lost");
  await say(petrova, "We were cut off");
  await sees(anna, "We were cut off");

  await on.world.media.launch();
  await callButton(petrova, "video").waitFor({ timeout: 60_000 });
  await talk("video");
  await receives(anna);
  await receives(petrova);
  await hangUp(petrova);
  await isOut(anna);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");
});

test("a patient who is in a call is busy for another operator", async () => {
  await colleague();
  await anna.page.goto(on.world.api);
  await ask(anna, "And my stomach too", OTHER_SERVICE);
  await take(sokolov, PATIENT);
  await talk("audio");
  await callPatient(sokolov, "audio");
  await hearsEnd(sokolov, "busyByMe");
  const [refused] = await records(sokolov, on.world);
  assert.deepEqual([refused.outcome, refused.caller_user_id], ["busy", "@sokolov:clinic.test"]);
  // Each operator sees his own.
  const [goesOn] = await records(petrova, on.world);
  assert.deepEqual([goesOn.state, goesOn.caller_user_id], ["answered", "@petrova:clinic.test"]);
  await receives(anna, { pictures: false });
  await hangUp(petrova);
  await isOut(anna);
  await ended(petrova, on.world);
});
