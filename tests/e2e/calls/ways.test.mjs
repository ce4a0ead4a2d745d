/**
 * Networks that let less through: media go by TCP straight to the media server, or by its relay (TURN), and all else of a call is as ever. The relay is the
 * media server's own, with the credentials that it gives to each device. Browsers are always sent to port 443 of its name, where TLS is ended in front of it:
 * here they are led past that to the relay itself, because a test has neither the port nor a certificate that they trust (`docs/media-server.md`).
 */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { openBrowser } from "../browser.mjs";
import {
  answer,
  answerAtDesk,
  callPatient,
  callStaff,
  ended,
  freed,
  GIVEN_UP,
  hangUp,
  isIn,
  isOut,
  LEFT_ALREADY,
  OPERATOR,
  PATIENT,
  receives,
  rings,
  tap,
  waits,
  ways,
} from "../call-steps.mjs";
import { ask, desk, patient, say, sees, stage, take } from "../steps.mjs";

/** Lets a page's connections go by the relay that the media server names, and by nothing else. Runs before the page's own code. */
function tapRelay(port) {
  const isRelay = ({ urls }) => [urls].flat().some((url) => url.startsWith("turns:turn.clinic.test:443"));
  const relayed = (config = {}) => ({
    ...config,
    iceTransportPolicy: "relay",
    iceServers: (config.iceServers ?? []).filter(isRelay).map((server) => ({ ...server, urls: [`turn:127.0.0.1:${port}?transport=tcp`] })),
  });
  const Real = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(config, ...rest) {
      super(relayed(config), ...rest);
    }
    setConfiguration(config) {
      super.setConfiguration(relayed(config));
    }
  };
}

const WAYS = {
  tcp: { taps: () => [tap], goes: ({ tcpPort }) => `tcp ${tcpPort}` },
  relay: { taps: ({ relayPort }) => [tap, `(${tapRelay})(${relayPort});`], goes: () => "relay over tcp" },
};

for (const [mediaWay, { taps, goes }] of Object.entries(WAYS)) {
  describe(`media by ${mediaWay}`, () => {
    let phones;
    let anna;
    let petrova;
    const on = stage({ staff: { petrova: { name: OPERATOR } }, ringSeconds: 60, mediaWay }, begin);

    after(() => phones?.close());

    async function begin() {
      phones = await openBrowser();
      const before = taps(on.world.media);
      anna = await patient(on, "anna", { name: PATIENT, browser: phones, before });
      petrova = await desk(on, "petrova", { before });
      for (const person of [anna, petrova]) person.expects(LEFT_ALREADY, GIVEN_UP);
      await ask(anna, "My head hurts since the morning");
      await take(petrova, PATIENT);
      await say(petrova, "I will call you");
      await sees(anna, "I will call you");
    }

    beforeEach(() => freed(petrova, anna));

    /** Both see and hear, and nothing of it goes another way. */
    async function goesSo() {
      for (const person of [anna, petrova]) {
        await receives(person);
        assert.deepEqual(await ways(person), [goes(on.world.media)], `${person.name}'s ways`);
      }
    }

    test("an operator calls: the patient's device waits so, and both see and hear", async () => {
      await callPatient(petrova, "video");
      await rings(anna, OPERATOR);
      await waits(anna);
      await answer(anna);
      await isIn(petrova);
      await goesSo();
      await hangUp(anna);
      await isOut(petrova);
      assert.equal((await ended(petrova, on.world)).outcome, "completed");
    });

    test("a patient calls: both see and hear", async () => {
      await callStaff(anna, "video");
      await petrova.page.getByRole("alertdialog").filter({ hasText: PATIENT }).waitFor();
      await answerAtDesk(petrova);
      await isIn(anna);
      await goesSo();
      await hangUp(petrova);
      await isOut(anna);
      assert.equal((await ended(petrova, on.world)).outcome, "completed");
    });
  });
}
