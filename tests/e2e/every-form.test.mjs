/**
 * Every form and dialog of both apps: it has a title and room, at a desk and at a phone's width; it speaks one language; axe finds nothing; what has to be filled in
 * says so at its field; Escape closes it, and the focus is where it was; nothing in it moves by itself. The table is `forms.mjs`.
 *
 * All of it is looked at under each brand in the language in which all-screens.test.mjs does not see that brand; what shows a brand's own words, in its other language
 * too. One world for each brand, and one sign-in for each app: the language and the size change in the page.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ALL } from "./browser.mjs";
import { foreign, NARROW } from "./findings.mjs";
import { cutOff, outside, small } from "./fit.mjs";
import { DIALOG, ELSEWHERE, MAIN, peopled, PLACES, STAFF } from "./forms.mjs";
import { shiftsOf, watchShifts } from "./shifts.mjs";
import { SERVICES } from "./scenes.mjs";
import { agree, call, desk as signsIn, patient, section, signedInOverHttp, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const clients = resolve(dirname(fileURLToPath(import.meta.url)), "../../clients");
const DESK = { width: 1440, height: 900 };
/** Of Chromium's layout shift, as for whole screens. */
const SHIFT_MAX = 0.05;
/** Within it a press has its answer: what comes later is not there. Unit: ms. */
const SOON_MS = 5_000;
const BRANDS = [
  { brand: "demo-clinic", first: "en", other: "ru", rules: ALL },
  { brand: "demo-law", first: "ru", other: "en", rules: null },
];
const LANGUAGES = { en: "English", ru: "Русский" };

/** Files of the patient's app with a dialog, that this walk opens; and those that come with a call, a key of one's own, or answers, by the test that goes that way. */
const WALKED = ["CallbackView.tsx", "ConsentDialog.tsx", "ConsentItems.tsx", "ConsentsDialog.tsx", "ConversationView.tsx", "PersonDialog.tsx", "ProfileView.tsx", "ProofDialog.tsx", "RemoveDialog.tsx", "SpareKey.tsx"];
const PATIENT_ELSEWHERE = {
  "AnswersDialog.tsx": "questionnaire.test.mjs",
  "EndView.tsx": "calls/looks.test.mjs",
  "FailureDialog.tsx": "calls/looks.test.mjs",
  "FirstCheck.tsx": "calls/looks.test.mjs",
  "RecoveryKeyCard.tsx": "second.test.mjs",
};

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

/** Frames in which what was opened has come to its place. */
const LOOKS = 20;

/** As the console speaks of whom its brand serves. */
const TRADES = { "demo-clinic": [], "demo-law": [["patient", "client"], ["Patient", "Client"], ["пациент", "клиент"], ["Пациент", "Клиент"]] };

/** What somebody sees and does, and what was found wrong with it. */
function lookingAs(on, person, words, { besides = [], rules, isPatient = false }) {
  const inTrade = (text) => TRADES[on.world.brand].reduce((told, [from, to]) => told.replaceAll(from, to), text);
  const said = isPatient ? words.patient : (path, values) => inTrade(words.console(path, values));
  return { on, person, words, said, besides, rules, isPatient, told: [] };
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

/** What is still wrong when all has come to its place: a title is named, and what lies over the page follows it, a few frames later. */
async function settled(page, find) {
  let found = await find();
  for (let look = 0; found.length > 0 && look < LOOKS; look += 1) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    found = await find();
  }
  return found;
}

async function looks(view, title, within) {
  const { person, said, words, rules, besides, isPatient } = view;
  const { page } = person;
  const tells = (findings, where = "") => view.told.push(...findings.map((finding) => `${words.language}, ${title}${where}: ${finding}`));
  const loading = isPatient ? "[aria-busy=true]" : `[role=status][aria-label="${said("loading")}"]`;
  await page.locator(within).first().waitFor();
  await page.locator(`:is(${within}) ${loading}`).first().waitFor({ state: "hidden" });
  if (rules !== null) tells(await person.violations(rules, within));
  const others = await foreign(person, words.language, { within, besides });
  if (others.length > 0) tells([`another language: ${others.join(" | ")}`]);
  tells(await settled(page, () => page.evaluate(nameless, [within, words.branches])));
  const before = page.viewportSize();
  for (const [size, where] of [[before, ""], [before.width > NARROW.patient.width ? NARROW.patient : DESK, ", at another width"]]) {
    await page.setViewportSize(size);
    tells(await settled(page, () => cutOff(person, within)), where);
    const out = await outside(person, size);
    if (out !== null) tells([`sticks out by ${out}`], where);
  }
  await page.setViewportSize(before);
  if (isPatient) tells(await small(person));
}

/** What the eye can type into, and has to be filled in. */
const REQUIRED = ":is(input, textarea)[required]:not([type=checkbox], [type=radio], [type=date], [type=time], [type=datetime-local], [inputmode=numeric], [inputmode=decimal], [readonly], [disabled], [aria-haspopup])";

/** A field that has to be filled in and is empty says so, where the form can be sent so. */
async function refuses(view, title, within, form = "form") {
  const { page } = view.person;
  const field = page.locator(`:is(${within}) ${form} ${REQUIRED}`).first();
  const submit = page.locator(`:is(${within}) ${form} button[type=submit]`).first();
  if ((await field.count()) === 0 || (await submit.count()) === 0) return;
  await field.fill("");
  if (await submit.isDisabled()) return;
  await submit.click();
  const wrong = page.locator(`:is(${within}) [aria-invalid=true]`).first();
  const isThere = await wrong.waitFor({ timeout: SOON_MS }).then(() => true, () => false);
  const why = isThere && (await wrong.evaluate((input) =>
    (input.getAttribute("aria-describedby") ?? input.getAttribute("aria-errormessage") ?? "").split(" ").some((id) => (document.getElementById(id)?.textContent ?? "") !== "")));
  if (!why) view.told.push(`${view.words.language}, ${title}: what has to be filled in does not say so`);
}

/** Remembers what has the focus; a dialog gives it back. */
const remembers = (page) => page.evaluate(() => void (globalThis.consiliumOpener = document.activeElement));

/** A field or a list in it may want the first Escape for itself. */
async function closes(view, title) {
  const { page } = view.person;
  const place = page.locator(DIALOG).first();
  let isShut = false;
  for (let press = 0; press < 3 && !isShut; press += 1) {
    await page.keyboard.press("Escape");
    isShut = await place.waitFor({ state: "hidden", timeout: SOON_MS / 5 }).then(() => true, () => false);
  }
  assert.ok(isShut, `${title} is not closed by Escape. ${await view.person.situation()}`);
  const isBack = await page
    // What opened it may have gone meanwhile, where the screen became narrow.
    .waitForFunction(() => document.activeElement === globalThis.consiliumOpener || !globalThis.consiliumOpener.isConnected, undefined, { timeout: SOON_MS })
    .then(() => true, () => false);
  if (isBack) return;
  const where = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
  view.told.push(`${view.words.language}, ${title}: the focus did not come back, but to ${where}`);
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

/** Opens it, as its line says; false: what opens it is not there, and need not be. */
async function opens(view, { button, within = "body", values, keys, command, hint, before, optional = false, size }) {
  const { page } = view.person;
  if (size !== undefined) await page.setViewportSize(size);
  await before?.(view);
  if (button !== undefined || hint !== undefined) {
    const opener = hint === undefined ? byWords(view, within, button, values) : page.locator(`[title="${view.said(hint)}"]`).first();
    if (optional && (await opener.count()) === 0) return false;
    await opener.focus();
    await remembers(page);
    await page.keyboard.press("Enter");
  } else {
    await page.locator(MAIN).focus();
    await remembers(page);
    if (keys !== undefined) await page.keyboard.press(keys);
    else await commands(page, view.said(`command.${command}`));
  }
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

/** One line of the table, and what moved by itself meanwhile. */
async function visits(view, line) {
  const { title, then = [], size } = line;
  const { page } = view.person;
  const before = (await shiftsOf(view.person)).sum;
  if (!(await opens(view, line))) return;
  await looks(view, title, DIALOG);
  for (const step of then) {
    await goesOn(view, step);
    await looks(view, `${title}, further`, DIALOG);
  }
  const { sum, moved } = await shiftsOf(view.person);
  if (sum - before > SHIFT_MAX) view.told.push(`${view.words.language}, ${title} moved by ${(sum - before).toFixed(3)}: ${moved.slice(-3).join(" ; ")}`);
  await refuses(view, title, DIALOG);
  await closes(view, title);
  if (size !== undefined) await page.setViewportSize(DESK);
}

/** The settings of a brand, one of each kind: its form, its history, what differs. Answers with the kinds. */
async function settings(view) {
  const { person, said, words } = view;
  const { api } = await signedInOverHttp(view.on, "volkova", { language: words.language });
  const { sections } = await api("/settings");
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
  await page.keyboard.press("Escape");
  await page.locator(DIALOG).waitFor({ state: "hidden" });
}

/**
 * What a patient is asked for, by the screen where it is: what shows that it is there, the dialogs of that screen by what opens them, and those by the beginning of it,
 * which a brand may lack.
 */
const PATIENT = [
  {
    at: "profile",
    there: (view) => view.person.page.getByRole("textbox", { name: view.said("profile.name"), exact: true }),
    dialogs: ["profile.signOut"],
    some: ["spareKey.take", "consents.readOf", "consents.giveOf", "consents.withdrawOf"],
  },
  {
    at: "persons",
    there: (view) => view.person.page.getByRole("article", { name: "Nina", exact: true }),
    dialogs: ["persons.add"],
    some: ["persons.consentsOf", "persons.changeOf", "persons.removeOf"],
  },
  { at: "my-data", there: (view) => view.person.page.getByRole("heading", { name: view.said("myData.copyTitle") }) },
  { at: "my-data/delete", there: (view) => view.person.page.getByRole("heading", { name: view.said("myData.staysTitle") }) },
  { at: "call-me", there: (view) => view.person.page.locator("main form[aria-busy=false]") },
];

/** A button whose words begin as these do, before what they are about. */
const begins = (view, path) => {
  const { page } = view.person;
  const [start] = view.said(path, { name: "\n", title: "\n" }).split("\n");
  return page.getByRole("button", { name: new RegExp(`^${literally(start)}`) }).first();
};

/** `isSome`: a brand may lack it. */
async function dialogOf(view, title, opener, { isSome = false } = {}) {
  const { page } = view.person;
  if (isSome && !(await opener.waitFor({ timeout: SOON_MS / 5 }).then(() => true, () => false))) return;
  await page.waitForFunction((button) => !button.disabled, await opener.elementHandle());
  await opener.focus();
  await remembers(page);
  await page.keyboard.press("Enter");
  await page.locator(DIALOG).first().waitFor();
  await looks(view, title, DIALOG);
  await closes(view, title);
}

/** The patient's forms and dialogs, on the narrowest phone. */
async function app(view) {
  const { person, on } = view;
  const { page } = person;
  for (const { at, there, dialogs = [], some = [] } of PATIENT) {
    await page.goto(`${on.world.api}/${at}`);
    await there(view).first().waitFor();
    await looks(view, at, "main");
    const { sum, moved } = await shiftsOf(person);
    if (sum > SHIFT_MAX) view.told.push(`${view.words.language}, ${at} moved by ${sum.toFixed(3)}: ${moved.slice(-3).join(" ; ")}`);
    for (const path of dialogs) await dialogOf(view, `${at}: ${path}`, page.getByRole("button", { name: view.said(path), exact: true }).first());
    for (const path of some) await dialogOf(view, `${at}: ${path}`, begins(view, path), { isSome: true });
  }
}

/** A copy of everything wants a sign-in of the last minutes: as the service says it when ten have passed. */
async function proves(view) {
  const { person, on } = view;
  const { page } = person;
  await page.goto(`${on.world.api}/my-data`);
  const opener = page.getByRole("button", { name: view.said("myData.copyMake"), exact: true });
  await opener.waitFor();
  await page.evaluate(() => {
    const { fetch } = globalThis;
    const stale = { type: "urn:consilium:problem:sign-in-stale", title: "Sign in again", status: 403, detail: "" };
    globalThis.fetch = async (...request) => {
      const { pathname } = new URL(request[0]?.url ?? request[0], location.href);
      return pathname.endsWith("/me/export") ? Response.json(stale, { status: 403 }) : fetch(...request);
    };
  });
  await dialogOf(view, "proving who one is", opener);
}

/** A question that waits, and a call that is ordered: what is asked before either is withdrawn. */
async function waits(view, [service, another]) {
  const { person, on } = view;
  const { page } = person;
  await page.goto(on.world.api);
  await page.locator("a[href^='/ask/']").filter({ hasText: service }).first().click();
  await page.locator("form textarea").waitFor();
  await page.locator("form[aria-busy=false]").waitFor();
  await looks(view, "asking", "main");
  await page.getByRole("textbox").first().fill("A-17");
  await agree(view.person);
  await page.locator("form button[type=submit]").click();
  await page.waitForURL("**/conversation/**");
  await dialogOf(view, "withdrawing a question", page.getByRole("button", { name: view.said("talk.cancel"), exact: true }));
  await page.goto(`${on.world.api}/call-me`);
  await page.locator("main form").first().waitFor();
  // Who waits for the same service is asked what becomes of the question.
  await page.getByRole("radio", { name: another, exact: true }).check();
  await page.getByRole("textbox", { name: view.said("callback.order.phone") }).fill("8 (912) 345-67-89");
  await agree(view.person);
  await page.getByRole("button", { name: view.said("callback.order.send") }).click();
  await page.waitForURL("**/call-back/**");
  await dialogOf(view, "another time for a call", page.getByRole("button", { name: view.said("callback.move"), exact: true }), { isSome: true });
  await dialogOf(view, "withdrawing a call", page.getByRole("button", { name: view.said("callback.cancel"), exact: true }));
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

for (const { brand, first, other, rules } of BRANDS) {
  describe(brand, () => {
    const on = stage({ brand, staff: STAFF, privateWebhooks: true }, begin);
    const [service] = SERVICES[brand][first];
    let volkova;
    let gala;
    let besides;

    async function begin() {
      const words = await wordsOf(first);
      [volkova, gala] = await Promise.all([
        signsIn(on, "volkova", { words, size: DESK, before: watchShifts }),
        patient(on, "gala", { name: "Gala", locale: first, size: NARROW.patient, before: watchShifts }),
      ]);
      // What is refused is said in the form.
      volkova.expects(/^(400|409|422) (POST|PUT|PATCH) /);
      gala.expects(/^(400|409|422) (POST|PUT|PATCH) /);
      besides = await peopled(on, volkova, { service, language: first });
    }

    test("whatever is filled in at the desk", async () => {
      const view = lookingAs(on, volkova, await wordsOf(first), { besides, rules });
      const kinds = await desk(view);
      if (brand === "demo-clinic") assert.deepEqual(kinds.toSorted(), (await knownKinds()).toSorted(), "a kind of settings that no brand of a demonstration has");
      await speaks(view, other);
      const second = lookingAs(on, volkova, await wordsOf(other), { besides, rules: null });
      await desk(second, { part: ({ says = false }) => says });
      assert.deepEqual([...view.told, ...second.told], []);
    });

    test("whatever a patient fills in", async () => {
      const view = lookingAs(on, gala, await wordsOf(first), { rules, isPatient: true });
      const nina = { relationship: "PRN", name: "Nina", birth_date: "2019-03-12", sex: null, request_id: randomUUID() };
      assert.ok((await call(gala, on.world, "/_consilium/v1/me/persons", "POST", nina)).ok);
      await app(view);
      await proves(view);
      await waits(view, SERVICES[brand][first]);
      await gala.page.goto(`${on.world.api}/profile`);
      await gala.page.getByRole("radio", { name: LANGUAGES[other], exact: true }).click();
      await gala.page.locator(`html[lang=${other}]`).waitFor();
      // What he agreed to stays as it was said to him.
      const { consents } = await (await call(gala, on.world, "/_consilium/v1/me/consents")).json();
      const besides = consents.flatMap(({ last }) => last?.document?.title ?? []);
      const second = lookingAs(on, gala, await wordsOf(other), { besides, rules: null, isPatient: true });
      await app(second);
      assert.deepEqual([...view.told, ...second.told], []);
    });
  });
}
