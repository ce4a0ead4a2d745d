/**
 * Call-backs in the apps, from the patient's order to the archive: taken by one of two operators, called in the app with picture and sound,
 * put off, called again by telephone, done; one that the patient moves, one that he cancels, one that becomes a consultation, and one that
 * nobody makes in time. What each side shows is looked at on both.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, beforeEach, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  answerAtDesk,
  callBy,
  callDesk,
  COLLEAGUE,
  ended,
  freed,
  GIVEN_UP,
  goOnDuty,
  hangUp,
  inviteIntoCall,
  isAskedIntoCall,
  isIn,
  isOut,
  LEFT_ALREADY,
  OPERATOR,
  PATIENT,
  receives,
  records,
  rings,
  tap,
} from "../call-steps.mjs";
import { agree, call, close, desk, holdAtDoor, patient, section, SERVICE, sees, stage, until } from "../steps.mjs";
import { wordsOf } from "../words.mjs";

const words = await wordsOf("en");
/** Two hours ahead of the clinic's. */
const ZONE = "Asia/Yekaterinburg";
const ZONE_OFFSET = "+05:00";
const PHONE_TYPED = "8 (912) 345-67-89";
const PHONE_KEPT = "+79123456789";

let phones;
let anna;
let petrova;
let sokolov;
const staff = {
  petrova: { name: OPERATOR },
  sokolov: { name: COLLEAGUE },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const on = stage({ staff, ringSeconds: 60 }, begin);

after(() => phones?.close());

async function begin() {
  phones = await openBrowser();
  const signsIn = patient(on, "anna", { name: PATIENT, browser: phones, before: tap, zone: ZONE });
  [anna, petrova, sokolov] = await Promise.all([signsIn, callDesk(on, "petrova"), callDesk(on, "sokolov")]);
  anna.expects(LEFT_ALREADY, GIVEN_UP);
  for (const person of [petrova, sokolov]) await section(person, "callbacks");
  await petrova.page.getByText(words.console("callbacks.emptyTitle")).waitFor();
}

beforeEach(() => freed(petrova, anna, sokolov));

const radio = (person, name) => person.page.getByRole("radio", { name });

/** Orders a call from the first screen; the id of the call-back. */
async function order(person, { reason, phone = null }) {
  const { page } = person;
  await page.goto(on.world.api);
  await page.getByRole("link").filter({ hasText: words.patient("callback.offer.anyText") }).click();
  await radio(person, SERVICE).check();
  if (phone !== null) await page.getByRole("textbox", { name: words.patient("callback.order.phone") }).fill(phone);
  await page.getByLabel(words.patient("callback.order.reason")).fill(reason);
  await agree(person);
  await page.getByRole("button", { name: words.patient("callback.order.send") }).click();
  await page.waitForURL("**/call-back/**");
  return decodeURIComponent(new URL(page.url()).pathname.split("/").pop());
}

/** What the patient's screen of the call-back says first. */
const stands = (person, key, values) => person.page.getByRole("heading", { name: words.patient(`callback.title.${key}`, values), exact: true }).waitFor();

/** The call-back as the service keeps it, for an operator. */
async function kept(id) {
  const answer = await call(petrova, on.world, `/_consilium/v1/callbacks/${id}`);
  assert.equal(answer.status, 200);
  return answer.json();
}

const row = (person, reason) => person.page.getByRole("row").filter({ hasText: reason });
const card = (person) => person.page.getByRole("region", { name: words.console("callbacks.card"), exact: true });
/** In the card; its keys stand beside its word. */
const act = (person, path) => card(person).getByRole("button", { name: new RegExp(`^${words.console(path)}`) });
const form = (person, name) => card(person).getByRole("form", { name: words.console(`callbacks.form.${name}`) });

/** Comes into the list without anybody loading it anew, and is opened. */
async function opens(person, reason) {
  await row(person, reason).click();
  await card(person).getByText(reason).first().waitFor();
}

async function takes(person) {
  await act(person, "callbacks.take").click();
  await act(person, "command.callbackDone").waitFor();
}

/** Writes what came of it into the form that a button opens. */
async function results(person, name, button, { note, choose = async () => undefined }) {
  await act(person, button).click();
  const place = form(person, name);
  await choose(place);
  if (note) await place.getByLabel(words.console("callbacks.noteLabel")).fill(note);
  await place.getByRole("button", { name: words.console(`callbacks.submit.${name}`), exact: true }).click();
  await place.waitFor({ state: "hidden" });
}

const done = (person, outcome, note) =>
  results(person, "done", "command.callbackDone", {
    note,
    choose: (place) => place.getByRole("radio", { name: words.console(`callbacks.outcome.${outcome}`) }).check(),
  });

/** Its last phase, which comes by itself. */
const archived = (id) =>
  until("the call-back is in the archive", async () => {
    const found = await kept(id);
    return found.phase === "archived" ? found : null;
  });

/** The list of what has ended says how. */
async function isListedAsEnded(person, reason, state) {
  await person.page.goto(`${on.world.console}/callbacks?state=ended`);
  await row(person, reason).filter({ hasText: words.console(state) }).waitFor();
}

test("a call-back is ordered, taken by one of two, called in the app, put off, done, and kept in the archive", async () => {
  const reason = "Results of my blood test";
  const id = await order(anna, { reason, phone: PHONE_TYPED });
  await stands(anna, "new");
  await anna.look("patient-callback-ordered");
  await opens(sokolov, reason);
  await opens(petrova, reason);
  await petrova.look("console-callback-new");

  // Both press; one press is a moment behind the other.
  sokolov.expects(/^409 POST .*\/take$/);
  let release;
  const held = new Promise((go) => {
    release = go;
  });
  await holdAtDoor(sokolov, "/take", () => held);
  await act(sokolov, "callbacks.take").click();
  await takes(petrova);
  release();
  await card(sokolov).getByRole("alert").filter({ hasText: words.console("callbacks.takenBy", { name: OPERATOR }) }).waitFor();
  await card(sokolov).getByText(words.console("callbacks.leftTitle"), { exact: true }).waitFor();
  assert.equal((await kept(id)).operator.name, OPERATOR);
  await stands(anna, "taken", { name: OPERATOR });

  await callBy(petrova, act(petrova, "callbacks.callVideo"));
  await rings(anna, OPERATOR);
  const calling = await kept(id);
  assert.deepEqual([calling.phase, calling.means], ["calling", "app"]);
  await answer(anna);
  await isIn(petrova);
  await Promise.all([receives(anna), receives(petrova)]);
  await petrova.look("console-callback-call");
  await hangUp(petrova);
  await isOut(anna);
  await stands(anna, "callingBy", { name: OPERATOR });
  const record = await ended(petrova, on.world);
  assert.deepEqual([record.outcome, record.consultation_id, record.participants.length], ["completed", null, 2]);

  await results(petrova, "later", "command.callbackLater", { note: "Wants to look for the paper first" });
  await stands(anna, "new");
  await row(sokolov, reason).filter({ hasText: words.console("callbacks.phase.new") }).waitFor();
  await takes(petrova);
  await done(petrova, "answered", "Talked it over");
  await stands(anna, "answered");
  const over = await archived(id);
  assert.deepEqual(
    [over.ending, over.outcome, over.means, over.phone, over.note],
    ["done", "answered", "app", PHONE_KEPT, "Talked it over"],
  );
  const steps = over.history.map(({ action }) => action);
  assert.deepEqual(steps, ["ordered", "taken", "called", "put_off", "taken", "finished", "archived"]);
  await isToldToAnna(over);
  await isListedAsEnded(petrova, reason, "callbacks.outcome.answered");
  await isSealed(id);
});

/** The conversation tells every step, the first screen has no card any more, and the history keeps it. */
async function isToldToAnna({ conversation_id: conversation }) {
  const { page } = anna;
  await page.getByRole("link", { name: words.patient("callback.toConversation") }).click();
  await page.waitForURL(`**/conversation/${encodeURIComponent(conversation ?? "")}*`);
  const soon = words.kit("callback.soon");
  for (const [step, values] of [["ordered", { when: soon }], ["taken"], ["moved", { when: soon }], ["done"]]) {
    await sees(anna, words.kit(`callback.line.${step}`, values));
  }
  await sees(anna, words.kit("callLine.completedVideo"));
  await page.goto(on.world.api);
  await page.getByRole("link").filter({ hasText: words.patient("callback.offer.anyText") }).waitFor();
  await page.getByRole("link", { name: words.patient("frame.placeHistory") }).click();
  await sees(anna, words.patient("callback.history.answered"));
}

/** Its record is part of the chain; who had it in hand last may read it, another operator may not. */
async function isSealed(id) {
  const path = `/_consilium/v1/callbacks/${id}/record`;
  assert.equal((await call(sokolov, on.world, path)).status, 404);
  const record = await (await call(petrova, on.world, path)).json();
  assert.deepEqual([record.content.outcome, record.content.history.length], ["answered", 6], JSON.stringify(record));
  const proof = await on.world.command(["archive", "verify", "--tenant", "clinic"]);
  assert.match(proof, /archive: 1 records, all as they were written/);
}

test("one that the patient moves is called by telephone, not reached, and done at the second try", async () => {
  const reason = "A referral to the dentist";
  const id = await order(anna, { reason, phone: PHONE_TYPED });
  await section(petrova, "callbacks");
  await opens(petrova, reason);
  const move = anna.page.getByRole("button", { name: words.patient("callback.move"), exact: true });
  await move.click();
  await radio(anna, words.patient("callback.order.choose")).check();
  await radio(anna, "Tomorrow").check();
  await radio(anna, /12:00–/).check();
  await anna.page.getByRole("dialog").getByRole("button", { name: words.patient("callback.moveConfirm"), exact: true }).click();
  await anna.page.getByRole("dialog").waitFor({ state: "hidden" });
  const { window, time_zone: zone } = await kept(id);
  const tomorrow = new Intl.DateTimeFormat("sv", { timeZone: ZONE }).format(Date.now() + 86_400_000);
  assert.deepEqual([zone, Date.parse(window.start)], [ZONE, Date.parse(`${tomorrow}T12:00:00${ZONE_OFFSET}`)]);
  // The operator's card is open all the while, and says both clocks.
  await card(petrova).getByText(words.console("callbacks.did.moved")).waitFor();
  await card(petrova).getByText(/for you:/).waitFor();

  await takes(petrova);
  await stands(anna, "taken", { name: OPERATOR });
  await act(petrova, "command.telephone").click();
  await sees(anna, words.patient("callback.when.telephone"));
  await move.waitFor({ state: "hidden" });
  await results(petrova, "no-answer", "command.callbackNoAnswer", { note: "Rang out" });
  await stands(anna, "no_answer");
  await sees(anna, words.patient("callback.fact.attempts"));
  await takes(petrova);
  await act(petrova, "command.telephone").click();
  await done(petrova, "answered", "");
  await stands(anna, "answered");
  const over = await archived(id);
  assert.deepEqual([over.attempts, over.means, over.outcome], [1, "telephone", "answered"]);
  assert.equal((await records(petrova, on.world)).length, 1, "a call by telephone is no call of ours");
  await isListedAsEnded(petrova, reason, "callbacks.outcome.answered");
});

test("one that the patient cancels goes from the operators' list, and may be ordered again", async () => {
  const reason = "Nothing important";
  const id = await order(anna, { reason });
  await section(petrova, "callbacks");
  await opens(petrova, reason);
  const cancel = () => anna.page.getByRole("button", { name: words.patient("callback.cancel"), exact: true });
  await cancel().click();
  const dialog = anna.page.getByRole("dialog");
  await dialog.getByText(words.patient("callback.cancelText")).waitFor();
  await dialog.getByRole("button", { name: words.patient("callback.cancelConfirm"), exact: true }).click();
  await stands(anna, "cancelled");
  await row(petrova, reason).waitFor({ state: "hidden" });
  await act(petrova, "callbacks.take").waitFor({ state: "hidden" });
  const answer = await call(petrova, on.world, `/_consilium/v1/callbacks/${id}`);
  assert.equal(answer.status, 404, "what nobody took before it ended is for supervisors to see");

  await anna.page.getByRole("link", { name: words.patient("callback.orderAgain") }).click();
  await anna.page.getByRole("heading", { name: words.patient("callback.order.title") }).waitFor();
});

test("one in which a colleague is needed becomes a consultation, into which its call goes over", async () => {
  const reason = "Two doctors say different things";
  await goOnDuty(sokolov);
  const id = await order(anna, { reason });
  await section(petrova, "callbacks");
  await opens(petrova, reason);
  await takes(petrova);
  await callBy(petrova, act(petrova, "callbacks.callVideo"));
  await rings(anna, OPERATOR);
  await answer(anna);
  await Promise.all([receives(anna), receives(petrova)]);
  await petrova.look("console-callback-consultation");

  await act(petrova, "command.callbackConsultation").click();
  await petrova.page.waitForURL("**/mine/**");
  const consultation = decodeURIComponent(new URL(petrova.page.url()).pathname.split("/").pop());
  for (const command of ["transfer", "close"]) {
    await petrova.page.locator("main").getByRole("button", { name: new RegExp(`^${words.console(`command.${command}`)}`) }).first().waitFor();
  }
  await inviteIntoCall(petrova, COLLEAGUE);
  await isAskedIntoCall(sokolov, OPERATOR, PATIENT);
  await answerAtDesk(sokolov);
  await Promise.all([sokolov, anna, petrova].map((person) => receives(person)));
  await petrova.look("console-callback-became-a-consultation");
  const [open] = await records(petrova, on.world);
  assert.deepEqual([open.state, open.consultation_id], ["answered", consultation]);

  await hangUp(anna);
  await Promise.all([isOut(petrova), isOut(sokolov)]);
  const record = await ended(petrova, on.world);
  assert.deepEqual([record.outcome, record.consultation_id, record.participants.length], ["completed", consultation, 3]);
  await close(petrova);
  await section(petrova, "callbacks");
  await opens(petrova, reason);
  await done(petrova, "answered", "");
  assert.equal((await archived(id)).ending, "done");
});

/** One that has to be made within seconds, which no screen offers: the service takes a window that has begun, a quarter of an hour long at least. */
async function orderForNow(reason) {
  const local = (minutes, seconds) => new Date(Date.now() + minutes * 60_000 + seconds * 1_000).toISOString().slice(0, 19);
  const answer = await call(anna, on.world, "/_consilium/v1/callbacks", "POST", {
    queue_id: "therapist",
    request_id: randomUUID(),
    phone: PHONE_KEPT,
    reason,
    time_zone: "UTC",
    window: { start: local(-20, 0), end: local(0, 5) },
  });
  assert.equal(answer.status, 201, await answer.clone().text());
  return (await answer.json()).id;
}

test("one that nobody makes in time alarms the supervisor until somebody takes it, and is late until it is made", async () => {
  const reason = "The pharmacy does not know my prescription";
  const volkova = await desk(on, "volkova");
  await section(volkova, "waiting");
  await section(petrova, "callbacks");
  const id = await orderForNow(reason);
  const alarm = (person) => person.page.getByRole("alert").filter({ hasText: "1 call-back is overdue" });
  const late = volkova.page.locator("[data-pane=sections]").getByText("1 overdue");
  await alarm(volkova).waitFor();
  await late.waitFor();
  await volkova.look("console-overdue");
  assert.equal(await alarm(petrova).count(), 0, "it alarms an operator too");

  await opens(petrova, reason);
  await card(petrova).getByText(words.console("callbacks.did.overdue"), { exact: true }).waitFor();
  await takes(petrova);
  await alarm(volkova).waitFor({ state: "hidden" });
  await late.waitFor();
  assert.equal((await kept(id)).overdue, true, "to take is not to call");

  await act(petrova, "command.telephone").click();
  await done(petrova, "answered", "");
  await late.waitFor({ state: "hidden" });
  const over = await archived(id);
  assert.deepEqual(over.history.map(({ action }) => action), ["ordered", "overdue", "taken", "telephoned", "finished", "archived"]);
  await volkova.leave();
});
