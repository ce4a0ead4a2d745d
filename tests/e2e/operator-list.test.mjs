/**
 * The list of operators narrowed by service, circle, role, status and words: in the address, so that it can be sent and comes back after a reload. And a schedule:
 * written in the form of an operator, where what is wrong is said at its day; then the card says it, and the list, which is put in order by it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, desk, filterBy, section, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = {
  petrova: { name: "Dr Petrova", queues: ["therapist"] },
  orlova: { name: "Ms Orlova", queues: ["psychologist"] },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const on = stage({ staff }, begin);
let volkova;

async function begin() {
  // Where the clinic is: its days are hers.
  volkova = await desk(on, "volkova", { zone: "Europe/Moscow" });
  await section(volkova, "operators");
}

const row = (name) => volkova.page.getByRole("row").filter({ hasText: name });

/** Who stands in the list, and nobody else. */
async function shown(...names) {
  for (const name of names) await row(name).waitFor();
  for (const { name } of Object.values(staff)) {
    if (!names.includes(name)) await row(name).waitFor({ state: "hidden" });
  }
}

async function clear() {
  // The section's own link knows no filters.
  await section(volkova, "operators");
  await shown("Dr Petrova", "Ms Orlova", "Vera Volkova");
}

test("it is narrowed by each filter, and the address says so", async () => {
  const { page } = volkova;
  await shown("Dr Petrova", "Ms Orlova", "Vera Volkova");
  await filterBy(volkova, words.console("operators.role"), words.console("role.operator"));
  await shown("Dr Petrova", "Ms Orlova");
  assert.equal(new URL(page.url()).searchParams.get("role"), "operator");
  await filterBy(volkova, words.console("operators.circle"), "Psychologist");
  await shown("Ms Orlova");
  await volkova.look("console-operators-narrowed");
  await page.reload();
  await shown("Ms Orlova");
  await clear();
  await filterBy(volkova, words.console("list.queue"), "General practitioner");
  await row("Ms Orlova").waitFor({ state: "hidden" });
  await row("Dr Petrova").waitFor();
  await clear();
});

test("by status it follows what colleagues are now; words find by a skill", async () => {
  const { page } = volkova;
  const { operators } = await (await call(volkova, on.world, "/_consilium/v1/operators")).json();
  const petrova = operators.find(({ name }) => name === "Dr Petrova");
  const change = await call(volkova, on.world, `/_consilium/v1/operators/${petrova.id}`, "PATCH", { skills: ["ECG"] });
  assert.equal(change.status, 200);
  const online = await call(volkova, on.world, "/_consilium/v1/operators/me/status", "PUT", { status: "online" });
  assert.equal(online.status, 200);
  await filterBy(volkova, words.console("operators.status"), words.console("status.online"));
  await shown("Vera Volkova");
  await clear();
  await page.getByRole("searchbox", { name: words.console("operators.search") }).fill("ecg");
  await shown("Dr Petrova");
});

const dialog = () => volkova.page.getByRole("dialog", { name: words.console("operators.edit"), exact: true });
const card = () => volkova.page.locator("[data-pane=card]");
const MONDAY = words.console("hours.day.monday");
const time = (which) => dialog().getByLabel(words.console(`hours.${which}`, { day: MONDAY, number: 1 }), { exact: true });
const zone = () => dialog().getByRole("textbox", { name: words.console("operators.time_zone"), exact: true });
const save = () => dialog().getByRole("button", { name: words.console("save"), exact: true });

test("a schedule is written by the week, and what is wrong is said at its day and at its zone", async () => {
  const { page } = volkova;
  // The zone is the service's to refuse.
  volkova.expects(/^4(00|22) PATCH .*\/operators\//);
  await clear();
  await row("Dr Petrova").click();
  await card().getByText(words.console("operators.schedule.none"), { exact: true }).first().waitFor();
  await card().getByRole("button", { name: words.console("operators.edit"), exact: true }).click();
  await dialog().getByText(words.console("hours.week"), { exact: true }).click();
  await time("from").fill("22:00");
  await time("to").fill("06:00");
  await save().click();
  const monday = dialog().getByRole("listitem", { name: MONDAY, exact: true });
  await monday.getByText(words.console("operators.error.laterEnd"), { exact: true }).waitFor();
  await volkova.look("console-operator-schedule");
  await time("from").fill("06:00");
  await time("to").fill("22:00");
  await dialog().getByRole("button", { name: words.console("hours.copy", { day: MONDAY }), exact: true }).click();
  await page.getByRole("menuitem", { name: words.console("hours.toAll"), exact: true }).click();
  await zone().fill("Moon/Base");
  await save().click();
  await zone().and(page.locator("[aria-invalid=true]")).waitFor();
  await zone().fill("");
  await save().click();
  await dialog().waitFor({ state: "hidden" });
  const [first, last] = ["monday", "sunday"].map((day) => words.console(`hours.shortDay.${day}`));
  await card().getByText(`${first}–${last} 06:00–22:00`, { exact: true }).first().waitFor();
});

test("the list says who is on duty today, and is put in order by it", async () => {
  const { page } = volkova;
  await clear();
  const duty = (name) => row(name).locator(`[data-label="${words.console("operators.duty")}"]`);
  await duty("Dr Petrova").getByText(/–.*\d/).waitFor();
  await duty("Ms Orlova").getByText("—", { exact: true }).waitFor();
  await page.getByRole("columnheader").getByRole("button", { name: words.console("operators.duty"), exact: true }).click();
  // Who is there now stood first: she has no schedule.
  await page.locator("main [data-row]").first().filter({ hasText: "Dr Petrova" }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get("sort"), "duty");
});
