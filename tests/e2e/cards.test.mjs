/**
 * The whole of a card: calls, call-backs, files by consultation, who read it; the audit log by day, and checked at the press of a button.
 *
 * Then two cards of one person: the card says which other may be the same, a supervisor compares both, chooses whose word stays, in the clinic's own fields too, and
 * merges them; the desk has one card with the history of both, each account sees only its own, and the cards are separated again. Then they are two people after
 * all: one press says it and one takes it back, both cards say who said so, and whoever merges them by hand is told.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { attach, call, close, desk, DESKTOP, patientWhoAsks, patientWithoutApp, say, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const of = (path, values) => words.console(`merge.${path}`, values);
const on = stage({ staff: { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } } }, begin);
const [OLD, NEW] = ["Anna Karenina", "Anna Oblonskaya"];
const PHONE = "+74950000001";
/** Comes once, to one doctor. */
const CLARA = "Clara W.";
const TEST = { name: "blood-test.txt", mimeType: "text/plain", buffer: Buffer.from("Haemoglobin 132") };
const ids = new Map();
let first;
let second;
let petrova;
let volkova;

async function begin() {
  const asks = patientWhoAsks(on, "clara", "Here is my blood test", { name: CLARA });
  const desks = ["petrova", "volkova"].map((login) => desk(on, login, { size: DESKTOP }));
  let clara;
  [clara, petrova, volkova] = await Promise.all([asks, ...desks]);
  await take(petrova, CLARA);
  await attach(clara, "File", TEST);
  await sees(petrova, TEST.name);
  await say(petrova, "It looks well");
  await sees(clara, "It looks well");
  await close(petrova);
  // What is in the list of the archive is sealed.
  await section(petrova, "archive");
  await petrova.page.locator("[data-pane=list]").getByText(CLARA).first().waitFor();
}

const pane = () => volkova.page.locator("[data-pane=card]");
const fold = (title) => pane().locator("details").filter({ has: volkova.page.getByRole("heading", { name: title, exact: true }) });

/** Opens a folded list that is said to have so many. */
async function unfold(title, count) {
  await fold(title).locator("summary").getByText(String(count), { exact: true }).waitFor();
  await fold(title).locator("summary").click();
}

test("a card tells what there was besides consultations, and that there was nothing", async () => {
  await section(volkova, "patients");
  await volkova.page.getByRole("row").filter({ hasText: CLARA }).first().click();
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

const dialog = () => volkova.page.getByRole("dialog");
const rows = (name) => volkova.page.getByRole("row").filter({ hasText: name });
/** The cards of her who came twice. */
const hers = async () => {
  const listed = await (await call(volkova, on.world, "/_consilium/v1/patients")).json();
  return listed.items.filter(({ name }) => name !== CLARA);
};
const names = async () => (await hers()).map(({ name }) => name).sort();
/** Who is suggested on a card, and who is said to be somebody else, as the service has it. */
const beside = async (name) => {
  const card = await (await call(volkova, on.world, `/_consilium/v1/patients/${ids.get(name)}`)).json();
  return [card.duplicates, card.dismissed].map((all) => all.map(({ patient }) => patient.name));
};
const region = (path) => pane().getByRole("region", { name: of(path), exact: true });
const press = (path, name) => pane().getByRole("button", { name: of(path, { name }), exact: true }).click();
const own = async (person) => (await person.api("/me")).name;

/** A patient whose two cards have the same telephone number, and say different things. */
async function comesTwice() {
  first = await patientWithoutApp(on, "anna", { name: OLD });
  second = await patientWithoutApp(on, "anna2", { name: NEW });
  for (const person of [first, second]) await person.api("/me", "PATCH", { phone: PHONE });
  await second.ask();
  for (const { id, name } of await hers()) {
    const fields = { allergies: name === OLD ? "Pollen" : "Penicillin" };
    const changed = await call(volkova, on.world, `/_consilium/v1/patients/${id}`, "PATCH", { fields });
    assert.equal(changed.status, 200);
    ids.set(name, id);
  }
}

test("a card says which other one may be the same person's, and why", async () => {
  await comesTwice();
  await section(volkova, "patients");
  await rows(OLD).first().click();
  const duplicates = pane().getByRole("region", { name: of("duplicates"), exact: true });
  await duplicates.getByText(NEW, { exact: true }).waitFor();
  await duplicates.getByText(of("because.phone")).waitFor();
  await volkova.look("console-card-duplicates");
});

test("both stand side by side, and what stays is chosen", async () => {
  await pane().getByRole("button", { name: of("compare", { name: NEW }), exact: true }).click();
  const stays = dialog().getByRole("region", { name: of("side.leading"), exact: true });
  await stays.getByRole("heading", { name: OLD }).waitFor();
  await dialog().getByRole("region", { name: of("side.merged"), exact: true }).getByRole("heading", { name: NEW }).waitFor();
  await dialog().getByRole("button", { name: of("swap"), exact: true }).click();
  await stays.getByRole("heading", { name: NEW }).waitFor();
  await dialog().getByRole("button", { name: of("swap"), exact: true }).click();
  await stays.getByRole("heading", { name: OLD }).waitFor();
  await dialog().getByRole("radio", { name: NEW, exact: true }).check();
  assert.equal(await dialog().getByRole("radio", { name: "Pollen", exact: true }).isChecked(), true, "the card that stays holds");
  await dialog().getByRole("radio", { name: "Penicillin", exact: true }).check();
  await volkova.look("console-merge");
  assert.equal(await dialog().getByRole("button", { name: of("submit"), exact: true }).isDisabled(), true);
  await dialog().getByRole("textbox").fill("She came with another telephone");
  await dialog().getByRole("button", { name: of("submit"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
});

test("the desk has one card with the history of both, found by either name, and the accounts keep their own", async () => {
  const accounts = pane().getByRole("region", { name: of("accounts"), exact: true });
  await accounts.getByText("Vera Volkova").waitFor();
  await pane().getByRole("heading", { name: NEW, level: 2 }).waitFor();
  await pane().getByText("Penicillin", { exact: true }).waitFor();
  await volkova.look("console-card-merged");
  assert.deepEqual(await names(), [NEW]);
  await volkova.page.getByRole("searchbox").first().fill("karenina");
  await rows(NEW).first().waitFor();
  assert.deepEqual([await own(first), await own(second)], [OLD, NEW]);
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: NEW }).first().click();
  await petrova.page.locator("[data-pane=card]").getByRole("button", { name: words.console("patients.openCard"), exact: true }).click();
  await petrova.page.locator("[data-pane=card]").getByRole("region", { name: of("accounts"), exact: true }).waitFor();
  const separate = petrova.page.getByRole("button", { name: of("separate"), exact: true });
  assert.equal(await separate.count(), 0, "an operator neither merges nor separates");
});

test("the cards are separated, and each has what is its own", async () => {
  await pane().getByRole("button", { name: of("separate"), exact: true }).click();
  await dialog().getByText(of("separateRule")).waitFor();
  await dialog().getByRole("heading", { name: OLD, exact: true }).waitFor();
  await dialog().getByRole("heading", { name: NEW, exact: true }).waitFor();
  for (const value of ["Pollen", "Penicillin"]) await dialog().getByText(value, { exact: true }).waitFor();
  await volkova.look("console-separate");
  await dialog().getByRole("textbox").fill("It was her sister");
  await dialog().getByRole("button", { name: of("separateSubmit"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
  await pane().getByRole("heading", { name: OLD, level: 2 }).waitFor();
  await pane().getByRole("region", { name: of("duplicates"), exact: true }).waitFor();
  await pane().getByText("Pollen", { exact: true }).waitFor();
  assert.deepEqual(await names(), [OLD, NEW].sort());
});

test("one press says that they are two people, and one takes it back", async () => {
  await press("dismissNamed", NEW);
  const undo = volkova.page.getByRole("button", { name: words.console("command.undo"), exact: true });
  await undo.click();
  await undo.waitFor({ state: "hidden" });
  assert.deepEqual(await beside(OLD), [[NEW], []]);
  await region("dismissed").waitFor({ state: "hidden" });
  await region("duplicates").getByText(NEW, { exact: true }).waitFor();
});

test("two people are suggested on neither card, and both say who said so", async () => {
  await press("dismissNamed", NEW);
  await region("dismissed").getByText("Vera Volkova").waitFor();
  await region("dismissed").getByText(of("dismissedText"), { exact: true }).waitFor();
  await region("duplicates").waitFor({ state: "hidden" });
  await volkova.look("console-card-two-people");
  assert.deepEqual([await beside(OLD), await beside(NEW)], [[[], [NEW]], [[], [OLD]]]);
  // What the list was read as while the cards were one is gone with the page.
  await volkova.page.reload();
  await volkova.page.getByRole("searchbox").first().fill("");
  await rows(NEW).first().click();
  await pane().getByRole("heading", { name: NEW, level: 2 }).waitFor();
  await region("dismissed").getByText(OLD, { exact: true }).waitFor();
  assert.equal(await region("duplicates").count(), 0);
});

test("whoever merges them by hand is told, and what was said is taken back on the other card", async () => {
  await pane().getByRole("button", { name: of("withAnother"), exact: true }).click();
  await dialog().getByRole("searchbox").fill("karenina");
  const found = dialog().getByRole("list", { name: of("found"), exact: true });
  await found.getByRole("button").filter({ hasText: OLD }).click();
  await dialog().getByRole("note").filter({ hasText: "Vera Volkova" }).waitFor();
  await dialog().getByRole("textbox").fill("She has married");
  assert.equal(await dialog().getByRole("button", { name: of("submit"), exact: true }).isEnabled(), true);
  await volkova.look("console-merge-two-people");
  await dialog().getByRole("button", { name: words.console("close"), exact: true }).first().click();
  await dialog().waitFor({ state: "hidden" });
  await press("restoreNamed", OLD);
  await region("duplicates").getByText(OLD, { exact: true }).waitFor();
  await region("dismissed").waitFor({ state: "hidden" });
  assert.deepEqual([await beside(OLD), await beside(NEW)], [[[NEW], []], [[OLD], []]]);
});
