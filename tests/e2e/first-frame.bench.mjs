/**
 * How long people wait in a call, measured in two browsers over a real media server: from the press of «call» to the ring on the other
 * screen, and from the press of «answer», twelve seconds later, to the first picture on either. Measures and compares; asserts nothing.
 *
 * `node first-frame.bench.mjs [--rounds 7] [--steps]`; needs `CONSILIUM_BINARY` and `CONSILIUM_LIVEKIT`. `--steps` tells where the time goes.
 */
import { parseArgs } from "node:util";
import { median, printHead, printRow } from "./bench-table.mjs";
import { openBrowser } from "./browser.mjs";
import { answer, callBy, callButton, ended, hangUp, isIn, isOut, rings } from "./call-steps.mjs";
import { firstFrame, pressed, shown, stepsOf, trace } from "./moments.mjs";
import { ask, desk, PASSWORD, patient, say, sees, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";
import { World } from "./world.mjs";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, steps: { type: "boolean", default: false } },
});
const words = await wordsOf("en");
const OPERATOR = "Dr Petrova";
const PATIENT = "Anna K.";
/** Whoever sees it ring looks for his glasses first. */
const ANSWERS_AFTER_MS = 12_000;
const RING_SECONDS = 60;
/** Of a camera, each second. */
const PICTURES = 20;
/** Unit: ms. */
const TARGETS = { ring: 400, frame: 700 };

/** What one call took. Unit: ms. */
async function round(anna, petrova) {
  const answerWord = words.patient("call.answer");
  const [call, ring] = [pressed(petrova, words.console("call.call")), shown(anna, answerWord)];
  await callBy(petrova, callButton(petrova, "video"));
  await rings(anna, OPERATOR);
  const figures = { ring: (await ring) - (await call) };
  await new Promise((done) => setTimeout(done, ANSWERS_AFTER_MS));
  const press = pressed(anna, answerWord);
  const frames = [
    [anna, OPERATOR, "patient"],
    [petrova, PATIENT, "operator"],
  ].map(([person, name, side]) => [side, firstFrame(person, words.kit("call.pictureOf", { name }))]);
  for (const person of [anna, petrova]) await stepsOf(person);
  await answer(anna);
  const at = await press;
  for (const [side, frame] of frames) figures[side] = (await frame) - at;
  for (const [step, moment] of Object.entries(await stepsOf(anna))) figures[`patient: ${step}`] = moment - at;
  for (const [step, moment] of Object.entries(await stepsOf(petrova))) figures[`operator: ${step}`] = moment - at;
  await isIn(petrova);
  await hangUp(petrova);
  await isOut(anna);
  return figures;
}

const row = (figure, value, target = null) => printRow("a call in two browsers", figure, value, { atMost: target });

function print(rounds) {
  printHead();
  const of = (figure) => rounds.map((one) => one[figure]).filter((value) => value !== undefined);
  for (const [figure, name, target] of [
    ["ring", "press call to ring on the screen", TARGETS.ring],
    ["patient", "press answer to first picture, patient", TARGETS.frame],
    ["operator", "press answer to first picture, operator", TARGETS.frame],
  ]) {
    row(name, median(of(figure)), target);
    row(`${name}: the first call`, of(figure)[0]);
    row(`${name}: the longest`, Math.max(...of(figure)));
  }
  if (!options.steps) return;
  const steps = new Set(rounds.flatMap((one) => Object.keys(one)).filter((figure) => figure.includes(":")));
  for (const step of steps) row(`press answer to ${step}`, median(of(step)));
}

async function measure(on) {
  await on.world.staff("petrova", { name: OPERATOR, role: "operator", password: `${PASSWORD}\n` });
  const phones = await openBrowser({ pictures: PICTURES });
  try {
    const anna = await patient(on, "anna", { name: PATIENT, browser: phones, before: trace });
    const petrova = await desk(on, "petrova", { before: trace });
    await ask(anna, "My head hurts since the morning");
    await take(petrova, PATIENT);
    await say(petrova, "I will call you");
    await sees(anna, "I will call you");
    const rounds = [];
    for (let number = 0; number < Number(options.rounds); number++) {
      rounds.push(await round(anna, petrova));
      await ended(petrova, on.world);
    }
    print(rounds);
  } finally {
    await phones.close();
  }
}

const on = { people: [], browser: await openBrowser({ pictures: PICTURES }), world: null };
try {
  on.world = await World.start("demo-clinic", { ringSeconds: RING_SECONDS });
  await measure(on);
} finally {
  await on.browser.close();
  await on.world?.end();
}
