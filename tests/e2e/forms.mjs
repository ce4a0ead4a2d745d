/**
 * Every form and every dialog of the console, by the place where it is opened and how. `every-form.test.mjs` goes through them; a dialog that stands in no line here
 * nor in `ELSEWHERE` fails it before a browser is opened.
 */
import { randomUUID } from "node:crypto";
import assert from "node:assert/strict";
import { box, call, patientWithoutApp, section, signedInOverHttp } from "./steps.mjs";

export const MAIN = "[data-pane=main]";
const CARD = "[data-pane=card]";
const LIST = "[data-pane=list]";

/** Files with a dialog of the console which another test opens and looks at: in both languages, or where it needs what this walk has not. */
export const ELSEWHERE = {
  "Palette.tsx": "all-screens.test.mjs",
  "ShortcutSheet.tsx": "all-screens.test.mjs",
  "KeysDialog.tsx": "all-screens.test.mjs",
  "DevicesDialog.tsx": "calls/looks.test.mjs",
};

/** Who is in the world: names of one word, so that neither language takes them for the other's. */
export const STAFF = { volkova: { name: "Volkova", role: "supervisor", isReal: true }, petrova: { name: "Petrova" } };

/** Waits until what is asked for is so; what is sealed is sealed by a worker. */
async function until(wanted, what) {
  for (let look = 0; look < 200; look += 1) {
    if (await wanted()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(what);
}

/** Calls of somebody's own session, in a language where names are wanted. */
export function apiOf(person, world, language) {
  return async (path, method = "GET", body = undefined) => {
    const answer = await call(person, world, `/_consilium/v1${path}`, method, body, language);
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
}

/** People, their consultations in every phase, and one of each thing that has a form. Answers with what a brand says in one language alone. */
export async function peopled(on, volkova, { service, language }) {
  const api = apiOf(volkova, on.world);
  const names = { anna: "Anna", boris: "Boris", clara: "Clara", dora: "Dora", emma: "Emma", fred: "Fred" };
  const entries = Object.entries(names).map(async ([login, name]) => [login, await patientWithoutApp(on, login, { name, language })]);
  const [{ api: petrova }, ...signedIn] = await Promise.all([signedInOverHttp(on, "petrova", { language }), ...entries]);
  const people = Object.fromEntries(signedIn);
  const person = { relationship: "PRN", name: "Nina", birth_date: "2019-03-12", sex: null, request_id: randomUUID() };
  await people.anna.api("/me/persons", "POST", person);
  const asking = ["anna", "boris", "clara", "dora"].map(async (login) => [login, await people[login].ask(service)]);
  const asked = Object.fromEntries(await Promise.all(asking));
  const take = (by, { id }) => by(`/consultations/${id}/take`, "POST", {});
  const taken = await take(api, asked.anna);
  for (const login of ["boris", "dora"]) await take(petrova, asked[login]);
  await petrova(`/consultations/${asked.dora.id}/close`, "POST", {});
  const idOf = async (name) => (await api(`/patients?q=${name}`)).items[0].id;
  await merged(api, await idOf("Emma"), await idOf("Fred"));
  await things(api, { idOf, conversation: taken.conversation_id });
  await until(async () => (await api("/archive")).total > 0, "nothing was sealed");
  return saidByBrand(api);
}

async function merged(api, leading, other) {
  const { seen } = await api(`/patients/${leading}/merges/preview?with=${other}`);
  const merge = { merged_id: other, taken: [], taken_fields: [], reason: "A-17", seen, request_id: randomUUID() };
  await api(`/patients/${leading}/merges`, "POST", merge);
}

/** One of each thing that has a form of its own, and one change of the settings, so that there is a history. */
async function things(api, { idOf, conversation }) {
  // Who is offline cannot go so.
  await api("/operators/me/status", "PUT", { status: "online" });
  const [tag] = (await api("/tags")).tags;
  await api("/views", "POST", { name: "A-17", section: "waiting", query: `tag=${tag.id}` });
  await api("/holds", "POST", { patient_id: await idOf("Boris"), reason: "A-17", request_id: randomUUID() });
  await api("/patients", "POST", { name: "Nina", request_id: randomUUID() });
  const { event_types: events } = await api("/webhooks");
  // Nobody listens there.
  await api("/webhooks", "POST", { url: "http://127.0.0.1:9/crm", description: "CRM", events: events.slice(0, 1), fields: [] });
  const { scope_types: scopes } = await api("/api-keys");
  await api("/api-keys", "POST", { name: "CRM", scopes: scopes.slice(0, 1) });
  const note = await api(`/conversations/${conversation}/notes`, "POST", { text: "A-17", request_id: randomUUID() });
  await api(`/notes/${note.id}`, "PATCH", { text: "A-18", version: note.version });
  const { section: standing, content } = await api("/settings/contacts");
  await api("/settings/contacts", "PUT", { based_on: standing.version, content: { ...content, phone: "+74950000008" } });
}

/** Names and words that a brand gives in one language and no screen knows in which: of macros. */
async function saidByBrand(api) {
  const { macros } = await api("/macros");
  const texts = macros.flatMap(({ content }) => [content.title, content.shortcut, content.note, content.ending?.note, ...Object.values(content.texts ?? {})]);
  const names = macros.flatMap(({ content }) => (content.files ?? []).map(({ name }) => name));
  // A device keeps the name that it had at its sign-in.
  names.push("Chrome on Linux");
  // The longest first: a name may be a part of another text.
  return [...texts, ...names].filter((text) => typeof text === "string" && text !== "").sort((one, other) => other.length - one.length);
}

/**
 * How a dialog is opened: by a button (its words, where), by keys, or by a command of the palette. `then`: what is pressed in it, and comes after. `says`: it shows what
 * a brand says, so it is looked at in both languages of each brand.
 */
const SETTINGS = {
  go: async ({ person, said }) => {
    await section(person, "settings");
    await person.page.locator(LIST).getByRole("button", { name: said("brandSettings.add.queue"), exact: true }).waitFor();
  },
  dialogs: [
    ...["queue", "conclusion", "questionnaire", "rule"].map((kind) => ({
      of: "CreateDialog.tsx",
      title: `new ${kind}`,
      button: `brandSettings.add.${kind}`,
      within: LIST,
    })),
    { of: "TagSettingsDialog.tsx", title: "a tag", button: "command.tagSettings", within: LIST, then: [{ row: true }], says: true },
    { of: "TagSettingsDialog.tsx", title: "new tag", button: "command.tagSettings", within: LIST, then: [{ press: "tags.add" }] },
    { of: "LeaveGuard.tsx", title: "leaving", button: "brandSettings.kind.holidays", within: LIST, before: typesInto },
  ],
  after: async ({ person, said }) => {
    await person.page.locator(MAIN).getByRole("button", { name: said("brandSettings.discard"), exact: true }).click();
  },
};

/** Something is typed in the section of contacts, and not saved. */
async function typesInto({ person: { page }, said }) {
  await page.locator(LIST).getByRole("button", { name: said("brandSettings.kind.contacts"), exact: true }).click();
  await page.waitForURL((address) => address.pathname.endsWith("/contacts"));
  await page.locator(MAIN).getByRole("textbox").first().fill("1");
}

const ANYWHERE = {
  go: ({ person }) => section(person, "waiting"),
  dialogs: [
    { of: "SettingsDialog.tsx", title: "this browser", command: "settings", then: [{ press: "settings.signInsShow" }] },
    { of: "CannedDialog.tsx", title: "a canned reply", command: "canned", then: [{ row: true }], says: true },
    { of: "CannedDialog.tsx", title: "new canned reply", command: "canned", then: [{ press: "canned.add" }] },
    { of: "MacroSettingsDialog.tsx", title: "a macro", command: "macroSettings", then: [{ row: true }], says: true },
    { of: "MacroSettingsDialog.tsx", title: "new macro", command: "macroSettings", then: [{ press: "macros.add" }] },
    { of: "ViewsDialog.tsx", title: "saved views", command: "views" },
    { of: "ViewDialog.tsx", title: "a saved view", command: "views", then: [{ press: "views.editNamed", values: { name: "A-17" } }] },
    { of: "ReasonDialog.tsx", title: "away", command: "status.away" },
    { of: "LeaveDialog.tsx", title: "going offline", command: "status.offline" },
  ],
};

/** A row of a list of the desk. */
const row = ({ person: { page } }, name) => page.locator("[data-row]").filter({ hasText: name }).first();

async function chooses(desk, name) {
  const { page } = desk.person;
  const tick = page.getByRole("checkbox", { name: desk.said("bulk.choose", { name }), exact: true });
  if (!(await tick.isChecked())) await tick.click();
  await page.getByRole("toolbar", { name: desk.said("bulk.label"), exact: true }).waitFor();
}

const WAITING = {
  go: async (desk) => {
    await section(desk.person, "waiting");
    await row(desk, "Clara").waitFor();
  },
  dialogs: [
    { of: "FilterPanel.tsx", title: "filters", button: "list.filter", within: LIST, says: true },
    ...["assign", "add_tag", "macro", "export"].map((kind) => ({
      of: "BulkDialog.tsx",
      title: `several: ${kind}`,
      button: `bulk.act.${kind}`,
      within: "[role=toolbar]",
      before: (desk) => chooses(desk, "Clara"),
    })),
    { of: "ViewDialog.tsx", title: "a view is kept", button: "command.saveView", before: narrows },
  ],
  after: async ({ person: { page } }) => {
    await page.locator(`${LIST} input[type=search]`).fill("");
  },
};

async function narrows({ person: { page } }) {
  await page.keyboard.press("Escape");
  await page.locator(`${LIST} input[type=search]`).fill("Clara");
}

const MINE = {
  go: async (desk) => {
    await section(desk.person, "mine");
    await row(desk, "Anna").click();
    // What opens takes the focus once it is there; keys come after.
    await box(desk.person).waitFor();
  },
  dialogs: [
    { of: "ConsultationDialog.tsx", title: "inviting", keys: "Shift+I", says: true },
    { of: "ConsultationDialog.tsx", title: "inviting a service", keys: "Shift+I", then: [{ choose: "invite.byQueue" }] },
    { of: "ConsultationDialog.tsx", title: "handing on", keys: "Shift+T", says: true },
    { of: "TagsDialog.tsx", title: "tags", keys: "Shift+L", says: true },
    { of: "FollowUpDialog.tsx", title: "coming back", keys: "Shift+B", says: true },
    { of: "MacroDialog.tsx", title: "running a macro", keys: "Shift+M", then: [{ row: true }], says: true },
    { of: "FieldsDialog.tsx", title: "fields", command: "fields", says: true },
    { of: "WhomDialog.tsx", title: "for whom", button: "whom.correct", within: CARD },
    { of: "NoteItem.tsx", title: "deleting a note", button: "notes.remove", before: opensNotes },
    { of: "NoteItem.tsx", title: "what a note said", button: "notes.edited", before: opensNotes },
    { of: "Card.tsx", title: "the card where there is little room", keys: "p", size: { width: 1024, height: 768 } },
  ],
};

async function opensNotes({ person: { page }, said }) {
  const notes = page.getByRole("region", { name: said("notes.title"), exact: true }).first();
  const head = notes.getByRole("button", { expanded: false }).first();
  if ((await head.count()) > 0) await head.click();
  await notes.getByText("A-18").waitFor();
}

const ACTIVE = {
  go: async (desk) => {
    await section(desk.person, "active");
    await row(desk, "Boris").click();
    await desk.person.page.locator("main h2").filter({ hasText: "Boris" }).waitFor();
  },
  dialogs: [{ of: "ConsultationDialog.tsx", title: "taking over", command: "takeOver" }],
};

const ARCHIVE = {
  go: async (desk) => {
    await section(desk.person, "archive");
    await row(desk, "Dora").click();
    await desk.person.page.getByRole("tab", { name: desk.said("archive.keeping") }).click();
  },
  dialogs: [
    { of: "HoldDialog.tsx", title: "a hold on a record", button: "retention.place", within: MAIN },
    {
      of: "EraseDialog.tsx",
      title: "erasing",
      button: "retention.erase",
      within: MAIN,
      then: [{ fill: "A-17", press: "retention.eraseOn" }],
      says: true,
    },
  ],
};

/** The card of one who stands in a table. */
const cardOf = (place, name) => async (desk) => {
  const { page } = desk.person;
  await section(desk.person, place);
  await page.waitForURL((address) => address.pathname.startsWith(`/${place}`));
  await page.locator("main").getByText(name, { exact: true }).first().click();
  await cardIs(page, name);
};

/** Of one who was open before it is still the other's for a moment. */
const cardIs = (page, name) => page.locator(CARD).getByRole("heading", { level: 2, name, exact: true }).first().waitFor();

const PATIENTS = [
  {
    go: cardOf("patients", "Anna"),
    dialogs: [
      { of: "NewPatientDialog.tsx", title: "new patient", button: "command.addPatient", within: MAIN, says: true },
      { of: "PatientDialog.tsx", title: "a patient’s card", button: "patients.edit", within: CARD, says: true },
      { of: "OpenForDialog.tsx", title: "a call-back for a patient", button: "openFor.callback.button", within: CARD },
      { of: "OpenForDialog.tsx", title: "a consultation for a patient", button: "openFor.consultation.button", within: CARD },
      { of: "Consents.tsx", title: "what was agreed to", button: "patients.consentHistory", within: CARD, optional: true, says: true },
      { of: "SignIns.tsx", title: "where a patient is signed in", button: "patients.signIns.open", within: CARD, then: [{ press: "patients.signIns.end" }] },
      { of: "MergeDialog.tsx", title: "merging", button: "merge.withAnother", within: CARD, then: [{ fill: "Clara", row: true }] },
      { of: "HoldDialog.tsx", title: "a hold on a patient", button: "retention.placeOnPatient", within: CARD },
    ],
  },
  {
    go: cardOf("patients", "Boris"),
    dialogs: [{ of: "HoldDialog.tsx", title: "lifting a hold", button: "retention.lift", within: CARD }],
  },
  {
    go: cardOf("patients", "Emma"),
    dialogs: [{ of: "SeparateDialog.tsx", title: "separating", button: "merge.separate", within: CARD }],
  },
  {
    go: cardOf("patients", "Nina"),
    dialogs: [
      { of: "InvitationDialog.tsx", title: "an invitation", button: "invitation.open", within: CARD },
      { of: "DeleteDialog.tsx", title: "the end of an account", button: "rights.delete", within: CARD, says: true },
    ],
  },
];

const OPERATORS = {
  go: cardOf("operators", "Petrova"),
  dialogs: [
    { of: "OperatorDialog.tsx", title: "new operator", button: "command.addOperator", within: MAIN },
    { of: "OperatorDialog.tsx", title: "an operator", button: "operators.edit", within: CARD, says: true },
  ],
};

const WEBHOOKS = {
  go: cardOf("integrations", "CRM"),
  dialogs: [
    { of: "WebhookDialog.tsx", title: "new webhook", button: "command.addWebhook", within: MAIN },
    { of: "WebhookDialog.tsx", title: "a webhook", button: "webhooks.change", within: CARD },
    { of: "ReplayDialog.tsx", title: "sending again", button: "webhooks.replay", within: CARD },
    { of: "WebhookPanel.tsx", title: "another secret", button: "webhooks.replaceSecret", within: CARD },
    { of: "WebhookPanel.tsx", title: "removing a webhook", button: "webhooks.remove", within: CARD },
  ],
};

const KEYS = {
  go: async (desk) => {
    const { page } = desk.person;
    await section(desk.person, "integrations");
    await page.locator(MAIN).getByText(desk.said("apiKeys.keys"), { exact: true }).first().click();
    await page.waitForURL("**state=keys**");
    // A webhook has the name of the key.
    await page.locator(MAIN).getByRole("button", { name: desk.said("command.addApiKey"), exact: true }).waitFor();
    await page.locator(MAIN).getByText("CRM", { exact: true }).first().click();
    await cardIs(page, "CRM");
  },
  dialogs: [
    { of: "KeyDialog.tsx", title: "new key", button: "command.addApiKey", within: MAIN },
    { of: "KeyDialog.tsx", title: "a key", button: "apiKeys.change", within: CARD },
    { of: "KeyPanel.tsx", title: "revoking a key", button: "apiKeys.revoke", within: CARD },
  ],
};

const REST = [
  {
    go: ({ person }) => section(person, "audit"),
    dialogs: [{ of: "ChainCheck.tsx", title: "whether the log is whole", button: "audit.proof.open", within: MAIN }],
  },
  {
    go: ({ person }) => section(person, "reports"),
    dialogs: [{ of: "FigureName.tsx", title: "what a figure counts", hint: "reports.what" }],
  },
  {
    go: ({ person }) => section(person, "setup"),
    dialogs: [{ of: "DemoDialog.tsx", title: "what was invented", button: "setup.demo.remove", within: MAIN }],
  },
];

/** In the order in which they are gone through. */
export const PLACES = [SETTINGS, ANYWHERE, WAITING, MINE, ACTIVE, ARCHIVE, ...PATIENTS, OPERATORS, WEBHOOKS, KEYS, ...REST];
