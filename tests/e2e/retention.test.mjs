/**
 * The archive's end: what goes stands in a list, a hold keeps it, a supervisor erases by hand in two steps, and the certificate says what became of it.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { changedBrand } from "./routed-brand.mjs";
import { attach, call, close, desk, DESKTOP, lookAtBoth, patientWhoAsks, say, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
// What is kept for three days goes in four: it stands in the list of a week and not in tomorrow's.
const short = await changedBrand("demo-clinic", (toml) =>
  toml.replace("keep_years = 25", "keep_days = 3").replace("reopen_grace_minutes = 60", "reopen_grace_minutes = 0"),
);
after(short.end);
const on = stage({ brand: short.brand, staff: STAFF }, begin);
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const REASON = "Request of the patient, 12 November";
let anna;
let petrova;
let volkova;
let consultation;

const button = (person, path) => person.page.getByRole("button", { name: words.console(path), exact: true });
const list = (person) => person.page.locator("[data-pane=list]");
const dialog = (person) => person.page.getByRole("dialog");
const segment = (person, path) => list(person).getByText(words.console(path), { exact: true });

async function begin() {
  const asks = patientWhoAsks(on, "anna", "A rash on my arm", { name: "Anna K." });
  [anna, petrova, volkova] = await Promise.all([asks, desk(on, "petrova"), desk(on, "volkova", { size: DESKTOP })]);
  await take(petrova, "Anna K.");
  consultation = petrova.page.url().split("/").at(-1);
  await attach(anna, "File", { name: "rash.png", mimeType: "image/png", buffer: PICTURE });
  await say(petrova, "Thank you, I see it");
  await sees(anna, "Thank you, I see it");
  await close(petrova);
  // What was erased is refused, and said in words.
  for (const person of [anna, volkova]) person.expects(/^410 GET /);
  volkova.expects(/^409 POST /);
}

/** Waits until the record is in the archive. */
async function sealed() {
  for (let look = 0; look < 100; look += 1) {
    const answer = await call(volkova, on.world, "/_consilium/v1/archive");
    if ((await answer.json()).total > 0) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail("nothing was sealed");
}

test("what goes stands in the supervisor's list, by class and queue; an operator has no such list", async () => {
  await sealed();
  await section(petrova, "archive");
  await list(petrova).locator("[data-row]").first().waitFor();
  assert.equal(await segment(petrova, "retention.list.due").count(), 0);
  await section(volkova, "archive");
  await segment(volkova, "retention.list.due").click();
  await sees(volkova, words.console("retention.dueEmptyTitle"));
  await list(volkova).getByText("7 days", { exact: true }).click();
  await list(volkova).locator("[data-row]").filter({ hasText: "Anna K." }).waitFor();
  await list(volkova).getByText("Medical records", { exact: true }).waitFor();
  await lookAtBoth(volkova, "console-retention-due");
});

test("a hold on the record keeps it, and the list says why", async () => {
  const { page } = volkova;
  await list(volkova).locator("[data-row]").first().click();
  await page.getByRole("tab", { name: words.console("archive.keeping") }).click();
  await volkova.look("console-retention-keeping");
  await button(volkova, "retention.place").click();
  await dialog(volkova).getByRole("textbox").fill("Case A-17");
  await volkova.look("console-retention-hold");
  await dialog(volkova).getByRole("button", { name: words.console("retention.place") }).click();
  await dialog(volkova).waitFor({ state: "hidden" });
  await list(volkova).getByText(/Case A-17$/).waitFor();
  assert.equal(await button(volkova, "retention.erase").isDisabled(), true);
  const answer = await call(volkova, on.world, `/_consilium/v1/archive/${consultation}/erase`, "POST", { reason: "r" });
  assert.equal(answer.status, 409);
  assert.equal((await answer.json()).type, "urn:consilium:problem:held");
  await lookAtBoth(volkova, "console-retention-held");
});

test("all holds stand in a list, and are lifted there", async () => {
  await segment(volkova, "retention.list.holds").click();
  await list(volkova).getByText("Case A-17").waitFor();
  await volkova.look("console-retention-holds");
  await button(volkova, "retention.lift").click();
  await dialog(volkova).getByRole("textbox").fill("The case is closed");
  await dialog(volkova).getByRole("button", { name: words.console("retention.lift") }).click();
  await dialog(volkova).waitFor({ state: "hidden" });
  await sees(volkova, words.console("retention.holdsEmpty.active"));
});

test("a record is erased by hand in two steps, with a reason", async () => {
  const { page } = volkova;
  await segment(volkova, "retention.list.records").click();
  await list(volkova).locator("[data-row]").first().click();
  await page.getByRole("tab", { name: words.console("archive.keeping") }).click();
  await button(volkova, "retention.erase").click();
  assert.equal(await dialog(volkova).getByRole("button", { name: words.console("retention.eraseOn") }).isDisabled(), true);
  await dialog(volkova).getByRole("textbox").fill(REASON);
  await dialog(volkova).getByRole("button", { name: words.console("retention.eraseOn") }).click();
  await button(volkova, "retention.eraseForGood").waitFor();
  await lookAtBoth(volkova, "console-retention-sure");
  await button(volkova, "retention.eraseForGood").click();
  await page.getByRole("heading", { name: words.console("retention.erasedTitle") }).waitFor();
  await sees(volkova, REASON);
});

test("the certificate is read and kept as a file, and the file at the homeserver is gone", async () => {
  const { page } = volkova;
  for (let look = 0; look < 50; look += 1) {
    const answer = await call(volkova, on.world, `/_consilium/v1/archive/${consultation}/certificate`);
    const { files } = await answer.json();
    if (files.length > 0 && files.every(({ gone_at }) => gone_at !== null)) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  await page.reload();
  await page.getByRole("heading", { name: words.console("retention.erasedTitle") }).waitFor();
  const download = page.waitForEvent("download");
  await button(volkova, "retention.download").click();
  const certificate = JSON.parse(await readFile(await (await download).path(), "utf8"));
  assert.equal(certificate.consultation_id, consultation);
  assert.equal(certificate.erased.reason, REASON);
  assert.equal(certificate.proof.chain.signature_valid, true);
  assert.ok(certificate.files.length > 0 && certificate.files.every(({ gone_at }) => gone_at !== null));
  await sees(volkova, words.console("retention.filesGone", { gone: certificate.files.length, all: certificate.files.length }));
  await lookAtBoth(volkova, "console-retention-certificate");
});

test("the patient's history says that it was erased, and a link from before leads to words and not to an error", async () => {
  await anna.page.goto(`${on.world.api}/history`);
  await sees(anna, words.patient("history.phase.erased"));
  await anna.look("patient-history-erased");
  await anna.page.goto(`${on.world.api}/history/${consultation}`);
  await sees(anna, words.patient("history.erasedTitle"));
  await anna.look("patient-record-erased");
});

test("the chain is proven and says what was erased, by whom and why", async () => {
  const said = await on.world.command(["archive", "verify"]);
  assert.match(said, /record 1: erased on \S+ by Vera Volkova, reason: Request of the patient, 12 November/);
  assert.match(said, /archive: 2 records, all as they were written/);
});
