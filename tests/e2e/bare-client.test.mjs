/**
 * A patient in an unmodified Matrix client, driven by matrix-js-sdk alone: he writes to the service's own user, chooses by plain replies, asks in the conversation that
 * he is invited to, follows his place, reads the operator's answer, ends and rates; the second time he withdraws.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { BareClient } from "./bare-client.mjs";
import { call, desk, say, sees, stage, take } from "./steps.mjs";

const QUESTION = "My knee hurts when I run";
const ANSWER = "Please rest it for a week";
const THANKS = "Shall I cancel my race then?";
let anna;
let petrova;
/** The room where services are chosen, and the conversation. */
let front;
let room;
/** The consultation of the first round. */
let first;
// Before the stage is taken down: who syncs with nobody only waits.
after(() => anna?.leave());
const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);

async function begin() {
  petrova = await desk(on, "petrova");
  anna = await BareClient.at(on.world, "anna", "Anna K.");
}

/** What waits at the desk. */
async function waiting() {
  const answer = await call(petrova, on.world, "/_consilium/v1/consultations?view=waiting");
  return (await answer.json()).items;
}

async function consultation(id) {
  return (await call(petrova, on.world, `/_consilium/v1/consultations/${id}`)).json();
}

/** The room that a message links to. */
function linked(body) {
  const [, id] = body.match(/https:\/\/matrix\.to\/#\/(![^?\s]+)\?via=/) ?? [];
  assert.ok(id, body);
  return id;
}

test("who writes to the service's user from nothing is greeted and chooses by replies", async () => {
  const brand = await (await fetch(`${on.world.api}/.well-known/consilium/brand.json`)).json();
  front = await anna.opens(brand.server.keeper_user_id);
  const greeting = await anna.hears(front, /Здравствуйте! Это Клиника «Ясень»/);
  assert.deepEqual([greeting.msgtype, greeting.isEncrypted], ["m.notice", true]);
  await anna.says(front, "english");
  const list = await anna.hears(front, /1\. General practitioner/);
  assert.match(list.body, /2\. Paediatrician.*900 RUB/);
  await anna.says(front, "what shall I do?");
  await anna.hears(front, /a number from 1 to 3/);
  await anna.says(front, "1");
  await anna.hears(front, /I agree to be advised by a doctor at a distance/);
  await anna.says(front, "yes");
  await anna.hears(front, /I agree that my personal data/);
  await anna.says(front, "yes");
  const ready = await anna.hears(front, /We have invited you/);
  room = linked(ready.body);
  assert.deepEqual(await waiting(), []);
});

test("the question begins the consultation, and the place in line is followed by a word", async () => {
  await anna.accepts(room);
  await anna.says(room, QUESTION);
  await anna.hears(room, /Your place in line: 1\./);
  [first] = await waiting();
  await anna.says(room, "queue");
  await anna.hears(room, /Your place in line: 1\./);
});

test("the operator reads the question, and his answer is read by the bare client", async () => {
  await take(petrova, "Anna K.");
  await sees(petrova, QUESTION);
  await anna.hears(room, /Dr Petrova is with you now/);
  await say(petrova, ANSWER);
  const answer = await anna.hears(room, new RegExp(ANSWER));
  assert.deepEqual([answer.sender, answer.isEncrypted], ["@petrova:clinic.test", true]);
  await anna.says(room, THANKS);
  await sees(petrova, THANKS);
});

test("the patient ends it and rates it by a word each", async () => {
  await anna.says(room, "close");
  await anna.hears(room, /The consultation is closed/);
  await anna.hears(room, /from 1 \(bad\) to 5/);
  await anna.says(room, "5");
  await anna.hears(room, /Thank you for telling us/);
  const { phase, message_count, rating } = await consultation(first.id);
  assert.deepEqual({ phase, message_count, stars: rating.stars }, { phase: "archived", message_count: 3, stars: 5 });
});

test("a second round is chosen in the same room and withdrawn", async () => {
  await anna.says(front, "General practitioner");
  const ready = await anna.hears(front, /Write your question in our conversation/);
  assert.equal(linked(ready.body), room);
  await anna.says(room, "And my other knee");
  await anna.hears(room, /Your place in line: 1\./);
  const [second] = await waiting();
  assert.notEqual(second.id, first.id);
  await anna.says(room, "cancel");
  await anna.hears(room, /Your request has been cancelled/);
  assert.equal((await consultation(second.id)).phase, "cancelled");
  assert.deepEqual(await waiting(), []);
});
