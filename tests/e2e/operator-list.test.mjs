/** The list of operators narrowed by service, circle, role, status and words: in the address, so that it can be sent and comes back after a reload. */
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
  volkova = await desk(on, "volkova");
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
