/** The whole of a card: calls, call-backs, files by consultation, who read it; the audit log by day, and checked at the press of a button. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { attach, close, desk, patientWhoAsks, say, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const staff = {
  petrova: { name: "Dr Petrova" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const DESKTOP = { width: 1440, height: 900 };
const TEST = { name: "blood-test.txt", mimeType: "text/plain", buffer: Buffer.from("Haemoglobin 132") };
const on = stage({ staff }, begin);
let volkova;

async function begin() {
  const [anna, petrova, supervisor] = await Promise.all([
    patientWhoAsks(on, "anna", "Here is my blood test", { name: "Anna K." }),
    desk(on, "petrova", { size: DESKTOP }),
    desk(on, "volkova", { size: DESKTOP }),
  ]);
  volkova = supervisor;
  await take(petrova, "Anna K.");
  await attach(anna, "File", TEST);
  await sees(petrova, TEST.name);
  await say(petrova, "It looks well");
  await sees(anna, "It looks well");
  await close(petrova);
  // What is in the list of the archive is sealed.
  await section(petrova, "archive");
  await petrova.page.locator("[data-pane=list]").getByText("Anna K.").first().waitFor();
}

const card = () => volkova.page.locator("[data-pane=card]");
const fold = (title) => card().locator("details").filter({ has: volkova.page.getByRole("heading", { name: title, exact: true }) });

/** Opens a folded list that is said to have so many. */
async function unfold(title, count) {
  await fold(title).locator("summary").getByText(String(count), { exact: true }).waitFor();
  await fold(title).locator("summary").click();
}

test("a card tells what there was besides consultations, and that there was nothing", async () => {
  await section(volkova, "patients");
  await volkova.page.getByRole("row").filter({ hasText: "Anna K." }).first().click();
  await unfold(words.console("section.callbacks"), 0);
  await fold(words.console("section.callbacks")).getByText(words.console("patients.noCallbacks")).waitFor();
  await unfold(words.console("section.calls"), 0);
  await fold(words.console("section.calls")).getByText(words.console("patients.noCalls")).waitFor();
});

test("files are shown by their names at a press, which is a reading of the record", async () => {
  const files = fold(words.console("patients.files"));
  await unfold(words.console("patients.files"), 1);
  assert.equal(await files.getByText(TEST.name).count(), 0);
  await files.getByRole("button", { name: words.console("patients.showFilesOf", { service: "General practitioner" }), exact: true }).click();
  await files.getByText(TEST.name).first().waitFor();
  await volkova.look("console-card-files");
});

test("who read the card is named, and one press leads to all about it in the audit", async () => {
  const readers = fold(words.console("patients.readers"));
  await readers.locator("summary").click();
  await readers.getByText("Dr Petrova").first().waitFor();
  await volkova.look("console-card-readers");
  await readers.getByRole("button", { name: words.console("patients.allInAudit"), exact: true }).click();
  await volkova.page.waitForURL("**/audit?subject=**");
  await volkova.page.getByRole("row").filter({ hasText: words.console("audit.did.patient_read") }).first().waitFor();
});

test("the audit log is checked at the press of a button, and says up to which entry it is whole", async () => {
  await section(volkova, "audit");
  await volkova.page.getByRole("button", { name: words.console("audit.proof.open"), exact: true }).click();
  const dialog = volkova.page.getByRole("dialog", { name: words.console("audit.proof.title"), exact: true });
  await dialog.getByRole("button", { name: words.console("audit.proof.begin"), exact: true }).click();
  const [whole] = words.console("audit.proof.whole").split("{");
  await dialog.getByText(whole.trim()).waitFor();
  assert.match(await dialog.locator("code").innerText(), /^[0-9a-f]{64}$/);
  await volkova.look("console-audit-whole");
  await volkova.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await volkova.page.getByRole("row").filter({ hasText: words.console("audit.did.audit_verified") }).first().waitFor();
});
