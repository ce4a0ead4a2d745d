/**
 * A conclusion: required before the close, written beside the talk, saved by itself, signed, read by the patient as PDF, amended after the close.
 */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { ask, call, desk, patient, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const PAEDIATRICIAN = "Paediatrician";
const staff = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
const on = stage({ staff }, begin);
let anna;
let petrova;
let consultation;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
  await ask(anna, "My daughter coughs", PAEDIATRICIAN);
  petrova = await desk(on, "petrova");
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
  await petrova.look("console-conclusion");
  await button(petrova, "conclusion.sign").click();
  await sees(petrova, words.console("conclusion.standing.signed", { number: 1, version: 1 }));
  await sees(anna, "The conclusion is ready");
  await petrova.look("console-conclusion-signed");
  await anna.look("patient-conclusion-ready");
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
  await anna.look("patient-history-conclusion");
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
