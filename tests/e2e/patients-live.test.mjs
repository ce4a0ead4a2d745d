/**
 * The table of patients follows what happens without loading a page again; the card's side is each patient's own; whom to correct is offered where there is
 * somebody to choose.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, call, desk, patient, section, SERVICE, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
const DESKTOP = { width: 1440, height: 900 };
const [ANNA, BORIS, RENAMED] = ["Anna K.", "Boris L.", "Boris Lvov"];
let anna;
let boris;
let petrova;

async function begin() {
  anna = await patient(on, "anna", { name: ANNA });
  // Signed in.
  await sees(anna, SERVICE);
  petrova = await desk(on, "petrova", { size: DESKTOP });
}

const rows = (name) => petrova.page.getByRole("row").filter({ hasText: name });
const card = () => petrova.page.locator("[data-pane=card]");
const button = (key) => card().getByRole("button", { name: words.console(key), exact: true });
const side = (key, state = {}) => card().getByRole("tab", { name: words.console(key), exact: true, ...state });

test("who is new and who has another name stands in the table by himself, and no page is loaded again", async () => {
  await section(petrova, "patients");
  await rows(ANNA).first().waitFor();
  const pages = [];
  const listen = (request) => {
    if (/\/patients\?/.test(request.url())) pages.push(request.url());
  };
  petrova.page.on("request", listen);
  boris = await patient(on, "boris", { name: BORIS });
  await sees(boris, SERVICE);
  await rows(BORIS).first().waitFor();
  await petrova.look("console-patients-new");
  const changed = await call(boris, on.world, "/_consilium/v1/me", "PATCH", { name: RENAMED });
  assert.equal(changed.status, 200);
  await rows(RENAMED).first().waitFor();
  assert.equal(await rows(BORIS).count(), 0);
  petrova.page.off("request", listen);
  assert.deepEqual(pages, []);
});

test("who acts for nobody has nobody to be corrected to", async () => {
  await ask(anna, "A cough for three days");
  await take(petrova, ANNA);
  await button("patients.edit").waitFor();
  assert.equal(await button("whom.correct").count(), 0);
});

test("a new patient begins with who he is, and who was left comes back as he was", async () => {
  await side("conclusion.tab").click();
  await ask(boris, "A rash on my arm");
  await take(petrova, RENAMED);
  await side("conclusion.tabPatient", { selected: true }).waitFor();
  await section(petrova, "mine");
  await petrova.page.locator("[data-row]").filter({ hasText: ANNA }).first().click();
  await side("conclusion.tab", { selected: true }).waitFor();
});
