/**
 * An operator's browser dies in the middle of a talk: after a while his patient is told, a colleague goes on with the whole history, and he sees what was taken
 * when he is back. And one who goes himself says before what becomes of what he leads.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { kill } from "./processes.mjs";
import { changedBrand } from "./routed-brand.mjs";
import { ask, at, call, desk, fillSignIn, patient, say, section, sees, SERVICE, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const STAFF = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Ms Volkova", role: "supervisor" },
};
const SAID = ["My shoulder hurts", "Since when?", "Since Monday"];
const GOES_ON = "Then let us look at it together";
/** More than a heartbeat and a half; the queue's minute comes on top. */
const AWAY_SECONDS = 35;
const RETURNED_WITHIN_MS = (AWAY_SECONDS + 60) * 1_000 + 60_000;

const changed = await changedBrand("demo-clinic", (toml) => toml.replaceAll("[[queues]]\n", "[[queues]]\nreturn_after_minutes = 1\n"));
after(changed.end);
let dying;
after(() => dying?.close().catch(() => undefined));
const on = stage({ brand: changed.brand, staff: STAFF, awaySeconds: AWAY_SECONDS }, begin);
let anna;
let petrova;
let sokolov;
let volkova;

async function begin() {
  dying = await openBrowser();
  const desks = [desk(on, "petrova", { browser: dying }), desk(on, "sokolov"), desk(on, "volkova")];
  [anna, petrova, sokolov, volkova] = await Promise.all([patient(on, "anna", { name: "Anna K." }), ...desks]);
}

/** What staff knows of the one consultation that there is. */
async function consultation(person) {
  const { items } = await (await call(person, on.world, "/_consilium/v1/consultations?limit=1")).json();
  return (await call(person, on.world, `/_consilium/v1/consultations/${items[0].id}`)).json();
}

test("a dead browser: the patient is told, a colleague goes on with the whole history", async () => {
  await ask(anna, SAID[0]);
  await take(petrova, "Anna K.");
  await say(petrova, SAID[1]);
  await sees(anna, SAID[1]);
  await say(anna, SAID[2]);
  await sees(petrova, SAID[2]);
  petrova.expects(/./);
  await kill(dying);
  await anna.page.getByText(words.kit("absence.returned")).first().waitFor({ timeout: RETURNED_WITHIN_MS });
  await sees(anna, words.patient("talk.cameBack"));
  await sees(anna, "You are 1st in line");
  await anna.look("patient-operator-gone");
  const shown = await consultation(volkova);
  assert.deepEqual([shown.phase, shown.transfer.cause, shown.transfer.from], ["queued", "lost", "Dr Petrova"]);
  await section(sokolov, "waiting");
  const row = sokolov.page.locator("[data-row]").filter({ hasText: words.console("row.lost", { name: "Dr Petrova" }) });
  await row.first().waitFor();
  await sokolov.look("console-operator-gone");
  await take(sokolov, "Anna K.");
  for (const text of SAID) await sees(sokolov, text);
  await say(sokolov, GOES_ON);
  await sees(anna, GOES_ON);
});

test("whoever was lost sees what was taken from him when he is back, and reads nothing of what followed", async () => {
  const back = await at(on, { name: "petrova is back", url: on.world.console });
  await fillSignIn(back, "petrova");
  await sees(back, words.console("returned.led", { name: "Anna K.", lead: "Dr Sokolov" }));
  const { room_id: room } = await consultation(volkova);
  const answer = await call(back, on.world, `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/joined_members`);
  assert.equal(answer.status, 403, "she is in the room no more");
  await back.leave();
});

test("who goes off says before what becomes of it, with a note for the next one", async () => {
  const { page } = sokolov;
  await page.getByRole("button", { name: /^Your status:/ }).first().click();
  await page.getByRole("menuitemradio", { name: new RegExp(`^${words.console("status.going_off")}`) }).click();
  const dialog = page.getByRole("dialog", { name: words.console("leave.title.going_off") });
  await dialog.getByLabel(words.console("leave.of", { name: "Anna K.", queue: SERVICE })).selectOption("queue");
  await dialog.getByRole("textbox", { name: words.console("leave.note"), exact: true }).fill("Look at the shoulder");
  await sokolov.look("console-leave");
  await dialog.getByRole("button", { name: words.console("leave.submit.going_off"), exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await sees(anna, words.kit("consultation.requeued"));
  const shown = await consultation(volkova);
  assert.deepEqual([shown.phase, shown.transfer.cause, shown.transfer.note], ["queued", "handed", "Look at the shoulder"]);
  assert.equal(shown.history.at(-1).actor.kind, "system");
  // Nothing is left to finish.
  await page.getByRole("button", { name: new RegExp(`^Your status: ${words.console("status.offline")}`) }).first().waitFor();
});
