/**
 * A patient's app dies in the middle of a call, with its whole browser: who stays goes on with new media keys, what the dead one had opens nothing any more,
 * the record counts what there was, and he comes back into the same call.
 */
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  answerAtDesk,
  beginTalk,
  callDesk,
  callPatient,
  COLLEAGUE,
  ended,
  freed,
  GIVEN_UP,
  goOnDuty,
  got,
  hangUp,
  inviteIntoCall,
  isAskedIntoCall,
  isIn,
  isOut,
  LEFT_ALREADY,
  OPERATOR,
  PATIENT,
  picture,
  receives,
  records,
  rings,
  tap,
} from "../call-steps.mjs";
import { keysOf, Listener, tapKeys } from "../listener.mjs";
import { kill } from "../processes.mjs";
import { at, fillSignIn, PHONE, sees, stage, until } from "../steps.mjs";
import { wordsOf } from "../words.mjs";

const words = await wordsOf("en");
/** The homeserver says twenty seconds after the last sign of life that a device left; then keys are made and sent. */
const ROTATED_WITHIN_MS = 60_000;
/** So long they talk before one of them dies, and so much later than the death a slow machine may still count. */
const TALKS_MS = 6_000;
const LATE_MS = 5_000;
/** A second of pictures and of sound, of two people. */
const BYTES = { video: 30_000, audio: 3_000 };

/** The browser that dies; a new one for each death. */
let phones;
let anna;
let petrova;
let sokolov;
const staff = { petrova: { name: OPERATOR }, sokolov: { name: COLLEAGUE } };
const on = stage({ staff, ringSeconds: 60 }, begin);

after(() => phones?.close().catch(() => undefined));

async function begin() {
  phones = await openBrowser();
  const before = [tap, tapKeys];
  [{ anna, petrova }, sokolov] = await Promise.all([beginTalk(on, { phones, before, phone: before }), callDesk(on, "sokolov", { before })]);
}

beforeEach(() => freed(petrova, sokolov));

/** Anna at another device. */
async function annaAt(name, browser = on.browser) {
  const person = await at(on, { name, url: on.world.api, size: PHONE, browser, before: [tap, tapKeys] });
  person.expects(LEFT_ALREADY, GIVEN_UP);
  await fillSignIn(person, "anna");
  await person.page.locator("a[href^='/conversation/']").first().waitFor();
  return person;
}

/** Nobody of that browser says goodbye. Resolves with the moment of the death. */
async function dies() {
  anna.expects(/./);
  await kill(phones);
  return Date.now();
}

/** The newest media key of an account that a person's page has. */
async function keyOf(login, person) {
  return (await keysOf(person)).findLast(({ identity }) => identity.startsWith(`@${login}:clinic.test:`));
}

/** What somebody sends by a new key from now on, which his colleague has too. */
async function rotates(login, person, colleague, before) {
  const isNew = async () => {
    const now = await keyOf(login, person);
    return now.index !== before.index ? now : null;
  };
  const now = await until(`${login} sends by a new key`, isNew, ROTATED_WITHIN_MS);
  assert.notDeepEqual(now.raw, before.raw);
  await until(`the colleague of ${login} has the new key`, async () => isDeepStrictEqual(await keyOf(login, colleague), now));
}

/** Once what was on its way is through, the call arrives and nothing of it can be seen or heard. */
async function decodesNothingMore(person) {
  const isBlind = async () => {
    const before = await got(person);
    const now = await until("the call arrives", async () => {
      const now = await got(person);
      return now.video - before.video >= BYTES.video && now.audio - before.audio >= BYTES.audio ? now : null;
    });
    return now.frames === before.frames && now.energy - before.energy < 0.001;
  };
  await until(`${person.name} decodes nothing more`, isBlind, ROTATED_WITHIN_MS);
}

test("the others go on with new keys, and what the dead device had opens nothing that is said after it", async (t) => {
  await goOnDuty(sokolov);
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);
  await inviteIntoCall(petrova, COLLEAGUE);
  await isAskedIntoCall(sokolov, OPERATOR, PATIENT);
  await answerAtDesk(sokolov);
  for (const person of [anna, petrova, sokolov]) await receives(person);
  const [{ id }] = await records(petrova, on.world);

  // Somebody who has all that the dead device will have had, and the way to the media besides.
  const tablet = await annaAt("tablet");
  const listener = await Listener.at(on, tablet);
  t.after(async () => {
    await listener.leaves();
    await tablet.leave();
  });
  await listener.enters(id);
  for (const [login, person] of [
    ["petrova", petrova],
    ["sokolov", sokolov],
  ]) {
    const isSame = async () => isDeepStrictEqual(await keyOf(login, anna), await keyOf(login, person));
    await until(`the patient has the key that ${login} sends by`, isSame);
  }
  await listener.give(await keysOf(anna));
  await receives(listener.person);
  const before = { petrova: await keyOf("petrova", petrova), sokolov: await keyOf("sokolov", sokolov) };

  const diedAt = await dies();
  await rotates("petrova", petrova, sokolov, before.petrova);
  await rotates("sokolov", sokolov, petrova, before.sokolov);
  t.diagnostic(`new keys ${Date.now() - diedAt} ms after the death`);
  await decodesNothingMore(listener.person);
  for (const person of [petrova, sokolov]) {
    await person.page.locator(picture(PATIENT)).waitFor({ state: "detached" });
    await receives(person);
  }
  // It is the key that it lacks, and nothing else.
  await listener.give([await keyOf("petrova", sokolov), await keyOf("sokolov", petrova)]);
  await receives(listener.person);

  await hangUp(sokolov);
  await until("the colleague has left", async () => {
    const [{ participants }] = await records(petrova, on.world);
    return participants.every(({ name, left_at: left }) => name !== COLLEAGUE || left !== null);
  });
  await hangUp(petrova);
  await isOut(petrova);
  const { outcome, participants } = await ended(petrova, on.world);
  const names = [...new Set(participants.map(({ name }) => name))].sort();
  assert.deepEqual([outcome, names], ["completed", [COLLEAGUE, OPERATOR, PATIENT].sort()], JSON.stringify(participants));
});

test("the record ends the dead one's time with his last media, and he comes back into the same call", async (t) => {
  phones = await openBrowser();
  anna = await annaAt("phone", phones);
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);
  await Promise.all([receives(anna), receives(petrova)]);
  const answeredAt = await until("they have talked for a while", async () => {
    const [{ answered_at: answered }] = await records(petrova, on.world);
    return Date.now() - Date.parse(answered) >= TALKS_MS ? Date.parse(answered) : null;
  });
  const calls = (await records(petrova, on.world)).length;
  const diedAt = await dies();
  await sees(petrova, words.kit("call.stalled"));
  await petrova.page.locator(picture(PATIENT)).waitFor({ state: "detached" });
  await isIn(petrova);
  const { talked_seconds: talked } = await until("the dead one's time has ended", async () => {
    const [call] = await records(petrova, on.world);
    const there = call.participants.some(({ user_id: id, left_at: left }) => id === "@anna:clinic.test" && left === null);
    return call.state === "answered" && !there ? call : null;
  });
  t.diagnostic(`${talked} seconds count, of ${Math.round((diedAt - answeredAt) / 1_000)}`);
  assert.ok(talked * 1_000 <= diedAt - answeredAt + LATE_MS, `${talked} seconds count of ${diedAt - answeredAt} ms`);

  phones = await openBrowser();
  anna = await annaAt("phone again", phones);
  await anna.page.getByText(words.patient("call.goesOn"), { exact: true }).first().waitFor();
  await anna.look("patient-call-goes-on");
  await anna.page.getByRole("button", { name: words.patient("call.rejoin"), exact: true }).click();
  await isIn(anna);
  await Promise.all([receives(anna), receives(petrova)]);
  await hangUp(anna);
  await isOut(petrova);
  const record = await ended(petrova, on.world);
  assert.equal((await records(petrova, on.world)).length, calls, "it is one call");
  assert.deepEqual([record.outcome, record.answered_user_id], ["completed", "@anna:clinic.test"]);
});
