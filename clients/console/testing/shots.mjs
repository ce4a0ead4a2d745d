/**
 * Screenshots of every screen over the pretend clinic: `npm run look` in one shell, `node testing/shots.mjs <out> [filter]` in another.
 * Names: <screen>-<width>-<scheme>-<language>.png.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const BASE = process.env.LOOK_URL ?? "http://localhost:5184";
const out = process.argv[2] ?? "shots";
/** A loaded machine is slow to compile pages for the first time. */
const PATIENCE_MS = 120_000;
const filter = process.argv[3] ?? "";
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const SIZES = { 360: 740, 390: 844, 768: 1024, 1024: 768, 1280: 800, 1440: 900, 2560: 1440, 3840: 2160 };

/** Screens: address, world, what to do there. */
const SCREENS = {
  "sign-in": { path: "/", signedOut: true },
  "sign-in-failed": {
    path: "/",
    signedOut: true,
    act: async (page) => {
      await page.getByRole("textbox").first().fill("petrova");
      await page.locator('input[type="password"]').fill("wrong");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").first().waitFor();
    },
  },
  waiting: { path: "/waiting" },
  "waiting-card": {
    path: "/waiting",
    act: async (page) => {
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.keyboard.press("j");
    },
  },
  "waiting-first": { path: "/waiting/c-3" },
  "waiting-dense": { path: "/waiting", prefs: { density: "dense" } },
  "waiting-hover": {
    path: "/waiting",
    act: async (page) => {
      await page.locator("[data-row]").nth(2).hover();
    },
  },
  "waiting-new": {
    path: "/waiting",
    act: async (page) => {
      await page.locator("[data-row]").nth(3).hover();
      await page.request.get(`${BASE}/__arrive?count=3&urgent=1`);
      await page.waitForTimeout(400);
    },
  },
  "routing-offer": {
    path: "/waiting",
    act: async (page) => {
      await page.request.get(`${BASE}/__route`);
      await page.getByRole("alertdialog").waitFor();
    },
  },
  "routing-others": {
    path: "/patients",
    me: "volkova",
    act: async (page) => {
      await page.request.get(`${BASE}/__route`);
      await page.getByRole("alertdialog").waitFor();
    },
  },
  "routing-card": {
    path: "/waiting",
    act: async (page) => {
      await page.request.get(`${BASE}/__route`);
      await page.getByRole("alertdialog").waitFor();
      await page.locator("[data-row]").nth(1).click();
    },
  },
  "routing-profile": {
    path: "/operators/petrova",
    me: "volkova",
    act: async (page) => {
      await page.request.get(`${BASE}/__route`);
      await page
        .getByRole("button", { name: /Изменить оператора|Edit operator/ })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  "waiting-gone": {
    path: "/waiting",
    act: async (page) => {
      await page.locator("[data-row]").nth(3).hover();
      await page.request.get(`${BASE}/__arrive?count=0&taken=c-2`);
      await page.waitForTimeout(400);
    },
  },
  "waiting-empty": { path: "/waiting", world: "empty" },
  "waiting-full": { path: "/waiting/c-3", world: "full" },
  "waiting-broken": { path: "/waiting", world: "broken", act: (page) => page.waitForTimeout(3500) },
  "waiting-nothing": { path: "/waiting?q=zzz" },
  "take-conflict": {
    path: "/waiting/c-3",
    rivals: true,
    act: async (page) => {
      await page.keyboard.press("t");
      await page.waitForTimeout(500);
    },
  },
  mine: { path: "/mine/c-9" },
  "mine-tabs": {
    path: "/mine/c-9",
    act: async (page) => {
      for (let i = 0; i < 4; i += 1) {
        await page.keyboard.press("j");
        await page.waitForTimeout(150);
      }
    },
  },
  "mine-note": {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("n");
      await page.keyboard.type("Посмотрите, пожалуйста, @сок");
      await page.getByRole("option").first().waitFor();
    },
  },
  "mine-canned": {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("r");
      await page.keyboard.type("/");
      await page.getByRole("option").first().waitFor();
    },
  },
  "macro-slash": {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("r");
      await page.keyboard.type("/ко");
      await page.getByRole("option").first().waitFor();
    },
  },
  "macro-preview": {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("Shift+M");
      await page.waitForTimeout(300);
      await page.keyboard.type("кожа");
      await page.keyboard.press("Enter");
      await page.waitForTimeout(400);
    },
  },
  "macro-choice": {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("Shift+M");
      await page.waitForTimeout(400);
    },
  },
  "macro-form": {
    path: "/waiting",
    me: "volkova",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("настроить макросы");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").getByRole("listitem").first().getByRole("button").click();
      await page.waitForTimeout(400);
    },
  },
  "mine-tags": {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("Shift+L");
      await page.getByRole("checkbox").first().waitFor();
    },
  },
  canned: {
    path: "/mine/c-9",
    act: async (page) => {
      await page.locator('[data-pane="main"] form button[aria-label="Готовые ответы"]').click();
      await page.getByRole("dialog").getByRole("listitem").first().waitFor();
      await page.getByRole("dialog").getByRole("listitem").last().getByRole("button").click();
      await page.waitForTimeout(300);
    },
  },
  "mine-held": { path: "/mine/c-12" },
  "mine-loading": { path: "/mine/c-9", session: { "mock.history": "loading" } },
  "mine-keys": { path: "/mine/c-9", session: { "mock.keys": "absent" } },
  "mine-empty": { path: "/mine", world: "empty" },
  closing: {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("e");
      await page.waitForTimeout(600);
    },
  },
  "closing-note": {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("e");
      await page.getByRole("status").getByRole("button").first().click();
      await page.waitForTimeout(200);
    },
  },
  transfer: {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("Shift+T");
      await page.waitForTimeout(300);
      await page.keyboard.press("Enter");
    },
  },
  // --- calls ---
  "call-head": { path: "/mine/c-9", prefs: { cardOpen: true } },
  "call-off": { path: "/mine/c-9", session: { "mock.call": "off" } },
  "call-join": { path: "/mine/c-9", session: { "mock.call": "open" } },
  "call-devices": {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("Shift+C");
      await page.waitForTimeout(700);
    },
  },
  "call-devices-audio": {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("c");
      await page.waitForTimeout(500);
    },
  },
  "call-failed": {
    path: "/mine/c-9",
    session: { "mock.call": "failed" },
    act: async (page) => {
      await page.keyboard.press("c");
      await page.waitForTimeout(500);
      await page.keyboard.press("Enter");
      await page.waitForTimeout(400);
    },
  },
  "call-calling": { path: "/mine/c-9", session: { "mock.call": "calling" } },
  "call-calling-audio": { path: "/mine/c-9", session: { "mock.call": "calling-audio" } },
  "call-ringing": { path: "/waiting/c-3", session: { "mock.call": "ringing" } },
  "call-ringing-audio": { path: "/patients", session: { "mock.call": "ringing-audio" } },
  "call-in": { path: "/mine/c-9", session: { "mock.call": "in" } },
  "call-in-audio": { path: "/mine/c-9", session: { "mock.call": "in-audio" } },
  "call-in-council": { path: "/mine/c-9", session: { "mock.call": "in-council" } },
  "call-in-muted": { path: "/mine/c-9", session: { "mock.call": "in-muted" } },
  "call-in-stalled": { path: "/mine/c-9", session: { "mock.call": "in-stalled" } },
  "call-in-screen": { path: "/mine/c-9", session: { "mock.call": "in-screen" } },
  "call-in-reconnecting": { path: "/mine/c-9", session: { "mock.call": "in-reconnecting" } },
  "call-in-weak": { path: "/mine/c-9", session: { "mock.call": "in-weak" } },
  "call-in-silenced": { path: "/mine/c-9", session: { "mock.call": "in-silenced" } },
  "call-in-waiting": { path: "/mine/c-9", session: { "mock.call": "in-waiting" } },
  "call-in-elsewhere": { path: "/patients/patient-14", session: { "mock.call": "in" } },
  "call-in-large": {
    path: "/mine/c-9",
    session: { "mock.call": "in" },
    act: async (page) => {
      await page.getByRole("button", { name: /^(Крупнее|Larger)$/ }).click();
    },
  },
  "call-in-devices": {
    path: "/mine/c-9",
    session: { "mock.call": "in" },
    act: async (page) => {
      await page
        .getByRole("button", { name: /^(Настройки|Settings)$/ })
        .first()
        .click();
    },
  },
  "call-in-floating": {
    path: "/mine/c-9",
    session: { "mock.call": "in", "mock.floating": "panel" },
    act: async (page) => {
      await page.keyboard.press("i");
      await page.waitForTimeout(600);
    },
  },
  "call-invite": {
    path: "/mine/c-9",
    session: { "mock.call": "in" },
    act: async (page) => {
      await page.getByRole("button", { name: /^(Пригласить в звонок|Invite into the call)$/ }).click();
      await page.waitForTimeout(300);
    },
  },
  "call-answering": { path: "/mine/c-9", session: { "mock.call": "answering" } },
  "call-end-cancelled": { path: "/mine/c-9", session: { "mock.call": "end-cancelled" } },
  "call-end-busy": { path: "/mine/c-9", session: { "mock.call": "end-busy" } },
  "call-end-elsewhere": { path: "/mine/c-9", session: { "mock.call": "end-elsewhere" } },
  "call-end-removed": { path: "/mine/c-9", session: { "mock.call": "end-removed" } },
  invite: { path: "/mine/c-9", act: typed("Shift+KeyI") },
  council: {
    path: "/mine/c-9",
    act: async (page) => {
      await typed("Shift+KeyI")(page);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("radio").first().check();
      await dialog.locator("button[type=submit]").click();
      await dialog.waitFor({ state: "hidden" });
    },
  },
  "call-end-missed": { path: "/mine/c-9", session: { "mock.call": "end-missed" } },
  "call-end-declined": { path: "/mine/c-9", session: { "mock.call": "end-declined" } },
  "call-end-completed": { path: "/mine/c-9", session: { "mock.call": "end-completed" } },
  "call-end-lost": { path: "/mine/c-9", session: { "mock.call": "end-lost" } },
  "follow-ups": { path: "/follow-ups" },
  "follow-ups-card": { path: "/follow-ups/follow-up-0" },
  "follow-ups-empty": { path: "/follow-ups", world: "empty" },
  callbacks: { path: "/callbacks" },
  "callbacks-card": { path: "/callbacks/b-2" },
  "callbacks-late": { path: "/callbacks/b-0", me: "volkova" },
  "callbacks-banner": { path: "/waiting", me: "volkova" },
  "callbacks-form-order": { path: "/callbacks/b-3" },
  "callbacks-mine": { path: "/callbacks/b-4" },
  "callbacks-calling": { path: "/callbacks/b-5" },
  "callbacks-theirs": { path: "/callbacks/b-6" },
  "callbacks-again": { path: "/callbacks/b-7" },
  "callbacks-ended": { path: "/callbacks/b-10?state=ended" },
  "callbacks-erased": { path: "/callbacks/b-12?state=ended" },
  "callbacks-none": { path: "/callbacks?state=mine&q=nobody" },
  "callbacks-empty": { path: "/callbacks", world: "empty" },
  "callbacks-overdue": { path: "/callbacks?due=overdue" },
  "callbacks-taken": { path: "/callbacks/b-1", rivals: true, act: typed("t") },
  "callbacks-take": { path: "/callbacks/b-1", act: typed("t") },
  "callbacks-consultation": { path: "/callbacks/b-4", act: typed("o") },
  "callbacks-consultation-open": { path: "/callbacks/b-4", rivals: true, act: typed("o") },
  "callbacks-done": { path: "/callbacks/b-5", act: typed("d") },
  "callbacks-no-answer": { path: "/callbacks/b-5", act: typed("a") },
  "callbacks-later": {
    path: "/callbacks/b-5",
    act: async (page) => {
      await typed("l")(page);
      await page.getByRole("radio").nth(1).check();
    },
  },
  "callbacks-note": {
    path: "/callbacks/b-5",
    act: async (page) => {
      await page.getByRole("button", { name: /^(Добавить заметку|Add a note)/ }).click();
    },
  },
  "callbacks-cancel": {
    path: "/callbacks/b-4",
    act: async (page) => {
      await page.getByRole("button", { name: /^(Отменить заявку|Cancel the call-back)$/ }).click();
    },
  },
  "callbacks-devices": { path: "/callbacks/b-4", act: typed("c") },
  "callbacks-ringing": {
    path: "/callbacks/b-4",
    act: async (page) => {
      await typed("c")(page);
      await page.keyboard.press("Enter");
      await page.waitForTimeout(400);
    },
  },
  calls: { path: "/calls" },
  "calls-card": { path: "/calls/call-0", me: "volkova" },
  "calls-filter": { path: "/calls?outcome=missed" },
  "calls-none": { path: "/calls?outcome=busy&patient=nobody" },
  "calls-empty": { path: "/calls", world: "empty" },
  active: { path: "/active/c-13" },
  "on-hold": { path: "/on-hold" },
  archive: { path: "/archive/c-21", me: "volkova" },
  "archive-seal": {
    path: "/archive/c-24",
    me: "volkova",
    act: async (page) => {
      await page.getByRole("tab").last().click();
    },
  },
  "archive-menu": {
    path: "/archive/c-21",
    me: "volkova",
    act: async (page) => {
      await page.locator("header [aria-haspopup=menu]").last().click();
      await page.getByRole("menuitem").first().waitFor();
    },
  },
  "archive-files": {
    path: "/archive/c-21",
    me: "volkova",
    act: async (page) => {
      await page.getByRole("tab").nth(1).click();
    },
  },
  "archive-none": { path: "/archive", me: "volkova" },
  "archive-due": { path: "/archive/c-21?state=due&period=7", me: "volkova" },
  "archive-due-list": { path: "/archive?state=due", me: "volkova" },
  "archive-due-empty": { path: "/archive?state=due", me: "volkova", world: "empty" },
  "archive-holds": { path: "/archive?state=holds", me: "volkova" },
  "archive-keeping": {
    path: "/archive/c-21",
    me: "volkova",
    act: (page) => page.getByRole("tab").last().click(),
  },
  "archive-hold": {
    path: "/archive/c-21",
    me: "volkova",
    act: async (page) => {
      await page.getByRole("tab").last().click();
      await page.locator("[role=tabpanel] button").first().click();
      await page.getByRole("dialog").getByRole("textbox").fill("Дело № 2-1184/2026");
    },
  },
  "archive-erase": {
    path: "/archive/c-21",
    me: "volkova",
    act: async (page) => {
      await page.getByRole("tab").last().click();
      await page.locator("[role=tabpanel] button").last().click();
      await page.getByRole("dialog").getByRole("textbox").fill("Заявление пациента от 12 ноября");
      await page.getByRole("dialog").locator("button[type=submit]").click();
    },
  },
  "archive-erased": {
    path: "/archive/c-21",
    me: "volkova",
    act: async (page) => {
      await page.getByRole("tab").last().click();
      await page.locator("[role=tabpanel] button").last().click();
      await page.getByRole("dialog").getByRole("textbox").fill("Заявление пациента от 12 ноября");
      await page.getByRole("dialog").locator("button[type=submit]").click();
      await page.getByRole("dialog").getByRole("button").last().click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    },
  },
  "patient-holds": { path: "/patients/p-1", me: "volkova" },
  patients: { path: "/patients" },
  "patients-card": { path: "/patients/patient-14" },
  "patients-edit": {
    path: "/patients/patient-14",
    act: async (page) => {
      await page.locator('[data-pane="card"] button').nth(1).click();
      await page.waitForTimeout(300);
    },
  },
  "patients-alike": { path: "/patients/patient-20", me: "volkova", act: alike },
  "patients-merge": {
    path: "/patients/patient-20",
    me: "volkova",
    act: async (page) => {
      await alike(page);
      await page.getByRole("button", { name: /^(Сравнить|Compare with)/ }).click();
      await page.getByRole("dialog").getByRole("textbox").waitFor();
    },
  },
  "patients-two-people": { path: "/patients/patient-20", act: dismissed },
  "patients-two-people-merge": {
    path: "/patients/patient-20",
    me: "volkova",
    act: async (page) => {
      await dismissed(page);
      await page.getByRole("button", { name: /^(Объединить с другой|Merge with another)/ }).click();
      await page.getByRole("dialog").getByRole("searchbox").fill("@p21:");
      await page.getByRole("dialog").locator("li button").first().click();
      await page.getByRole("dialog").getByRole("note").waitFor();
    },
  },
  "patients-merged": { path: "/patients/patient-20", me: "volkova", act: merged },
  "patients-separate": {
    path: "/patients/patient-20",
    me: "volkova",
    act: async (page) => {
      await merged(page);
      await page.getByRole("button", { name: /^(Снова разделить|Separate again)/ }).click();
      await page.getByRole("dialog").getByRole("textbox").waitFor();
    },
  },
  "patients-full": { path: "/patients?sort=name", world: "full" },
  "patients-empty": { path: "/patients", world: "empty" },
  operators: { path: "/operators", me: "volkova" },
  "operators-card": { path: "/operators/petrova", me: "volkova" },
  "operators-add": {
    path: "/operators",
    me: "volkova",
    act: async (page) => {
      await page.locator('[data-pane="main"] header button').last().click();
      await page.waitForTimeout(300);
    },
  },
  audit: { path: "/audit/174", me: "volkova" },
  integrations: { path: "/integrations", me: "volkova" },
  "integrations-card": { path: "/integrations/crm", me: "volkova" },
  "integrations-off": { path: "/integrations/reports", me: "volkova" },
  "integrations-empty": { path: "/integrations", me: "volkova", world: "empty" },
  "integrations-keys": { path: "/integrations?state=keys", me: "volkova" },
  "integrations-key-card": { path: "/integrations/k-crm?state=keys", me: "volkova" },
  "integrations-key-revoked": { path: "/integrations/k-old?state=keys", me: "volkova" },
  "integrations-keys-empty": { path: "/integrations?state=keys", me: "volkova", world: "empty" },
  "integrations-key-add": {
    path: "/integrations?state=keys",
    me: "volkova",
    act: async (page) => {
      await page.locator('[data-pane="main"] header button').last().click();
      await page.waitForTimeout(300);
    },
  },
  "integrations-key-made": {
    path: "/integrations?state=keys",
    me: "volkova",
    act: async (page) => {
      await page.locator('[data-pane="main"] header button').last().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox").first().fill("CRM");
      await dialog.getByRole("checkbox").first().check();
      await dialog.locator('button[type="submit"]').click();
      await dialog.locator("code").waitFor();
    },
  },
  "integrations-banner": { path: "/operators", me: "volkova" },
  "integrations-add": {
    path: "/integrations",
    me: "volkova",
    act: async (page) => {
      await page.locator('[data-pane="main"] header button').last().click();
      await page.waitForTimeout(300);
    },
  },
  status: {
    path: "/waiting",
    act: async (page) => {
      await page.keyboard.press("s");
      await page.waitForTimeout(200);
    },
  },
  reason: {
    path: "/waiting",
    act: async (page) => {
      await page.keyboard.press("s");
      await page.waitForTimeout(200);
      await page.getByRole("menuitemradio").nth(3).click();
      await page.waitForTimeout(300);
    },
  },
  wallboard: { path: "/wallboard", me: "volkova" },
  "wallboard-full": {
    path: "/wallboard",
    me: "volkova",
    act: async (page) => {
      await page.evaluate(() => document.documentElement.requestFullscreen());
      await page.waitForTimeout(400);
    },
  },
  "wallboard-empty": { path: "/wallboard", me: "volkova", world: "empty" },
  "wallboard-broken": {
    path: "/wallboard",
    me: "volkova",
    world: "broken",
    act: (page) => page.waitForTimeout(8000),
  },
  reports: { path: "/reports", me: "volkova", act: drawn },
  "reports-hour": {
    path: "/reports?group=hour&figure=waitMedian&period=this-month",
    me: "volkova",
    act: drawn,
  },
  "reports-week": { path: "/reports?group=week&compare=off&figure=abandonment", me: "volkova", act: drawn },
  "reports-queue": { path: "/reports?group=queue&figure=waitP90", me: "volkova", act: drawn },
  "reports-operator": {
    path: "/reports?group=operator&period=last-week&figure=occupancy",
    me: "volkova",
    act: drawn,
  },
  "reports-today": { path: "/reports?period=today", me: "volkova", act: drawn },
  "reports-custom": { path: "/reports?period=custom&from=2026-11-20&to=2026-11-02", me: "volkova" },
  "reports-year": { path: "/reports?period=custom&from=2026-01-01&to=2026-11-28", me: "volkova", act: drawn },
  "reports-behind": { path: "/reports/closed", me: "volkova", act: drawn },
  "reports-about": {
    path: "/reports",
    me: "volkova",
    act: async (page) => {
      await drawn(page);
      await page.locator("main ul button").first().click();
      await page.waitForTimeout(300);
    },
  },
  "reports-empty": { path: "/reports", me: "volkova", world: "empty" },
  "reports-broken": {
    path: "/reports",
    me: "volkova",
    world: "broken",
    act: (page) => page.waitForTimeout(8000),
  },
  palette: {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.waitForTimeout(250);
    },
  },
  shortcuts: {
    path: "/mine/c-9",
    act: async (page) => {
      await page.keyboard.press("Shift+Slash");
      await page.waitForTimeout(250);
    },
  },
  settings: {
    path: "/waiting",
    act: async (page) => {
      await page.locator('[data-pane="sections"] button').last().click();
      await page.waitForTimeout(200);
      await page.getByRole("menuitem").first().click();
      await page.waitForTimeout(300);
    },
  },
  "context-menu": {
    path: "/mine",
    act: async (page) => {
      await page.locator("[data-row]").nth(1).click({ button: "right" });
      await page.waitForTimeout(250);
    },
  },
  keys: { path: "/waiting", signedOut: true, session: { "mock.keys": "absent" }, act: signIn },
  "keys-show": {
    path: "/waiting",
    signedOut: true,
    session: { "mock.keys": "absent" },
    act: async (page) => {
      await signIn(page);
      await page.getByRole("dialog").getByRole("button").last().click();
      await page.locator('[data-testid="recovery-key"]').waitFor();
    },
  },
};

/** The chart comes later than the page. */
async function drawn(page) {
  await page.locator(".recharts-surface").first().waitFor();
  await page.waitForTimeout(400);
}

/** A card on which another one is suggested. */
async function alike(page) {
  await page.getByRole("button", { name: /^(Это разные люди|These are two people)/ }).waitFor();
}

async function dismissed(page) {
  await page.getByRole("button", { name: /^(Это разные люди|These are two people)/ }).click();
  await page.getByRole("button", { name: /^(Предлагать снова|Suggest again)/ }).waitFor();
}

async function merged(page) {
  await page.getByRole("button", { name: /^(Сравнить|Compare with)/ }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Пришла с другим телефоном");
  await page.getByRole("dialog").locator("button[type=submit]").click();
  await page.getByRole("button", { name: /^(Снова разделить|Separate again)/ }).waitFor();
}

function typed(key) {
  return async (page) => {
    await page.keyboard.press(key);
    await page.waitForTimeout(500);
  };
}

async function signIn(page) {
  await page.getByRole("textbox").first().fill("petrova");
  await page.locator('input[type="password"]').fill("demo");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.waitForTimeout(300);
}

mkdirSync(out, { recursive: true });
const widths = (process.env.WIDTHS ?? "1440").split(",").map(Number);
const schemes = (process.env.SCHEMES ?? "light").split(",");
const languages = (process.env.LANGS ?? "ru").split(",");
const profile = mkdtempSync(join(tmpdir(), "console-shots-"));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
let failures = 0;
for (const [name, screen] of Object.entries(SCREENS)) {
  if (filter !== "" && !new RegExp(filter).test(name)) continue;
  for (const width of widths)
    for (const scheme of schemes)
      for (const language of languages) {
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
        page.on(
          "console",
          (line) =>
            line.type() === "error" &&
            !/503|409|403|Failed to load/.test(line.text()) &&
            problems.push(`console: ${line.text().slice(0, 300)}`),
        );
        await page.request.get(
          `${BASE}/__world?name=${screen.world ?? "usual"}&me=${screen.me ?? "petrova"}${screen.rivals ? "&rivals=1" : ""}`,
        );
        await context.addInitScript(
          ([signedOut, prefs, session, lang]) => {
            localStorage.setItem("consilium.language", lang);
            if (!signedOut && localStorage.getItem("consilium.session") === null)
              localStorage.setItem(
                "consilium.session",
                JSON.stringify({
                  userId: "@petrova:demo.test",
                  deviceId: "MOCK",
                  accessToken: "mock",
                  refreshToken: null,
                  expiresAt: null,
                  homeserverUrl: location.origin,
                }),
              );
            if (prefs) localStorage.setItem("consilium.console.prefs", JSON.stringify(prefs));
            for (const [key, value] of Object.entries(session ?? {})) sessionStorage.setItem(key, value);
            // A window of its own is not on the picture of the page.
            if (session?.["mock.floating"] === "panel") delete globalThis.documentPictureInPicture;
          },
          [screen.signedOut === true, screen.prefs ?? null, screen.session ?? null, language],
        );
        const label = `${name}-${width}-${scheme}-${language}`;
        try {
          await page.goto(BASE + screen.path);
          await page.waitForSelector(screen.signedOut ? "form" : "[data-pane]", { state: "attached" });
          await page.waitForTimeout(500);
          await screen.act?.(page);
          await page.waitForTimeout(250);
          await page.screenshot({ path: join(out, `${label}.png`) });
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (overflow > 0) problems.push(`page is ${overflow} px too wide`);
          if (process.env.NO_AXE !== "1") {
            await page.addScriptTag({ path: AXE });
            const found = await page.evaluate(() =>
              globalThis.axe.run(document, {
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
                rules: {
                  "landmark-one-main": { enabled: true },
                  "page-has-heading-one": { enabled: true },
                  "heading-order": { enabled: true },
                },
              }),
            );
            for (const each of found.violations)
              problems.push(
                `axe ${each.id}: ${each.nodes
                  .slice(0, 3)
                  .map((node) => `${node.target} — ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`)
                  .join(" | ")}`,
              );
          }
        } catch (error) {
          problems.push(`failed: ${String(error.message).split("\n")[0]}`);
          await page.screenshot({ path: join(out, `${label}.png`) }).catch(() => undefined);
        }
        failures += problems.length;
        console.log(
          `${problems.length === 0 ? "ok" : "!!"} ${label}${problems.map((problem) => `\n     ${problem}`).join("")}`,
        );
        await context.close();
      }
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
process.exitCode = failures === 0 ? 0 : 1;
