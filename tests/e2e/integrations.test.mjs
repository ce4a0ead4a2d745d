/** Webhooks, end to end: a supervisor makes one in the console, a partner's system checks its signatures, and the log says what became of each. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { ask, desk, patient, patientWithoutApp, section, sees, stage } from "./steps.mjs";

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
let url;

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
  const anna = await patient(on, "anna", { name: "Anna K." });
  await ask(anna, "My knee hurts");
  const asked = await came((type) => type === "consultation.requested");
  assert.ok(holds(secret, asked), "the event is signed");
  for (const word of ["Anna", "knee"]) assert.ok(!asked.raw.includes(word), `«${word}» left the clinic`);
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
