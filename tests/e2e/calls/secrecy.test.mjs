/**
 * The media server sees no plaintext. Somebody with a valid token, and so with all that the media server has, receives the whole call and
 * decodes none of it, neither without a key nor with a wrong one; given the members' keys the same page shows and plays it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answer,
  callPatient,
  decoded,
  ended,
  GIVEN_UP,
  hangUp,
  isIn,
  isOut,
  LEFT_ALREADY,
  receives,
  records,
  rings,
  tap,
  until,
} from "../call-steps.mjs";
import { keysOf, Listener, tapKeys } from "../listener.mjs";
import { ask, at, desk, fillSignIn, patient, PHONE, say, sees, stage, take } from "../steps.mjs";

const OPERATOR = "Dr Petrova";
const PATIENT = "Anna K.";
/** Some seconds of pictures and of sound. */
const BYTES = { video: 100_000, audio: 10_000 };

let anna;
let petrova;
/** Anna's other device: the listener's token is its token. It is in no call, so nobody sends it a media key. */
let tablet;
let listener;
const on = stage({ staff: { petrova: { name: OPERATOR } }, ringSeconds: 60 }, begin);

async function begin() {
  anna = await patient(on, "anna", { name: PATIENT, before: tap });
  petrova = await desk(on, "petrova", { before: [tap, tapKeys] });
  for (const person of [anna, petrova]) person.expects(LEFT_ALREADY, GIVEN_UP);
  await ask(anna, "My head hurts since the morning");
  await take(petrova, PATIENT);
  await say(petrova, "I will call you");
  await sees(anna, "I will call you");
  tablet = await at(on, { name: "tablet", url: on.world.api, size: PHONE });
  await fillSignIn(tablet, "anna");
  await tablet.page.locator("a[href^='/conversation/']").first().waitFor();
  listener = await Listener.at(on, tablet);
}

/** What the listener's browser got so far, of both sides together. */
async function got() {
  const { streams } = await decoded(listener.person);
  const sum = { video: 0, audio: 0, frames: 0, energy: 0 };
  for (const { kind, bytes, frames, energy } of Object.values(streams)) {
    sum[kind] += bytes;
    sum.frames += frames;
    sum.energy += energy;
  }
  return sum;
}

/** Seconds of the call arrive from now on, and nothing of it can be seen or heard. */
async function decodesNothing(having) {
  const before = await got();
  const now = await until(`the call arrives, ${having}`, async () => {
    const now = await got();
    return now.video - before.video >= BYTES.video && now.audio - before.audio >= BYTES.audio ? now : null;
  }, 60_000);
  assert.equal(now.frames, 0, `pictures are decoded, ${having}: ${JSON.stringify(now)}`);
  assert.ok(now.energy < 1e-6, `sound is decoded, ${having}: ${JSON.stringify(now)}`);
  return now;
}

test("whoever has a token and no key receives the call and decodes nothing; with the keys the same page decodes it", async (t) => {
  t.after(() => listener.leaves());
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);
  await Promise.all([receives(anna), receives(petrova)]);
  const [{ id }] = await records(petrova, on.world);

  await listener.enters(id);
  const { video, audio } = await decodesNothing("without a key");
  t.diagnostic(`${video} bytes of pictures and ${audio} of sound, 0 frames, energy 0`);
  const keys = await keysOf(petrova);
  assert.deepEqual([...new Set(keys.map(({ raw }) => raw.length))], [16], "keys of all who send were seen");
  await listener.give(keys.map((key) => ({ ...key, raw: key.raw.map((byte) => byte ^ 1) })));
  await decodesNothing("with wrong keys");

  await listener.give(await keysOf(petrova));
  await receives(listener.person);
  // Nobody's call was disturbed.
  await Promise.all([receives(anna), receives(petrova)]);
  await hangUp(petrova);
  await isOut(anna);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");
});
