/**
 * What the console itself costs its operator, in a real browser: a table of 10,000 rows is sorted, a timeline of 10,000 lines is scrolled.
 * Measures and compares; asserts nothing.
 *
 * The console is built as it is served, over the pretend clinic of its own tests: with as many rows as it keeps, and a history without a
 * server and crypto, so that what is measured is the drawing. Needs the packages of `clients/`. `node console.bench.mjs [--runs 3]`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median, printHead, printRow } from "./bench-table.mjs";
import { openBrowser, PATIENCE_MS } from "./browser.mjs";
import { freePort } from "./ports.mjs";

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "3" } } });
const clients = resolve(dirname(fileURLToPath(import.meta.url)), "../../clients");
const vite = [join(clients, "node_modules/vite/bin/vite.js")];
const settings = ["--config", join(clients, "console/testing/vite.config.ts"), "--logLevel", "error"];
const ROWS = 10_000;
const SORTED_MS = 100;
/** Of sixty frames one may fall out. */
const FRAMES_A_SECOND = 59;
/** How fast the list goes by, for how long, and from which places of it. */
const SCROLL = { pixelsASecond: 6_000, seconds: 6 };
const PLACES = [1, 0.67, 0.33];
const SESSION = { userId: "@petrova:demo.test", deviceId: "MOCK", accessToken: "mock", refreshToken: null, expiresAt: null };

/** Builds the console and serves it; the process that does. */
async function serve(port) {
  const building = spawn(process.execPath, [...vite, "build", ...settings], { cwd: join(clients, "console"), stdio: ["ignore", 2, 2] });
  const [code] = await once(building, "exit");
  if (code !== 0) throw new Error("the console was not built");
  const address = ["--host", "127.0.0.1", "--port", String(port), "--strictPort"];
  const server = spawn(process.execPath, [...vite, "preview", ...address, ...settings], { cwd: join(clients, "console"), stdio: ["ignore", 2, 2] });
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => null))?.ok) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error("the console is not served");
    await new Promise((done) => setTimeout(done, 50));
  }
  return server;
}

/** A page of the signed-in console, over a pretend clinic of that name. */
async function open(browser, base, path, { world, history = "" }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en" });
  await context.addInitScript(
    ([session, history]) => {
      localStorage.setItem("consilium.session", JSON.stringify({ ...session, homeserverUrl: location.origin }));
      sessionStorage.setItem("mock.history", history);
    },
    [SESSION, history],
  );
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.request.get(`${base}/__world?name=${world}&me=petrova`);
  await page.goto(base + path);
  return page;
}

/** From the press of a head until the sorted rows are on the screen, the slowest of all heads both ways. Unit: ms. */
async function slowestSort(page) {
  const heads = await page.locator('[role="columnheader"][data-sortable="true"]').count();
  let slowest = 0;
  for (let press = 0; press < 2 * heads; press++) {
    slowest = Math.max(slowest, await page.evaluate(pressHead, Math.floor(press / 2)));
  }
  return slowest;
}

/** Runs in the page. */
function pressHead(place) {
  const head = document.querySelectorAll('[role="columnheader"][data-sortable="true"]')[place];
  const before = head.getAttribute("aria-sort");
  return new Promise((done) => {
    const observer = new MutationObserver(() => {
      if (head.getAttribute("aria-sort") === before) return;
      observer.disconnect();
      // Behind the frame that shows it.
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    });
    observer.observe(head, { attributes: true, attributeFilter: ["aria-sort"] });
    const begun = performance.now();
    head.querySelector("button").click();
  });
}

/** Times between the frames of the page while the list goes by, from several places of it. Unit: ms. */
async function framesOfScrolling(page, list) {
  const frames = [];
  for (const place of PLACES) {
    await list.evaluate((box, place) => {
      box.scrollTop = place * (box.scrollHeight - box.clientHeight);
    }, place);
    // A reader moves the list by hand before it leaves its end.
    await list.hover();
    await page.mouse.wheel(0, -200);
    await page.waitForTimeout(500);
    frames.push(...(await list.evaluate(scroll, SCROLL)));
  }
  return frames;
}

/** Runs in the page: moves the list up in each frame, as far as the time since the one before asks for. */
function scroll(box, { pixelsASecond, seconds }) {
  return new Promise((done, failed) => {
    const frames = [];
    const begins = box.scrollTop;
    let [first, last] = [null, null];
    const step = (now) => {
      first ??= now;
      if (last !== null) {
        frames.push(now - last);
        box.scrollTop -= (pixelsASecond * (now - last)) / 1_000;
      }
      last = now;
      if (now - first < seconds * 1_000) requestAnimationFrame(step);
      // Rows that turn out higher than they were taken for push the place down again.
      else if (begins - box.scrollTop < (pixelsASecond * seconds) / 10) failed(new Error("the list did not go by"));
      else done(frames);
    };
    requestAnimationFrame(step);
  });
}

async function sorts(browser, base) {
  const page = await open(browser, base, "/patients", { world: "full" });
  await page.locator(`[role="table"][aria-rowcount="${ROWS + 1}"]`).waitFor();
  const runs = [];
  for (let run = 0; run < Number(options.runs); run++) runs.push(await slowestSort(page));
  await page.context().close();
  printRow("console, 10,000 rows", "press to sorted, slowest column", median(runs), { atMost: SORTED_MS });
}

async function scrolls(browser, base) {
  const page = await open(browser, base, "/mine/c-9", { world: "usual", history: "long" });
  const list = page.locator('[data-pane="main"] [role="group"][tabindex="0"]').first();
  await list.getByRole("article").last().waitFor();
  const runs = [];
  for (let run = 0; run < Number(options.runs); run++) runs.push(await framesOfScrolling(page, list));
  await page.context().close();
  const work = "console, timeline of 10,000";
  const of = (figure) => median(runs.map(figure));
  const inOrder = (frames) => [...frames].sort((a, b) => a - b);
  const perSecond = (frames) => (1_000 * frames.length) / frames.reduce((sum, each) => sum + each, 0);
  printRow(work, "frames while it scrolls", of(perSecond), { unit: "/s", atLeast: FRAMES_A_SECOND });
  printRow(work, "a frame, p95", of((frames) => inOrder(frames)[Math.floor(frames.length * 0.95)]));
  printRow(work, "the longest frame", of((frames) => inOrder(frames).at(-1)));
}

const port = await freePort();
const server = await serve(port);
try {
  const browser = await openBrowser();
  try {
    printHead();
    await sorts(browser, `http://127.0.0.1:${port}`);
    await scrolls(browser, `http://127.0.0.1:${port}`);
  } finally {
    await browser.close();
  }
} finally {
  server.kill();
}
