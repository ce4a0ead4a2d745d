/**
 * Webhooks, end to end: a supervisor makes one in the console, a partner's system checks its signatures, and the log says what became of each. Then keys of partners'
 * systems: a supervisor makes one in the console, the guide's own examples work with it, and a revoked one opens nothing.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { ask, call, desk, lookAtBoth, patient, patientWithoutApp, section, sees, stage } from "./steps.mjs";

const run = promisify(execFile);
const GUIDE = new URL("../../docs/partner-api.md", import.meta.url);
const STAFF = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
const partner = { came: [], answers: [], waiting: [] };
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const status = partner.answers.shift() ?? 200;
  partner.came.push({ headers: request.headers, raw: Buffer.concat(chunks).toString(), status });
  for (const look of partner.waiting) look();
  // Whoever fails asks for an hour of peace: within it nothing is sent again but by a press.
  response.writeHead(status, status === 503 ? { "retry-after": "3600" } : {}).end();
});
const on = stage({ staff: STAFF, privateWebhooks: true }, begin);
let volkova;
/** Agrees to nothing until a partner opens something for her. */
let anna;
let url;
let key;

after(() => server.close());

async function begin() {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${server.address().port}/crm`;
  volkova = await desk(on, "volkova");
}

/** What came and is wanted; waits for it. */
function came(wanted) {
  const found = () => partner.came.find(({ raw, status }) => wanted(JSON.parse(raw).type, status));
  return new Promise((done) => {
    const look = () => found() !== undefined && done(found());
    partner.waiting.push(look);
    look();
  });
}

const card = () => volkova.page.locator("[data-pane=card]");
const button = (name) => volkova.page.getByRole("button", { name, exact: true });

function holds(secret, { headers, raw }) {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${raw}`;
  const signature = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return headers["webhook-signature"].split(" ").includes(signature);
}

let secret;

test("a webhook is made by keyboard and words, and its secret is shown once", async () => {
  const { page } = volkova;
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL("**/integrations**");
  await sees(volkova, "No connections yet");
  await volkova.look("console-integrations-none");
  await button("Add webhook").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await dialog.getByText("Choose at least one event.").waitFor();
  await dialog.getByLabel("Address").fill(url);
  await dialog.getByLabel("Description").fill("The clinic's CRM");
  await dialog.getByText("Consultations", { exact: true }).last().click();
  await volkova.look("console-integrations-add");
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  secret = await dialog.locator("code").textContent();
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  await volkova.look("console-integrations-secret");
  await dialog.getByRole("button", { name: "The secret is stored" }).click();
  await dialog.waitFor({ state: "hidden" });
});

test("a test and a patient's question reach the partner, signed and without a word of either", async () => {
  await button("Send a test").click();
  assert.ok(holds(secret, await came((type) => type === "webhook.test")), "the test is signed");
  const clara = await patient(on, "clara", { name: "Clara W." });
  await ask(clara, "My knee hurts");
  const asked = await came((type) => type === "consultation.requested");
  assert.ok(holds(secret, asked), "the event is signed");
  for (const word of ["Clara", "knee"]) assert.ok(!asked.raw.includes(word), `«${word}» left the clinic`);
  await card().getByText("Consultation queued", { exact: true }).waitFor();
  await card().getByText("Delivered").first().waitFor();
  await volkova.look("console-integrations-card");
});

test("what fails is in the log with its reason, and is sent again at a press", async () => {
  partner.answers.push(503);
  const boris = await patientWithoutApp(on, "boris", { name: "Boris M." });
  await boris.ask();
  const { raw } = await came((type, status) => type === "consultation.requested" && status === 503);
  const failed = card().getByRole("listitem").filter({ hasText: "answer 503" });
  await failed.getByText("On the way").waitFor();
  await volkova.look("console-integrations-failed");
  await failed.getByRole("button", { name: "Send again: Consultation requested" }).click();
  await failed.waitFor({ state: "detached" });
  const again = partner.came.find((one) => one.raw === raw && one.status === 200);
  assert.ok(again !== undefined && holds(secret, again), "it was sent again, signed");
});

test("on a phone the card has room, and a removed webhook is gone", async () => {
  const { page } = volkova;
  await page.setViewportSize({ width: 390, height: 844 });
  await volkova.look("console-integrations-card-phone");
  await page.setViewportSize({ width: 1440, height: 900 });
  await button("Remove").click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await sees(volkova, "No connections yet");
});

test("an operator has no such section", async () => {
  const petrova = await desk(on, "petrova");
  assert.equal(await petrova.page.locator('[data-pane=sections] a[href^="/integrations"]').count(), 0);
  await section(petrova, "operators");
});

/** A request by the key; status and body. */
async function byKey(path, options = {}) {
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
  anna = await patient(on, "anna", { name: "Anna K." });
  await sees(anna, "Anna");
  const { body } = await byKey("/patients?user=anna");
  const headers = { authorization: `Bearer ${key}`, "idempotency-key": "order-7000", "content-type": "application/json" };
  const refused = await byKey(`/patients/${body.items[0].id}/consultations`, { method: "POST", headers, body: '{"queue_id":"therapist"}' });
  assert.deepEqual([refused.status, refused.body.consents.length], [409, 2]);
});

test("the examples of the guide work as they stand there", async () => {
  await agreeToAll();
  const { body } = await byKey("/patients?user=anna");
  const examples = [...(await readFile(GUIDE, "utf8")).matchAll(/```sh\n([\s\S]*?)```/g)];
  assert.equal(examples.length, 12);
  for (const [, example] of examples) {
    const env = { ...process.env, CONSILIUM: on.world.api, KEY: key, PATIENT: body.items[0].id };
    const { stdout } = await run("bash", ["-euc", example], { env });
    assert.ok(JSON.parse(stdout), example);
  }
  assert.equal((await byKey("/consultations")).body.items[0].phase, "queued");
  assert.equal((await byKey("/callbacks")).body.items[0].source, "partner");
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
  await lookAtBoth(volkova, "console-keys-card");
  await card().getByRole("button", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Read patients' cards").uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal((await byKey("/patients")).status, 403);
  assert.equal((await byKey("/consultations")).status, 200);
  await button("Revoke").click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await card().getByText("Revoked").first().waitFor();
  assert.equal((await byKey("/consultations")).status, 401);
  await volkova.look("console-keys-revoked");
});
