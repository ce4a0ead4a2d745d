/**
 * The states of a call on the phone and at the desk, in light and dark: it is made, rings, is missed, declined, busy, goes on without pictures, is cut off.
 * Each is looked at as a reader of the screen would, and kept as a picture. A call with pictures, a council and a hand-over are looked at where they are tested.
 */
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  answerAtDesk,
  beginTalk,
  callDesk,
  callLine,
  callPatient,
  callStaff,
  COLLEAGUE,
  declineWith,
  ended,
  freed,
  hangUp,
  hearsEnd,
  isIn,
  isOut,
  lookAtEnd,
  OPERATOR,
  PATIENT,
  picture,
  press,
  receives,
  rings,
  tap,
  tapClock,
} from "../call-steps.mjs";
import { ask, patientWithoutApp, call as request, section, sees, stage, take, until } from "../steps.mjs";
import { wordsOf } from "../words.mjs";

const words = await wordsOf("en");
const OTHER_SERVICE = "Psychologist";
const OTHER_PATIENT = "Boris M.";
/** Long enough to look at what rings on a slow machine; one ring of this file is heard to its end. */
const RING_SECONDS = 45;

let phones;
let anna;
let petrova;
let sokolov;
const staff = { petrova: { name: OPERATOR }, sokolov: { name: COLLEAGUE } };
const on = stage({ staff, ringSeconds: RING_SECONDS }, begin);

after(() => phones?.close());

async function begin() {
  phones = await openBrowser();
  const before = [tap, tapClock];
  const talk = beginTalk(on, { phones, before, phone: [...before, tapRefusal] });
  [{ anna, petrova }, sokolov] = await Promise.all([talk, callDesk(on, "sokolov", { before })]);
}

beforeEach(() => freed(petrova, anna, sokolov));

/** Lets a browser refuse microphone and camera while the test says so. Runs before the page's own code. */
function tapRefusal() {
  const { mediaDevices } = navigator;
  const open = mediaDevices?.getUserMedia.bind(mediaDevices);
  if (open === undefined) return;
  mediaDevices.getUserMedia = async (wish) => {
    if (globalThis.consiliumRefuses === true) throw new DOMException("Permission denied", "NotAllowedError");
    return open(wish);
  };
}

const nothingLies = (person) => person.page.getByRole("dialog").waitFor({ state: "hidden" });
/** What is said of the last call goes by itself. */
const isOver = (person, key) => person.page.getByText(words.kit(`call.end.${key}`), { exact: true }).first().waitFor({ state: "hidden" });

test("a call is made, rings, and nobody answers", async () => {
  await callPatient(petrova, "video", words, () => petrova.look("console-call-devices"));
  await rings(anna, OPERATOR);
  await Promise.all([petrova.look("console-call-rings"), anna.look("patient-call-rings")]);
  await anna.page.getByRole("button", { name: words.patient("call.declineWith"), exact: true }).click();
  await anna.look("patient-call-sentences");
  await Promise.all([
    lookAtEnd(petrova, "missedByMe", "console-call-missed"),
    lookAtEnd(anna, "missedToMe", "patient-call-missed"),
  ]);
  await ended(petrova, on.world);
  await Promise.all([isOver(petrova, "missedByMe"), nothingLies(anna)]);
  await callLine(anna, "missedToMe").waitFor();
  await callLine(petrova, "missedByMe").waitFor();
  await Promise.all([petrova.look("console-line-missed"), anna.look("patient-line-missed")]);
});

test("a call without pictures rings, and is declined with a sentence", async () => {
  await callPatient(petrova, "audio");
  await rings(anna, OPERATOR);
  await Promise.all([petrova.look("console-call-rings-audio"), anna.look("patient-call-rings-audio")]);
  await declineWith(anna, "call_later");
  await lookAtEnd(petrova, "declinedByMe", "console-call-declined");
  await ended(petrova, on.world);
  await isOver(petrova, "declinedByMe");
});

test("the browser refuses the microphone: the patient reads what to press, and calls once it is allowed", async () => {
  const refuse = (does) => anna.page.evaluate((does) => void (globalThis.consiliumRefuses = does), does);
  const dialog = anna.page.getByRole("dialog");
  const button = (place, name) => place.getByRole("button", { name, exact: true });
  await refuse(true);
  await button(anna.page, words.patient("talk.callAudio")).click();
  await sees(anna, words.kit("call.trouble.microphone.denied.title"));
  const call = button(dialog, words.patient("call.callAudio"));
  assert.ok(await call.isDisabled(), "nobody is called by who is not heard");
  await anna.look("patient-call-refused");
  await refuse(false);
  await button(dialog, words.kit("call.trouble.again")).click();
  await call.click();
  const ring = petrova.page.getByRole("alertdialog").filter({ hasText: PATIENT });
  await ring.waitFor();
  await button(dialog, words.patient("call.giveUp")).click();
  await ring.waitFor({ state: "hidden" });
  await hearsEnd(anna, "cancelledByMe");
  assert.equal((await ended(petrova, on.world)).outcome, "cancelled");
  await Promise.all([isOver(anna, "cancelledByMe"), isOver(petrova, "cancelledToMe")]);
});

test("the patient calls, it rings at the desk, and they talk without pictures", async () => {
  await callStaff(anna, "video", words, () => anna.look("patient-call-check"));
  await petrova.page.getByRole("alertdialog").filter({ hasText: PATIENT }).waitFor();
  await Promise.all([petrova.look("console-call-incoming"), anna.look("patient-call-calling")]);
  await answerAtDesk(petrova);
  await isIn(anna);
  await Promise.all([receives(anna), receives(petrova)]);
  for (const person of [petrova, anna]) await press(person, "camera");
  await press(anna, "microphone");
  await anna.page.locator(picture(OPERATOR)).waitFor({ state: "detached" });
  await petrova.page.locator(picture(PATIENT)).waitFor({ state: "detached" });
  await sees(anna, words.patient("call.youAreMuted"));
  await Promise.all([petrova.look("console-call-no-pictures"), anna.look("patient-call-no-pictures")]);
  await hangUp(anna);
  await lookAtEnd(petrova, "completed", "console-call-over");
  await ended(petrova, on.world);
  await isOver(petrova, "completed");
});

test("a colleague calls a patient who is in a call: busy", async () => {
  await anna.page.goto(on.world.api);
  await ask(anna, "And my stomach too", OTHER_SERVICE);
  await take(sokolov, PATIENT);
  await callPatient(petrova, "audio");
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);
  await callPatient(sokolov, "audio");
  await lookAtEnd(sokolov, "busyByMe", "console-call-busy");
  await hangUp(petrova);
  await isOut(anna);
  await ended(petrova, on.world);
  await callLine(anna, "busyToMe").waitFor();
  await anna.look("patient-line-busy");
});

test("another patient calls while one talks, and is told that one is busy: the talk goes on", async () => {
  const boris = await patientWithoutApp(on, "boris", { name: OTHER_PATIENT });
  const { id, room_id: room } = await boris.ask();
  await until("Boris is in his conversation", () => boris.enter(room).then(() => true));
  await take(petrova, OTHER_PATIENT);
  await until("Dr Petrova is there too", async () => {
    const members = await request(petrova, on.world, `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/joined_members`);
    return (await members.json()).joined?.["@petrova:clinic.test"] !== undefined;
  });
  await section(petrova, "mine");
  await petrova.page.locator("[data-row]").filter({ hasText: PATIENT }).first().click();
  await sees(petrova, "I will call you");
  await callPatient(petrova, "audio");
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);

  const { call } = await boris.api(`/consultations/${id}/calls`, "POST", { kind: "audio" });
  const rung = petrova.page.getByText(words.console("call.alsoRings", { name: OTHER_PATIENT }), { exact: true });
  await rung.waitFor();
  await petrova.look("console-call-also-rings");
  await petrova.page.getByRole("button", { name: words.console("call.sayBusy"), exact: true }).click();
  await rung.waitFor({ state: "hidden" });
  const told = await until("Boris's call is over", async () => {
    const now = await boris.api(`/calls/${call.id}`);
    return now.state === "ended" ? now : null;
  });
  assert.deepEqual([told.outcome, told.decline_reason], ["declined", "busy"]);
  await isIn(petrova);
  await Promise.all([receives(anna, { pictures: false }), receives(petrova, { pictures: false })]);
  await hangUp(petrova);
  await isOut(anna);
  await isOver(petrova, "completed");
});

/** The last one: the media server does not come back. */
test("a call is cut off", async () => {
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);
  await Promise.all([receives(anna), receives(petrova)]);
  for (const person of [anna, petrova, sokolov]) person.expects(/WebSocket|ERR_CONNECTION_REFUSED|^503 /);
  await on.world.media.kill();
  await Promise.all([lookAtEnd(petrova, "lost", "console-call-lost"), lookAtEnd(anna, "lost", "patient-call-lost")]);
  await ended(petrova, on.world);
  await isOver(petrova, "lost");
  await callLine(petrova, "lost").waitFor();
  await petrova.look("console-line-lost");
});
