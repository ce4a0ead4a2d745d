/**
 * The supervisor's screens: the wallboard follows the desk, and a report's numbers are those of what happened, down to each consultation. Then what a service
 * promises: a supervisor promises the close, and more to what is urgent; what was kept stands in the reports, with the list behind it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, askHere, call, close, desk, DESKTOP, lookAtBoth, patient, PHONE, saved, say, section, sees, SERVICE, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
const on = stage({ staff: STAFF }, begin);
let anna;
let petrova;
let volkova;

async function begin() {
  const signIns = [patient(on, "anna", { name: "Anna K." }), desk(on, "petrova"), desk(on, "volkova")];
  [anna, petrova, volkova] = await Promise.all(signIns);
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

  await page.getByRole("button", { name: "Closed, Whole period: 1. Show the consultations" }).click();
  await page.waitForURL("**/reports/closed**");
  const panel = page.getByRole("region", { name: "Closed", exact: true });
  await panel.getByText("Anna K.").waitFor();
  await volkova.look("console-reports-behind");

  const { name, bytes } = await saved(volkova, page.getByRole("button", { name: "Download CSV" }));
  assert.match(name, /^consultations-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const [head, ...lines] = bytes.toString().trim().split(/\r?\n/);
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

const said = (path, values) => words.console(`brandSettings.${path}`, values);
const main = (person) => person.page.locator("[data-pane=main]");
const promises = () => main(volkova).getByRole("region", { name: said("queue.promises"), exact: true });
const urgent = () => promises().getByRole("group", { name: said("sla.urgent.one", { number: 1 }), exact: true });
const resolution = (place) => place.getByLabel(said("sla.resolution"), { exact: true }).first();

test("a supervisor promises the close, and more to what is urgent", async () => {
  const { page } = volkova;
  await page.setViewportSize(DESKTOP);
  await section(volkova, "settings");
  await page.locator("[data-pane=list]").getByRole("button", { name: SERVICE, exact: true }).click();
  await resolution(promises()).fill("120");
  await promises().getByRole("button", { name: said("sla.urgent.add"), exact: true }).click();
  // What has to be filled in has a star behind its name.
  assert.equal(await urgent().getByLabel(said("sla.urgent.priority")).inputValue(), "10", "a red flag's");
  await resolution(urgent()).fill("30");
  await lookAtBoth(volkova, "console-settings-promises");
  await main(volkova).getByRole("button", { name: words.console("save"), exact: true }).click();
  await main(volkova).getByText(said("unsaved")).waitFor({ state: "hidden" });
  await page.reload();
  await urgent().waitFor();
  assert.equal(await resolution(promises()).inputValue(), "120");
  assert.equal(await resolution(urgent()).inputValue(), "30");
});

test("what was closed in time is kept, and stands behind its number", async () => {
  const { page } = volkova;
  await anna.page.getByRole("link", { name: "Back to the first screen" }).click();
  // The conversation that it leaves names the service too.
  await anna.page.locator("a[href^='/ask/']").filter({ hasText: SERVICE }).first().click();
  await askHere(anna, "And now my elbow");
  await take(petrova, "Anna K.");
  await say(petrova, "What did you lift?");
  await sees(anna, "What did you lift?");
  await close(petrova);
  await page.goto(`${on.world.console}/reports?period=today&group=queue&compare=off`);
  await page.getByRole("columnheader", { name: words.console("reports.area.promises"), exact: true }).waitFor();
  const number = words.console("reports.open", {
    figure: words.console("reports.figure.slaResolution.name"),
    row: words.console("reports.total"),
    count: "100%",
  });
  await page.getByRole("button", { name: number, exact: true }).click();
  await page.waitForURL("**/reports/sla_resolution_kept**");
  const panel = page.getByRole("region", { name: words.console("reports.behind.sla_resolution_kept"), exact: true });
  await panel.getByText("Anna K.").first().waitFor();
  await volkova.look("console-reports-promises");
});

test("how many waited at once is drawn hour by hour", async () => {
  const { page } = volkova;
  await page.goto(`${on.world.console}/reports?period=today&group=hour&figure=depthMax&compare=off`);
  const chart = words.console("reports.figure.depthMax.name");
  await page.getByRole("img", { name: new RegExp(`^Chart: ${chart}`) }).waitFor();
  await page.locator(".recharts-bar-rectangle path").first().waitFor();
  await volkova.look("console-reports-depth");
});
