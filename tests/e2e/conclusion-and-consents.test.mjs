/**
 * A conclusion: required before the close, written beside the talk, saved by itself, signed by the clinic's own service, read by the patient as PDF, amended after the
 * close. A signature that the service makes later, or refuses, as both sides see it.
 *
 * Then consents: nothing can be asked before each is ticked by hand, with its text one press away; what was agreed to is read and withdrawn in the profile, and then
 * asked for again; staff sees it on the card.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { agree, askHere, call, close, desk, patient, patientWhoAsks, section, sees, SERVICE, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const PAEDIATRICIAN = "Paediatrician";
const TREATMENT = "I agree to be advised by a doctor at a distance";
const DATA = "I agree that my personal data and what I say about my health are processed";
const NEWS = "I agree to get reminders and news of the clinic";
const staff = { petrova: { name: "Dr Petrova" } };
/** What the clinic's service says to whatever it is asked to sign, and what it was asked. */
const signer = { says: "signs", asked: [] };
const REFUSAL = "The certificate of Dr Petrova has ended";
const ANSWERS = {
  signs: ({ hash }) => [200, { hash, method: "cades-t", signature: Buffer.from("signed").toString("base64") }],
  later: () => [503, {}],
  refuses: () => [422, { reason: REFUSAL }],
};
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const asked = JSON.parse(Buffer.concat(chunks).toString());
  signer.asked.push(asked);
  const [status, answer] = ANSWERS[signer.says](asked);
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
}).listen(0, "127.0.0.1");
await once(server, "listening");
after(() => server.close());
const on = stage({ staff, signer: `http://127.0.0.1:${server.address().port}/sign` }, begin);
let anna;
/** Has agreed to nothing when he comes. */
let boris;
let petrova;
let consultation;

async function begin() {
  const asks = patientWhoAsks(on, "anna", "My daughter coughs", { name: "Anna K.", service: PAEDIATRICIAN });
  [anna, petrova] = await Promise.all([asks, desk(on, "petrova")]);
}

const card = (person) => person.page.locator("[data-pane=card]");
const field = (person, title) => card(person).getByRole("textbox", { name: new RegExp(`^${title}`) });
const button = (person, path) => person.page.getByRole("button", { name: words.console(path), exact: true });
const openPdf = (person) => person.page.getByRole("button", { name: /^Open the conclusion \(PDF\)/ });

/** What a press brings: a tab with the document, or a file, as the browser shows PDFs. */
async function pdfOf(person, press) {
  const { page } = person;
  const tab = page.context().waitForEvent("page", { timeout: 20_000 }).catch(() => null);
  const file = page.waitForEvent("download", { timeout: 20_000 }).catch(() => null);
  const answer = page.waitForResponse((response) => /conclusion\/(pdf|preview)/.test(response.url()));
  await press();
  const response = await answer;
  assert.equal(response.status(), 200);
  assert.equal(response.headers()["content-type"], "application/pdf");
  const shown = await Promise.race([tab, file]);
  assert.ok(shown !== null, "the document is shown");
  if ("close" in shown) await shown.close();
}

test("the close leads to the conclusion that the queue asks for", async () => {
  await take(petrova, "Anna K.");
  const { page } = petrova;
  consultation = page.url().split("/").at(-1);
  await sees(petrova, words.console("conclusion.standing.required"));
  await page.locator("main").getByRole("button", { name: words.console("consultation.closeFull") }).first().click();
  await sees(petrova, words.console("conclusion.askedBeforeClose"));
  await petrova.look("console-conclusion-asked");
  const answer = await call(petrova, on.world, `/_consilium/v1/consultations/${consultation}/close`, "POST", {});
  assert.equal(answer.status, 409);
  assert.equal((await answer.json()).type, "urn:consilium:problem:conclusion-required");
});

test("what is typed is saved by itself and outlives a reload", async () => {
  await field(petrova, "Complaint").fill("A dry cough for three days");
  await sees(petrova, /^Draft saved: Dr Petrova/);
  await petrova.page.reload();
  await sees(petrova, words.console("conclusion.standing.required"));
  await petrova.page.keyboard.press("Shift+E");
  await field(petrova, "Complaint").waitFor();
  assert.equal(await field(petrova, "Complaint").inputValue(), "A dry cough for three days");
  assert.equal(await button(petrova, "conclusion.sign").isDisabled(), true, "the advice is missing");
  await sees(petrova, words.console("conclusion.lacks", { sections: "Advice" }));
});

test("the draft can be looked at, and is signed; the patient is told at once", async () => {
  await field(petrova, "Advice").fill("1. Warm drinks.\n2. Air the room.\n3. Write again if the fever rises.");
  await pdfOf(petrova, () => button(petrova, "conclusion.preview").click());
  await button(petrova, "conclusion.sign").click();
  await sees(petrova, words.console("conclusion.standing.signed", { number: 1, version: 1 }));
  await sees(anna, "The conclusion is ready");
  await petrova.look("console-conclusion-signed");
});

test("the patient opens the document from the conversation", async () => {
  await pdfOf(anna, () => openPdf(anna).first().click());
});

test("after the signature the consultation closes, and the document is in the history and the archive", async () => {
  const { page } = petrova;
  await page.locator("main").getByRole("button", { name: words.console("consultation.closeFull") }).first().click();
  await page.getByText(words.console("consultation.ended.archived")).waitFor();
  await anna.page.goto(`${on.world.api}/history`);
  await pdfOf(anna, () => openPdf(anna).first().click());
  await section(petrova, "archive");
  await page.locator("[data-row]").first().click();
  await page.getByRole("tab", { name: words.console("conclusion.tab") }).click();
  await sees(petrova, "No. 1, version 1");
  await pdfOf(petrova, () => page.getByRole("button", { name: /^PDF: No\. 1, version 1/ }).click());
});

test("the last lead amends it with a reason, and the patient has both versions", async () => {
  const { page } = petrova;
  await page.getByRole("textbox", { name: /^Follow-up/ }).fill("In a week");
  await page.getByRole("textbox", { name: words.console("conclusion.reason") }).fill("The follow-up was missing");
  await button(petrova, "conclusion.signAmended").click();
  await sees(petrova, "No. 1, version 2");
  await petrova.look("console-conclusion-amended");
  await anna.page.goto(`${on.world.api}/history/${consultation}`);
  await sees(anna, "The conclusion was amended. Reason: The follow-up was missing");
  await pdfOf(anna, () => anna.page.getByRole("button", { name: /^Former version 1/ }).click());
  await anna.look("patient-record-conclusion");
  const document = await call(petrova, on.world, `/_consilium/v1/consultations/${consultation}/conclusion/pdf`);
  const artefacts = new URL("artefacts/", import.meta.url);
  await mkdir(artefacts, { recursive: true });
  await writeFile(new URL("conclusion.pdf", artefacts), Buffer.from(await document.arrayBuffer()));
});

const own = (path, values) => words.patient(path, values);
const tick = (title) => boris.page.getByRole("checkbox", { name: title });
const consent = (key, title) => boris.page.getByRole("button", { name: own(key, { title }), exact: true });
const dialog = () => boris.page.getByRole("dialog");
const send = () => boris.page.locator("form button[type=submit]").click();
const consents = async () => (await (await call(boris, on.world, "/_consilium/v1/me/consents")).json()).consents;

async function toProfile() {
  await boris.page.goto(`${on.world.api}/profile`);
  await boris.page.getByRole("heading", { name: own("consents.title"), exact: true }).scrollIntoViewIfNeeded();
}

test("nothing is ticked, nothing goes out without, and the text is one press away", async () => {
  boris = await patient(on, "boris", { name: "Boris M." });
  const { page } = boris;
  await page.getByText(SERVICE).first().click();
  await page.getByRole("textbox").first().fill("My head hurts");
  await page.locator("form[aria-busy=false]").waitFor();
  assert.deepEqual([await tick(TREATMENT).isChecked(), await tick(DATA).isChecked()], [false, false]);
  assert.equal(await tick(NEWS).count(), 0, "what is optional waits in the profile");
  await tick(DATA).scrollIntoViewIfNeeded();
  await send();
  assert.equal(await page.getByRole("alert").filter({ hasText: own("consents.tick") }).count(), 2);
  await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "checkbox");
  await boris.look("patient-consents-missing");
  await page.setViewportSize({ width: 360, height: 740 });
  await consent("consents.readOf", TREATMENT).click();
  await dialog().getByText("What the doctor cannot do.", { exact: false }).waitFor();
  await dialog().getByRole("button", { name: own("consents.close"), exact: true }).last().click();
  assert.equal(await tick(TREATMENT).isChecked(), false);
  assert.equal((await consents())[0].status, "proposed");
});

test("who ticks both asks, and the service has on record what was shown", async () => {
  await agree(boris);
  await send();
  await boris.page.waitForURL("**/conversation/**");
  await sees(boris, "My head hurts");
  const [treatment, data, news] = await consents();
  assert.deepEqual([treatment.status, data.status, news.status], ["active", "active", "proposed"]);
  assert.deepEqual([treatment.last.document.language, treatment.last.document.title], ["en", TREATMENT]);
  assert.equal(typeof treatment.last.device_id, "string");
});

test("the profile lists them with day and text; one is given, and withdrawn with what that does", async () => {
  await toProfile();
  await boris.look("patient-consents-profile");
  await consent("consents.giveOf", NEWS).click();
  await dialog().getByRole("button", { name: own("consents.agree"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
  await consent("consents.withdrawOf", NEWS).waitFor();
  await consent("consents.readOf", DATA).click();
  await dialog().getByText("What is processed.", { exact: false }).waitFor();
  await boris.page.keyboard.press("Escape");
  await consent("consents.withdrawOf", TREATMENT).click();
  await dialog().getByText(own("consents.effect.open_goes_on")).waitFor();
  await boris.look("patient-consent-withdraw");
  await dialog().getByRole("button", { name: own("consents.withdrawConfirm"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
  await consent("consents.giveOf", TREATMENT).waitFor();
  assert.deepEqual((await consents()).map(({ status }) => status), ["inactive", "active", "active"]);
});

test("staff sees on the card what is given and what was withdrawn, and reads the texts", async () => {
  await take(petrova, "Boris M.");
  const card = petrova.page.locator("[data-pane=card]");
  const list = card.getByRole("region", { name: words.console("patients.consents"), exact: true });
  await list.getByText(DATA).waitFor();
  await list.getByText(words.console("patients.consent.inactive"), { exact: false }).first().waitFor();
  await petrova.look("console-card-consents");
  await list.getByRole("button", { name: words.console("patients.consentHistory") }).click();
  const ledger = petrova.page.getByRole("dialog");
  await ledger.locator("summary").filter({ hasText: TREATMENT }).first().click();
  await ledger.getByText("What the doctor cannot do.", { exact: false }).filter({ visible: true }).waitFor();
  await petrova.look("console-consent-history");
  await petrova.page.keyboard.press("Escape");
});

const READY = "The conclusion is ready";
const RESTS = "Rest and water";

/** What the patient has of the conclusion: on the screen, and asked for. */
async function borisHas() {
  const id = petrova.page.url().split("/").at(-1);
  const { versions } = await (await call(boris, on.world, `/_consilium/v1/consultations/${id}/conclusion/versions`)).json();
  return { versions: versions.length, shown: await boris.page.getByText(READY).count() };
}

test("a signature that comes later is waited for in words, and the patient has no conclusion before it", async () => {
  const { page } = petrova;
  await boris.page.goto(on.world.api);
  await boris.page.locator("a[href^='/conversation/']").first().click();
  await sees(boris, "My head hurts");
  signer.says = "later";
  await page.locator("main [data-standing]").getByRole("button").click();
  for (const title of ["Complaint", "Advice"]) await field(petrova, title).fill(RESTS);
  await button(petrova, "conclusion.sign").click();
  await card(petrova).getByRole("status").filter({ hasText: words.console("conclusion.signing.waitingHint") }).waitFor();
  await sees(petrova, /^Dr Petrova signed on .*waits for the clinic’s signature service/);
  await petrova.look("console-conclusion-waits");
  assert.deepEqual(await borisHas(), { versions: 0, shown: 0 });
});

test("a refusal is read in the service's words, nothing of the text is lost, and the patient has it once it is signed", async () => {
  const { page } = petrova;
  signer.says = "refuses";
  await button(petrova, "conclusion.signing.ask").click();
  const refusal = card(petrova).getByRole("alert").filter({ hasText: REFUSAL });
  await refusal.getByText(words.console("conclusion.signing.refused"), { exact: true }).waitFor();
  await refusal.getByText(words.console("conclusion.signing.refusedHint"), { exact: true }).waitFor();
  await petrova.look("console-conclusion-refused");
  assert.equal(await field(petrova, "Advice").inputValue(), RESTS);
  assert.deepEqual(await borisHas(), { versions: 0, shown: 0 });
  signer.says = "signs";
  await button(petrova, "conclusion.sign").click();
  await page.locator("main [data-standing=signed]").waitFor();
  await sees(boris, READY);
  assert.equal((await borisHas()).versions, 1);
  assert.ok(!JSON.stringify(signer.asked).includes(RESTS), "it is given hashes, and no words");
});

test("what is open goes on to its end; then nothing begins until it is agreed to again", async () => {
  await close(petrova);
  await boris.page.goto(on.world.api);
  await boris.page.locator("a[href^='/conversation/']").first().click();
  await sees(boris, own("consents.needed"));
  await boris.look("patient-consents-needed");
  await boris.page.getByRole("button", { name: own("consents.neededOpen") }).click();
  // The conversation that it leaves names the service too.
  await boris.page.locator("a[href^='/ask/']").filter({ hasText: SERVICE }).first().click();
  await tick(TREATMENT).waitFor();
  assert.equal(await tick(DATA).count(), 0, "what stands is not asked for again");
  await askHere(boris, "It hurts again");
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: "Boris M." }).first().waitFor();
});
