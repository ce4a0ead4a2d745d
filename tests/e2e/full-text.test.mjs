/**
 * Words of sealed conversations and call-backs: found in any form, and by their beginnings, by who may read them, shown where they stand, opened from there;
 * nothing is searched before one says so, and every search is in the audit.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { call, close, desk, DESKTOP, patientWhoAsks, PHONE, say, section, sees, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Vera Volkova", role: "supervisor" },
};
const QUESTION = "У меня аллергия на пенициллин, и ещё болит колено";
const ANSWER = "Take no penicillin before we have talked about your headaches";
const REASON = "A rash after sunflower seeds";
const on = stage({ staff: STAFF }, begin);
let anna;
let petrova;
let sokolov;
let volkova;

const list = (person) => person.page.locator("[data-pane=list]");
const field = (person) => list(person).getByRole("searchbox", { name: words.console("archive.text.label"), exact: true });
const results = (person) => list(person).getByRole("region", { name: words.console("archive.text.results"), exact: true });
const button = (person, path) => list(person).getByRole("button", { name: words.console(path), exact: true });

async function begin() {
  const desks = ["petrova", "sokolov", "volkova"].map((login) => desk(on, login, { size: DESKTOP }));
  [anna, petrova, sokolov, volkova] = await Promise.all([patientWhoAsks(on, "anna", QUESTION, { name: "Anna K." }), ...desks]);
  // What cannot be searched for is refused, and said in words.
  petrova.expects(/^400 POST /);
  await take(petrova, "Anna K.");
  await say(petrova, ANSWER);
  await sees(anna, ANSWER);
  await close(petrova);
  await callBack();
  for (const text of ["penicillin", "sunflower"]) await canBeFound(text);
}

/** A call-back that is ordered, made and finished. */
async function callBack() {
  const api = async (person, path, method, body) => {
    const answer = await call(person, on.world, `/_consilium/v1${path}`, method, body);
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const { services } = await api(anna, "/services");
  const service = services.find(({ callback }) => callback?.available);
  const order = { queue_id: service.id, request_id: randomUUID(), phone: "+79123456789", reason: REASON };
  const { id } = await api(anna, "/callbacks", "POST", order);
  await api(petrova, `/callbacks/${id}/take`, "POST", {});
  await api(petrova, `/callbacks/${id}/done`, "POST", { outcome: "wrong_number" });
}

async function canBeFound(text) {
  for (let look = 0; look < 100; look += 1) {
    const answer = await call(petrova, on.world, "/_consilium/v1/archive/search", "POST", { text });
    if (answer.status === 200 && (await answer.json()).total > 0) return;
    await new Promise((done) => setTimeout(done, 600));
  }
  assert.fail(`${text} is not found`);
}

async function look(person, text) {
  await field(person).fill(text);
  await field(person).press("Enter");
}

test("an operator finds a conversation of his by other forms of its words, sees them where they stand, and opens it", async () => {
  await section(petrova, "archive");
  await list(petrova).getByText(words.console("archive.text.recorded"), { exact: true }).waitFor();
  await look(petrova, "АЛЛЕРГИЮ еще");
  const row = results(petrova).locator("[data-row]");
  await row.filter({ hasText: "Anna K." }).waitFor();
  assert.deepEqual(await row.locator("mark").allTextContents(), ["аллергия"], "common words are not looked up");
  await petrova.look("console-full-text");
  await row.first().click();
  await petrova.page.getByRole("main").getByText(ANSWER).first().waitFor();
  await results(petrova).waitFor();
  await look(petrova, "“your headaches” penicillin");
  await results(petrova).locator("mark").first().waitFor();
  assert.deepEqual((await row.locator("mark").allTextContents()).sort(), ["headaches", "penicillin"]);
});

test("the beginning of a word finds a call-back, which opens beside what was found", async () => {
  await look(petrova, "sunf*");
  const row = results(petrova).locator("[data-row]");
  await row.filter({ hasText: words.console("callbacks.card") }).waitFor();
  assert.deepEqual(await row.locator("mark").allTextContents(), ["sunflower"]);
  assert.match(await row.first().innerText(), new RegExp(`Anna K\\.[^]*${words.console("archive.text.source.reason")}`));
  await row.first().click();
  const record = petrova.page.getByRole("main").getByRole("region", { name: words.console("callbacks.card"), exact: true });
  await record.getByText(REASON, { exact: true }).waitFor();
  await record.getByText(words.console("callbacks.outcome.wrong_number"), { exact: true }).first().waitFor();
  await results(petrova).waitFor();
  await petrova.look("console-full-text-callback");
  await look(petrova, "wrong number");
  await row.filter({ hasText: words.console("archive.text.source.outcome") }).waitFor();
});

test("what is too short, stands everywhere or is nowhere is said, and Escape leads back to the list", async () => {
  await look(petrova, "x");
  await list(petrova).getByText(words.console("archive.text.tooShort"), { exact: true }).waitFor();
  await look(petrova, "sunflower kn*");
  await list(petrova).getByText(words.console("archive.text.beginningTooShort"), { exact: true }).waitFor();
  await look(petrova, "the and");
  await list(petrova).getByText(words.console("archive.text.refusedTitle"), { exact: true }).waitFor();
  await look(petrova, "appendicitis");
  await list(petrova).getByText(words.console("archive.text.nothingTitle"), { exact: true }).waitFor();
  await petrova.look("console-full-text-nothing");
  await field(petrova).press("Escape");
  await list(petrova).locator("[data-row]").first().waitFor();
  assert.equal(await field(petrova).inputValue(), "");
  assert.equal(await results(petrova).count(), 0);
});

test("who took no part finds nothing", async () => {
  await section(sokolov, "archive");
  await look(sokolov, "penicillin");
  await list(sokolov).getByText(words.console("archive.text.nothingTitle"), { exact: true }).waitFor();
});

test("a supervisor finds it too, on a phone as well, and sees in the audit who searched for what", async () => {
  await section(volkova, "archive");
  await look(volkova, "headache");
  await results(volkova).locator("mark").filter({ hasText: "headaches" }).waitFor();
  await volkova.page.setViewportSize(PHONE);
  await results(volkova).locator("mark").first().waitFor();
  await volkova.look("console-full-text-phone");
  // A conversation takes the whole of a phone; the way back leads to what was found.
  await results(volkova).locator("[data-row]").first().click();
  await volkova.page.getByRole("main").getByText(ANSWER).first().waitFor();
  await volkova.page.goBack();
  await results(volkova).locator("mark").first().waitFor();
  await volkova.page.setViewportSize(DESKTOP);
  await button(volkova, "archive.text.clear").first().click();
  await list(volkova).locator("[data-row]").first().waitFor();
  const answer = await call(volkova, on.world, "/_consilium/v1/audit?action=archive.searched");
  const said = (await answer.json()).items.map(({ actor, detail }) => `${actor.name}: ${detail.words}`);
  assert.ok(said.includes("Vera Volkova: headache"), said.join("; "));
  assert.ok(said.includes("Dr Sokolov: penicillin"), said.join("; "));
  assert.ok(!said.some((line) => /appendicit$|: the and$|: x$/.test(line)), "neither half-typed words nor refused ones");
});
