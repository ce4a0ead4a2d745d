/**
 * A network that lets no UDP through: media go by TCP, straight to the media server, and everything else of a call is as ever. What the relay (TURN) does for
 * networks that let nothing but TLS to port 443 through is not here: it needs that port, and a certificate that browsers trust (`docs/media-server.md`).
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
  waits,
  ways,
} from "../call-steps.mjs";
import { stage } from "../steps.mjs";

let phones;
let anna;
let petrova;
const on = stage({ staff: { petrova: { name: OPERATOR } }, ringSeconds: 60, tcpOnly: true }, begin);

after(() => phones?.close());

async function begin() {
  phones = await openBrowser();
  ({ anna, petrova } = await beginTalk(on, { phones }));
}

beforeEach(() => freed(petrova, anna));

/** Both see and hear, and nothing of it goes by UDP. */
async function goesByTcp() {
  for (const person of [anna, petrova]) {
    await receives(person);
    assert.deepEqual(await ways(person), [`tcp ${on.world.media.tcpPort}`], `${person.name}'s ways`);
  }
}

test("an operator calls: the patient's device waits by TCP, and both see and hear", async () => {
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  await waits(anna);
  await answer(anna);
  await isIn(petrova);
  await goesByTcp();
  await hangUp(anna);
  await isOut(petrova);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");
});

test("a patient calls: both see and hear", async () => {
  await callStaff(anna, "video");
  await petrova.page.getByRole("alertdialog").filter({ hasText: PATIENT }).waitFor();
  await answerAtDesk(petrova);
  await isIn(anna);
  await goesByTcp();
  await hangUp(petrova);
  await isOut(anna);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");
});
