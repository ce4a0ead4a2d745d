/** Every state of a call without a server: `/looking-glass/?scene=active&path=/conversation/v1&call=<name>`. */
import type { Call } from "@consilium/kit/api";
import type { CallEnd, CallPlace } from "@consilium/kit/calls";
import type { CallMember, MediaPhase } from "@consilium/kit/matrix";
import {
  callSample,
  type FakeCalls,
  type FakeDeviceCheck,
  type FakeMedia,
  fakeCalls,
  fakeDeviceCheck,
  fakeMedia,
  memberSample,
  pictureInto,
} from "@consilium/kit/testing";

export function callScene(name: string | null, language: string): FakeCalls {
  const ru = language === "ru";
  const calls = fakeCalls(placeOf(name, ru));
  calls.deviceCheck = checkOf(name);
  calls.check = async () => calls.deviceCheck;
  calls.failure = name === "answer-denied" ? "denied" : null;
  if (name === "off") {
    calls.availability.set({
      state: "unavailable",
      reason: "no_answer",
    });
  }
  if (name === "still-on") calls.open.set([call(ru, { state: "answered" })]);
  if (name === "in-waiting")
    calls.waiting.set(call(ru, { caller_name: ru ? "Александр Соколов" : "Alexander Sokolov" }));
  return calls;
}

/** A check that opens as the scene says. */
function checkOf(name: string | null): FakeDeviceCheck {
  const check = fakeDeviceCheck();
  check.show = (video) => pictureInto(video, "self");
  check.devices.set({ ...check.devices.get(), cameras: [{ id: "c1", label: "Front camera" }] });
  const open = check.open;
  check.open = async (what) => {
    await open(what);
    if (name === "check-denied") {
      check.microphone.set({ state: "off", level: 0, trouble: "denied" });
      check.camera.set({ state: "off", trouble: "denied" });
    }
    if (name === "check-asking") {
      check.microphone.set({ state: "asking", level: 0, trouble: null });
      check.camera.set({ state: "asking", trouble: null });
    }
    if (name === "check-camera") check.camera.set({ state: "off", trouble: "busy" });
  };
  return check;
}

function call(ru: boolean, part: Partial<Call> = {}): Call {
  const now = Date.now();
  return callSample({
    id: "call1",
    consultation_id: "c1",
    conversation_id: "v1",
    started_at: new Date(now - 3_000).toISOString(),
    ring_until: new Date(now + 42_000).toISOString(),
    caller_name: ru ? "Ирина Петрова" : "Irina Petrova",
    ...part,
  });
}

function placeOf(name: string | null, ru: boolean): CallPlace | null {
  const mine: Partial<Call> = {
    caller_side: "patient",
    caller_name: ru ? "Анна Кузнецова" : "Anna Kuznetsova",
  };
  switch (name) {
    case "ringing":
    case "answer-denied":
      return { at: "ringing", call: call(ru), answering: false };
    case "ringing-audio":
      return { at: "ringing", call: call(ru, { kind: "audio" }), answering: false };
    case "answering":
      return { at: "ringing", call: call(ru), answering: true };
    case "preparing":
      return { at: "calling", call: null, kind: "video", media: null };
    case "calling":
      return { at: "calling", call: call(ru, mine), kind: "video", media: media(ru, {}) };
    case "calling-audio":
      return { at: "calling", call: call(ru, { ...mine, kind: "audio" }), kind: "audio", media: null };
    default:
      return name?.startsWith("in")
        ? inCall(name, ru)
        : name?.startsWith("end-")
          ? ended(name, ru, mine)
          : null;
  }
}

function ended(name: string, ru: boolean, mine: Partial<Call>): CallPlace {
  const [, why, who] = name.split("-");
  const from = who === "mine" ? mine : {};
  const over = call(ru, { ...from, state: "ended", talked_seconds: why === "completed" ? 754 : 0 });
  if (why === "declined") over.decline_reason = "call_later";
  return { at: "over", call: over, why: why as CallEnd };
}

function inCall(name: string, ru: boolean): CallPlace {
  const made = media(ru, { audio: name === "in-audio" || name === "in-audio-weak" });
  const extra = [
    member(ru, {
      identity: "second",
      name: ru ? "Александр Соколов" : "Alexander Sokolov",
      quality: "good",
      isSpeaking: true,
    }),
    member(ru, {
      identity: "third",
      name: ru ? "Мария Волкова" : "Maria Volkova",
      camera: "off",
      microphone: "muted",
    }),
  ];
  const before = made.members.get();
  switch (name) {
    case "in-three":
      made.members.set([...before, ...extra.slice(0, 1)]);
      break;
    case "in-four":
      made.members.set([...before, ...extra]);
      break;
    case "in-screen":
      made.members.set(before.map((one) => (one.isSelf ? one : { ...one, screen: true })));
      break;
    case "in-muted":
      made.own.set({ ...made.own.get(), microphone: false, camera: false });
      made.members.set(
        before.map((one) =>
          one.isSelf
            ? { ...one, microphone: "muted", camera: "off" }
            : { ...one, microphone: "muted", quality: "poor" },
        ),
      );
      break;
    case "in-stalled":
    case "in-reconnecting":
    case "in-joining":
      made.phase.set(name.slice(3) as MediaPhase);
      if (name === "in-joining") made.members.set(before.slice(0, 1));
      break;
    case "in-silenced":
      made.isSilenced.set(true);
      break;
    case "in-weak":
      made.isWeak.set(true);
      break;
    case "in-unsafe":
      made.members.set(before.map((one) => (one.isSelf ? one : { ...one, isEncrypted: false })));
      break;
  }
  return { at: "in", call: call(ru, { state: "answered" }), media: made, since: Date.now() - 154_000 };
}

function media(ru: boolean, { audio = false }: { audio?: boolean }): FakeMedia {
  const camera = audio ? "off" : "on";
  const made = fakeMedia();
  made.show = (identity, source, video) => pictureInto(video, source === "screen" ? "screen" : identity);
  made.members.set([
    member(ru, { identity: "self", isSelf: true, name: ru ? "Анна Кузнецова" : "Anna Kuznetsova", camera }),
    member(ru, { camera, isSpeaking: audio }),
  ]);
  const phone = matchMedia("(max-width: 480px)").matches;
  made.own.set({ ...made.own.get(), camera: !audio, canSwitchCamera: phone, canShareScreen: !phone });
  return made;
}

function member(ru: boolean, part: Partial<CallMember> = {}): CallMember {
  return memberSample({ identity: "doctor", name: ru ? "Ирина Петрова" : "Irina Petrova", ...part });
}
