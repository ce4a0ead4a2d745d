/** Going through a page by keys alone, as whoever has no mouse does: where the focus is must be seen at every step. */
import assert from "node:assert/strict";

/** Presses of Tab after which what is looked for is not reached. */
const STEPS_MAX = 60;

/** What has the focus, and whether that is seen: by a line round it, round its label, or round what draws it. */
const focus = (page) =>
  page.evaluate(() => {
    const { activeElement, body } = document;
    const drawn = [activeElement, activeElement.closest("label:has(:focus-visible)"), activeElement.nextElementSibling, activeElement.firstElementChild];
    const lined = drawn.some((element) => element !== null && getComputedStyle(element).outlineStyle !== "none");
    // The handle between two panes is a line that is drawn.
    const isSeen = lined || getComputedStyle(activeElement).backgroundImage !== "none";
    return { isSeen, isBody: activeElement === body, html: activeElement.outerHTML.slice(0, 160) };
  });

export const hasFocus = (page, selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);

/** Presses Tab, or `key`, until the focus stands on what is wanted. */
export async function tabTo(page, what, wanted, key = "Tab") {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    await page.keyboard.press(key);
    const here = await focus(page);
    assert.ok(here.isBody || here.isSeen, `the focus is not seen on ${here.html}`);
    if (await hasFocus(page, wanted)) return;
  }
  assert.fail(`${what} is not reached by ${key}`);
}

/** The focus comes to what is wanted by itself. */
export const focusComes = (page, selector) => page.waitForFunction((wanted) => document.activeElement.matches(wanted), selector);

/** Two keys, one after the other: G and the letter of a section. */
export async function goTo(page, letter, section) {
  await page.keyboard.press("g");
  await page.keyboard.press(letter);
  await page.waitForURL((address) => address.pathname.startsWith(`/${section}`));
}

/** A command of the desk, by its words in the palette. */
export async function byPalette(page, words) {
  await page.keyboard.press("Control+k");
  await focusComes(page, "[role=dialog] input");
  await page.keyboard.type(words);
  await page.locator("[data-action][data-selected]").filter({ hasText: words }).waitFor();
  await page.keyboard.press("Enter");
}
