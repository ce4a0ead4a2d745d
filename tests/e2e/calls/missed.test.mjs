/**
 * A call that nobody answers, where rings are short: what both sides read of it, and how the patient asks to be called back.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import { beginTalk, callLine, callPatient, ended, hearsEnd, OPERATOR, PATIENT, records, rings } from "../call-steps.mjs";
import { section, stage } from "../steps.mjs";
import { wordsOf } from "../words.mjs";

const words = await wordsOf("en");
const RING_SECONDS = 5;
/** How late a slow machine may be to end it. */
const LATE_SECONDS = 5;

let phones;
let anna;
let petrova;
const on = stage({ staff: { petrova: { name: OPERATOR } }, ringSeconds: RING_SECONDS }, begin);

after(() => phones?.close());

async function begin() {
  phones = await openBrowser();
  ({ anna, petrova } = await beginTalk(on, { phones }));
}

test("a call that nobody answers is missed on both sides", async () => {
  await callPatient(petrova, "audio");
  await rings(anna, OPERATOR);
  await hearsEnd(petrova, "missedByMe");
  await hearsEnd(anna, "missedToMe");
  const record = await ended(petrova, on.world);
  assert.equal(record.outcome, "missed");
  const rang = Date.parse(record.ended_at) - Date.parse(record.started_at);
  assert.ok(rang >= RING_SECONDS * 1_000 && rang < (RING_SECONDS + LATE_SECONDS) * 1_000, `${rang} ms`);
  await callLine(petrova, "missedByMe").waitFor();
  await callLine(anna, "missedToMe").waitFor();
});

test("who missed a call asks in its line to be called back, and is found among the call-backs", async () => {
  await anna.page.getByRole("dialog").getByRole("button", { name: words.patient("call.close") }).last().click();
  const ask = anna.page.getByRole("button", { name: words.patient("talk.callMeBack") }).last();
  await ask.click();
  await ask.waitFor({ state: "hidden" });
  await anna.page.getByText(words.patient("callback.title.new")).first().waitFor();
  await section(petrova, "callbacks");
  await petrova.page.getByText(PATIENT).first().waitFor();
  assert.equal((await records(petrova, on.world)).length, 1);
});
