/**
 * What an operator does in a shift, by keyboard, in a real browser over the pretend clinic:
 * `npm run look` in one shell, `node testing/flows.mjs [filter]` in another.
 */
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const BASE = process.env.LOOK_URL ?? "http://localhost:5184";
const filter = process.argv[2] ?? "";
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

async function desk({
  path = "/waiting",
  world = "usual",
  me = "petrova",
  rivals = false,
  storage = {},
} = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en" });
  const page = await context.newPage();
  await page.request.get(`${BASE}/__world?name=${world}&me=${me}${rivals ? "&rivals=1" : ""}`);
  await context.addInitScript((kept) => {
    localStorage.setItem("consilium.language", "en");
    localStorage.setItem(
      "consilium.session",
      JSON.stringify({
        userId: "@petrova:demo.test",
        deviceId: "M",
        accessToken: "mock",
        refreshToken: null,
        expiresAt: null,
        homeserverUrl: location.origin,
      }),
    );
    for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
  }, storage);
  await page.goto(BASE + path);
  page.setDefaultTimeout(8_000);
  await page.waitForSelector(
    world !== "empty" && /^.(waiting|mine|active|on-hold)/.test(path) ? "[data-row]" : '[data-pane="main"]',
  );
  await page.waitForTimeout(500);
  return page;
}

const focused = (page) =>
  page.evaluate(
    () =>
      document.activeElement?.closest("[data-pane]")?.getAttribute("data-pane") ??
      document.activeElement?.tagName,
  );
const url = (page) => new URL(page.url());

const FLOWS = {
  "take, answer, hold, resume, close, undo, close": async () => {
    const page = await desk();
    await page.keyboard.press("j");
    assert.match(url(page).pathname, /^\/waiting\/c-/);
    const name = await page.locator("main h2").first().textContent();
    await page.keyboard.press("t");
    await page.waitForURL("**/mine/**");
    assert.equal(await page.locator("main h2").first().textContent(), name);
    await page.waitForTimeout(400);
    assert.equal(await focused(page), "main");
    await page.keyboard.press("r");
    await page.keyboard.type("Since when does it hurt? the t h e keys type here");
    await page.keyboard.press("Enter");
    await page.getByText("the t h e keys type here").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("h");
    await page.getByRole("button", { name: "Resume" }).waitFor();
    await page.keyboard.press("h");
    await page.getByRole("button", { name: "Hold" }).waitFor();
    await page.keyboard.press("e");
    await page.getByText("Closing the consultation with").first().waitFor();
    await page.keyboard.press("z");
    await page.getByRole("button", { name: "Hold" }).waitFor();
    await page.keyboard.press("e");
    await page.getByText("This consultation is closed").waitFor({ timeout: 8_000 });
  },
  "a close with a note waits for it": async () => {
    const page = await desk({ path: "/mine/c-9" });
    await page.keyboard.press("e");
    await page.getByRole("button", { name: "Add a note" }).click();
    await page.keyboard.type("Advised rest.");
    await page.waitForTimeout(6_000);
    await page.getByText("Closing the consultation with").first().waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("This consultation is closed").waitFor();
  },
  "somebody was faster: a line in place, no dialog": async () => {
    const page = await desk({ path: "/waiting/c-3", rivals: true });
    await page.keyboard.press("t");
    await page.getByRole("alert").getByText("was faster").waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.match(url(page).pathname, /^\/waiting\/c-3/);
  },
  "transfer by keyboard": async () => {
    const page = await desk({ path: "/mine/c-9" });
    await page.keyboard.press("Shift+T");
    await page.getByRole("dialog").waitFor();
    await page.waitForTimeout(300);
    await page.keyboard.type("Терап");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Please look at the scan.");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByText("Please look at the scan.").first().waitFor();
  },
  "new rows are announced and move nothing under the pointer": async () => {
    const page = await desk();
    const third = page.locator("[data-row]").nth(2);
    await third.hover();
    const before = await third.getAttribute("data-row");
    await page.request.get(`${BASE}/__arrive?count=3&urgent=1`);
    await page.getByRole("button", { name: /3 new/ }).waitFor();
    assert.equal(await page.locator("[data-row]").nth(2).getAttribute("data-row"), before);
    await page.keyboard.press("u");
    await page.getByRole("button", { name: /3 new/ }).waitFor({ state: "hidden" });
    assert.notEqual(await page.locator("[data-row]").nth(2).getAttribute("data-row"), before);
  },
  "new rows enter by themselves when nobody points": async () => {
    const page = await desk();
    await page.mouse.move(1000, 500);
    const count = await page.locator("[data-row]").count();
    await page.request.get(`${BASE}/__arrive?count=1&urgent=1`);
    await page.waitForFunction((n) => document.querySelectorAll("[data-row]").length === n + 1, count);
    assert.match(await page.title(), /^\(\d+\)/);
  },
  "sections by G and a letter, single keys not in text": async () => {
    const page = await desk({ me: "volkova", path: "/waiting/c-3" });
    for (const [key, section] of [
      ["m", "mine"],
      ["a", "active"],
      ["h", "on-hold"],
      ["r", "archive"],
      ["p", "patients"],
      ["o", "operators"],
      ["u", "audit"],
      ["w", "waiting"],
    ]) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await page.waitForURL((address) => address.pathname === `/${section}`);
    }
    await page.keyboard.press("f");
    await page.keyboard.type("gmtj");
    assert.equal(url(page).pathname, "/waiting");
    assert.equal(url(page).searchParams.get("q"), "gmtj");
  },
  "filters and search stand in the address and come back": async () => {
    const page = await desk({ path: "/waiting?q=%D0%B0%D0%BD%D0%BD%D0%B0&sort=patient" });
    const names = await page.locator("[data-row]").allTextContents();
    assert.ok(names.length > 0 && names.every((text) => /анна/i.test(text)));
    await page.reload();
    await page.locator("[data-row]").first().waitFor();
    assert.equal(await page.locator('input[type="search"]').inputValue(), "анна");
  },
  "palette finds a command and a patient": async () => {
    const page = await desk({ path: "/mine/c-9" });
    await page.keyboard.press("r");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.waitForTimeout(200);
    await page.keyboard.type("archive");
    await page.waitForTimeout(200);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/archive**");
  },
  "own keys: chosen, refused where they clash, kept": async () => {
    const page = await desk();
    await page.keyboard.press("Shift+Slash");
    await page.getByRole("dialog").getByRole("button", { name: /^Take/ }).click();
    await page.keyboard.press("h");
    await page.getByText("These keys belong to: Hold.").waitFor();
    await page.keyboard.press("y");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("j");
    await page.keyboard.press("t");
    await page.waitForTimeout(300);
    assert.match(url(page).pathname, /^\/waiting/);
    await page.keyboard.press("y");
    await page.waitForURL("**/mine/**");
  },
  "single keys can be switched off": async () => {
    const page = await desk({ storage: { "consilium.console.prefs": '{"singleKeys":false}' } });
    await page.keyboard.press("j");
    await page.waitForTimeout(200);
    assert.equal(url(page).pathname, "/waiting");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
  },
  "tabs side by side, closed by X": async () => {
    const page = await desk({ path: "/mine" });
    for (let index = 0; index < 3; index += 1) await page.keyboard.press("j");
    const tabs = page.getByRole("navigation", { name: "Open consultations" });
    assert.equal(await tabs.locator("[data-current]").count(), 3);
    const here = url(page).pathname;
    await page.keyboard.press("[");
    await page.waitForTimeout(200);
    assert.notEqual(url(page).pathname, here);
    await page.keyboard.press("x");
    await page.waitForTimeout(200);
    assert.equal(await tabs.locator("[data-current]").count(), 2);
  },
  "F6 walks through the panes": async () => {
    const page = await desk({ path: "/mine/c-9" });
    await page.locator('[data-pane="sections"] a').first().focus();
    const seen = [];
    for (let index = 0; index < 4; index += 1) {
      await page.keyboard.press("F6");
      seen.push(await focused(page));
    }
    assert.deepEqual(seen, ["list", "main", "card", "sections"]);
  },
  "status with a reason, and back": async () => {
    const page = await desk();
    await page.keyboard.press("s");
    await page.getByRole("menuitemradio", { name: /On a break/ }).click();
    await page.getByRole("button", { name: "Lunch" }).click();
    await page.getByText("On a break · Lunch").waitFor();
    await page.getByText("You are not online").waitFor({ state: "hidden" });
    await page.keyboard.press("s");
    await page.getByRole("menuitemradio", { name: /^Online/ }).click();
    await page.locator('[data-pane="sections"]').getByText("Online").waitFor();
  },
  "a patient's card is changed": async () => {
    const page = await desk({ path: "/patients/patient-14" });
    await page.getByRole("button", { name: "Edit the card" }).click();
    await page.getByRole("dialog").getByLabel("Phone").fill("+7 900 000-00-01");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.locator('[data-pane="card"]').getByText("+7 900 000-00-01").waitFor();
  },
  "the card of a waiting patient is not read unasked": async () => {
    const page = await desk();
    const read = [];
    page.on("request", (request) => /\/patients\/[^?]+$/.test(request.url()) && read.push(request.url()));
    for (let index = 0; index < 4; index += 1) await page.keyboard.press("j");
    await page.waitForTimeout(500);
    assert.deepEqual(read, []);
    await page.getByRole("button", { name: "Open the full card" }).click();
    await page.waitForTimeout(500);
    assert.equal(read.length, 1);
  },
  "an operator is added; a server's refusal stands at its field": async () => {
    const page = await desk({ path: "/operators", me: "volkova" });
    await page.getByRole("button", { name: "Add operator" }).click();
    await page.getByRole("dialog").getByLabel("Login").fill("nobody");
    await page.getByRole("dialog").getByLabel("Name").fill("New Person");
    await page.getByRole("dialog").getByLabel("Терапевт").check();
    await page.getByRole("dialog").getByRole("button", { name: "Add operator" }).click();
    await page.getByText("Такой учётной записи нет.").waitFor();
    await page.getByRole("dialog").getByLabel("Login").fill("newperson");
    await page.getByRole("dialog").getByRole("button", { name: "Add operator" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.locator('[data-pane="card"]').getByText("@newperson:demo.test").waitFor();
  },
};

let failed = 0;
for (const [name, flow] of Object.entries(FLOWS)) {
  if (filter !== "" && !name.includes(filter)) continue;
  try {
    await flow();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`!! ${name}\n   ${String(error.message).split("\n").slice(0, 4).join("\n   ")}`);
  }
  for (const context of browser.contexts()) await context.close();
}
await browser.close();
process.exitCode = failed === 0 ? 0 : 1;
