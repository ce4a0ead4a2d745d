/**
 * Pictures of every screen on the real system, for looking at: `npm run screenshots [-- <filter of titles> [<widths> [<brand> <language>]]]`.
 * They go to `artefacts/screens/<brand>-<language>/<title>-<width>-<scheme>.png`. `npm run screenshots -- docs` makes those of the README.
 *
 * Needs `CONSILIUM_BINARY`, as the tests do.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./browser.mjs";
import { SERVICES, staffOf, walk } from "./scenes.mjs";
import { PASSWORD } from "./steps.mjs";
import { wordsOf } from "./words.mjs";
import { World } from "./world.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const HEIGHTS = { 360: 740, 390: 844, 768: 1024, 1024: 768, 1440: 900, 2560: 1440, 3840: 2160 };
/** Nobody answers a doctor's questions on a screen of a wall: sizes that only the console promises. */
const CONSOLE_ONLY = [1024, 2560, 3840];
const SMALL = { width: 390, height: 780 };
const DESK = { width: 1440, height: 900 };
/** The README's pictures: brand, language, title of the scene, size, scheme. The name of the file is theirs together. */
const DOCS = [
  ["demo-clinic", "en", "patient-home", SMALL, "light"],
  ["demo-clinic", "en", "patient-waiting", SMALL, "light"],
  ["demo-clinic", "en", "patient-conversation", SMALL, "dark"],
  ["demo-clinic", "en", "console-waiting", DESK, "light"],
  ["demo-clinic", "en", "console-conversation", DESK, "light"],
  ["demo-clinic", "en", "console-archive", DESK, "dark"],
  ["demo-clinic", "ru", "patient-conversation", SMALL, "light"],
  ["demo-law", "en", "patient-home", SMALL, "light"],
  ["demo-law", "en", "console-conversation", DESK, "dark"],
];
/** Bytes: nobody waits for a README. */
const DOC_MAX = 150_000;
const QUALITIES = [88, 80, 70, 60];

async function run(brand, language, show) {
  const stage = { browser: await openBrowser(), world: await World.start(brand), people: [] };
  try {
    for (const [login, { name, role = "operator" }] of Object.entries(staffOf(language))) {
      await stage.world.staff(login, { name, role, password: `${PASSWORD}\n` });
    }
    await walk(stage, { words: await wordsOf(language), services: SERVICES[brand][language], show });
  } finally {
    await stage.browser.close();
    await stage.world.end();
  }
}

async function all(filter, widths, brand, language) {
  const folder = join(here, "artefacts", "screens", `${brand}-${language}`);
  await mkdir(folder, { recursive: true });
  await run(brand, language, async (person, title) => {
    if (!title.includes(filter)) return;
    const before = person.page.viewportSize();
    for (const width of widths.filter((each) => title.startsWith("console") || !CONSOLE_ONLY.includes(each))) {
      await person.page.setViewportSize({ width, height: HEIGHTS[width] });
      for (const scheme of ["light", "dark"]) {
        await person.dress(scheme);
        await person.page.screenshot({ path: join(folder, `${title}-${width}-${scheme}.png`) });
      }
    }
    await person.page.setViewportSize(before);
    await person.dress("light");
  });
}

/** What a desk says once, at its first opening, stands in no picture of the README. */
async function quiet({ page }, words) {
  const said = [page.getByRole("button", { name: words.console("banner.notNow") }), page.getByRole("button", { name: words.console("sound.later"), exact: true }), page.locator(".mantine-Notification-closeButton")];
  for (const button of said) {
    if (await button.first().isVisible()) await button.first().click();
    await button.first().waitFor({ state: "hidden" });
  }
}

/** A picture in twice the pixels, for screens that have them, as small as it may be. */
async function webp(person, { width, height }, scheme) {
  const { page, context } = person;
  const before = page.viewportSize();
  await page.setViewportSize({ width, height });
  await page.mouse.move(1, 1);
  await person.dress(scheme);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 2, mobile: false });
  let bytes = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality });
    bytes = Buffer.from(data, "base64");
    if (bytes.length <= DOC_MAX) break;
  }
  await devtools.send("Emulation.clearDeviceMetricsOverride");
  await devtools.detach();
  await page.setViewportSize(before);
  await person.dress("light");
  if (bytes.length > DOC_MAX) throw new Error(`a picture of ${bytes.length} bytes`);
  return bytes;
}

async function docs() {
  const folder = join(here, "../../docs/screenshots");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const runs = new Set(DOCS.map(([brand, language]) => `${brand} ${language}`));
  for (const [brand, language] of [...runs].map((run) => run.split(" "))) {
    const wanted = DOCS.filter((doc) => doc[0] === brand && doc[1] === language);
    const words = await wordsOf(language);
    await run(brand, language, async (person, title) => {
      if (title.startsWith("console") && title !== "console-sign-in" && !title.startsWith("console-keys")) await quiet(person, words);
      for (const [, , , size, scheme] of wanted.filter((doc) => doc[2] === title)) {
        await writeFile(join(folder, `${brand}-${language}-${title}.webp`), await webp(person, size, scheme));
      }
    });
  }
}

const [filter = "", widths = Object.keys(HEIGHTS).join(","), brand, language] = process.argv.slice(2);
if (filter === "docs") await docs();
else {
  for (const oneBrand of brand === undefined ? Object.keys(SERVICES) : [brand]) {
    for (const oneLanguage of language === undefined ? ["ru", "en"] : [language]) {
      await all(filter, widths.split(",").map(Number), oneBrand, oneLanguage);
    }
  }
}
