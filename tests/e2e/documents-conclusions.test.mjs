/** Conclusions among the documents: found, opened, saved, kept without a network, and followed when they are amended. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { picture } from "./png.mjs";
import { ask, attach, close, conclude, desk, isSent, patient, saved, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const on = stage({ staff: { petrova: { name: "Dr Petrova" } }, worker: true }, begin);
const TEST = { name: "Blood test.pdf", mimeType: "application/pdf", buffer: picture(90, 90, 7) };
const CONCLUSION = "Conclusion No. 1";
let anna;
let petrova;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
  await ask(anna, "My daughter coughs", "Paediatrician");
  petrova = await desk(on, "petrova");
  await take(petrova, "Anna K.");
}

const row = (name) => anna.page.getByRole("article", { name, exact: true });
const shown = () => anna.page.locator("main article").evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")));
const shows = (count) => anna.page.waitForFunction((count) => document.querySelectorAll("main article").length === count, count);

async function toDocuments() {
  await anna.page.goto(`${on.world.api}/documents`);
  await anna.page.getByRole("heading", { name: "Documents" }).waitFor();
}

/** What the browser saves when «Save» is pressed. */
const savedRow = () => saved(anna, row(CONCLUSION).getByRole("button", { name: `Save: ${CONCLUSION}` }));

test("where nothing was sent yet, it says what will be here", async () => {
  await toDocuments();
  await sees(anna, "All photos, files and conclusions of your consultations will be here.");
});

test("a conclusion is among the documents as soon as it is signed, with who wrote it and where", async () => {
  await conclude(petrova, "Warm drinks, rest");
  await row(CONCLUSION).getByText("Dr Petrova · Paediatrician").waitFor();
  await close(petrova);
  const link = row(CONCLUSION).getByRole("link", { name: /^Consultation of / });
  await link.and(anna.page.locator("[href^='/history/']")).click();
  await anna.page.waitForURL("**/history/*");
  await sees(anna, "My daughter coughs");
});

test("it is saved, found by its number, its author and its service, and told from files", async () => {
  await anna.page.goto(on.world.api);
  await ask(anna, "And one more thing");
  await take(petrova, "Anna K.");
  await attach(anna, "File", TEST);
  await isSent(anna, TEST.name);
  await toDocuments();
  await row(TEST.name).waitFor();
  assert.deepEqual(await shown(), [TEST.name, CONCLUSION]);
  const document = await savedRow();
  assert.equal(document.name, "conclusion-1-1.pdf");
  assert.equal(document.bytes.subarray(0, 5).toString("latin1"), "%PDF-");
  const search = anna.page.getByRole("searchbox", { name: "Find" });
  for (const [query, count] of [["conclusion 1", 1], ["petrova", 1], ["paediatrician", 1], ["general", 1]]) {
    await search.fill(query);
    await shows(count);
  }
  await search.fill("");
  await shows(2);
  await anna.page.getByRole("radio", { name: "Conclusions", exact: true }).check();
  await shows(1);
  await row(CONCLUSION).waitFor();
  await anna.look("patient-documents-conclusions");
  await anna.page.getByRole("radio", { name: "Photos and files", exact: true }).check();
  await row(TEST.name).waitFor();
  await shows(1);
  await anna.page.getByRole("radio", { name: "Everything", exact: true }).check();
  await shows(2);
});

test("what is kept opens without a network after the app was closed", async () => {
  const { page } = anna;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const before = await savedRow();
  await row(CONCLUSION).getByRole("button", { name: `Keep on this device: ${CONCLUSION}` }).click();
  await row(CONCLUSION).getByText(/^On this device, [\d.]+ kB$/).waitFor();
  await (await anna.context.newCDPSession(page)).send("Network.clearBrowserCache");
  await anna.cut();
  await page.close();
  await anna.open(`${on.world.api}/documents`);
  const kept = await savedRow();
  assert.equal(kept.name, before.name);
  assert.ok(kept.bytes.equals(before.bytes), "the kept document is another one");
  await anna.mend();
});

test("a kept conclusion that is amended is replaced by its new version", async () => {
  const { page } = petrova;
  await section(petrova, "archive");
  await page.locator("[data-row]").first().click();
  await page.getByRole("tab", { name: words.console("conclusion.tab") }).click();
  await page.getByRole("textbox", { name: /^Follow-up/ }).fill("In a week");
  await page.getByRole("textbox", { name: words.console("conclusion.reason") }).fill("The follow-up was missing");
  await page.getByRole("button", { name: words.console("conclusion.signAmended"), exact: true }).click();
  await sees(petrova, "No. 1, version 2");
  await row(CONCLUSION).getByText("Amended").waitFor();
  await row(CONCLUSION).getByText(/^On this device/).waitFor();
  await sees(anna, /^1 file on this device/);
  await anna.look("patient-documents-conclusion-kept");
  await anna.cut();
  assert.equal((await savedRow()).name, "conclusion-1-2.pdf");
  await anna.mend();
});
