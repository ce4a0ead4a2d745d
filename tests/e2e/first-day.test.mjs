/**
 * The first day of a clinic: its supervisor is met by a rehearsal, plays the patient on a phone and answers himself, each step ticks itself; he sees what is
 * still missing, says what no machine sees, looks at the installation, and removes what was invented: it cannot sign in any more.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, at, box, call, close, desk, DESKTOP, fillSignIn, lookAtBoth, PASSWORD, PHONE, say, section, sees, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const said = (path, values) => words.console(`setup.${path}`, values);
const STAFF = {
  volkova: { name: "Vera Volkova", role: "supervisor", isReal: true },
  petrova: { name: "Dr Petrova" },
};
const on = stage({ staff: STAFF }, begin);
let volkova;
let dora;

async function begin() {
  volkova = await desk(on, "volkova", { size: DESKTOP });
}

const button = (name) => volkova.page.getByRole("button", { name, exact: true });
const ticked = (step) => volkova.page.locator(`[data-step=${step}][data-done=true]`).waitFor();
const next = (step) => volkova.page.locator(`[data-step=${step}][aria-current=step]`).waitFor();
const item = (id) => volkova.page.locator(`[data-item=${id}]`);

async function signsIn(user) {
  const body = { type: "m.login.password", identifier: { type: "m.id.user", user }, password: PASSWORD };
  const answer = await fetch(`${on.world.api}/_matrix/client/v3/login`, { method: "POST", body: JSON.stringify(body) });
  return answer.ok;
}

test("the first supervisor is met by a rehearsal, and may leave it for later", async () => {
  const { page } = volkova;
  await page.waitForURL("**/setup");
  await page.getByRole("heading", { level: 3, name: said("rehearsal.title"), exact: true }).waitFor();
  await button(said("rehearsal.skip")).waitFor();
  await lookAtBoth(volkova, "console-first-steps");
});

test("the phone opens the app by a code, and each step ticks itself when it happened", async () => {
  const { page } = volkova;
  await button(said("rehearsal.begin")).click();
  await page.getByRole("img", { name: said("rehearsal.qr"), exact: true }).waitFor();
  await next("opened");
  await sees(volkova, said("rehearsal.hint.opened_here"));
  const link = await page.locator("figure a").getAttribute("href");
  assert.match(link, /\?rehearsal=[0-9a-f]{24}$/);

  dora = await at(on, { name: "dora", url: link, size: PHONE });
  await ticked("opened");
  await next("joined");
  await on.world.command(["user", "create", "dora", "--name", "Dora P.", "--tenant", "clinic"], `${PASSWORD}\n`);
  await fillSignIn(dora, "dora");
  await sees(dora, words.patient("rehearsal.title"));
  await dora.look("patient-rehearsal");
  await ticked("joined");
  await ask(dora, "Does all of it work?");
  await ticked("asked");
  await ticked("heard");
  await next("taken");
});

test("he answers himself, and the rehearsal has come to its end", async () => {
  const { page } = volkova;
  await button(said("rehearsal.toWaiting")).click();
  await page.waitForURL("**/waiting/**");
  await page.keyboard.press("t");
  await page.waitForURL("**/mine/**");
  await box(volkova).waitFor();
  await say(volkova, "It does. Good morning.");
  await sees(dora, "It does. Good morning.");
  await section(volkova, "setup");
  await ticked("answered");
  await button(said("rehearsal.toTalk")).click();
  await close(volkova);
  await section(volkova, "setup");
  await ticked("closed");
  await sees(volkova, said("rehearsal.done"));
  await volkova.look("console-rehearsal-done");
  await item("rehearsal").and(volkova.page.locator("[data-state=done]")).waitFor();
});

test("what is missing is seen by itself, and what no machine sees is said under a name", async () => {
  assert.equal(await item("address").getAttribute("data-state"), "open", "this machine's address is nobody's else");
  assert.equal(await item("demo").getAttribute("data-state"), "open");
  assert.equal(await item("security").getAttribute("data-state"), "done", "the brand says where faults are reported");
  const told = await fetch(`${on.world.api}/.well-known/security.txt`);
  assert.match(await told.text(), /^Contact: mailto:security@yasen\.example\nExpires: \d{4}-\d\d-\d\dT23:59:59Z\n/);
  const title = said("item.key_backup.title");
  await button(said("checklist.sayOf", { title })).click();
  await button(said("checklist.undoOf", { title })).waitFor();
  assert.equal(await item("key_backup").getAttribute("data-state"), "done");
  await sees(volkova, said("checklist.saidBy", { name: "Vera Volkova" }));
  const { items } = await (await call(volkova, on.world, "/_consilium/v1/audit?action=checklist.marked")).json();
  assert.equal(items.length, 1);
  // Where it is done is one press away.
  await button(said("checklist.goTo", { title: said("item.cover.title") })).click();
  await volkova.page.waitForURL("**/operators");
  await section(volkova, "setup");
});

test("who administers looks at the installation, and has a report of it without secrets", async () => {
  const { page } = volkova;
  await button(said("doctor.look")).click();
  await button(said("doctor.again")).waitFor();
  const found = page.getByRole("list", { name: said("doctor.title"), exact: true });
  await found.locator("[data-check=process][data-level=fine]").waitFor();
  await found.locator("[data-check=schema][data-level=fine]").waitFor();
  await found.locator("[data-check=archive][data-level=fine]").waitFor();
  // Nobody says where backups of a test lie.
  const backups = found.locator("[data-check=backups]");
  await backups.getByText("[doctor]").waitFor();
  await button(said("doctor.copy")).waitFor();
  await lookAtBoth(volkova, "console-doctor");
  const report = await (await call(volkova, on.world, "/_consilium/v1/doctor")).text();
  assert.equal(JSON.parse(report).by.name, "Vera Volkova");
  assert.ok(!report.includes("the shared secret of a test world"), "a secret of the configuration");
  const { items } = await (await call(volkova, on.world, "/_consilium/v1/audit?action=doctor.examined")).json();
  assert.equal(items.length, 1);
});

test("one button removes what was invented, after the brand's name is typed", async () => {
  const { page } = volkova;
  volkova.expects(/^422 POST .*\/demo\/removal$/);
  // Her account ends while her app is open: what it asks then is refused.
  await dora.leave();
  const { accounts, confirm } = await (await call(volkova, on.world, "/_consilium/v1/demo")).json();
  assert.deepEqual(accounts.map(({ name }) => name).sort(), ["Dora P.", "Dr Petrova"]);
  await button(said("demo.remove")).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Dora P.").waitFor();
  const field = dialog.getByRole("textbox");
  await field.fill("yes, all of it");
  await dialog.getByRole("button", { name: said("demo.forGood"), exact: true }).click();
  await dialog.getByText(said("demo.wrong"), { exact: true }).waitFor();
  await volkova.look("console-demo-removal");
  await field.fill(confirm);
  await dialog.getByRole("button", { name: said("demo.forGood"), exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await sees(volkova, said("demo.gone", { name: "Vera Volkova" }));
  await volkova.page.locator("[data-item=demo][data-state=done]").waitFor();
  await volkova.look("console-demo-gone");
});

test("nobody of it signs in again, its consultation is erased, and who is real goes on", async () => {
  for (const user of ["dora", "petrova"]) assert.equal(await signsIn(user), false, `${user} is gone`);
  assert.equal(await signsIn("volkova"), true);
  const { items } = await (await call(volkova, on.world, "/_consilium/v1/patients?q=Dora")).json();
  assert.deepEqual(items, [], "nobody stands in the list of patients");
  const { operators } = await (await call(volkova, on.world, "/_consilium/v1/operators")).json();
  assert.deepEqual(operators.map(({ name }) => name), ["Vera Volkova"]);
  const stranger = await at(on, { name: "stranger", url: on.world.console, size: DESKTOP });
  await stranger.page.locator("input[type=password]").waitFor();
  assert.doesNotMatch(await stranger.page.locator("body").innerText(), /petrova|dora/i, "no sign-in is offered");
});
