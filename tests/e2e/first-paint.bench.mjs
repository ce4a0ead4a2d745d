/**
 * What somebody waits for who opens an app on a slow phone in a bad network: until something is seen, until it can be used, and how much moves
 * meanwhile. Chromium's own «slow 4G» and a processor a quarter as fast, nothing in the browser's cache. Measures and compares; asserts nothing.
 *
 * `node first-paint.bench.mjs [--runs 3]`; needs `CONSILIUM_BINARY`.
 */
import { parseArgs } from "node:util";
import { median, printHead, printRow } from "./bench-table.mjs";
import { openBrowser, PATIENCE_MS } from "./browser.mjs";
import { shiftsOf, watchShifts } from "./shifts.mjs";
import { ask, at, desk, PASSWORD, patient, PHONE } from "./steps.mjs";
import { World } from "./world.mjs";

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "3" } } });
/** «Slow 4G» as Chromium's tools have it. Units: bytes a second, ms. */
const SLOW_4G = { offline: false, downloadThroughput: 180_000, uploadThroughput: 84_375, latency: 562.5 };
/** How many times slower than this machine. */
const PROCESSOR = 4;
/** What is promised. Units: ms; share of the screen by Chromium's layout shift. */
const TARGETS = { seen: 1_000, usable: 2_500, moved: 0.05 };
const STAFF = { name: "Dr Petrova", role: "operator", password: `${PASSWORD}\n` };

/** Keeps when what is matched is on the screen and the page has time for a press. Runs before the page's own code. */
function watchFor(selector) {
  globalThis.consiliumUsable = new Promise((done) => {
    const look = () => {
      if (document.querySelector(selector)?.checkVisibility() !== true) return;
      observer.disconnect();
      // Behind the frame that shows it.
      requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
}

/** Opens an address in a page of the person's browser that has nothing of it yet, and says what that took. */
async function opening(person, { url, selector }) {
  const page = await person.context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(watchFor, selector);
  const devtools = await person.context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await devtools.send("Network.emulateNetworkConditions", SLOW_4G);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: PROCESSOR });
  await page.goto(url, { waitUntil: "commit", timeout: PATIENCE_MS });
  const usable = await page.evaluate(() => globalThis.consiliumUsable);
  const seen = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN);
  const { sum } = await shiftsOf({ page });
  await page.close();
  return { seen, usable, moved: sum };
}

async function measure(person, screen) {
  const runs = [];
  for (let run = 0; run < Number(options.runs); run += 1) runs.push(await opening(person, screen));
  const of = (figure) => median(runs.map((one) => one[figure]));
  const row = (figure, value, rest) => printRow(`${screen.name}, slow 4G, processor ${PROCESSOR}× slower`, figure, value, rest);
  const { promised = {} } = screen;
  row("something is seen", of("seen"), { atMost: promised.seen ?? null });
  row("it can be used", of("usable"), { atMost: promised.usable ?? null });
  row("moved by itself", of("moved"), { unit: "share", atMost: TARGETS.moved });
}

/** The page that somebody signed in on stays open nowhere: an app runs in one tab. */
async function ready(person) {
  await person.page.close();
  return person;
}

async function measureAll(on) {
  await on.world.staff("petrova", STAFF);
  const anna = await patient(on, "anna", { name: "Anna K.", before: watchShifts });
  await ask(anna, "My head hurts since the morning");
  const conversation = anna.page.url();
  const petrova = await desk(on, "petrova", { before: watchShifts });
  const phone = await at(on, { name: "visitor", url: on.world.api, size: PHONE, before: watchShifts });
  const staff = await at(on, { name: "staff", url: on.world.console, before: watchShifts });
  for (const person of [anna, petrova, phone, staff]) await ready(person);
  printHead();
  const { seen, usable } = TARGETS;
  const { api, console: desks } = on.world;
  await measure(phone, { name: "patient, sign-in", url: api, selector: "button[type=submit]", promised: { seen, usable } });
  await measure(anna, { name: "patient, home", url: api, selector: "a[href^='/ask/']", promised: { seen, usable } });
  await measure(anna, { name: "patient, conversation", url: conversation, selector: "[role=article], article" });
  await measure(staff, { name: "console, sign-in", url: desks, selector: "button[type=submit]" });
  await measure(petrova, { name: "console, live list", url: `${desks}/waiting`, selector: "[data-row]" });
}

const on = { people: [], worker: false, browser: await openBrowser(), world: null };
try {
  on.world = await World.start("demo-clinic");
  await measureAll(on);
} finally {
  await on.browser.close();
  await on.world?.end();
}
