/** What people do in calls, step by step, as their screens offer it; and what their browsers say of the media. */
import assert from "node:assert/strict";
import { desk, patientWhoAsks, call as request, say, section, sees, take, until } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const ENGLISH = await wordsOf("en");
export const OPERATOR = "Dr Petrova";
export const COLLEAGUE = "Dr Sokolov";
export const PATIENT = "Anna K.";
/** A delayed leave that went, because a browser had too much to do to put it off, is gone when it is put off next. */
export const LEFT_ALREADY = /^404 POST .*\/delayed_events\//;
/** A way to the media that was given up while it was made; and the media library, of which somebody has gone while his device's key was being set. */
export const GIVEN_UP = /WebSocket is closed before the connection is established|couldn't set encryption status, participant not found/;
/** The parts of a page in which a call is shown. */
const REGION = ENGLISH.kit("call.region");

/**
 * Anna has asked, Dr Petrova has taken her question, and they may call one another; `phones`: another browser for the patient; `before`, `phone`: what runs
 * before the console's and the app's own code.
 */
export async function beginTalk(stage, { phones, before = tap, phone = tap } = {}) {
  const asks = patientWhoAsks(stage, "anna", "My head hurts since the morning", { name: PATIENT, browser: phones, before: phone });
  const [anna, petrova] = await Promise.all([asks, callDesk(stage, "petrova", { before })]);
  anna.expects(LEFT_ALREADY, GIVEN_UP);
  await take(petrova, PATIENT);
  await say(petrova, "I will call you");
  await sees(anna, "I will call you");
  return { anna, petrova };
}

/** A member of staff who calls, or is called into a call. */
export async function callDesk(stage, login, { before = tap } = {}) {
  const person = await desk(stage, login, { before });
  person.expects(LEFT_ALREADY, GIVEN_UP);
  return person;
}

/** What a test before this one left open, because it failed, is not this one's trouble. */
export async function freed(...people) {
  for (const person of people) if (person && (await isShown(person))) await hangUp(person);
}

/**
 * Keeps every connection of a page, so that it can be asked what it decoded, and gives it a camera of small pictures: several browsers
 * encode them on this one machine. Runs before the page's own code.
 */
export function tap() {
  const { mediaDevices } = navigator;
  const open = mediaDevices?.getUserMedia.bind(mediaDevices);
  if (open !== undefined) {
    mediaDevices.getUserMedia = ({ video, ...rest }) =>
      open({ ...rest, ...(video && { video: { ...(video === true ? {} : video), width: 320, height: 180 } }) });
  }
  const Real = globalThis.RTCPeerConnection;
  globalThis.consiliumPeers = [];
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...args) {
      super(...args);
      globalThis.consiliumPeers.push(this);
    }
  };
}

/**
 * Gives a page a screen to share where its browser, without a window of its own, offers none: a drawn one that moves. Keeps what is shared, and where sound
 * was sent. Runs before the page's own code.
 */
export function tapScreen() {
  const drawn = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
    const paint = canvas.getContext("2d");
    let turn = 0;
    setInterval(() => {
      turn += 1;
      paint.fillStyle = `hsl(${(turn * 20) % 360} 60% 60%)`;
      paint.fillRect(0, 0, canvas.width, canvas.height);
    }, 100);
    return canvas.captureStream(10);
  };
  const { mediaDevices } = navigator;
  const open = mediaDevices?.getDisplayMedia?.bind(mediaDevices);
  const PATIENCE_MS = 5_000;
  if (open !== undefined) {
    mediaDevices.getDisplayMedia = async (wish) => {
      const silence = new Promise((_, give) => setTimeout(() => give(new Error("no picker comes")), PATIENCE_MS));
      globalThis.consiliumScreen = await Promise.race([open(wish), silence]).catch(drawn);
      return globalThis.consiliumScreen;
    };
  }
  const { setSinkId } = HTMLMediaElement.prototype;
  globalThis.consiliumSinks = [];
  HTMLMediaElement.prototype.setSinkId = async function (id) {
    await setSinkId.call(this, id);
    globalThis.consiliumSinks.push(id);
  };
}

/** Lets the clock that a page's code asks stand still, and go on from where it then is. Runs before the page's own code. */
export function tapClock() {
  const { now } = Date;
  let held = null;
  Date.now = () => held ?? now();
  globalThis.consiliumClock = {
    hold: (holds) => {
      held = holds ? now() : null;
    },
  };
}

/** Pictures and rules of the word how a call ended. It goes after some seconds, so meanwhile the page's clock stands still (`tapClock`). */
export async function lookAtEnd(person, key, title) {
  await hearsEnd(person, key);
  const hold = (holds) => person.page.evaluate((holds) => globalThis.consiliumClock.hold(holds), holds);
  await hold(true);
  try {
    await person.look(title);
    await hearsEnd(person, key);
  } finally {
    await hold(false);
  }
}

/** What a person's browser has decoded of the call that is on, stream by stream: pictures, and the energy of sound. */
export function decoded(person) {
  return person.page.evaluate(async () => {
    const found = { streams: {}, servers: [] };
    for (const [index, peer] of globalThis.consiliumPeers.entries()) {
      if (peer.connectionState === "closed") continue;
      for (const { urls } of peer.getConfiguration().iceServers ?? []) found.servers.push(...[urls].flat());
      for (const entry of (await peer.getStats()).values()) {
        if (entry.type !== "inbound-rtp") continue;
        const { kind, framesDecoded: frames = 0, totalAudioEnergy: energy = 0, bytesReceived: bytes = 0 } = entry;
        found.streams[`${index} ${entry.id}`] = { kind, frames, energy, bytes };
      }
    }
    return found;
  });
}

/** The ways on which media go between a person's browser and the media server now, such as `udp`, `tcp 7881`, `relay over tcp`. */
export function ways(person) {
  return person.page.evaluate(async () => {
    const found = new Set();
    for (const peer of globalThis.consiliumPeers) {
      if (peer.connectionState !== "connected") continue;
      const stats = await peer.getStats();
      for (const { type, selectedCandidatePairId: id } of stats.values()) {
        const pair = type === "transport" ? stats.get(id) : undefined;
        const [here, there] = [stats.get(pair?.localCandidateId), stats.get(pair?.remoteCandidateId)];
        if (here === undefined || there === undefined) continue;
        const direct = there.protocol === "tcp" ? `tcp ${there.port}` : there.protocol;
        found.add(here.candidateType === "relay" ? `relay over ${here.relayProtocol}` : direct);
      }
    }
    return [...found];
  });
}

/** What a person's browser got of the call that is on so far, of all sides together. */
export async function got(person) {
  const { streams } = await decoded(person);
  const sum = { video: 0, audio: 0, frames: 0, energy: 0 };
  for (const { kind, bytes, frames, energy } of Object.values(streams)) {
    sum[kind] += bytes;
    sum.frames += frames;
    sum.energy += energy;
  }
  return sum;
}

/** What was decoded since; a stream that went counts nothing, whatever it had. */
function gained(before, now) {
  const sum = { frames: 0, energy: 0 };
  for (const [id, { frames, energy }] of Object.entries(now.streams)) {
    sum.frames += frames - (before.streams[id]?.frames ?? 0);
    sum.energy += energy - (before.streams[id]?.energy ?? 0);
  }
  return sum;
}

/** Media keys go over Matrix, which a machine with much to do takes its time for. */
const DECODES_WITHIN_MS = 60_000;

/** Moving pictures and sound above silence arrive from now on. */
export async function receives(person, { pictures = true } = {}) {
  const before = await decoded(person);
  let now = before;
  const holds = async () => {
    now = await decoded(person);
    const { frames, energy } = gained(before, now);
    return (!pictures || frames >= 5) && energy > 0.001;
  };
  await until(`${person.name} sees and hears`, holds, DECODES_WITHIN_MS).catch((cause) => {
    throw new Error(`${cause.message}: ${JSON.stringify([before.streams, now.streams])}`, { cause });
  });
}

/** No sound arrives for so long; what was on its way when the other side fell silent is heard out first. */
export async function hearsNothing(person, forMs) {
  const isSilent = async () => {
    const before = await decoded(person);
    await new Promise((done) => setTimeout(done, forMs));
    return gained(before, await decoded(person)).energy < 0.001;
  };
  await until(`${person.name} hears nothing`, isSilent);
}

/** The picture of somebody else in a call, as a selector. */
export const picture = (name) => `video[aria-label="${ENGLISH.kit("call.pictureOf", { name })}"]`;
/** The screen that somebody else shares, as a selector. */
export const screenOf = (name) => `video[aria-label="${ENGLISH.kit("call.screenOf", { name })}"]`;

/** A picture on a person's page moves from now on. */
export async function moves(person, selector) {
  const video = person.page.locator(selector);
  await video.waitFor();
  const shown = () => video.evaluate((element) => element.getVideoPlaybackQuality().totalVideoFrames);
  let [last, sum] = [await shown(), 0];
  const moved = async () => {
    const now = await shown();
    // An element that is made anew begins to count anew.
    sum += Math.max(0, now - last);
    last = now;
    return sum >= 3;
  };
  await until(`${person.name} sees ${selector} move`, moved, DECODES_WITHIN_MS);
}

const dialog = (person) => person.page.getByRole("dialog");
const button = (place, name) => place.getByRole("button", { name, exact: true });

/** In the head of the consultation; its keys stand beside its word. */
export function callButton(person, kind, words = ENGLISH) {
  const name = words.console(`call.short.${kind}`);
  return person.page.locator("main").getByRole("button", { name: new RegExp(`^${name}( .*)?$`) }).first();
}

/** The operator calls the patient of the consultation in front; resolves with the moment of the press. */
export function callPatient(person, kind, words = ENGLISH, onDevices = undefined) {
  return callBy(person, callButton(person, kind, words), words, onDevices);
}

/** The operator calls by a button that leads to the devices; resolves with the moment of the press that calls. */
export async function callBy(person, opener, words = ENGLISH, onDevices = async () => undefined) {
  await opener.click();
  const call = button(dialog(person), words.console("call.call"));
  await call.and(person.page.locator(":not([data-disabled]):not(:disabled)")).waitFor();
  await onDevices();
  const at = Date.now();
  await call.click();
  return at;
}

/** The patient calls whoever leads the consultation in front; before the first call of a device one looks at microphone and camera. */
export async function callStaff(person, kind, words = ENGLISH, onCheck = async () => undefined) {
  const name = kind === "video" ? "Video" : "Audio";
  await button(person.page, words.patient(`talk.call${name}`)).click();
  const checked = button(dialog(person), words.patient(`call.call${name}`));
  const rings = button(dialog(person), words.patient("call.giveUp"));
  await checked.or(rings).waitFor();
  if (!(await checked.isVisible())) return;
  await onCheck();
  await checked.click();
}

/** Goes on duty: colleagues find whom they can ask. */
export async function goOnDuty(person, words = ENGLISH) {
  await section(person, "waiting");
  const online = button(person.page, words.console("offDuty.goOnline")).first();
  await online.click();
  await online.waitFor({ state: "hidden" });
}

/** Asks a colleague into the call that is on, by the panel's own button. */
export async function inviteIntoCall(person, colleague, { words = ENGLISH, onDialog = async () => undefined } = {}) {
  await button(controls(person), words.console("command.inviteIntoCall")).click();
  const who = dialog(person).getByRole("radio", { name: new RegExp(`^${colleague}`) });
  await who.waitFor();
  await onDialog();
  await who.check();
  await button(dialog(person), words.console("invite.submitInCall")).click();
  await dialog(person).waitFor({ state: "hidden" });
}

/** The colleague's console rings: who asks, and into whose call. */
export async function isAskedIntoCall(person, by, patient, words = ENGLISH) {
  const ring = person.page.getByRole("alertdialog");
  await ring.getByRole("heading", { name: by }).waitFor();
  await ring.getByText(words.console("call.asksYou", { name: patient })).waitFor();
}

/** A consultation in whose call the patient waits has just become his: it rings at him. */
export async function isAwaitedInCall(person, patient, words = ENGLISH) {
  const ring = person.page.getByRole("alertdialog");
  await ring.getByRole("heading", { name: patient }).waitFor();
  await ring.getByText(words.console("call.goesOn")).waitFor();
}

/** Answers what rings at a console, with picture. */
export async function answerAtDesk(person, words = ENGLISH) {
  const name = new RegExp(`^${words.console("command.answerVideo")}`);
  await person.page.getByRole("alertdialog").getByRole("button", { name }).click();
  await isIn(person);
}

/** The patient's screen rings: the ring names who calls. */
export async function rings(person, caller) {
  await dialog(person).getByRole("heading", { name: caller }).waitFor();
  await button(dialog(person), ENGLISH.patient("call.answer")).waitFor();
}

/** While it rings a person's device waits at the media server already, and gets nothing. */
export async function waits(person) {
  const isThere = () => person.page.evaluate(() => globalThis.consiliumPeers.some((peer) => peer.connectionState === "connected"));
  await until(`${person.name}'s device waits`, isThere);
  const { streams } = await decoded(person);
  assert.ok(Object.values(streams).every(({ bytes }) => bytes === 0), JSON.stringify(streams));
}

export async function answer(person, words = ENGLISH) {
  const answering = button(dialog(person), words.patient("call.answer"));
  await answering.click();
  // It says at once that it is being answered; where the call does not come then, it was not the press.
  await answering.and(person.page.locator("[aria-busy=false]")).waitFor({ state: "hidden", timeout: 20_000 });
  await isIn(person);
}

export async function decline(person) {
  await button(dialog(person), ENGLISH.patient("call.decline")).click();
}

/** Declines with one of the sentences. */
export async function declineWith(person, reason) {
  await button(dialog(person), ENGLISH.patient("call.declineWith")).click();
  await button(dialog(person), ENGLISH.kit(`call.reason.${reason}`)).click();
}

/** What one may press in a call, in this page. */
export const controls = (person) => person.page.getByRole("toolbar", { name: REGION });

export async function isIn(person) {
  await controls(person).waitFor();
}

/** Whether a call is shown now. */
export function isShown(person) {
  return controls(person).isVisible();
}

export async function press(person, control) {
  await button(controls(person), ENGLISH.kit(`call.${control}`)).click();
}

export async function hangUp(person) {
  await button(controls(person), ENGLISH.kit("call.hangUp")).click();
}

/** How the last call ended, in the words of the side that reads them. */
export async function hearsEnd(person, key) {
  await person.page.getByText(ENGLISH.kit(`call.end.${key}`), { exact: true }).first().waitFor();
}

/** The newest line of the dialogue that says so of a call. */
export function callLine(person, key) {
  return person.page.locator("p:has(> time)").filter({ hasText: ENGLISH.kit(`callLine.${key}`) }).last();
}

/** Nothing of a call is shown any more, however it ended. */
export async function isOut(person) {
  await controls(person).waitFor({ state: "hidden" });
}

/** The calls of a consultation as the service keeps them, newest first. */
export async function records(person, world, query = "") {
  const answer = await request(person, world, `/_consilium/v1/calls${query}`);
  assert.equal(answer.status, 200);
  return (await answer.json()).items;
}

/** The newest call, once it is over: its record is closed by the media server's own events, which come a moment later. */
export function ended(person, world) {
  return until("the call's record is closed", async () => {
    const [newest] = await records(person, world);
    const open = newest?.participants.some(({ left_at }) => left_at === null);
    return newest?.state === "ended" && !open ? newest : null;
  });
}
