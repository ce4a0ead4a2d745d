/**
 * Screenshots of every state of a call and a call-back in the patient app: `npm run dev` in one shell, `node looking-glass/shots.mjs <out> [filter]` in
 * another. Names: <screen>-<width>-<scheme>-<language>.png. Each page is looked over by axe too.
 */
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const BASE = process.env.LOOK_URL ?? "http://localhost:5173";
const out = process.argv[2] ?? "shots";
/** A loaded machine is slow to compile pages for the first time. */
const PATIENCE_MS = 120_000;
const filter = new RegExp(process.argv[3] ?? "");
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const SIZES = { 360: 740, 390: 844, 768: 1024, 1440: 900 };
const TALK = "/conversation/v1";
const press = (name) => async (page) => page.getByRole("button", { name }).first().click();

/** Screens: scene, call, what to do there. */
const SCREENS = {
  talk: {},
  "talk-called": { scene: "called" },
  "talk-missed": { scene: "missed" },
  "talk-off": { call: "off" },
  "off-reason": { call: "off", act: press(/Звонки сейчас|Calls do not/) },
  check: { act: press(/с видео|Video call/) },
  "check-audio": { act: press(/^(Позвонить|Call)$/) },
  "check-denied": { call: "check-denied", act: press(/с видео|Video call/) },
  "check-asking": { call: "check-asking", act: press(/с видео|Video call/) },
  "check-camera": { call: "check-camera", act: press(/с видео|Video call/) },
  ringing: { call: "ringing" },
  "ringing-audio": { call: "ringing-audio" },
  "ringing-sentences": { call: "ringing", act: press(/с ответом|with a reply/) },
  answering: { call: "answering" },
  "answer-denied": { call: "answer-denied", act: press(/^(Ответить|Answer)$/) },
  preparing: { call: "preparing" },
  calling: { call: "calling" },
  "calling-audio": { call: "calling-audio" },
  in: { call: "in" },
  "in-audio": { call: "in-audio" },
  "in-three": { call: "in-three" },
  "in-four": { call: "in-four" },
  "in-screen": { call: "in-screen" },
  "in-muted": { call: "in-muted" },
  "in-stalled": { call: "in-stalled" },
  "in-reconnecting": { call: "in-reconnecting" },
  "in-joining": { call: "in-joining" },
  "in-silenced": { call: "in-silenced" },
  "in-weak": { call: "in-weak" },
  "in-unsafe": { call: "in-unsafe" },
  "in-waiting": { call: "in-waiting" },
  "in-settings": { call: "in", act: press(/Настройки|Settings/) },
  tile: { call: "in", act: press(/^(Чат|Chat)$/) },
  "tile-audio": { call: "in-audio", act: press(/^(Чат|Chat)$/) },
  "end-completed": { call: "end-completed" },
  "still-on": { call: "still-on" },
  "end-missed": { call: "end-missed" },
  "end-declined": { call: "end-declined" },
  "end-cancelled": { call: "end-cancelled" },
  "end-busy": { call: "end-busy" },
  "end-elsewhere": { call: "end-elsewhere" },
  "end-missed-mine": { call: "end-missed-mine" },
  "end-declined-mine": { call: "end-declined-mine" },
  "end-busy-mine": { call: "end-busy-mine" },
  "end-lost": { call: "end-lost" },
  "end-removed": { call: "end-removed" },
  // --- call-backs ---
  "callback-home": { scene: "usual", path: "/", callback: "none" },
  "callback-home-new": { scene: "usual", path: "/", callback: "new" },
  "callback-home-late": { scene: "usual", path: "/", callback: "late" },
  "callback-home-taken": { scene: "queued", path: "/", callback: "taken" },
  "callback-home-calling": { scene: "usual", path: "/", callback: "calling" },
  "callback-home-no-answer": { scene: "usual", path: "/", callback: "no-answer" },
  "callback-waiting": { scene: "queued", callback: "none" },
  "callback-talk": { scene: "callback-lines", callback: "taken" },
  "callback-talk-waiting": { scene: "queued", callback: "window" },
  "callback-start": { scene: "usual", path: "/ask/q1", callback: "none" },
  "callback-start-nobody": { scene: "usual", path: "/ask/q3", callback: "none" },
  "callback-start-closed": { scene: "usual", path: "/ask/q4", callback: "none" },
  "callback-start-long": { scene: "usual", path: "/ask/q2", callback: "none" },
  "callback-order": { scene: "usual", path: "/call-me/q1", callback: "none", full: true },
  "callback-order-instead": {
    scene: "queued",
    path: "/call-me/q1",
    callback: "none",
    full: true,
    act: async (page) => page.getByRole("radio", { name: /^(Лучше позвоните мне|Call me instead)$/ }).check(),
  },
  "callback-order-closed": { scene: "usual", path: "/call-me/q4", callback: "none", full: true },
  "callback-order-any": { scene: "usual", path: "/call-me", callback: "none", full: true },
  "callback-order-nobody": {
    scene: "usual",
    path: "/call-me",
    callback: "none",
    full: true,
    act: press(/^(Заказать звонок|Order a call)$/),
  },
  "callback-order-window": {
    scene: "usual",
    path: "/call-me/q2",
    callback: "none",
    full: true,
    act: async (page) => {
      await page.getByRole("radio", { name: /^(Выбрать время|Choose a time)$/ }).check();
      await page.getByRole("radio", { name: /^(Завтра|Tomorrow)$/ }).check();
      await page.getByRole("radio", { name: /12:00–/ }).check();
    },
  },
  "callback-order-unchosen": {
    scene: "usual",
    path: "/call-me/q1",
    callback: "none",
    full: true,
    act: async (page) => {
      await page.getByRole("radio", { name: /^(Выбрать время|Choose a time)$/ }).check();
      await page.getByRole("button", { name: /^(Заказать звонок|Order a call)$/ }).click();
    },
  },
  "callback-order-phone": {
    scene: "usual",
    path: "/call-me/q1",
    callback: "refused-phone",
    full: true,
    act: press(/^(Заказать звонок|Order a call)$/),
  },
  "callback-order-offline": {
    scene: "usual",
    path: "/call-me/q1",
    callback: "refused-offline",
    full: true,
    act: press(/^(Заказать звонок|Order a call)$/),
  },
  "callback-order-already": { scene: "usual", path: "/call-me/q1", callback: "new", full: true },
  "callback-order-sent": {
    scene: "usual",
    path: "/call-me/q1",
    callback: "ordering",
    act: async (page) => {
      await page.getByRole("button", { name: /^(Заказать звонок|Order a call)$/ }).click();
      await page.waitForTimeout(900);
    },
  },
  "callback-new": { scene: "usual", path: "/call-back/b1", callback: "new" },
  "callback-window": { scene: "usual", path: "/call-back/b1", callback: "window" },
  "callback-foreign": { scene: "usual", path: "/call-back/b1", callback: "foreign" },
  "callback-late": { scene: "usual", path: "/call-back/b1", callback: "late" },
  "callback-taken": { scene: "usual", path: "/call-back/b1", callback: "taken" },
  "callback-calling": { scene: "usual", path: "/call-back/b1", callback: "calling-app" },
  "callback-no-answer": { scene: "usual", path: "/call-back/b1", callback: "no-answer" },
  "callback-done": { scene: "usual", path: "/call-back/b1", callback: "done" },
  "callback-not-reached": { scene: "usual", path: "/call-back/b3", callback: "done" },
  "callback-cancelled": { scene: "usual", path: "/call-back/b1", callback: "cancelled" },
  "callback-gone": { scene: "usual", path: "/call-back/nothing", callback: "none" },
  "callback-move": {
    scene: "usual",
    path: "/call-back/b1",
    callback: "window",
    act: async (page) => {
      await page.getByRole("button", { name: /^(Перенести|Change the time)$/ }).click();
      await page.getByRole("radio", { name: /^(Выбрать время|Choose a time)$/ }).check();
    },
  },
  "callback-cancel": {
    scene: "usual",
    path: "/call-back/b1",
    callback: "window",
    act: press(/^(Отменить звонок|Cancel the call)$/),
  },
  "documents-few": { scene: "usual", path: "/documents", documents: "few", full: true },
  "documents-looking": { scene: "usual", path: "/documents", documents: "looking" },
  "documents-unreadable": { scene: "usual", path: "/documents", documents: "unreadable" },
  "documents-none": { scene: "usual", path: "/documents", documents: "none" },
  "documents-many": {
    scene: "usual",
    path: "/documents",
    documents: "many",
    act: async (page) => page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2)),
  },
  "documents-dates": {
    scene: "usual",
    path: "/documents",
    documents: "few",
    act: press(/^(Выбрать даты|Choose dates)$/),
  },
  "callback-history": { scene: "usual", path: "/history", callback: "new", full: true },
};

mkdirSync(out, { recursive: true });
const widths = (process.env.WIDTHS ?? "360").split(",").map(Number);
const schemes = (process.env.SCHEMES ?? "light").split(",");
const languages = (process.env.LANGS ?? "ru").split(",");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
});
let failures = 0;
for (const [name, screen] of Object.entries(SCREENS).filter(([each]) => filter.test(each)))
  for (const width of widths)
    for (const scheme of schemes)
      for (const language of languages) failures += await shoot(name, screen, { width, scheme, language });
await browser.close();
process.exitCode = failures === 0 ? 0 : 1;

async function shoot(name, screen, { width, scheme, language }) {
  const context = await browser.newContext({
    viewport: { width, height: SIZES[width] ?? 900 },
    colorScheme: scheme,
    locale: language,
    hasTouch: width < 500,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const problems = [];
  page.on("pageerror", (error) => problems.push(`page: ${error.message}`));
  const wish = new URLSearchParams({
    scene: screen.scene ?? "active",
    path: screen.path ?? TALK,
    lang: language,
    theme: scheme,
    ...(screen.call === undefined ? {} : { call: screen.call }),
    ...(screen.documents === undefined ? {} : { documents: screen.documents }),
    ...(screen.callback === undefined ? {} : { callback: screen.callback }),
  });
  const label = `${name}-${width}-${scheme}-${language}`;
  try {
    await page.goto(`${BASE}/looking-glass/?${wish}`);
    await page.waitForSelector("main :is(h1, p), dialog[open]");
    await page.waitForTimeout(900);
    await screen.act?.(page);
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(out, `${label}.png`), fullPage: screen.full === true });
    problems.push(...(await lookOver(page)));
  } catch (error) {
    problems.push(`failed: ${String(error.message).split("\n")[0]}`);
    await page.screenshot({ path: join(out, `${label}.png`) }).catch(() => undefined);
  }
  console.log(
    `${problems.length === 0 ? "ok" : "!!"} ${label}${problems.map((each) => `\n     ${each}`).join("")}`,
  );
  await context.close();
  return problems.length;
}

async function lookOver(page) {
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  const problems = wide > 0 ? [`page is ${wide} px too wide`] : [];
  if (process.env.NO_AXE === "1") return problems;
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
  );
  for (const each of found.violations) {
    const nodes = each.nodes.slice(0, 3);
    problems.push(
      `axe ${each.id}: ${nodes.map((node) => `${node.target}: ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`).join(" | ")}`,
    );
  }
  return problems;
}
