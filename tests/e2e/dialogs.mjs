/**
 * How somebody goes through a form or a dialog in the walk through all of them (`every-form.test.mjs`): opens it by the keyboard, looks at it, sends what is wrong, and
 * leaves it by Escape. What was found is told, so that one walk tells of everything; where the way itself ends, the test does. Nothing is waited for by time: what is
 * wrong only until it has come to its place is looked at again.
 */
import assert from "node:assert/strict";
import { foreign, NARROW } from "./findings.mjs";
import { cutOff, outside, small } from "./fit.mjs";
import { shiftsOf } from "./shifts.mjs";

/** One dialog at a time. */
export const DIALOG = "[role=dialog], dialog[open]";
export const DESK = { width: 1440, height: 900 };
/** Of Chromium's layout shift, as for whole screens. */
const SHIFT_MAX = 0.05;
/** What is wrong so long is wrong. Unit: ms. */
const SOON_MS = 10_000;
/** Lists over fields of one dialog that may be open one after the other. */
const LISTS_MAX = 3;

/** As the console speaks of whom its brand serves. */
const TRADES = { "demo-clinic": [], "demo-law": [["patient", "client"], ["Patient", "Client"], ["пациент", "клиент"], ["Пациент", "Клиент"]] };

/**
 * What somebody sees and does, and what was found wrong with it. `axe`: finds in a part of the page what axe does, as `looks` says; null: everything but the words was
 * looked at in another language.
 */
export function lookingAs(on, person, words, { besides = [], axe = null, isPatient = false } = {}) {
  const inTrade = (text) => TRADES[on.world.brand].reduce((told, [from, to]) => told.replaceAll(from, to), text);
  const said = isPatient ? words.patient : (path, values) => inTrade(words.console(path, values));
  return { on, person, words, said, besides, axe, isPatient, told: [] };
}

export const tells = ({ told, words }, title, findings) => told.push(...findings.map((finding) => `${words.language}, ${title}: ${finding}`));

/** Remembers who takes an Escape. Runs before the page's own code, and so hears each key before any dialog does. */
export function watchEscapes() {
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      // By this a field says to the dialog around it that the key is for a list of its own.
      const isLists = event.target instanceof Element && event.target.getAttribute("data-mantine-stop-propagation") === "true";
      globalThis.consiliumEscape = { event, isLists };
    },
    true,
  );
}

/** What has a title or a control without a name, or shows the name of a word instead of the word. Runs in the page. */
function nameless([within, branches]) {
  const place = document.querySelector(within);
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
  const byId = (ids) => (ids ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
  const nameOf = (element) =>
    [element.getAttribute("aria-label"), ...byId(element.getAttribute("aria-labelledby")), ...[...(element.labels ?? [])].map(({ textContent }) => textContent),
      element.matches("button") ? element.textContent : "", element.title].join("").trim();
  const controls = [...place.querySelectorAll("input:not([type=hidden]), textarea, select, button")].filter((control) => isSeen(control) && control.closest("[aria-hidden=true]") === null);
  const told = controls.filter((control) => nameOf(control) === "").map((control) => `no name: ${control.outerHTML.slice(0, 120)}`);
  if (place.matches("[role=dialog], dialog") && nameOf(place) === "") told.push("the dialog has no title");
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const isKey = (text) => /^[a-z]\w*(\.[A-Za-z][\w-]*)+$/.test(text) && branches.includes(text.split(".")[0]);
  while (texts.nextNode()) {
    const { textContent, parentElement } = texts.currentNode;
    if (isKey(textContent.trim()) && parentElement.closest("code, [translate=no]") === null) told.push(`a key: ${textContent}`);
    if (textContent.includes("returned an object instead of string")) told.push(`a key of no word: ${textContent}`);
  }
  return told;
}

/** What is still wrong when all has come to its place: a title is named, words come in another language, and what lies over the page follows it, some frames later. */
async function settled(page, find) {
  const end = Date.now() + SOON_MS;
  let found = await find();
  while (found.length > 0 && Date.now() < end) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    found = await find();
  }
  return found;
}

/** Tells what of these is wrong and stays so. */
export const finds = async (view, title, find) => tells(view, title, await settled(view.person.page, find));

/** It is there, and so is what it shows. */
export async function comes({ person: { page }, said, isPatient }, within) {
  const loading = isPatient ? "[aria-busy=true]" : `[role=status][aria-label="${said("loading")}"]`;
  await page.locator(within).first().waitFor();
  await page.locator(`:is(${within}) ${loading}`).first().waitFor({ state: "hidden" });
}

/** What moved by itself since the page was opened, so far. */
export const movedSoFar = async ({ person }) => (await shiftsOf(person)).sum;

/** Tells whether something moved by itself since then. It is asked before the window becomes narrow, by which everything moves, and in one language. */
export async function stands(view, title, before) {
  if (view.axe === null) return;
  const { sum, moved } = await shiftsOf(view.person);
  if (sum - before > SHIFT_MAX) tells(view, title, [`moved by ${(sum - before).toFixed(3)}: ${moved.slice(-3).join(" ; ")}`]);
}

/**
 * Looks at what came: its names and words; then, once, by axe and at both widths. `as`: "whole", or "clean" where mistakes are made in it next, and then "wrong", so that
 * a form is looked at with all that it can say.
 */
export async function looks(view, title, within, as = "whole") {
  const { person, words, besides, axe, isPatient } = view;
  const { page } = person;
  await comes(view, within);
  await finds(view, title, () => page.evaluate(nameless, [within, words.branches]));
  await finds(view, title, async () => {
    const others = await foreign(person, words.language, { within, besides });
    return others.length > 0 ? [`another language: ${others.join(" | ")}`] : [];
  });
  if (axe === null) return;
  await finds(view, title, () => axe(within, as));
  if (as === "clean") return;
  if (isPatient) await finds(view, title, () => small(person));
  await fits(view, title, within);
}

/** At the width that it has, and at another, nothing is cut off or sticks out. */
async function fits(view, title, within) {
  const { person } = view;
  const { page } = person;
  const before = page.viewportSize();
  const another = before.width > NARROW.patient.width ? NARROW.patient : DESK;
  for (const size of [before, another]) {
    await page.setViewportSize(size);
    await finds(view, `${title}, ${size.width} wide`, async () => {
      const out = await outside(person, size);
      return [...(await cutOff(person, within)), ...(out === null ? [] : [`sticks out by ${out}`])];
    });
  }
  await page.setViewportSize(before);
}

/** What the eye can type into, and has to be filled in. */
const REQUIRED = ":is(input, textarea)[required]:not([type=checkbox], [type=radio], [type=date], [type=time], [type=datetime-local], [inputmode=numeric], [inputmode=decimal], [readonly], [disabled], [aria-haspopup])";

/** Whether a field is marked as wrong, and something is said of it; `words`: these. Runs in the page. */
function saysIt(field, words = "") {
  const ids = field.getAttribute("aria-describedby") ?? field.getAttribute("aria-errormessage") ?? "";
  const texts = ids.split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
  return field.getAttribute("aria-invalid") === "true" && texts.some((text) => text !== "" && text.includes(words));
}

/** A field that has to be filled in and is empty says so, where the form can be sent so. */
export async function refuses(view, title, within, form = "form") {
  const { page } = view.person;
  const field = page.locator(`:is(${within}) ${form} ${REQUIRED}`).first();
  const submit = page.locator(`:is(${within}) ${form} button[type=submit]`).first();
  if ((await field.count()) === 0 || (await submit.count()) === 0) return;
  await field.fill("");
  if (await submit.isDisabled()) return;
  await submit.click();
  await finds(view, title, async () => {
    const wrong = await page.locator(`:is(${within}) [aria-invalid=true]`).elementHandles();
    const said = await Promise.all(wrong.map((one) => one.evaluate(saysIt)));
    return said.includes(true) ? [] : ["what has to be filled in does not say so"];
  });
}

/** A field says with these words what is wrong with it. */
export const saysWrong = (view, title, field, words) =>
  finds(view, title, async () => ((await field.evaluate(saysIt, words)) ? [] : [`a field does not say: ${words}`]));

/** Remembers what has the focus; a dialog gives it back. */
export const remembers = (page) => page.evaluate(() => void (globalThis.consiliumOpener = document.activeElement));

/** Opens a dialog by its button, when that can be pressed. */
export async function opensBy(page, opener) {
  await opener.and(page.locator(":not(:disabled)")).focus();
  await remembers(page);
  await page.keyboard.press("Enter");
  await page.locator(DIALOG).first().waitFor();
}

/** Presses Escape; false: a list over a field, and not the dialog, took it. */
async function escapes(page) {
  await page.evaluate(() => void (globalThis.consiliumEscape = null));
  await page.keyboard.press("Escape");
  return page.evaluate(() => !globalThis.consiliumEscape.isLists && !globalThis.consiliumEscape.event.defaultPrevented);
}

/** What lies beside the desk and not before it hears a key only from within. */
async function hears({ person }, title) {
  const isHeard = (dialogs) => {
    const place = document.querySelector(dialogs);
    return place.matches("dialog, [aria-modal=true]") || place.contains(document.activeElement);
  };
  await person.page.waitForFunction(isHeard, DIALOG).catch(async (cause) => {
    throw new Error(`${title} does not have the keyboard. ${await person.situation()}`, { cause });
  });
}

/**
 * Escape closes it, and the focus is where it was. It is pressed again only where a list took it: the next one belongs to who stands behind the dialog, however long
 * the dialog takes to go.
 */
export async function closes(view, title) {
  const { page } = view.person;
  const place = page.locator(DIALOG).first();
  await hears(view, title);
  for (let list = 0; !(await escapes(page)); list += 1) {
    assert.ok(list < LISTS_MAX, `${title}: somebody in it takes every Escape. ${await view.person.situation()}`);
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-mantine-stop-propagation") !== "true");
    if (!(await place.isVisible())) break;
  }
  await place.waitFor({ state: "hidden" }).catch(async (cause) => {
    throw new Error(`${title} is not closed by Escape. ${await view.person.situation()}`, { cause });
  });
  await finds(view, title, () =>
    page.evaluate(() => {
      const { activeElement } = document;
      // What opened it may have gone meanwhile, where the screen became narrow.
      const isBack = activeElement === globalThis.consiliumOpener || !globalThis.consiliumOpener.isConnected;
      return isBack ? [] : [`the focus did not come back, but to ${activeElement?.outerHTML.slice(0, 120)}`];
    }),
  );
}
