/**
 * Every form and dialog of both apps: it has a title and room, at a desk and at a phone's width; it speaks one language; axe finds nothing; what is wrong in it is said
 * at its field; Escape closes it, and the focus is where it was; nothing in it moves by itself. The tables are `forms.mjs` and `patient-forms.mjs`, the way through
 * one of them is `dialogs.mjs`.
 *
 * All of it is looked at under each brand in the language in which all-screens.test.mjs does not see that brand; what shows a brand's own words, in its other language
 * too, for the words. One world for each brand, and one sign-in for each app: the language, the size and, for patients, the scheme change in the page. The desk is
 * light under one brand and dark under the other.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ALL, COLOURS } from "./browser.mjs";
import { closes, comes, DESK, DIALOG, lookingAs, looks, movedSoFar, opensBy, refuses, remembers, stands, watchEscapes } from "./dialogs.mjs";
import { NARROW } from "./findings.mjs";
import { apiOf, ELSEWHERE, MAIN, peopled, PLACES, STAFF } from "./forms.mjs";
import { app, callMe, PATIENT_ELSEWHERE, waits, WALKED } from "./patient-forms.mjs";
import { SERVICES } from "./scenes.mjs";
import { watchShifts } from "./shifts.mjs";
import { call, desk as signsIn, patient, section, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const clients = resolve(dirname(fileURLToPath(import.meta.url)), "../../clients");
/** A second brand has other colours and words, and no other structure. */
const BRANDS = [
  { brand: "demo-clinic", first: "en", other: "ru", rules: ALL, scheme: "light" },
  { brand: "demo-law", first: "ru", other: "en", rules: COLOURS, scheme: "dark" },
];
const LANGUAGES = { en: "English", ru: "Русский" };
/** What they run before the page's own code. */
const WATCHES = [watchShifts, watchEscapes];
/** What is refused is said in the form. */
const REFUSALS = /^(400|409|422) (POST|PUT|PATCH) /;

/** The files of a folder in which a dialog is drawn, by their names. */
async function filesWith(drawn, ...folders) {
  const found = [];
  for (const folder of folders) {
    const names = await readdir(join(clients, folder), { recursive: true });
    for (const name of names.filter((one) => one.endsWith(".tsx") && !one.includes(".test."))) {
      if (drawn.test(await readFile(join(clients, folder, name), "utf8"))) found.push(name.split("/").at(-1));
    }
  }
  return found.toSorted();
}

/** The kinds of settings that the console has a form for, as its groups name them. */
async function knownKinds() {
  const model = await readFile(join(clients, "console/src/features/settings/model.ts"), "utf8");
  const [, groups] = /const GROUP_OF[^{]*\{([^}]*)\}/.exec(model);
  return [...groups.matchAll(/^\s*(\w+):/gm)].map(([, kind]) => kind);
}

const literally = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

const byWords = (view, within, path, values) =>
  view.person.page.locator(within).getByRole("button", { name: view.said(path, values), exact: true }).filter({ visible: true }).first();

/** A command by its words in the palette, which is gone before what it opens is looked for. */
async function commands(page, words) {
  await page.keyboard.press("Control+k");
  const palette = page.locator(".mantine-Spotlight-content");
  await palette.locator("input").fill(words);
  // What was typed is marked in every label that has it: only one is nothing but that.
  await palette.locator(".mantine-Spotlight-actionLabel").filter({ hasText: new RegExp(`^${literally(words)}$`) }).first().click();
  await palette.waitFor({ state: "hidden" });
}

/** Keys of the desk are pressed where the focus stays: what opens, or closed, may take it a moment later. */
async function standsInMain(page) {
  await page.waitForFunction((main) => {
    const pane = document.querySelector(main);
    const isThere = document.activeElement === pane;
    // One frame later it still has it, or is asked again.
    pane.focus();
    return isThere;
  }, MAIN);
  await remembers(page);
}

/** Opens it, as its line says; false: what opens it is not there, and need not be. */
async function opens(view, { button, within = "body", values, keys, command, hint, before, optional = false }) {
  const { page } = view.person;
  await before?.(view);
  if (button !== undefined || hint !== undefined) {
    const opener = hint === undefined ? byWords(view, within, button, values) : page.locator(`[title="${view.said(hint)}"]`).first();
    if (optional && (await opener.count()) === 0) return false;
    await opensBy(page, opener);
    return true;
  }
  await standsInMain(page);
  if (keys !== undefined) await page.keyboard.press(keys);
  else await commands(page, view.said(`command.${command}`));
  await page.locator(DIALOG).first().waitFor();
  return true;
}

/** Goes on inside a dialog. */
async function goesOn(view, { fill, press, values, row, choose }) {
  const place = view.person.page.locator(DIALOG).first();
  if (fill !== undefined) await place.locator("input, textarea").first().fill(fill);
  if (choose !== undefined) await place.getByText(view.said(choose), { exact: true }).click();
  if (row) await place.locator("li button").first().click();
  if (press === undefined) return;
  const button = place.getByRole("button", { name: view.said(press, values), exact: true });
  // A button in a row has a longer name, and the same words.
  await button.or(place.locator("button").filter({ hasText: view.said(press, values) })).first().click();
}

/** One line of the table. */
async function visits(view, line) {
  const { title, then = [], size } = line;
  const { page } = view.person;
  if (size !== undefined) await page.setViewportSize(size);
  const steps = [() => opens(view, line), ...then.map((step) => () => goesOn(view, step))];
  for (const [place, step] of steps.entries()) {
    const named = place === 0 ? title : `${title}, further`;
    const before = await movedSoFar(view);
    if ((await step()) === false) return;
    await comes(view, DIALOG);
    await stands(view, named, before);
    await looks(view, named, DIALOG);
  }
  if (view.axe !== null) await refuses(view, title, DIALOG);
  await closes(view, title);
  if (size !== undefined) await page.setViewportSize(DESK);
}

/** The settings of a brand, one of each kind: its form, its history, what differs. Answers with the kinds. */
async function settings(view) {
  const { person, said, words, on } = view;
  const { sections } = await apiOf(person, on.world, words.language)("/settings");
  const standing = sections.filter(({ is_there: isThere, is_on: isOn }) => isThere && isOn !== false);
  const kinds = [...new Set(standing.map(({ kind }) => kind))];
  await section(person, "settings");
  for (const kind of kinds) {
    const { section: name, title } = standing.find((one) => one.kind === kind);
    const list = person.page.locator("[data-pane=list]");
    await list.getByRole("button", { name: title ?? said(`brandSettings.kind.${kind}`), exact: true }).first().click();
    await person.page.waitForURL((address) => address.pathname.endsWith(`/${name.replace(".", "_")}`));
    await person.page.locator(`${MAIN} form`).first().waitFor();
    await looks(view, `settings: ${kind}`, MAIN);
    if (view.axe === null) continue;
    await refuses(view, `settings: ${kind}`, MAIN, "form[aria-label]");
    const discard = byWords(view, MAIN, "brandSettings.discard");
    if (await discard.isEnabled()) await discard.click();
  }
  return kinds;
}

/** The console in the language that it speaks now; `part`: what of it is looked at. */
async function desk(view, { part = () => true } = {}) {
  for (const { go, dialogs, after } of PLACES) {
    const lines = dialogs.filter(part);
    if (lines.length === 0) continue;
    await go(view);
    for (const line of lines) await visits(view, line);
    if (lines.length === dialogs.length) await after?.(view);
  }
  return settings(view);
}

/** Another language, chosen where everybody chooses it. */
async function speaks(view, language) {
  const { page } = view.person;
  await commands(page, view.said("command.settings"));
  await page.locator(DIALOG).getByRole("radio", { name: LANGUAGES[language], exact: true }).click();
  await page.locator(`html[lang=${language}]`).waitFor();
  await page.getByRole("dialog", { name: (await wordsOf(language)).console("settings.title"), exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(DIALOG).waitFor({ state: "hidden" });
}

test("every dialog of the console, and every kind of settings, stands in the table", async () => {
  const drawn = /<(Modal|Drawer|Popover|Spotlight|Dialog)\b/;
  const there = [...(await filesWith(drawn, "console/src")), "FilterPanel.tsx"].toSorted();
  const named = new Set([...PLACES.flatMap(({ dialogs }) => dialogs.map(({ of }) => of)), ...Object.keys(ELSEWHERE)]);
  assert.deepEqual([...named].toSorted(), [...new Set(there)], "a dialog that is drawn and not walked, or walked and not drawn");
});

test("every dialog of the patient's app is opened here, or by the test that needs what it needs", async () => {
  const there = await filesWith(/<Dialog\b/, "patient/src");
  assert.deepEqual(there, [...WALKED, ...Object.keys(PATIENT_ELSEWHERE)].toSorted());
  for (const file of [...Object.values(PATIENT_ELSEWHERE), ...Object.values(ELSEWHERE)]) await readFile(new URL(file, import.meta.url));
});

for (const { brand, first, other, rules, scheme } of BRANDS) {
  describe(brand, () => {
    const on = stage({ brand, staff: STAFF, privateWebhooks: true }, begin);
    const [service] = SERVICES[brand][first];
    let volkova;
    let gala;
    let besides;

    async function begin() {
      const words = await wordsOf(first);
      [volkova, gala] = await Promise.all([
        signsIn(on, "volkova", { words, size: DESK, scheme, before: WATCHES }),
        patient(on, "gala", { name: "Gala", locale: first, size: NARROW.patient, before: WATCHES }),
      ]);
      volkova.expects(REFUSALS);
      // A password that is not right.
      gala.expects(REFUSALS, /^403 POST .*\/login$/);
      besides = await peopled(on, volkova, { service, language: first });
    }

    test("whatever is filled in at the desk", async () => {
      const axe = (within) => volkova.violations(rules, within);
      const view = lookingAs(on, volkova, await wordsOf(first), { besides, axe });
      const kinds = await desk(view);
      if (brand === "demo-clinic") assert.deepEqual(kinds.toSorted(), (await knownKinds()).toSorted(), "a kind of settings that no brand of a demonstration has");
      await speaks(view, other);
      const second = lookingAs(on, volkova, await wordsOf(other), { besides });
      await desk(second, { part: ({ says = false }) => says });
      assert.deepEqual([...view.told, ...second.told], []);
    });

    test("whatever a patient fills in", async () => {
      const axes = {
        whole: (within) => gala.inspect({ rules, within }),
        clean: (within) => gala.violations(rules, within),
        wrong: (within) => gala.inspect({ rules: COLOURS, within }),
      };
      const axe = (within, as) => axes[as](within);
      const view = lookingAs(on, gala, await wordsOf(first), { axe, isPatient: true });
      const nina = { relationship: "PRN", name: "Nina", birth_date: "2019-03-12", sex: null, request_id: randomUUID() };
      assert.ok((await call(gala, on.world, "/_consilium/v1/me/persons", "POST", nina)).ok);
      await app(view);
      await waits(view, SERVICES[brand][first]);
      await gala.page.goto(`${on.world.api}/profile`);
      await gala.page.getByRole("radio", { name: LANGUAGES[other], exact: true }).click();
      await gala.page.locator(`html[lang=${other}]`).waitFor();
      // What he agreed to stays as it was said to him.
      const { consents } = await (await call(gala, on.world, "/_consilium/v1/me/consents")).json();
      const besides = consents.flatMap(({ last }) => last?.document?.title ?? []);
      const second = lookingAs(on, gala, await wordsOf(other), { besides, isPatient: true });
      await app(second);
      await callMe(second);
      assert.deepEqual([...view.told, ...second.told], []);
    });
  });
}
