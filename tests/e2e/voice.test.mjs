/** Voice messages: recorded with a pretend microphone, heard by the other side, thrown away, refused, and heard again from the record. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, box, close, desk, patient, sees, stage, take } from "./steps.mjs";

const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
let anna;
let petrova;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
  await ask(anna, "May I tell it instead of writing?");
  petrova = await desk(on, "petrova");
  await take(petrova, "Anna K.");
}

const button = (person, name) => person.page.getByRole("button", { name, exact: true });
const sounds = (person) => button(person, "Play: Voice message");

/** The clock shows so many seconds, or more where the machine was slow: a figure is there for a second alone. */
const spoken = (person, seconds) =>
  person.page
    .getByRole("timer")
    .filter({ hasText: new RegExp(`^0:(0[${seconds}-9]|[1-5]\\d)$`) })
    .waitFor();

/** Speaks for so many seconds; what becomes of it is the caller's. */
async function speak(person, seconds = 3) {
  await button(person, "Record a voice message").click();
  await spoken(person, seconds);
}

/** Plays the newest one and stops it. */
async function hear(person) {
  await sounds(person).last().click();
  const pause = button(person, "Pause: Voice message");
  await pause.waitFor();
  await pause.click();
  await pause.waitFor({ state: "detached" });
}

test("the patient speaks, and the doctor hears it, faster if he likes", async () => {
  await speak(anna);
  await anna.look("patient-voice-recording");
  await button(anna, "Send the voice message").click();
  await sounds(anna).waitFor();
  await sounds(petrova).waitFor();
  await petrova.page.getByRole("slider", { name: "Place in: Voice message" }).waitFor();
  await hear(petrova);
  await petrova.page.getByRole("button", { name: "Speed 1×. Change" }).click();
  await petrova.page.getByRole("button", { name: "Speed 1.5×. Change" }).waitFor();
  await petrova.look("console-voice");
  await hear(anna);
  await anna.look("patient-voice");
});

test("the doctor answers by the keyboard alone", async () => {
  const { page } = petrova;
  await button(petrova, "Record a voice message").focus();
  await page.keyboard.press("Enter");
  await spoken(petrova, 1);
  await page.keyboard.press("Enter");
  await anna.page.waitForFunction(() => document.querySelectorAll("[aria-label='Play: Voice message'], [aria-label='Pause: Voice message']").length === 2);
});

test("what is thrown away is sent to nobody, and writing goes on", async () => {
  await speak(anna, 1);
  await anna.page.keyboard.press("Escape");
  await box(anna).waitFor();
  await speak(anna, 1);
  await button(anna, "Discard the voice message").click();
  await box(anna).fill("I would rather write");
  assert.equal(await button(anna, "Record a voice message").count(), 0);
  await box(anna).press("Enter");
  await sees(petrova, "I would rather write");
  assert.equal(await sounds(petrova).count(), 2);
});

test("a browser that does not give the microphone is told of in words", async () => {
  await anna.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("not allowed", "NotAllowedError"));
  });
  await button(anna, "Record a voice message").click();
  await sees(anna, "The browser does not let us use the microphone");
  await anna.look("patient-voice-refused");
  await button(anna, "Write instead").click();
  await box(anna).waitFor();
});

test("the sealed record still knows how long it was, and plays it", async () => {
  await close(petrova);
  await anna.page.goto(`${on.world.api}/history`);
  await anna.page.locator("a[href^='/history/']").first().click();
  await sounds(anna).first().waitFor();
  assert.equal(await sounds(anna).count(), 2);
  await anna.page.getByRole("article").getByText(/^0:\d\d$/).first().waitFor();
  await sounds(anna).first().click();
  await button(anna, "Pause: Voice message").waitFor();
});
