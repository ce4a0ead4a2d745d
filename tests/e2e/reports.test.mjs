/** The supervisor's screens: the wallboard follows the desk, and a report's numbers are those of what happened, down to each consultation. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ask, call, close, desk, patient, PHONE, say, section, sees, stage, take } from "./steps.mjs";

const STAFF = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
const on = stage({ staff: STAFF }, begin);
let anna;
let petrova;
let volkova;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
  petrova = await desk(on, "petrova");
  volkova = await desk(on, "volkova");
}

/** The value that stands under a name in a list of names and values. */
const value = (scope, name) => scope.locator("dl > div").filter({ has: scope.page().getByText(name, { exact: true }) }).locator("dd").first();

test("the wallboard follows the desk while one looks at it", async () => {
  const { page } = volkova;
  await section(volkova, "wallboard");
  const now = page.getByRole("region", { name: "Now" });
  const waiting = value(now, "Waiting");
  await waiting.filter({ hasText: /^0$/ }).waitFor();
  await ask(anna, "My knee hurts");
  await waiting.filter({ hasText: /^1$/ }).waitFor();
  await value(now, "Longest wait").filter({ hasText: /^\d+:\d\d$/ }).waitFor();
  await volkova.look("console-wallboard");
});

test("a number of the wallboard opens the list of what it counts", async () => {
  const { page } = volkova;
  await page.getByRole("link", { name: "Waiting: 1. Show the list", exact: true }).click();
  await page.waitForURL("**/waiting**");
  await page.getByText("Anna K.").first().waitFor();
  await section(volkova, "wallboard");
});

test("the wallboard has the whole screen at a key, and gives it back", async () => {
  const { page } = volkova;
  await page.keyboard.press("Shift+F");
  await page.waitForFunction(() => document.fullscreenElement === document.documentElement);
  await page.locator("[data-pane=sections]").waitFor({ state: "hidden" });
  await volkova.look("console-wallboard-full");
  await page.keyboard.press("Shift+F");
  await page.locator("[data-pane=sections]").waitFor();
});

test("what was asked, answered and closed is counted, compared, listed and downloaded", async () => {
  const { page } = volkova;
  await take(petrova, "Anna K.");
  await say(petrova, "Since when does it hurt?");
  await sees(anna, "Since when does it hurt?");
  await close(petrova);

  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForURL("**/reports**");
  const tiles = page.getByRole("list", { name: "Main figures" });
  for (const [name, number] of [["Asked for", "1"], ["Answered", "1"], ["Share left waiting", "0%"]]) {
    await tiles.getByRole("listitem").filter({ has: page.getByRole("button", { name, exact: true }) }).getByText(number, { exact: true }).waitFor();
  }
  await page.locator(".recharts-bar-rectangle path").first().waitFor();
  await volkova.look("console-reports");

  await page.getByRole("button", { name: "Closed, Whole period: 1. Show the consultations" }).click();
  await page.waitForURL("**/reports/closed**");
  const panel = page.getByRole("region", { name: "Closed", exact: true });
  await panel.getByText("Anna K.").waitFor();
  await volkova.look("console-reports-behind");

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download CSV" }).click()]);
  assert.match(download.suggestedFilename(), /^consultations-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const [head, ...lines] = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
  const [entered, closed] = ["entered", "closed"].map((column) => head.split(",").indexOf(column));
  const total = lines.at(-1).split(",");
  assert.deepEqual([total[entered], total[closed], total.at(-1)], ["1", "1", "1"]);

  await panel.getByText("Anna K.").click();
  await page.waitForURL("**/archive/**");
  await sees(volkova, "Since when does it hurt?");
});

test("a report by service of one day is in the address, and opens from it", async () => {
  const { page } = volkova;
  await page.goto(`${on.world.console}/reports?period=today&group=queue&figure=waitMedian&compare=off`);
  const row = page.getByRole("row").filter({ hasText: "General practitioner" });
  await row.getByRole("button", { name: "Asked for, General practitioner: 1. Show the consultations" }).waitFor();
  await page.getByRole("img", { name: /^Chart: Wait, median/ }).waitFor();
  await volkova.look("console-reports-queue");
});

test("reports are used on a phone", async () => {
  const { page } = volkova;
  await page.setViewportSize(PHONE);
  await page.getByRole("table").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  await volkova.look("console-reports-phone");
  await page.goto(`${on.world.console}/wallboard`);
  await page.getByRole("region", { name: "Now" }).waitFor();
  await volkova.look("console-wallboard-phone");
});

test("who is no supervisor is offered neither, and is refused by the service", async () => {
  assert.equal(await petrova.page.locator("[data-pane=sections] a[href^='/reports']").count(), 0);
  for (const path of ["/reports/now", "/reports/consultations?from=2026-11-01&to=2026-11-02"]) {
    const answer = await call(petrova, on.world, `/_consilium/v1${path}`);
    assert.equal(answer.status, 403, path);
  }
});
