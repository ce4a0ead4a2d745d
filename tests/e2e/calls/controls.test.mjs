/**
 * What one does in a call beside talking: shares the screen, takes the other camera, chooses where the sound comes out, goes on working while the call stands
 * in a window of its own (the desk) or in a tile over the conversation (the phone).
 */
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  callPatient,
  controls,
  ended,
  freed,
  GIVEN_UP,
  hangUp,
  isIn,
  isOut,
  LEFT_ALREADY,
  moves,
  OPERATOR,
  PATIENT,
  picture,
  press,
  receives,
  rings,
  screenOf,
  tap,
  tapScreen,
} from "../call-steps.mjs";
import { ask, desk, patient, say, section, sees, stage, take, until } from "../steps.mjs";
import { wordsOf } from "../words.mjs";

const words = await wordsOf("en");
/** Where the apps keep which devices are used. */
const KEPT = "consilium.call.devices";

let phones;
let anna;
let petrova;
const on = stage({ staff: { petrova: { name: OPERATOR } }, ringSeconds: 60 }, begin);

after(() => phones?.close());

async function begin() {
  phones = await openBrowser({ cameras: 3 });
  anna = await patient(on, "anna", { name: PATIENT, browser: phones, before: [tap, tapScreen] });
  petrova = await desk(on, "petrova", { before: [tap, tapScreen] });
  for (const person of [anna, petrova]) person.expects(LEFT_ALREADY, GIVEN_UP);
  await ask(anna, "My head hurts since the morning");
  await take(petrova, PATIENT);
  await say(petrova, "I will call you");
  await sees(anna, "I will call you");
}

beforeEach(() => freed(petrova, anna));

async function talk() {
  await callPatient(petrova, "video");
  await rings(anna, OPERATOR);
  await answer(anna);
  await isIn(petrova);
  await Promise.all([receives(anna), receives(petrova)]);
}

/** The one who hangs up, and what the record says. */
async function hangsUp(person, other) {
  await hangUp(person);
  await isOut(other);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");
}

const button = (place, name) => place.getByRole("button", { name, exact: true });
const isPressed = (person, control) => button(controls(person), words.kit(`call.${control}`)).getAttribute("aria-pressed");
/** The list of a kind of device, in the settings of a call. */
const select = (person, kind) => person.page.getByRole("combobox", { name: words.kit(`call.device.${kind}`), exact: true });
const kept = (person) => person.page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? "{}"), KEPT);

test("an operator shares the screen: the patient sees it before everything, until it is taken back here or by the browser's own button", async () => {
  await talk();
  for (const ends of ["here", "by the browser"]) {
    await press(petrova, "screen");
    await moves(anna, screenOf(OPERATOR));
    await until("the switch says so", async () => (await isPressed(petrova, "screen")) === "true");
    await receives(anna);
    if (ends === "here") {
      await anna.look("patient-call-screen");
      await petrova.look("console-call-screen");
      await press(petrova, "screen");
    } else {
      await petrova.page.evaluate(() => {
        for (const track of globalThis.consiliumScreen.getTracks()) {
          track.stop();
          track.dispatchEvent(new Event("ended"));
        }
      });
    }
    await anna.page.locator(screenOf(OPERATOR)).waitFor({ state: "detached" });
    await until("the switch says so", async () => (await isPressed(petrova, "screen")) === "false");
    await moves(anna, picture(OPERATOR));
  }
  await hangsUp(petrova, anna);
});

/** The device from which a person's own picture comes now. */
function cameraOf(person) {
  return person.page.evaluate(() => {
    const open = globalThis.consiliumPeers.filter((peer) => peer.connectionState !== "closed");
    const tracks = open.flatMap((peer) => peer.getSenders()).map(({ track }) => track);
    return tracks.find((track) => track?.kind === "video" && track.readyState === "live")?.getSettings().deviceId ?? null;
  });
}

test("a patient takes the other camera and comes back to the first one, and is seen all the while", async () => {
  await talk();
  const flip = button(anna.page, words.kit("call.hint.flip")).and(anna.page.locator("[aria-busy=false]"));
  const first = await until("the camera is open", () => cameraOf(anna));
  const opened = [first];
  const next = async () => {
    await flip.click();
    opened.push(
      await until("another camera is open", async () => {
        const now = await cameraOf(anna);
        return opened.includes(now) ? null : now;
      }),
    );
  };
  // Chromium's second pretend camera measures depth, of which no pictures are made: the third one makes them again.
  await next();
  await next();
  const second = opened.at(-1);
  await moves(petrova, picture(PATIENT));
  await until("it is kept for the next call", async () => (await kept(anna)).camera === second);
  await button(controls(anna), words.kit("call.devices")).click();
  assert.equal(await select(anna, "camera").inputValue(), second);
  await anna.look("patient-call-settings");
  await button(anna.page, words.kit("call.device.close")).click();
  await flip.click();
  await until("the first camera is open again", async () => (await cameraOf(anna)) === first);
  await moves(petrova, picture(PATIENT));
  await hangsUp(anna, petrova);
});

test("a patient chooses another speaker: the sound goes there, now and in the next call", async (t) => {
  const speakers = await anna.page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const found = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind, deviceId }) => kind === "audiooutput" && deviceId !== "");
    for (const track of stream.getTracks()) track.stop();
    return found.map(({ deviceId }) => deviceId);
  });
  if (speakers.length < 2) return t.skip("this browser has one speaker, and nothing to choose from");
  await talk();
  await button(controls(anna), words.kit("call.devices")).click();
  const other = speakers.at(-1);
  await select(anna, "speaker").selectOption(other);
  await until("the sound goes there", () => anna.page.evaluate((id) => globalThis.consiliumSinks.at(-1) === id, other));
  assert.equal((await kept(anna)).speaker, other);
  await button(anna.page, words.kit("call.device.close")).click();
  await receives(anna);
  await hangsUp(anna, petrova);

  await anna.page.evaluate(() => globalThis.consiliumSinks.splice(0));
  await talk();
  await until("the sound goes there again", () => anna.page.evaluate((id) => globalThis.consiliumSinks.at(-1) === id, other));
  await hangsUp(petrova, anna);
});

/** Where the desk's call stands: in the page, in a panel over it, or in a window of the browser's own that is a document of its own. */
function standing(person) {
  const names = { move: words.console("call.moveWindow"), region: words.kit("call.region") };
  return person.page.evaluate(({ move, region }) => {
    const toolbar = `[role=toolbar][aria-label="${region}"]`;
    if (globalThis.documentPictureInPicture?.window?.document.querySelector(toolbar)) return "window";
    if (document.querySelector(toolbar) === null) return null;
    return document.querySelector(`[aria-label="${move}"]`) === null ? "page" : "panel";
  }, names);
}

/** Presses a control of a call that stands in a window of its own, or in the page. */
async function pressThere(person, where, name) {
  if (where !== "window") return button(controls(person), name).click();
  await person.page.evaluate((name) => {
    const { document } = globalThis.documentPictureInPicture.window;
    [...document.querySelectorAll("[role=toolbar] button")].find(({ textContent }) => textContent.trim() === name).click();
  }, name);
}

test("an operator goes on working while the call stands in a window of its own, and takes it back", async (t) => {
  await talk();
  assert.equal(await standing(petrova), "page");
  await button(controls(petrova), words.console("command.floatCall")).click();
  const where = await until("the call has a window of its own", async () => {
    const now = await standing(petrova);
    return now === "page" ? null : now;
  });
  t.diagnostic(`the window is a ${where}`);
  await receives(petrova);
  await section(petrova, "callbacks");
  await petrova.page.getByText(words.console("callbacks.emptyTitle")).waitFor();
  assert.equal(await standing(petrova), where, "it stays wherever one works");
  await petrova.look("console-call-floating");
  await pressThere(petrova, where, words.kit("call.microphone"));
  await anna.page.getByRole("img", { name: words.kit("call.muted") }).waitFor();
  await pressThere(petrova, where, words.kit("call.microphone"));
  await anna.page.getByRole("img", { name: words.kit("call.muted") }).waitFor({ state: "hidden" });
  await Promise.all([receives(petrova), receives(anna)]);

  if (where === "window") {
    // Closed by the window's own button.
    await petrova.page.evaluate(() => globalThis.documentPictureInPicture.window.close());
  } else {
    await pressThere(petrova, where, words.console("command.dockCall"));
  }
  await until("the call is back in the page", async () => (await standing(petrova)) === "page");
  await receives(petrova);
  await petrova.page.getByTitle(words.console("call.openConsultation"), { exact: true }).click();
  await petrova.page.waitForURL("**/mine/**");
  await hangsUp(petrova, anna);
});

test("a patient reads and writes while the call stands in a tile, comes back to it, and ends it from the tile", async () => {
  await talk();
  const tile = anna.page.getByRole("region", { name: words.patient("call.with", { name: OPERATOR }), exact: true });
  const back = tile.getByRole("button", { name: new RegExp(`^${words.patient("call.backToCall")}`) });
  await button(anna.page, words.patient("call.toConversation")).click();
  await back.waitFor();
  await say(anna, "Here is what I take each day");
  await sees(petrova, "Here is what I take each day");
  await receives(anna);
  await anna.look("patient-call-tile");
  await back.click();
  await isIn(anna);
  await moves(anna, picture(OPERATOR));
  await button(anna.page, words.patient("call.toConversation")).click();
  await button(tile, words.kit("call.hint.hangUp")).click();
  await isOut(petrova);
  assert.equal((await ended(petrova, on.world)).outcome, "completed");
});
