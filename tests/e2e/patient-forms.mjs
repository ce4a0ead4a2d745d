/**
 * Every form and every dialog of the patients' app, by the screen where it is, and what is wrong to type into it. `every-form.test.mjs` goes through them; a dialog that
 * stands neither in `WALKED` nor in `PATIENT_ELSEWHERE` fails it before a browser is opened.
 */
import { closes, comes, DIALOG, finds, looks, movedSoFar, opensBy, saysWrong, stands } from "./dialogs.mjs";
import { agree, call } from "./steps.mjs";

/** Files of the patient's app with a dialog, that this walk opens; and those that come with a call, a key of one's own, or answers, by the test that goes that way. */
export const WALKED = ["CallbackView.tsx", "ConsentDialog.tsx", "ConsentItems.tsx", "ConsentsDialog.tsx", "ConversationView.tsx", "PersonDialog.tsx", "ProfileView.tsx", "ProofDialog.tsx", "RemoveDialog.tsx", "SpareKey.tsx"];
export const PATIENT_ELSEWHERE = {
  "AnswersDialog.tsx": "questionnaire.test.mjs",
  "EndView.tsx": "calls/looks.test.mjs",
  "FailureDialog.tsx": "calls/looks.test.mjs",
  "FirstCheck.tsx": "calls/looks.test.mjs",
  "RecoveryKeyCard.tsx": "second.test.mjs",
};

/** No date, no number with its country, no address. */
const [NO_DATE, NO_PHONE, NO_EMAIL] = ["99", "12", "anna"];

/**
 * What is wrong in a form: by the name of each field what is typed and the words that it then says, and words that stand beside no field. `send`: the button that sends
 * it.
 */
const WRONG = {
  profile: {
    send: "profile.save",
    fields: {
      "profile.name": ["", "profile.error.name"],
      "profile.birthDate": [NO_DATE, "profile.error.birthDate"],
      "profile.phone": [NO_PHONE, "profile.error.phone"],
      "profile.email": [NO_EMAIL, "profile.error.email"],
    },
  },
  newPerson: {
    send: "persons.addSubmit",
    fields: { "persons.name": ["", "persons.error.name"], "persons.birthDate": [NO_DATE, "persons.error.birthDate"] },
    beside: ["persons.error.relationship"],
  },
  person: {
    send: "persons.save",
    fields: { "persons.name": ["", "persons.error.name"], "persons.birthDate": [NO_DATE, "persons.error.birthDate"] },
  },
  proof: { send: "myData.copyMake", fields: { "myData.password": ["not this one", "myData.wrong"] } },
  unchosen: { send: "callback.order.send", fields: {}, beside: ["callback.order.serviceError"] },
  order: { send: "callback.order.send", fields: { "callback.order.phone": [NO_PHONE, "callback.order.phoneWrong"] } },
};

const isGivable = ({ offered, status }) => offered !== null && status !== "active";
const isGiven = ({ status }) => status === "active";

/**
 * The screens: what shows that one is there, how it is come to (`links`: their words, from the screen before it; none: by its address, and `again` is how in another language), and its dialogs by the
 * words of what opens them, which end before what they are about. `if`: by the consents whether there is one.
 */
const PATIENT = [
  {
    at: "profile",
    // Another language is chosen there.
    again: [],
    there: (view) => fieldOf(view, "main", "profile.name"),
    wrong: WRONG.profile,
    dialogs: [
      { of: "profile.signOut" },
      { of: "spareKey.take" },
      { of: "consents.giveOf", if: ({ own }) => own.some(isGivable) },
      { of: "consents.readOf", if: ({ own }) => own.some(isGiven) },
      { of: "consents.withdrawOf", if: ({ own }) => own.some(isGiven) },
    ],
  },
  {
    at: "persons",
    again: ["profile.familyOpen"],
    there: (view) => view.person.page.getByRole("article", { name: "Nina", exact: true }),
    dialogs: [
      { of: "persons.add", wrong: WRONG.newPerson },
      { of: "persons.consentsOf", if: ({ ninas }) => ninas.length > 0 },
      { of: "persons.changeOf", wrong: WRONG.person },
      { of: "persons.removeOf" },
    ],
  },
  {
    at: "my-data",
    links: ["persons.back", "profile.myDataOpen"],
    there: (view) => view.person.page.getByRole("heading", { name: view.said("myData.copyTitle") }),
    dialogs: [{ of: "myData.copyMake", wrong: WRONG.proof, before: waitsTooLong, once: true }],
  },
  {
    at: "my-data/delete",
    links: ["myData.endOpen"],
    there: (view) => view.person.page.getByRole("heading", { name: view.said("myData.staysTitle") }),
    after: isMeant,
  },
];

/** A field by the name that is seen. */
const fieldOf = ({ person: { page }, said }, within, name, values) =>
  page.locator(within).first().getByLabel(said(name, values), { exact: true }).and(page.locator("input, textarea"));

const buttonOf = ({ person: { page }, said }, within, name) => page.locator(within).first().getByRole("button", { name: said(name), exact: true });

const literally = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A button whose words are these, or begin so before what they are about. */
function openerOf({ person: { page }, said }, path) {
  const [start, ...rest] = said(path, { name: "\n", title: "\n" }).split("\n");
  return page.locator("main").getByRole("button", { name: new RegExp(`^${literally(start)}${rest.length > 0 ? "" : "$"}`) }).first();
}

/** Fills in what is wrong and sends it: the form says so. */
async function errs(view, title, within, { send, fields, beside = [] }) {
  for (const [name, [typed]] of Object.entries(fields)) await fieldOf(view, within, name).fill(typed);
  await buttonOf(view, within, send).click();
  for (const [name, [, words]] of Object.entries(fields)) await saysWrong(view, title, fieldOf(view, within, name), view.said(words));
  for (const words of beside) await view.person.page.locator(within).first().getByRole("alert").filter({ hasText: view.said(words) }).waitFor();
}

/** Looks at a form, and at all that it says of what is wrong in it. */
async function looksAndErrs(view, title, within, wrong) {
  const errsToo = wrong !== undefined && view.axe !== null;
  await looks(view, title, within, errsToo ? "clean" : "whole");
  if (!errsToo) return;
  await errs(view, title, within, wrong);
  await looks(view, `${title}, wrong`, within, "wrong");
}

async function visits(view, title, opener, wrong) {
  await opensBy(view.person.page, opener);
  await looksAndErrs(view, title, DIALOG, wrong);
  await closes(view, title);
}

/** What somebody agreed to, and for the child that he acts for. */
async function consentsOf({ person, on }) {
  const get = async (path) => (await call(person, on.world, `/_consilium/v1${path}`)).json();
  const { persons } = await get("/me/persons");
  const nina = persons.find(({ name }) => name === "Nina");
  const [{ consents: own }, { consents: ninas }] = await Promise.all([get("/me/consents"), get(`/me/persons/${nina.id}/consents`)]);
  return { own, ninas };
}

async function goes(view, { at, links, again, there }) {
  const { person, on } = view;
  const ways = view.axe === null ? (links ?? again) : links;
  const before = ways === undefined ? 0 : await movedSoFar(view);
  if (ways === undefined) await person.page.goto(`${on.world.api}/${at}`);
  else for (const words of ways) await person.page.getByRole("link", { name: view.said(words), exact: true }).first().click();
  await there(view).first().waitFor();
  await comes(view, "main");
  await stands(view, at, before);
}

/** Each form and dialog of those that need nothing that is under way, on the narrowest phone. */
export async function app(view) {
  const consents = await consentsOf(view);
  const isFirst = view.axe !== null;
  for (const place of PATIENT) {
    const { at, wrong, dialogs = [], after } = place;
    await goes(view, place);
    await looksAndErrs(view, at, "main", wrong);
    for (const line of dialogs) {
      if ((line.if?.(consents) ?? true) === false || (!isFirst && line.once)) continue;
      await line.before?.(view);
      await visits(view, `${at}: ${line.of}`, openerOf(view, line.of), line.wrong);
    }
    if (isFirst) await after?.(view);
  }
}

/** A copy of everything wants a sign-in of the last minutes: as the service says it when ten have passed. Until another page is loaded. */
async function waitsTooLong({ person: { page } }) {
  await page.evaluate(() => {
    const { fetch } = globalThis;
    const stale = { type: "urn:consilium:problem:sign-in-stale", title: "Sign in again", status: 403, detail: "" };
    globalThis.fetch = async (...request) => {
      const { pathname } = new URL(request[0]?.url ?? request[0], location.href);
      return pathname.endsWith("/me/export") ? Response.json(stale, { status: 403 }) : fetch(...request);
    };
  });
}

/** An account does not end by another word. */
async function isMeant(view) {
  const { said } = view;
  await fieldOf(view, "main", "myData.typeWord", { word: said("myData.word") }).fill("A-17");
  const end = buttonOf(view, "main", "myData.endForGood");
  await finds(view, "my-data/delete", async () => ((await end.isDisabled()) ? [] : ["an account ends by another word"]));
}

/** Where something is asked. What has to be agreed to before says so when it is not ticked. */
async function asking(view) {
  const { page } = view.person;
  const ticks = page.locator("[id^=consent-] input[aria-required=true]");
  // Without one a press would send it.
  if ((await ticks.count()) === 0) return looks(view, "asking", "main");
  await looks(view, "asking", "main", "clean");
  await page.locator("form button[type=submit]").click();
  await saysWrong(view, "asking", ticks.first(), view.said("consents.tick"));
  await looks(view, "asking, wrong", "main", "wrong");
}

/** Where a call is ordered, once it is known what has to be agreed to. */
export async function callMe(view, as = "whole") {
  const { person, on } = view;
  await person.page.goto(`${on.world.api}/call-me`);
  await person.page.locator("main form[aria-busy=false]").waitFor();
  await stands(view, "call-me", 0);
  await looks(view, "call-me", "main", as);
}

/** A question that waits, and a call that is ordered: what is wrong with either, and what is asked before it is withdrawn. */
export async function waits(view, [service, another]) {
  const { person, on, said } = view;
  const { page } = person;
  await page.goto(on.world.api);
  await page.locator("a[href^='/ask/']").filter({ hasText: service }).first().click();
  await page.locator("form textarea").waitFor();
  await page.locator("form[aria-busy=false]").waitFor();
  await asking(view);
  await page.getByRole("textbox").first().fill("A-17");
  await agree(person);
  await page.locator("form button[type=submit]").click();
  await page.waitForURL("**/conversation/**");
  await visits(view, "withdrawing a question", openerOf(view, "talk.cancel"));
  await callMe(view, "clean");
  await errs(view, "call-me", "main", WRONG.unchosen);
  // Who waits for the same service is asked what becomes of the question.
  await page.getByRole("radio", { name: another, exact: true }).check();
  await errs(view, "call-me", "main", WRONG.order);
  await looks(view, "call-me, wrong", "main", "wrong");
  await fieldOf(view, "main", "callback.order.phone").fill("8 (912) 345-67-89");
  await agree(person);
  await buttonOf(view, "main", "callback.order.send").click();
  await page.waitForURL("**/call-back/**");
  await visits(view, "another time for a call", openerOf(view, "callback.move"));
  await visits(view, "withdrawing a call", openerOf(view, "callback.cancel"));
}
