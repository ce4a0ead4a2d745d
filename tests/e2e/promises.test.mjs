/** What a service promises, end to end: a supervisor promises the close, and more to what is urgent; what was kept stands in the reports, with the list behind it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, close, desk, patient, PHONE, say, section, sees, SERVICE, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = {
  volkova: { name: "Vera Volkova", role: "supervisor" },
  petrova: { name: "Dr Petrova" },
};
const DESKTOP = { width: 1440, height: 900 };
const on = stage({ staff: STAFF }, begin);
let anna;
let petrova;
let volkova;

async function begin() {
  volkova = await desk(on, "volkova", { size: DESKTOP });
  petrova = await desk(on, "petrova", { size: DESKTOP });
  anna = await patient(on, "anna", { name: "Anna K." });
}

const said = (path, values) => words.console(`brandSettings.${path}`, values);
const main = (person) => person.page.locator("[data-pane=main]");
const promises = () => main(volkova).getByRole("region", { name: said("queue.promises"), exact: true });
const urgent = () => promises().getByRole("group", { name: said("sla.urgent.one", { number: 1 }), exact: true });
const resolution = (place) => place.getByLabel(said("sla.resolution"), { exact: true }).first();

test("a supervisor promises the close, and more to what is urgent", async () => {
  const { page } = volkova;
  await section(volkova, "settings");
  await page.locator("[data-pane=list]").getByRole("button", { name: SERVICE, exact: true }).click();
  await resolution(promises()).fill("120");
  await promises().getByRole("button", { name: said("sla.urgent.add"), exact: true }).click();
  // What has to be filled in has a star behind its name.
  assert.equal(await urgent().getByLabel(said("sla.urgent.priority")).inputValue(), "10", "a red flag's");
  await resolution(urgent()).fill("30");
  await volkova.look("console-settings-promises");
  await page.setViewportSize(PHONE);
  await volkova.look("console-settings-promises-phone");
  await page.setViewportSize(DESKTOP);
  await main(volkova).getByRole("button", { name: words.console("save"), exact: true }).click();
  await main(volkova).getByText(said("unsaved")).waitFor({ state: "hidden" });
  await page.reload();
  await urgent().waitFor();
  assert.equal(await resolution(promises()).inputValue(), "120");
  assert.equal(await resolution(urgent()).inputValue(), "30");
});

test("what was closed in time is kept, and stands behind its number", async () => {
  const { page } = volkova;
  await ask(anna, "My knee hurts");
  await take(petrova, "Anna K.");
  await say(petrova, "Since when does it hurt?");
  await sees(anna, "Since when does it hurt?");
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
  await panel.getByText("Anna K.").waitFor();
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
