/**
 * Calls between our apps and an Element Call as its makers ship it, a widget in a client of another make: in both forms of membership, begun
 * by either side, over a real media server. What arrives is read from the browsers' own statistics. Element Call has a browser of its own,
 * which crashes at the end of a call, and nothing of it must stay behind.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  answerAtDesk,
  beginTalk,
  callPatient,
  ended,
  freed,
  hangUp,
  hearsEnd,
  isIn,
  isOut,
  OPERATOR,
  PATIENT,
  picture,
  receives,
  records,
  rings,
} from "../call-steps.mjs";
import { OtherClient } from "../element-call/other-client.mjs";
import { Site } from "../element-call/site.mjs";
import { kill } from "../processes.mjs";
import { stage, until } from "../steps.mjs";

const PETROVA = "@petrova:clinic.test";
const ANNA = "@anna:clinic.test";
/** Element Call takes its time to load on a slow machine. */
const RING_SECONDS = 60;
/** Longer than what the noticing of a crash may vary by. */
const TALKS_MS = 4_000;
/** A hang-up is seen at once; one of two also where the machine has much else to do. */
const SEEN_WITHIN_MS = 1_000;
const SEEN_AT_LAST_MS = 4_000;
/** The media server gives a connection that says nothing any more so long. */
const GONE_WITHIN_MS = 25_000;
/** What a client that leaves its leave to the service asks for: its event would come by itself in an hour. */
const DELEGATED_MS = 3_600_000;

let site;
let anna;
let petrova;
/** Anna's other client, which only looks on. */
let watcher;
let room;
/** How long our console took to see each hang-up of Element Call. */
const hangUps = [];
const on = stage({ staff: { petrova: { name: OPERATOR } }, ringSeconds: RING_SECONDS }, begin);

after(() => site?.end());

async function begin() {
  const talk = beginTalk(on);
  // It is looked at when the site is there, which has to be ended also where the talk does not begin.
  talk.catch(() => undefined);
  site = await Site.start();
  ({ anna, petrova } = await talk);
  watcher = await OtherClient.at(on, site, "anna");
  room = await watcher.room();
}

beforeEach(() => freed(petrova, anna));

/** From a press in Element Call to the moment at which nothing of its side is shown here any more: by the one clock of both pages. */
async function seenWithin(press, client, person, selector) {
  await client.frame.evaluate(() => {
    addEventListener("click", () => (globalThis.top.pressedAt = Date.now()), { capture: true });
  });
  const gone = person.page.evaluate(
    (selector) =>
      new Promise((done) => {
        const look = () => {
          if (document.querySelector(selector) !== null) return;
          observer.disconnect();
          done(Date.now());
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        look();
      }),
    selector,
  );
  await person.page.locator(selector).waitFor();
  await press();
  return (await gone) - (await client.person.page.evaluate(() => globalThis.pressedAt));
}

/** What the service keeps of the call that has just ended. */
async function isRecorded({ caller }) {
  const record = await ended(petrova, on.world);
  assert.deepEqual(
    {
      outcome: record.outcome,
      kind: record.kind,
      caller: record.caller_user_id,
      users: record.participants.map(({ user_id: id }) => id).sort(),
      room: record.room_id,
    },
    { outcome: "completed", kind: "video", caller, users: [ANNA, PETROVA], room },
  );
  assert.ok(record.talked_seconds >= 1, `${record.talked_seconds} seconds`);
  return record;
}

/** Of how Element Call said that it is in, and that its leave is taken care of by others. */
async function saidSo(client, type, isSticky) {
  const events = await client.did("event");
  const membership = events.find((event) => event.type === type);
  assert.ok(membership !== undefined, `Element Call sent ${events.map((event) => event.type)}`);
  assert.equal(membership.stickyMs !== undefined, isSticky);
  const leave = (await client.did("delayed")).find((event) => event.type === type);
  assert.ok(leave?.delay >= DELEGATED_MS, `its leave comes after ${leave?.delay} ms`);
}

/** The browser of Element Call dies: its membership goes, our app is alone, and the record counts what there was. */
async function crashes(browser, client, person, name) {
  const isMember = async () => (await watcher.members(room)).includes(client.session.deviceId);
  await until("the other client sees Element Call in the call", isMember);
  await kill(browser);
  const at = Date.now();
  await until("no ghost is in the call", async () => !(await isMember()), GONE_WITHIN_MS);
  const after = Date.now() - at;
  await person.page.locator(picture(name)).waitFor({ state: "detached" });
  return after;
}

const FORMS = {
  state: { type: "org.matrix.msc3401.call.member", isSticky: false },
  sticky: { type: "org.matrix.msc4143.rtc.member", isSticky: true },
};

for (const [form, { type, isSticky }] of Object.entries(FORMS)) {
  describe(`membership by ${form} events`, () => {
    let browser;
    before(async () => {
      browser = await openBrowser();
    });
    after(() => browser?.close());

    test("our console calls, Element Call answers; its hang-up is seen", async (t) => {
      const client = await OtherClient.at(on, site, "anna", { browser });
      t.after(() => client.person.leave());
      await callPatient(petrova, "video");
      const [ring] = await Promise.all([client.hearsRing(PETROVA), rings(anna, OPERATOR)]);
      assert.equal(ring.intent, "video");
      await client.joins(form, room);
      await isIn(petrova);
      await hearsEnd(anna, "elsewhere");
      await Promise.all([client.receives(), receives(petrova)]);
      await saidSo(client, type, isSticky);
      await client.person.picture(`element-call-${form}-answered`);
      await petrova.picture(`console-with-element-call-${form}`);

      const ms = await seenWithin(() => client.hangsUp(), client, petrova, picture(PATIENT));
      t.diagnostic(`seen after ${ms} ms`);
      assert.ok(ms <= SEEN_AT_LAST_MS, `seen after ${ms} ms`);
      hangUps.push(ms);
      await client.isOut();
      await until("nobody but the console is in the call", async () => (await watcher.members(room)).length === 1);
      await hangUp(petrova);
      await isOut(petrova);
      await isRecorded({ caller: PETROVA });
    });

    test("Element Call of an operator calls, our patient answers; it crashes, and no ghost stays", async (t) => {
      const client = await OtherClient.at(on, site, "petrova", { browser });
      const since = Date.now();
      await client.calls(form, room);
      await rings(anna, OPERATOR);
      // Its ring names no slot. Other clients find one by a membership that stands in the state, and by no other.
      if (!isSticky) await watcher.hearsRing(PETROVA, since);
      const [open] = await records(petrova, on.world);
      assert.deepEqual([open.state, open.caller_user_id, open.kind], ["ringing", PETROVA, "video"]);
      await answer(anna);
      await Promise.all([client.receives(), receives(anna)]);
      await saidSo(client, type, isSticky);
      await client.person.picture(`element-call-${form}-called`);
      await anna.picture(`patient-with-element-call-${form}`);
      // A connection that broke is billed to its last proof: when it was noticed, less the longest that this takes. So they talk for a while.
      await until("they have talked for a while", async () => {
        const [now] = await records(petrova, on.world);
        return Date.now() - Date.parse(now.answered_at) >= TALKS_MS;
      });
      const ms = await crashes(browser, client, anna, OPERATOR);
      t.diagnostic(`gone after ${ms} ms`);
      await hangUp(anna);
      await isOut(anna);
      const { answered_user_id: by } = await isRecorded({ caller: PETROVA });
      assert.equal(by, ANNA);
    });
  });
}

test("a hang-up is seen within a second", () => {
  assert.ok(Math.min(...hangUps) <= SEEN_WITHIN_MS, `seen after ${hangUps} ms`);
});

test("Element Call of a patient calls, our console answers and hangs up", async () => {
  const browser = await openBrowser();
  try {
    const client = await OtherClient.at(on, site, "anna", { browser });
    await client.calls("state", room);
    await petrova.page.getByRole("alertdialog").filter({ hasText: PATIENT }).waitFor();
    await answerAtDesk(petrova);
    await Promise.all([client.receives(), receives(petrova)]);
    await hangUp(petrova);
    await isOut(petrova);
    await client.isOut();
    await isRecorded({ caller: ANNA });
  } finally {
    await browser.close();
  }
});
