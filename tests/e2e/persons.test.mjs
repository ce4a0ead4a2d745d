/**
 * Persons acted for: a mother adds her child while she asks, agrees for it, and asks; the desk sees for whom and how old before and after taking; conclusion,
 * record and history say whose they are; a person with a history is removed and comes back.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, askHere, attach, call, close, conclude, desk, isSent, patient, say, section, sees, SERVICE, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const own = (path, values) => words.patient(path, values);
const CHILD = "Masha Smirnova";
/** Nine years and some days old, whenever this runs. */
const BORN = new Date(Date.now() - (9 * 365.25 + 20) * 86_400_000).toISOString().slice(0, 10);
const AGE = /\b9\b/;
const on = stage({ staff: { petrova: { name: "Dr Petrova" }, volkova: { name: "Ms Volkova", role: "supervisor" } } }, begin);
let anna;
let petrova;

async function begin() {
  anna = await patient(on, "anna", { name: "Anna K." });
}

const button = (person, name) => person.page.getByRole("button", { name, exact: true });
const dialog = () => anna.page.getByRole("dialog");
const persons = async () => (await (await call(anna, on.world, "/_consilium/v1/me/persons")).json()).persons;
const card = () => petrova.page.locator("[data-pane=card]");

/** As it is typed in the brand's country. */
const typed = (date) => date.split("-").reverse().join("");

test("who acts for nobody is shown one way to begin, and what is missing is said at its field", async () => {
  const { page } = anna;
  await page.getByText(SERVICE).first().click();
  await page.getByRole("textbox").first().fill("She has been coughing for three days");
  await page.locator("form[aria-busy=false]").waitFor();
  assert.equal(await page.getByRole("group", { name: own("start.whom") }).count(), 0);
  await button(anna, own("start.forAnother")).scrollIntoViewIfNeeded();
  await anna.look("patient-ask-for-another");
  await button(anna, own("start.forAnother")).click();
  await dialog().getByRole("button", { name: own("persons.addSubmit"), exact: true }).click();
  for (const field of ["relationship", "name", "birthDate"]) await dialog().getByText(own(`persons.error.${field}`)).waitFor();
  await anna.look("patient-person-missing");
  await dialog().getByRole("radio", { name: own("persons.relationship.PRN"), exact: true }).check();
  await dialog().getByRole("textbox", { name: own("persons.name"), exact: true }).fill(CHILD);
  await dialog().getByRole("textbox", { name: own("persons.birthDate"), exact: true }).pressSequentially(typed(BORN));
  await dialog().getByRole("radio", { name: own("persons.sexes.female"), exact: true }).check();
  await anna.look("patient-person-filled");
  await dialog().getByRole("button", { name: own("persons.addSubmit"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
  const [masha] = await persons();
  assert.deepEqual([masha.name, masha.birth_date, masha.relationship, masha.age], [CHILD, BORN, "PRN", 9]);
});

test("the child is chosen at once, and it is agreed for her alone", async () => {
  const { page } = anna;
  const whom = page.getByRole("group", { name: own("start.whom") });
  assert.equal(await whom.getByRole("radio", { name: CHILD }).isChecked(), true);
  await page.reload();
  await page.locator("form[aria-busy=false]").waitFor();
  assert.equal(await whom.getByRole("radio", { name: CHILD }).isChecked(), true, "the choice is kept with the words");
  await whom.scrollIntoViewIfNeeded();
  await anna.look("patient-ask-whom");
  await agree(anna);
  await page.locator("form button[type=submit]").click();
  await page.waitForURL("**/conversation/**");
  await sees(anna, "She has been coughing for three days");
  await sees(anna, own("talk.for", { name: CHILD }));
  await anna.look("patient-waiting-for-child");
  const [masha] = await persons();
  const consents = async (path) => (await (await call(anna, on.world, `/_consilium/v1/me/${path}`)).json()).consents;
  const standing = async (path) => (await consents(path)).filter(({ required }) => required).map(({ status }) => status);
  assert.deepEqual(await standing(`persons/${masha.id}/consents`), ["active", "active"]);
  assert.deepEqual(await standing("consents"), ["proposed", "proposed"]);
});

test("the desk sees for whom it is and how old, before it is taken", async () => {
  petrova = await desk(on, "petrova", { size: { width: 1440, height: 900 } });
  const { page } = petrova;
  await section(petrova, "waiting");
  const row = page.locator("[data-row]").filter({ hasText: CHILD }).first();
  await row.waitFor();
  assert.match(await row.innerText(), AGE);
  await row.click();
  const queueCard = page.getByRole("article", { name: words.console("queueCard.label") });
  await queueCard.getByText(`Anna K., ${words.console("persons.relationship.PRN")}`).waitFor();
  await queueCard.getByText(CHILD).waitFor();
  await queueCard.getByText("9 years").waitFor();
  await card().getByText(words.console("persons.previewText")).waitFor();
  await petrova.look("console-queue-card-for-child");
});

test("the talk, the card and the conclusion are hers", async () => {
  const { page } = petrova;
  await take(petrova, CHILD);
  await page.locator("main h2").filter({ hasText: CHILD }).waitFor();
  await page.locator("main header").getByText(words.console("persons.asks", { name: "Anna K." })).waitFor();
  const hers = card().getByRole("region", { name: words.console("persons.card"), exact: true });
  await hers.getByText(`Anna K., ${words.console("persons.relationship.PRN")}`).waitFor();
  await hers.getByRole("region", { name: words.console("patients.consents"), exact: true }).waitFor();
  await petrova.look("console-talk-for-child");
  await say(petrova, "Good evening. Is there a fever?");
  await sees(anna, "Is there a fever?");
  await anna.look("patient-talk-for-child");
  await conclude(petrova, "Warm drinks and rest");
  await close(petrova);
});

test("archive and the account holder's card say for whom it was, and lead to her card", async () => {
  const volkova = await desk(on, "volkova", { size: { width: 1440, height: 900 } });
  const { page } = volkova;
  await section(volkova, "archive");
  await page.locator("[data-row]").filter({ hasText: CHILD }).first().click();
  await page.locator("main h2").filter({ hasText: CHILD }).waitFor();
  await page.getByText("Is there a fever?").waitFor();
  await volkova.look("console-archive-for-child");
  await section(volkova, "patients");
  await page.locator("main").getByText("Anna K.").first().click();
  const pane = page.locator("[data-pane=card]");
  await pane.getByRole("button", { name: new RegExp(CHILD) }).first().waitFor();
  await volkova.look("console-card-persons");
  await pane.getByRole("region", { name: new RegExp(`^${words.console("persons.title")}`) }).getByRole("button").click();
  await pane.getByRole("button", { name: words.console("persons.back") }).waitFor();
  await pane.getByText(`Anna K., ${words.console("persons.relationship.PRN")}`).waitFor();
  await volkova.look("console-person-card");
  await page.getByRole("searchbox").first().fill("smirnova");
  await page.locator("main").getByText("Anna K.").first().waitFor();
});

test("the history says for whom, and is filtered", async () => {
  const { page } = anna;
  await page.goto(`${on.world.api}/history`);
  await page.locator("a[href^='/history/']").first().waitFor();
  await sees(anna, own("persons.for", { name: CHILD }));
  await anna.look("patient-history-whose");
  const whose = page.getByRole("group", { name: own("persons.whose") });
  await whose.getByRole("radio", { name: own("persons.whoseMine"), exact: true }).check();
  await page.getByText(own("history.empty")).waitFor();
  await whose.getByRole("radio", { name: CHILD, exact: true }).check();
  await page.locator("a[href^='/history/']").first().click();
  await sees(anna, own("persons.for", { name: CHILD }));
  await anna.look("patient-record-for-child");
});

test("what is written in the conversation next is said to be about oneself", async () => {
  await anna.page.goto(on.world.api);
  await anna.page.locator("a[href^='/conversation/']").first().click();
  await sees(anna, own("talk.aboutAnother", { name: CHILD }));
  await anna.look("patient-resting-after-child");
});

test("a person is changed, removed with his history kept, and brought back", async () => {
  const { page } = anna;
  await page.goto(`${on.world.api}/profile`);
  await page.getByRole("region", { name: own("profile.family"), exact: true }).getByRole("link").click();
  await page.getByRole("article", { name: CHILD }).waitFor();
  await anna.look("patient-persons");
  await button(anna, own("persons.changeOf", { name: CHILD })).click();
  await dialog().getByRole("textbox", { name: own("persons.name"), exact: true }).fill("Maria Smirnova");
  await dialog().getByRole("button", { name: own("persons.save"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
  await button(anna, own("persons.consentsOf", { name: "Maria Smirnova" })).click();
  await dialog().getByRole("heading", { level: 3 }).first().waitFor();
  await anna.look("patient-person-consents");
  await dialog().getByRole("button", { name: own("consents.close"), exact: true }).last().click();
  await button(anna, own("persons.removeOf", { name: "Maria Smirnova" })).click();
  await dialog().getByText(own("persons.removeKept")).waitFor();
  await anna.look("patient-person-remove");
  await dialog().getByRole("button", { name: own("persons.remove"), exact: true }).click();
  await button(anna, own("persons.bringBackOf", { name: "Maria Smirnova" })).waitFor();
  await anna.look("patient-persons-removed");
  await button(anna, own("persons.bringBackOf", { name: "Maria Smirnova" })).click();
  await page.getByRole("article", { name: "Maria Smirnova" }).waitFor();
});

const RENAMED = "Maria Smirnova";

/** Its id, as the patient's home leads to it. */
async function serviceId() {
  await anna.page.goto(on.world.api);
  const link = anna.page.locator("a[href^='/ask/']").filter({ hasText: SERVICE }).first();
  return (await link.getAttribute("href")).split("/").at(-1);
}

test("a call is ordered for her, and the desk sees for whom it is", async () => {
  const { page } = anna;
  await page.goto(`${on.world.api}/call-me/${await serviceId()}`);
  await page.locator("form[aria-busy=false]").waitFor();
  await page.getByRole("group", { name: own("callback.order.whom") }).getByRole("radio", { name: RENAMED, exact: true }).check();
  await page.getByRole("textbox", { name: own("callback.order.phone") }).fill("8 (912) 345-67-89");
  await anna.look("patient-callback-for-child");
  await agree(anna);
  await page.getByRole("button", { name: own("callback.order.send") }).click();
  await page.waitForURL("**/call-back/**");
  await page.getByText(own("callback.fact.whom"), { exact: true }).waitFor();
  await page.getByRole("definition").filter({ hasText: RENAMED }).waitFor();
  await section(petrova, "callbacks");
  await petrova.page.getByText(words.console("persons.for", { name: RENAMED })).first().waitFor();
  await petrova.look("console-callback-for-child");
});

test("the desk corrects for whom a consultation is, and the patient is told", async () => {
  const { page } = anna;
  await page.goto(`${on.world.api}/ask/${await serviceId()}`);
  await askHere(anna, "May she go to school?");
  await take(petrova, "Anna K.");
  // The card still shows what it showed of the consultation before.
  await petrova.page.getByRole("tab", { name: words.console("conclusion.tabPatient"), exact: true }).click();
  await petrova.page.getByRole("button", { name: words.console("whom.correct"), exact: true }).click();
  const dialog = petrova.page.getByRole("dialog");
  await dialog.getByRole("radio", { name: RENAMED, exact: true }).check();
  await petrova.look("console-correct-whom");
  await dialog.getByRole("button", { name: words.console("whom.submit"), exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await petrova.page.locator("main h2").filter({ hasText: RENAMED }).waitFor();
  await sees(anna, words.kit("consultation.whomCorrected"));
  await sees(anna, own("talk.for", { name: RENAMED }));
  await anna.look("patient-talk-corrected");
});

test("documents are shown by whom they are about", async () => {
  const { page } = anna;
  await attach(anna, "File", { name: "school.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") });
  await isSent(anna, "school.pdf");
  await page.goto(`${on.world.api}/documents`);
  await page.getByText("school.pdf").first().waitFor();
  const whose = page.getByRole("group", { name: own("documents.whose") });
  await whose.getByRole("radio", { name: own("persons.whoseMine"), exact: true }).check();
  await page.getByText(own("documents.nothing")).waitFor();
  await whose.getByRole("radio", { name: RENAMED, exact: true }).check();
  await page.getByText("school.pdf").first().waitFor();
  await anna.look("patient-documents-of-child");
});
