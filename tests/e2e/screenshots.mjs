/**
 * Pictures of every screen on the real system, for looking at: `npm run screenshots [-- <filter of titles> [<widths> [<brand> <language>]]]`.
 * They go to `artefacts/screens/<brand>-<language>/<title>-<width>-<scheme>.png`. `npm run screenshots -- docs` makes those of the README.
 */
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./browser.mjs";
import { staffOf, walk } from "./scenes.mjs";
import { PASSWORD } from "./steps.mjs";
import { wordsOf } from "./words.mjs";
import { World } from "./world.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const HEIGHTS = { 360: 740, 412: 892, 768: 1024, 1280: 800, 1920: 1080, 3840: 2160 };
const SERVICES = {
  "demo-clinic": { ru: ["Терапевт", "Педиатр"], en: ["General practitioner", "Paediatrician"] },
  "demo-law": { ru: ["Семейное право", "Жильё и недвижимость"], en: ["Family law", "Home and property"] },
};
/** Title, width, scheme and file of the README's pictures. */
const DOCS = [
  ["patient-home", 412, "light"],
  ["patient-conversation", 412, "light"],
  ["console-conversation", 1280, "light"],
  ["console-archive", 1280, "dark"],
];

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

async function shoot(person, width, scheme, path) {
  const { page } = person;
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: HEIGHTS[width] });
  await person.dress(scheme);
  await page.screenshot({ path });
  await page.setViewportSize(before);
}

async function all(filter, widths, brand, language) {
  const folder = join(here, "artefacts", "screens", `${brand}-${language}`);
  await mkdir(folder, { recursive: true });
  await run(brand, language, async (person, title) => {
    if (!title.includes(filter)) return;
    for (const width of widths) {
      for (const scheme of ["light", "dark"]) await shoot(person, width, scheme, join(folder, `${title}-${width}-${scheme}.png`));
    }
    await person.dress("light");
  });
}

async function docs() {
  const folder = join(here, "../../docs/screenshots");
  await mkdir(folder, { recursive: true });
  await run("demo-clinic", "en", async (person, title) => {
    for (const [wanted, width, scheme] of DOCS) {
      if (wanted === title) await shoot(person, width, scheme, join(folder, `${title}.png`));
    }
    await person.dress("light");
  });
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
