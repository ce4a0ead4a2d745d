/**
 * Chromium for tests: one process, a context of its own for each person, and what every page must hold: no console error or warning, no
 * violation of the content security policy, no request that failed or was refused unexpectedly, none to an origin that is not the
 * system's, no accessibility violation.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { countPresses, minding } from "./presses.mjs";

const artefacts = join(dirname(fileURLToPath(import.meta.url)), "artefacts");
/** The accessibility rules, as a script for a page. */
export const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Whether pictures of all that is looked at are wanted, and not only of what is wrong. */
const WITH_PICTURES = process.env.CONSILIUM_PICTURES === "1";

/** How long a person waits for something to appear before the test calls it missing. */
export const PATIENCE_MS = 60_000;

/** A request may be under way so long on a slow machine. */
const REFRESH_MS = 10_000;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-ui-for-media-stream",
];

/** Answers that the protocol gives to a client that asks what is there: absent is not wrong. And what is left half done on purpose. */
const NORMAL = [
  /^404 GET .*\/user\/[^/]+\/account_data\//,
  /^404 GET .*\/room_keys\/version$/,
  // The SDK takes away what another client may have left behind; a server that never knew such devices says so.
  /^404 DELETE .*\/org\.matrix\.msc3814\.v1\/dehydrated_device$/,
  // A message whose key has not come yet: the backup is asked, while the keeper's bundle is on its way.
  /^404 GET .*\/room_keys\/keys\//,
  // Interactive authentication begins with the question which stages there are.
  /^401 POST .*\/keys\/device_signing\/upload$/,
  /^401 POST .*\/delete_devices$/,
  // Whoever answers at once is in the call before his device asks to wait for that.
  /^409 POST .*\/calls\/[^/]+\/stand-by$/,
  // Whoever answers before his device has come to the media server, to wait there, does not wait for that: it goes the way anew, at once.
  /^console: WebSocket connection to 'wss?:[^']*\/rtc\/v1\?[^']*' failed: WebSocket is closed before the connection is established\.$/,
  // A ring that ends before its device has come to the media server: the room where it would have waited is gone.
  /^console: WebSocket connection to 'wss?:[^']*\/rtc\/v1\?[^']*' failed: Error during WebSocket handshake: Unexpected response code: 404$/,
  /^404 GET \/rtc\/v1\/validate$/,
];

/** A server that dies and comes back: a browser says so, in words that depend on how far its request was, and goes on. */
export const CUT = [
  /net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED|ABORTED|FAILED)|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|SOCKET_NOT_CONNECTED)/,
  /^50[234] /,
  /console: .*ERR_/,
];

/** What the browser's driver writes into the console where a page may have no worker. */
const NO_WORKER = /^console: Service Worker registration blocked by Playwright$/;

/** What axe looks at. */
export const ALL = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
export const COLOURS = { type: "rule", values: ["color-contrast"] };

/**
 * @param {{ pictures?: number, cameras?: number }} options how many pictures a second the cameras make: few, because several browsers encode them on
 * this one machine; and how many cameras there are
 */
export async function openBrowser({ pictures = 5, cameras = 1 } = {}) {
  const devices = cameras === 1 ? `fps=${pictures}` : `device-count=${cameras},fps=${pictures}`;
  // Among its words, so that its processes can be told from another browser's.
  const mark = `--consilium-test=${randomUUID()}`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [...FLAGS, `--use-fake-device-for-media-stream=${devices}`, mark],
  });
  return Object.assign(browser, { mark });
}

/** One person at a screen of his own. */
export class Person {
  /**
   * `worker`: the app may keep itself for days without a network. Whoever's test is not about that goes without: it fetches the whole app, and
   * that takes a machine as long as the rest of a sign-in.
   */
  static async at(browser, options) {
    const { name, url, origins = [], size = { width: 1440, height: 900 }, locale = "en", mobile = false, scheme = "light", before = null } = options;
    const { zone: timezoneId, worker = false } = options;
    const person = new Person();
    person.name = name;
    person.faults = [];
    person.refused = [];
    person.refreshes = [];
    person.scheme = scheme;
    person.origins = new Set([new URL(url).origin, ...origins]);
    person.expected = worker ? [...NORMAL] : [...NORMAL, NO_WORKER];
    person.context = await browser.newContext({
      viewport: size,
      locale,
      timezoneId,
      isMobile: mobile,
      hasTouch: mobile,
      acceptDownloads: true,
      colorScheme: scheme,
      reducedMotion: "reduce",
      serviceWorkers: worker ? "allow" : "block",
    });
    await person.context.addInitScript(countPresses);
    for (const script of before === null ? [] : [before].flat()) await person.context.addInitScript(script);
    await person.open(url);
    return person;
  }

  /** A fresh page of the same browser. */
  async open(url) {
    const page = await this.context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    minding(page);
    this.watch(page);
    this.page = page;
    await page.goto(url);
  }

  watch(page) {
    page.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      // The browser's own line about an answer says less than the answer, which is looked at below.
      if (message.text().startsWith("Failed to load resource")) return;
      this.fault(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.fault(`page: ${error.message}`));
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (/^(https?|wss?):$/.test(protocol) && !this.origins.has(origin)) this.fault(`request to another origin: ${request.url()}`);
    });
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (response.ok() && pathname.endsWith("/refresh")) this.refreshes.push(Date.now());
      if (response.status() < 400) return;
      const words = `${response.status()} ${response.request().method()} ${pathname}`;
      if (response.status() === 401) this.refused.push({ words, at: Date.now() });
      else this.fault(words);
    });
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      // A page that goes away, and a long poll that is not needed any more, end their requests themselves.
      if (why === "net::ERR_ABORTED") return;
      this.fault(`${why} ${request.method()} ${new URL(request.url()).pathname}`);
    });
  }

  fault(words) {
    if (!this.expected.some((pattern) => pattern.test(words))) this.faults.push(words);
  }

  /** From now on these are no faults: the test makes them happen. */
  expects(...patterns) {
    this.expected.push(...patterns);
  }

  /** The network goes away for this person, and comes back. */
  async cut() {
    this.expects(/net::ERR_INTERNET_DISCONNECTED|net::ERR_NETWORK_CHANGED|net::ERR_NETWORK_IO_SUSPENDED/);
    await this.context.setOffline(true);
  }

  async mend() {
    await this.context.setOffline(false);
  }

  /** A request that was under way while the token was refreshed is refused with the old one, and made again: no fault. */
  judgeRefusals() {
    const isInTurn = (at) => this.refreshes.some((refreshed) => Math.abs(refreshed - at) < REFRESH_MS);
    for (const { words, at } of this.refused.splice(0)) if (!isInTurn(at)) this.fault(words);
  }

  /** Nothing went wrong that the test did not ask for. */
  holds() {
    this.judgeRefusals();
    assert.deepEqual(this.faults.splice(0), [], `${this.name}'s browser complained`);
  }

  /** Where the person stands, for the words of a failure: the address, what the browser complained of, what the screen says. */
  async situation() {
    const words = await this.page.evaluate(() => document.body.innerText.replace(/\s+/g, " ").slice(0, 2_000)).catch(String);
    return `${this.name} is at ${this.page.url()}, complaints: ${JSON.stringify(this.faults)}, the screen: ${words}`;
  }

  async leave() {
    await this.context.close();
  }

  /** A picture of the screen, kept as an artefact. */
  async picture(title, { timeout = PATIENCE_MS } = {}) {
    await mkdir(artefacts, { recursive: true });
    await this.page.screenshot({ path: join(artefacts, `${title}.png`), timeout });
  }

  /** No violation of WCAG 2.2 A or AA on what is shown now, in light and in dark. Of what is wrong there is a picture, of all where pictures are wanted. */
  async look(title) {
    const each = async (scheme, violations) => {
      if (WITH_PICTURES || violations.length > 0) await this.picture(`${title}-${scheme}`);
    };
    assert.deepEqual(await this.inspect({ each }), [], `${title} has accessibility violations`);
  }

  /** What axe finds, in both schemes, the one that is on first. What does not depend on colours is looked at once. `within`: a part of the page alone. */
  async inspect({ each = async () => undefined, rules = ALL, within = "html" } = {}) {
    const told = [];
    const first = this.scheme;
    for (const scheme of [first, first === "light" ? "dark" : "light"]) {
      await this.dress(scheme);
      const violations = await this.violations(scheme === first ? rules : COLOURS, within);
      await each(scheme, violations);
      told.push(...violations.map((violation) => `${scheme}: ${violation}`));
    }
    return told;
  }

  /** Light or dark, once every colour has arrived. */
  async dress(scheme) {
    this.scheme = scheme;
    await this.page.emulateMedia({ colorScheme: scheme });
    await this.page.waitForFunction((wanted) => document.documentElement.dataset.mantineColorScheme === wanted, scheme);
    await this.page.evaluate(() => {
      const ends = (animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime);
      return Promise.all(document.getAnimations().filter(ends).map((animation) => animation.finished.catch(() => undefined))).then(() => undefined);
    });
  }

  /** `within`: a part of the page alone. */
  async violations(rules = ALL, within = "html") {
    if (!(await this.page.evaluate(() => "axe" in globalThis))) await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(
      ([runOnly, within]) => globalThis.axe.run(within, { runOnly, resultTypes: ["violations"] }),
      [rules, within],
    );
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  }
}
