/**
 * Chromium for tests: one process, a context of its own for each person, and what every page must hold: no console error, no request that
 * failed by the server's fault, no accessibility violation.
 */
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const artefacts = join(dirname(fileURLToPath(import.meta.url)), "artefacts");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
];

export async function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });
}

/** One person at a screen of his own. */
export class Person {
  static async at(browser, { name, url, size = { width: 1440, height: 900 }, locale = "en", mobile = false }) {
    const person = new Person();
    person.name = name;
    person.context = await browser.newContext({ viewport: size, locale, isMobile: mobile, hasTouch: mobile, acceptDownloads: true });
    person.page = await person.context.newPage();
    person.faults = [];
    person.watch(person.page);
    await person.page.goto(url);
    return person;
  }

  watch(page) {
    page.on("console", (message) => {
      if (message.type() === "error") this.faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.faults.push(`page: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 500) this.faults.push(`${response.status()} ${response.url()}`);
    });
  }

  /** A picture of the screen, kept as an artefact. */
  async picture(title) {
    await mkdir(artefacts, { recursive: true });
    await this.page.screenshot({ path: join(artefacts, `${title}.png`) });
  }

  /** The picture, and no violation of WCAG 2.2 A or AA on what is shown now. */
  async look(title) {
    await this.picture(title);
    await this.page.evaluate((await import("node:fs")).readFileSync(axe, "utf8"));
    const { violations } = await this.page.evaluate(() =>
      globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
    );
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
    assert.deepEqual(told, [], `${title} has accessibility violations`);
  }
}
