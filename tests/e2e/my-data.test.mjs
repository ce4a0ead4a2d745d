/**
 * A patient's rights over what is kept of him: a copy of everything, opened and read here; the end of his account, with what stays and until when; a new person
 * who comes afterwards; and what a supervisor does and sees of it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { picture } from "./png.mjs";
import {
  ask,
  attach,
  call,
  close,
  conclude,
  desk,
  DESKTOP,
  fillSignIn,
  lookAtBoth,
  patient,
  patientWhoAsks,
  PHONE,
  saved,
  say,
  section,
  sees,
  stage,
  take,
} from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } };
const on = stage({ staff: STAFF }, begin);
const HOSTILE = "<img src=x onerror=alert(1)> a rash";
const RASH = { name: "my rash.png", mimeType: "image/png", buffer: picture(60, 60, 5) };
const REASON = "Letter of 12 November";
let anna;
let boris;
let petrova;
let volkova;

const button = (person, name) => person.page.getByRole("button", { name, exact: true });
const own = (path, values) => words.patient(path, values);
const dialog = (person) => person.page.getByRole("dialog");

async function begin() {
  const asks = patientWhoAsks(on, "anna", HOSTILE, { name: "Anna K." });
  [anna, petrova, volkova] = await Promise.all([asks, desk(on, "petrova"), desk(on, "volkova", { size: DESKTOP })]);
  await take(petrova, "Anna K.");
  await attach(anna, "File", RASH);
  await say(petrova, "Thank you, I see it");
  await sees(anna, "Thank you, I see it");
  await conclude(petrova, "Rest and water");
  await close(petrova);
}

async function toMyData(person) {
  await person.page.goto(`${on.world.api}/profile`);
  await person.page.getByRole("link", { name: own("profile.myDataOpen") }).click();
  await person.page.getByRole("heading", { name: own("myData.copyTitle") }).waitFor();
}

/** The entries of an archive by its directory; what is in it is stored as it is. */
function entries(archive) {
  const end = archive.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  const found = new Map();
  let here = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(archive.readUInt16LE(here + 10), 0, "it is stored");
    const [size, name, extra, comment] = [20, 28, 30, 32].map((at) => (at === 20 ? archive.readUInt32LE(here + at) : archive.readUInt16LE(here + at)));
    const local = archive.readUInt32LE(here + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    found.set(archive.toString("utf8", here + 46, here + 46 + name), archive.subarray(start, start + size));
    here += 46 + name + extra + comment;
  }
  return found;
}

test("a patient downloads a copy of everything, and it opens", async () => {
  await toMyData(anna);
  await anna.look("patient-my-data");
  const { name, bytes } = await saved(anna, button(anna, own("myData.copyMake")));
  assert.match(name, /^my-data-demo-clinic-\d{4}-\d\d-\d\d\.zip$/);
  await sees(anna, own("myData.copySaved"));
  const all = entries(bytes);
  const file = [...all.keys()].find((path) => path.endsWith("/my rash.png"));
  assert.ok(file?.startsWith("files/001 "), [...all.keys()].join(", "));
  assert.deepEqual(all.get(file), RASH.buffer);
  assert.ok(all.get("conclusions/conclusion-1-1.pdf")?.subarray(0, 4).equals(Buffer.from("%PDF")));
  const data = JSON.parse(all.get("data.json").toString());
  assert.equal(data.profile.name, "Anna K.");
  assert.ok(data.consultations[0].said.some(({ text }) => text === HOSTILE));
  const reader = await on.browser.newPage();
  let dialogs = 0;
  reader.on("dialog", () => (dialogs += 1));
  await reader.setContent(all.get("index.html").toString());
  await reader.getByText(HOSTILE, { exact: true }).waitFor();
  await reader.getByRole("link", { name: RASH.name }).waitFor();
  assert.equal(dialogs, 0);
  await reader.setViewportSize(PHONE);
  await reader.screenshot({ path: new URL("artefacts/copy-of-my-data.png", import.meta.url).pathname, fullPage: true });
  await reader.close();
});

test("while a consultation is open the account is not deleted, and the app says where to end it", async () => {
  boris = await patient(on, "boris", { name: "Boris B." });
  await ask(boris, "I cannot sleep", "Psychologist");
  await toMyData(boris);
  await boris.page.getByRole("link", { name: own("myData.endOpen") }).click();
  await sees(boris, own("myData.blocked.consultation"));
  assert.equal(await button(boris, own("myData.endForGood")).count(), 0);
  await boris.look("patient-delete-blocked");
  await button(boris, own("myData.toConversation")).click();
  await boris.page.waitForURL("**/conversation/**");
});

test("a patient sees what goes and what stays, deletes his account, and keeps the receipt", async () => {
  // What is under way when the account ends is refused: that is meant.
  anna.expects(/^401 /);
  await toMyData(anna);
  await anna.page.getByRole("link", { name: own("myData.endOpen") }).click();
  await anna.page.getByText(/Medical records: until/).waitFor();
  await anna.look("patient-delete");
  const last = button(anna, own("myData.endForGood"));
  assert.equal(await last.isDisabled(), true);
  await anna.page.getByRole("textbox").fill("delete");
  await last.click();
  await anna.page.getByRole("heading", { name: own("myData.doneTitle") }).waitFor();
  await anna.look("patient-farewell");
  const { name, bytes } = await saved(anna, button(anna, own("myData.receipt")));
  assert.match(name, /^receipt-.*\.html$/);
  assert.match(bytes.toString(), /Medical records: until \d{4}/);
  await button(anna, own("myData.leave")).click();
  await anna.page.locator("input[type=password]").waitFor();
  assert.equal(new URL(anna.page.url()).pathname, "/");
  const kept = await anna.page.evaluate(async () => ({
    keys: Object.keys(localStorage).filter((key) => !/language|color-scheme|consilium\.brand/.test(key)),
    // What the worker notes of the age of the app's own files is nobody's.
    stores: (await indexedDB.databases()).map(({ name }) => name).filter((name) => /consilium|matrix/.test(name)),
  }));
  assert.deepEqual(kept, { keys: [], stores: [] }, "nothing of the account lies on the device");
});

test("the account signs in no more, and who comes anew with the same number has no past", async () => {
  anna.expects(/^403 POST .*\/login$/);
  await fillSignIn(anna, "anna");
  await anna.page.getByRole("alert").waitFor();
  const again = await patient(on, "anna2", { name: "Anna K." });
  await again.page.getByRole("link", { name: "History" }).first().click();
  await sees(again, words.patient("history.empty"));
});

test("a supervisor sees what was deleted and what stays, and makes a copy for another patient", async () => {
  await section(volkova, "audit");
  await sees(volkova, words.console("audit.did.patient_deleted"));
  await volkova.look("console-rights-audit");
  await section(volkova, "patients");
  await volkova.page.locator("main").getByText("Boris B.").first().click();
  await volkova.page.getByRole("heading", { name: words.console("rights.title") }).scrollIntoViewIfNeeded();
  await volkova.look("console-rights");
  const { bytes } = await saved(volkova, button(volkova, words.console("rights.copy")));
  const data = JSON.parse(entries(bytes).get("data.json").toString());
  assert.equal(data.consultations[0].is_open, true);
  assert.equal(data.consultations[0].said.some(({ text }) => text === HOSTILE), false);
});

/** Waits until nothing of it stands in the way: what was said is put into the archive first. */
async function withdrawn() {
  const { items } = await (await call(volkova, on.world, "/_consilium/v1/patients?q=Boris")).json();
  for (let look = 0; look < 100; look += 1) {
    const plan = await (await call(volkova, on.world, `/_consilium/v1/patients/${items[0].id}/deletion`)).json();
    if (plan.blocked === null) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail("something stands in the way for ever");
}

test("a supervisor deletes an account at the patient's letter in two steps, with a reason", async () => {
  volkova.expects(/^409 POST /);
  boris.expects(/^401 /);
  await button(volkova, words.console("rights.delete")).click();
  await sees(volkova, words.console("rights.blocked.consultation"));
  await volkova.look("console-rights-blocked");
  await button(boris, own("talk.cancel")).click();
  await dialog(boris).getByRole("button", { name: own("talk.cancelConfirm"), exact: true }).click();
  await dialog(boris).waitFor({ state: "hidden" });
  await withdrawn();
  await dialog(volkova).getByRole("button", { name: words.console("rights.lookAgain") }).click();
  await dialog(volkova).getByRole("textbox").fill(REASON);
  await volkova.look("console-rights-why");
  await dialog(volkova).getByRole("button", { name: words.console("rights.on") }).click();
  await volkova.look("console-rights-sure");
  await dialog(volkova).getByRole("button", { name: words.console("rights.forGood") }).click();
  await dialog(volkova).waitFor({ state: "hidden" });
  await sees(volkova, words.console("rights.reasonWas", { reason: REASON }));
  await lookAtBoth(volkova, "console-rights-deleted");
});
