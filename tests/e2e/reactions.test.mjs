/** Signs under messages: put by one side, seen by the other, taken away, sealed with the record, and none where the talk is over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, close, desk, message, patient, say, sees, stage, take } from "./steps.mjs";

const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
const QUESTION = "Shall I take it twice a day?";
let anna;
let petrova;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
  await ask(anna, QUESTION);
  petrova = await desk(on, "petrova");
  await take(petrova, "Anna K.");
  await sees(petrova, QUESTION);
}

const chip = (person, text, name) => message(person, text).getByRole("button", { name, exact: true });

/** Opens what can be done with a message, and presses a sign. */
async function put(person, text, sign) {
  await message(person, text).getByRole("button", { name: "What to do with the message" }).click();
  await message(person, text).getByRole("group", { name: "Put a sign under it" }).getByRole("button", { name: sign, exact: true }).click();
}

test("the doctor answers by a sign, and the patient sees at once who did", async () => {
  await put(petrova, QUESTION, "Thumbs up");
  await chip(petrova, QUESTION, "Thumbs up: You").waitFor();
  await chip(anna, QUESTION, "Thumbs up: Dr Petrova").waitFor();
  await petrova.look("console-reaction");
});

test("a second one counts, and is taken away again by a press", async () => {
  await chip(anna, QUESTION, "Thumbs up: Dr Petrova").click();
  await chip(anna, QUESTION, "Thumbs up: Dr Petrova and You").waitFor();
  await chip(petrova, QUESTION, "Thumbs up: You and Anna K.").waitFor();
  await put(anna, QUESTION, "Thank you");
  await chip(petrova, QUESTION, "Thank you: Anna K.").waitFor();
  await anna.look("patient-reactions");
  await chip(anna, QUESTION, "Thumbs up: Dr Petrova and You").click();
  await chip(petrova, QUESTION, "Thumbs up: You").waitFor();
  await chip(anna, QUESTION, "Thumbs up: Dr Petrova").waitFor();
});

test("one may change one's mind: what was taken back is put again", async () => {
  await chip(anna, QUESTION, "Thumbs up: Dr Petrova").click();
  await chip(petrova, QUESTION, "Thumbs up: You and Anna K.").waitFor();
  await anna.page.reload();
  await chip(anna, QUESTION, "Thumbs up: Dr Petrova and You").waitFor();
});

test("when the talk is over they are only shown, in the dialogue and in the record", async () => {
  await say(petrova, "Get well soon");
  await sees(anna, "Get well soon");
  await close(petrova);
  await sees(anna, "The consultation is finished");
  await message(anna, QUESTION).getByRole("img", { name: "Thumbs up: Dr Petrova and You" }).waitFor();
  assert.equal(await anna.page.getByRole("button", { name: /^Thumbs up/ }).count(), 0);
  await message(anna, "Get well soon").getByRole("button", { name: "What to do with the message" }).click();
  assert.equal(await anna.page.getByRole("group", { name: "Put a sign under it" }).count(), 0);
  await anna.page.goto(`${on.world.api}/history`);
  await anna.page.locator("a[href^='/history/']").first().click();
  await message(anna, QUESTION).getByRole("img", { name: "Thumbs up: Dr Petrova and You" }).waitFor();
  await message(anna, QUESTION).getByRole("img", { name: "Thank you: You" }).waitFor();
});
