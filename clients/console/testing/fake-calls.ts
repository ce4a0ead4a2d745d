/**
 * Stands in for `@consilium/kit/calls` while one looks at screens: a call as `mock.call` in the session storage says, with drawn people.
 * Pressing goes on as one would expect: a call that is started rings, an answer leads into it, hanging up ends it.
 */
import type { Call } from "../../kit/api/types.ts";
import type { CallEnd, CallPlace } from "../../kit/calls/types.ts";
import type { CallMember, MediaPhase } from "../../kit/matrix/call/types.ts";
import {
  callSample,
  type FakeCalls,
  type FakeMedia,
  fakeCalls,
  fakeMedia,
  memberSample,
} from "../../kit/testing/calls.ts";
import { pictureInto } from "../../kit/testing/pictures.ts";

export { press, turn } from "../../kit/calls/switching.ts";
export type * from "../../kit/calls/types.ts";

const CONSULTATION = "c-9";

export function createCalls(): FakeCalls {
  const name = sessionStorage.getItem("mock.call");
  const calls = fakeCalls(placeOf(name));
  calls.deviceCheck.show = (video) => pictureInto(video, "self");
  calls.deviceCheck.devices.set(fakeMedia().own.get().devices);
  if (name === "off") calls.availability.set({ state: "unavailable", reason: "no_answer" });
  if (name === "open") calls.open.set([call({ state: "answered", caller_name: "Соколов Андрей" })]);
  if (name === "failed") calls.failure = "denied";
  if (name === "in-waiting") calls.waiting.set(call({ id: "other", caller_name: "Волков Олег" }));
  const { start, startCallback, answer } = calls;
  calls.start = async (id, kind) => {
    const failure = await start(id, kind);
    if (failure === null) calls.place.set({ at: "calling", call: call({ kind }), kind, media: people() });
    return failure;
  };
  calls.startCallback = async (id, kind) => {
    const failure = await startCallback(id, kind);
    const rings = call({ kind, consultation_id: null, conversation_id: "conversation-b-4" });
    if (failure === null) calls.place.set({ at: "calling", call: rings, kind, media: people() });
    return failure;
  };
  calls.answer = async (kind) => {
    const failure = await answer(kind);
    if (failure === null) calls.place.set(inCall("in"));
    return failure;
  };
  calls.decline = async () => {
    if (calls.waiting.get() === null) calls.place.set(null);
    else calls.waiting.set(null);
  };
  calls.hangUp = async () => {
    const place = calls.place.get();
    const over = call({ state: "ended", outcome: "completed", talked_seconds: 754 });
    calls.place.set(place?.at === "in" ? { at: "over", call: over, why: "completed" } : null);
  };
  return calls;
}

function call(part: Partial<Call> = {}): Call {
  return callSample({
    consultation_id: CONSULTATION,
    caller_name: "Петрова Ирина",
    caller_side: "staff",
    ...part,
  });
}

function placeOf(name: string | null): CallPlace | null {
  if (name === null) return null;
  if (name.startsWith("ringing")) {
    const kind = name === "ringing-audio" ? "audio" : "video";
    const from = call({ caller_side: "patient", caller_name: "Анна Волкова", kind });
    return { at: "ringing", call: from, answering: false };
  }
  if (name === "answering") {
    const from = call({ caller_side: "patient", caller_name: "Анна Волкова" });
    return { at: "ringing", call: from, answering: true };
  }
  if (name === "calling") return { at: "calling", call: call(), kind: "video", media: people() };
  if (name === "calling-audio")
    return { at: "calling", call: call({ kind: "audio" }), kind: "audio", media: null };
  if (name.startsWith("end-")) {
    const why = name.slice(4) as CallEnd;
    const talked = why === "completed" ? 754 : 0;
    const over = call({ state: "ended", talked_seconds: talked });
    return { at: "over", call: why === "declined" ? { ...over, decline_reason: "call_later" } : over, why };
  }
  return name.startsWith("in") ? inCall(name) : null;
}

function inCall(name: string): CallPlace {
  const media = people(name);
  if (name === "in-stalled" || name === "in-reconnecting") media.phase.set(name.slice(3) as MediaPhase);
  if (name === "in-weak") media.isWeak.set(true);
  if (name === "in-silenced") media.isSilenced.set(true);
  return { at: "in", call: call({ state: "answered" }), media, since: Date.now() - 154_000 };
}

function people(name = "in"): FakeMedia {
  const media = fakeMedia();
  const audio = name === "in-audio";
  const camera = audio ? "off" : "on";
  media.show = (identity, source, video) =>
    pictureInto(video, source === "screen" ? "screen" : identity === "self" ? "doctor" : identity);
  const members: CallMember[] = [
    memberSample({ identity: "self", isSelf: true, name: "Петрова Ирина", camera }),
    memberSample({ identity: "self2", name: "Анна Волкова", camera, quality: "good", isSpeaking: audio }),
  ];
  if (name === "in-muted")
    for (const [index, member] of members.entries())
      members[index] = {
        ...member,
        microphone: "muted",
        camera: member.isSelf ? "off" : "on",
        quality: "poor",
      };
  if (name === "in-council")
    members.push(memberSample({ identity: "third", name: "Соколов Андрей", microphone: "muted" }));
  const shares = (member: CallMember) =>
    name === "in-screen" && !member.isSelf ? { ...member, screen: true } : member;
  media.members.set(members.map(shares));
  const muted = name === "in-muted";
  media.own.set({
    ...media.own.get(),
    microphone: !muted,
    camera: !audio && !muted,
    canSwitchCamera: false,
  });
  return media;
}
