/** Keys of partners' systems, end to end: a supervisor makes one in the console, the guide's own examples work with it, and a revoked one opens nothing. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { promisify } from "node:util";
import { call, desk, patient, sees, stage } from "./steps.mjs";

const run = promisify(execFile);
const STAFF = { volkova: { name: "Vera Volkova", role: "supervisor" } };
const GUIDE = new URL("../../docs/partner-api.md", import.meta.url);
const on = stage({ staff: STAFF }, begin);
let volkova;
let anna;
let key;

async function begin() {
  volkova = await desk(on, "volkova");
  anna = await patient(on, "anna", { name: "Anna K." });
}

const card = () => volkova.page.locator("[data-pane=card]");
const button = (name) => volkova.page.getByRole("button", { name, exact: true });

/** A request by the key; status and body. */
async function ask(path, options = {}) {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(`${on.world.api}/_consilium/v1${path}`, { headers, ...options });
  return { status: response.status, body: await response.json().catch(() => null) };
}

test("a key is made by words and shown once", async () => {
  const { page } = volkova;
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL("**/integrations**");
  await page.getByText("API keys", { exact: true }).click();
  await page.waitForURL("**state=keys**");
  await sees(volkova, "No keys yet");
  await volkova.look("console-keys-none");
  await button("Make API key").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make key" }).click();
  await dialog.getByText("Enter a name.").waitFor();
  await dialog.getByText("Choose at least one.").waitFor();
  await dialog.getByLabel("Name").fill("The clinic's CRM");
  for (const scope of await dialog.getByRole("checkbox").all()) await scope.check();
  await volkova.look("console-keys-add");
  await dialog.getByRole("button", { name: "Make key" }).click();
  key = await dialog.locator("code").textContent();
  assert.match(key, /^csk_[0-9a-f]{10}_[A-Za-z0-9_-]{43}$/);
  await volkova.look("console-keys-made");
  await dialog.getByRole("button", { name: "The key is stored" }).click();
  await dialog.waitFor({ state: "hidden" });
  await card().getByText(`${key.slice(0, 14)}…`).waitFor();
  await card().getByText("Never").waitFor();
});

/** What the brand requires, agreed to by the patient herself: a partner cannot do it for her. */
async function agreeToAll() {
  const asked = await (await call(anna, on.world, "/_consilium/v1/me/consents")).json();
  for (const { purpose, offered } of asked.consents.filter(({ required }) => required)) {
    const { hash } = offered;
    const given = await call(anna, on.world, `/_consilium/v1/me/consents/${purpose}`, "PUT", { hash });
    assert.equal(given.status, 200, purpose);
  }
}

test("a patient who has agreed to nothing is not opened a consultation for", async () => {
  await sees(anna, "Anna");
  const { body } = await ask("/patients?user=anna");
  const headers = { authorization: `Bearer ${key}`, "idempotency-key": "order-7000", "content-type": "application/json" };
  const refused = await ask(`/patients/${body.items[0].id}/consultations`, { method: "POST", headers, body: '{"queue_id":"therapist"}' });
  assert.deepEqual([refused.status, refused.body.consents.length], [409, 2]);
});

test("the examples of the guide work as they stand there", async () => {
  await agreeToAll();
  const { body } = await ask("/patients?user=anna");
  const examples = [...(await readFile(GUIDE, "utf8")).matchAll(/```sh\n([\s\S]*?)```/g)];
  assert.equal(examples.length, 12);
  for (const [, example] of examples) {
    const env = { ...process.env, CONSILIUM: on.world.api, KEY: key, PATIENT: body.items[0].id };
    const { stdout } = await run("bash", ["-euc", example], { env });
    assert.ok(JSON.parse(stdout), example);
  }
  assert.equal((await ask("/consultations")).body.items[0].phase, "queued");
  assert.equal((await ask("/callbacks")).body.items[0].source, "partner");
});

test("the patient sees what was opened for her, and the log who opened it", async () => {
  await anna.page.reload();
  await anna.page.getByText("General practitioner").first().waitFor();
  await anna.look("patient-opened-by-partner");
  const { page } = volkova;
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await page.waitForURL("**/waiting**");
  await page.getByText("Anna Kuznetsova").first().waitFor();
  await page.goto(`${on.world.console}/audit?action=consultation.requested`);
  await page.getByText("The clinic's CRM").first().waitFor();
  await volkova.look("console-keys-audit");
});

test("a key is limited, and then revoked, from that moment on", async () => {
  const { page } = volkova;
  await page.goto(`${on.world.console}/integrations?state=keys`);
  await page.getByText("The clinic's CRM").first().click();
  await card().getByText("From address").waitFor();
  await volkova.look("console-keys-card");
  await page.setViewportSize({ width: 390, height: 844 });
  await volkova.look("console-keys-card-phone");
  await page.setViewportSize({ width: 1440, height: 900 });
  await card().getByRole("button", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Read patients' cards").uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal((await ask("/patients")).status, 403);
  assert.equal((await ask("/consultations")).status, 200);
  await button("Revoke").click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await card().getByText("Revoked").first().waitFor();
  assert.equal((await ask("/consultations")).status, 401);
  await volkova.look("console-keys-revoked");
});
