/**
 * A consultation that is handed on in the middle of a call, in three browsers over a real media server; and what the archive and the
 * patient's history keep of its calls.
 */
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  answerAtDesk,
  beginTalk,
  callDesk,
  callPatient,
  COLLEAGUE,
  declineWith,
  ended,
  freed,
  goOnDuty,
  hangUp,
  hearsEnd,
  inviteIntoCall,
  isAskedIntoCall,
  isAwaitedInCall,
  isIn,
  isOut,
  OPERATOR,
  PATIENT,
  picture,
  receives,
  records,
  rings,
} from "../call-steps.mjs";
import { call, close, desk, handOn, say, section, sees, stage, take } from "../steps.mjs";
import { wordsOf } from "../words.mjs";

const words = await wordsOf("en");
const RING_SECONDS = 60;
const NOTE = "She wants a second opinion on the rash";
const ANSWER = "I have read all of it";

let phones;
let anna;
let petrova;
let sokolov;
const staff = {
  petrova: { name: OPERATOR },
  sokolov: { name: COLLEAGUE },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const on = stage({ staff, ringSeconds: RING_SECONDS }, begin);

after(() => phones?.close());

async function begin() {
  phones = await openBrowser();
  [{ anna, petrova }, sokolov] = await Promise.all([beginTalk(on, { phones }), callDesk(on, "sokolov")]);
  // Whoever has handed on is out of the room before he is out of the call: there he cannot say any more that he has left it.
  for (const person of [petrova, sokolov]) person.expects(/^403 PUT .*call\.member/, /^403 POST .*\/delayed_events\//);
}

beforeEach(() => freed(petrova, anna, sokolov));

/** From the lead's press until both see and hear. */
async function talk(lead, name) {
  await callPatient(lead, "video");
  await rings(anna, name);
  await answer(anna);
  await isIn(lead);
  await Promise.all([receives(anna), receives(lead)]);
}

test("a consultation is handed on during a call: it rings at the new lead, who is seen and heard, and the former one is out", async () => {
  await talk(petrova, OPERATOR);
  await handOn(petrova, COLLEAGUE, { note: NOTE });
  await isOut(petrova);
  await hearsEnd(petrova, "removed");
  await sees(anna, words.kit("consultation.requeued"));
  await isIn(anna);
  await anna.look("patient-call-waits-for-the-next");

  await take(sokolov, PATIENT);
  await isAwaitedInCall(sokolov, PATIENT);
  await sokolov.look("console-awaited-in-call");
  await answerAtDesk(sokolov);
  await Promise.all([receives(sokolov), receives(anna)]);
  await anna.page.locator(picture(COLLEAGUE)).waitFor();
  assert.equal(await anna.page.locator(picture(OPERATOR)).count(), 0);
  await sees(sokolov, "I will call you");
  await say(sokolov, ANSWER);
  await sees(anna, ANSWER);
  await anna.look("patient-call-handed-on");
  await sokolov.look("console-call-taken-over");

  const [open] = await records(sokolov, on.world);
  assert.equal((await call(petrova, on.world, `/_consilium/v1/calls/${open.id}/token`, "POST")).status, 403, "the former lead may come back");
  await hangUp(anna);
  await isOut(sokolov);
  await isRecordedAsOne(open.id);
  for (const key of ["requeued", "takenBy"]) await sees(anna, words.kit(`consultation.${key}`, { names: COLLEAGUE }));
  for (const person of [anna, sokolov]) await sees(person, words.kit("callLine.completedVideo"));
  for (const key of ["taken", "transferred"]) await sees(sokolov, words.console(`history.${key}`));
  await sees(sokolov, NOTE);
  assert.equal(await anna.page.getByText(NOTE).count(), 0, "the patient reads the note");
});

/** One call of three, in which the lead who began it and the one who ended it were one after the other. */
async function isRecordedAsOne(id) {
  const all = await records(sokolov, on.world);
  const record = await ended(sokolov, on.world);
  const span = (login) => {
    const of = record.participants.filter(({ user_id: user }) => user === `@${login}:clinic.test`);
    assert.equal(of.length, 1, JSON.stringify(record));
    return [of[0].joined_at, of[0].left_at].map(Date.parse);
  };
  const [[, petrovaLeft], [sokolovCame], [annaCame, annaLeft]] = [span("petrova"), span("sokolov"), span("anna")];
  assert.ok(annaCame < petrovaLeft && petrovaLeft <= sokolovCame && sokolovCame < annaLeft, JSON.stringify(record));
  assert.deepEqual(
    [all.length, record.id, record.outcome, record.caller_user_id, record.participants.length],
    [1, id, "completed", "@petrova:clinic.test", 3],
  );
  assert.ok(record.talked_seconds >= 1, `${record.talked_seconds} seconds`);
}

test("handed on to a colleague who is in the call, it goes on with her without a break", async () => {
  await goOnDuty(petrova);
  await talk(sokolov, COLLEAGUE);
  await inviteIntoCall(sokolov, OPERATOR);
  await isAskedIntoCall(petrova, COLLEAGUE, PATIENT);
  await answerAtDesk(petrova);
  await Promise.all([receives(petrova), receives(anna)]);

  await handOn(sokolov, OPERATOR, { note: "Yours again" });
  await isOut(sokolov);
  await anna.page.locator(picture(COLLEAGUE)).waitFor({ state: "detached" });
  await Promise.all([isIn(anna), isIn(petrova)]);
  await Promise.all([receives(anna), receives(petrova)]);
  await say(petrova, "Now you have both opinions");
  await sees(anna, "Now you have both opinions");
  await hangUp(petrova);
  await isOut(anna);
  const { outcome, participants } = await ended(petrova, on.world);
  const [left, last] = [COLLEAGUE, OPERATOR].map((name) => participants.filter((one) => one.name === name));
  assert.deepEqual([outcome, left.length, last.length, participants.length], ["completed", 1, 1, 3], JSON.stringify(participants));
  assert.ok(Date.parse(left[0].left_at) < Date.parse(last[0].left_at), JSON.stringify(participants));
});

test("once the consultation is closed, its calls stand in the archive's transcript and in the patient's history", async () => {
  await callPatient(petrova, "audio");
  await rings(anna, OPERATOR);
  await declineWith(anna, "call_later");
  await hearsEnd(petrova, "declinedByMe");
  await ended(petrova, on.world);
  await say(petrova, "Then I write it down");
  await sees(anna, "Then I write it down");
  await close(petrova);
  await sees(anna, words.kit("consultation.archived"));

  const volkova = await desk(on, "volkova");
  await section(volkova, "archive");
  await volkova.page.locator("[data-row]").filter({ hasText: PATIENT }).first().click();
  const transcript = volkova.page.getByRole("group", { name: words.console("archive.transcriptLabel"), exact: true });
  await transcript.waitFor();
  await inOrder(transcript, [
    "I will call you",
    ANSWER,
    words.kit("callLine.completedVideo"),
    words.kit("callLine.caller", { name: OPERATOR }),
    words.kit("callLine.completedVideo"),
    words.kit("callLine.caller", { name: COLLEAGUE }),
    words.kit("callLine.declined"),
    words.kit("callLine.caller", { name: OPERATOR }),
    "Then I write it down",
  ]);
  await volkova.look("console-archive-calls");

  const { page } = anna;
  await page.goto(on.world.api);
  await page.getByRole("link", { name: words.patient("frame.placeHistory") }).click();
  await page.locator("a[href^='/history/']").first().click();
  await sees(anna, "Then I write it down");
  await inOrder(page.locator("main"), [
    "I will call you",
    ANSWER,
    words.kit("callLine.completedVideo"),
    words.kit("callLine.caller", { name: OPERATOR }),
    words.kit("callLine.completedVideo"),
    words.kit("callLine.caller", { name: COLLEAGUE }),
    words.kit("callLine.declinedToMe"),
    "Then I write it down",
  ]);
  await anna.look("patient-record-calls");
});

/** Each text stands below the one before it. */
async function inOrder(place, texts) {
  const all = await place.innerText();
  let from = 0;
  for (const text of texts) {
    const at = all.indexOf(text, from);
    assert.ok(at >= 0, `«${text}» does not stand where it should in:\n${all}`);
    from = at + text.length;
  }
}
