import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiProblem, type Call, type CallTicket, type JoinedCall } from "../api/index.ts";
import { DeviceError } from "../matrix/call/trouble.ts";
import type { ConversationSummary, OpenCall, Ring, StandBy } from "../matrix/index.ts";
import { Cell } from "../matrix/store.ts";
import { callSample, fakeDeviceCheck, fakeMedia, memberSample } from "../testing/calls.ts";
import { PretendStream } from "../testing/stream.ts";
import { createCalls } from "./calls.ts";

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 25, 12, 0, 1) }));
afterEach(() => void vi.useRealTimers());

const TICKET: CallTicket = {
  url: "wss://media.test",
  jwt: "token",
  identity: "@anna:x:PHONE",
  room_id: "!r:x",
  slot_id: "m.call#ROOM",
  livekit_service_url: "https://service.test",
};
const ANSWERED: Partial<Call> = {
  state: "answered",
  answered_at: "2026-11-25T12:00:05Z",
  answered_user_id: "@anna:x",
  answered_device_id: "PHONE",
};
const ended = (outcome: Call["outcome"]): Partial<Call> => ({
  state: "ended",
  ended_at: "2026-11-25T12:01:00Z",
  outcome,
});
const problem = (slug: ConstructorParameters<typeof ApiProblem>[0]) => new ApiProblem(slug, 409, "because");
const settled = () => vi.advanceTimersByTimeAsync(0);

/** A service, an engine and a stream that a test leads; `asked` says what was asked of them, in order. */
function world(side: "patient" | "staff" = "patient") {
  const asked: string[] = [];
  const media = fakeMedia();
  const answers: Record<string, (() => Promise<unknown>) | undefined> = {};
  const present = { call: callSample() };
  const does =
    (name: string, usual: () => unknown) =>
    (...args: unknown[]): Promise<never> => {
      asked.push([name, ...args.filter((arg) => typeof arg === "string")].join(" "));
      return (answers[name]?.() ?? Promise.resolve(usual())) as Promise<never>;
    };
  const joined = (): JoinedCall => ({ call: present.call, ticket: TICKET, rings_at: ["@anna:x"] });
  const becomes = (part: Partial<Call>) => {
    present.call = { ...present.call, ...part };
    return present.call;
  };
  const api = {
    callAvailability: does("availability", () => ({ available: true, reason: null })),
    calls: does("calls", () => ({ items: [], next_cursor: null, total: 0 })),
    call: does("call", () => present.call),
    startCall: does("start", joined),
    standBy: does("stand by", joined),
    answerCall: does("answer", () => ({ ...joined(), call: becomes(ANSWERED) })),
    callToken: does("token", joined),
    declineCall: does("decline", () => becomes({ ...ended("declined") })),
    cancelCall: does("cancel", () => becomes({ ...ended("cancelled") })),
    hangUp: does("hang-up", () => becomes({ ...ended("completed") })),
    reportQuality: does("quality", () => undefined),
    callbacks: { call: does("call-back", joined) },
  };
  const opened: OpenCall[] = [];
  const engine = {
    userId: side === "patient" ? "@anna:x" : "@petrova:x",
    deviceId: side === "patient" ? "PHONE" : "DESK",
    conversations: new Cell<ReadonlyMap<string, ConversationSummary>>(new Map()),
    checkDevices: async () => fakeDeviceCheck(),
    prepareCall: vi.fn(),
    standBy: (_ticket: CallTicket, memberId: string | null): StandBy => {
      asked.push("waits");
      return { memberId, close: () => void asked.push("waits no longer") };
    },
    forgetCall: vi.fn(),
    openCall: (options: OpenCall) => {
      asked.push(`open ${options.kind}`);
      opened.push(options);
      return {
        memberId: null,
        allowed: does("allowed", () => undefined)(),
        enter: (_ticket: CallTicket, ring: Ring | null) =>
          does(`enter ${ring === null ? null : `${ring.ms} ${ring.users.join()}`}`, () => media)(),
        close: () => undefined,
      };
    },
  };
  const events = new PretendStream("open");
  const calls = createCalls({ api, engine, events, side });
  const hear = (part: Partial<Call>) => events.tell({ event: "call", data: { call: becomes(part) } });
  return { asked, answers, media, becomes, calls, hear, opened, engine, events };
}

const place = ({ calls }: ReturnType<typeof world>) => calls.place.get();

test("a patient hears a call, answers it, and is in it", async () => {
  const on = world();
  await settled();
  on.asked.length = 0;
  on.hear({});
  expect(place(on)).toMatchObject({ at: "ringing", answering: false });
  expect(on.engine.prepareCall).toHaveBeenCalled();
  const answer = on.calls.answer("audio");
  expect(place(on)).toMatchObject({ at: "ringing", answering: true });
  expect(await answer).toBeNull();
  expect(place(on)).toMatchObject({ at: "in", media: on.media });
  expect(on.asked).toEqual(["stand by call-1", "open audio", "allowed", "answer call-1", "enter null"]);
});

test("while it rings the device waits at the media server, and the call is opened with what waits", async () => {
  const on = world();
  on.hear({});
  await settled();
  expect(on.asked).toEqual(expect.arrayContaining(["stand by call-1", "waits"]));
  on.hear({});
  await settled();
  await on.calls.answer("video");
  expect(on.asked.filter((what) => what.startsWith("stand by"))).toHaveLength(1);
  expect(on.opened[0]?.standBy).toMatchObject({ memberId: null });
  expect(on.asked).not.toContain("waits no longer");
});

test("whoever declines waits no longer, nor when it is taken back or answered elsewhere", async () => {
  for (const end of [undefined, ended("cancelled"), { ...ANSWERED, answered_device_id: "TABLET" }]) {
    const on = world();
    on.hear({});
    await settled();
    if (end === undefined) await on.calls.decline("none");
    else on.hear(end);
    expect(on.asked).toContain("waits no longer");
  }
});

test("what comes too late to wait with is not used; the call is answered without", async () => {
  const on = world();
  let stand: (joined: JoinedCall) => void = () => undefined;
  on.answers["stand by"] = () => new Promise<JoinedCall>((resolve) => (stand = resolve));
  on.hear({});
  expect(await on.calls.answer("audio")).toBeNull();
  expect(on.opened[0]?.standBy).toBeNull();
  stand({ call: callSample(), ticket: TICKET, rings_at: [] });
  await settled();
  expect(on.asked).not.toContain("waits");
});

test("an answer that fails leaves it ringing, and the device waits again", async () => {
  const on = world();
  on.answers.allowed = () => Promise.reject(new DeviceError("denied"));
  on.hear({});
  await settled();
  expect(await on.calls.answer("audio")).toBe("denied");
  await settled();
  expect(on.asked.filter((what) => what === "waits")).toHaveLength(2);
});

test("an operator calls: the other clients of the room ring as long as the service says", async () => {
  const on = world("staff");
  expect(await on.calls.start("consultation-1", "video")).toBeNull();
  expect(on.asked).toContain("enter 45000 @anna:x");
  expect(place(on)).toMatchObject({ at: "calling", call: { state: "ringing" }, media: on.media });
  on.hear(ANSWERED);
  expect(place(on)).toMatchObject({ at: "in" });
  expect(await on.calls.start("consultation-2", "video")).toBe("in-another-call");
});

test("nobody is rung before the person allowed the microphone", async () => {
  const on = world("staff");
  let allow: () => void = () => undefined;
  on.answers.allowed = () => new Promise<void>((resolve) => (allow = resolve));
  const start = on.calls.start("consultation-1", "audio");
  await settled();
  expect(on.asked).not.toContain("start consultation-1 audio");
  allow();
  expect(await start).toBeNull();
  expect(on.asked).toContain("start consultation-1 audio");
});

test("a microphone that is refused is said; a call that rings rings on, one that was to be made is none", async () => {
  const patient = world();
  patient.answers.allowed = () => Promise.reject(new DeviceError("denied"));
  patient.hear({});
  expect(await patient.calls.answer("audio")).toBe("denied");
  expect(place(patient)).toMatchObject({ at: "ringing", answering: false });
  const staff = world("staff");
  staff.answers.allowed = () => Promise.reject(new DeviceError("absent"));
  expect(await staff.calls.start("consultation-1", "audio")).toBe("absent");
  expect(place(staff)).toBeNull();
});

test("each refusal of the service is said in the words that a screen knows", async () => {
  for (const [slug, failure] of [
    ["offline", "offline"],
    ["forbidden", "not-allowed"],
    ["not-found", "not-allowed"],
    ["unavailable", "unavailable"],
    ["conflict", "in-another-call"],
    ["unexpected", "unavailable"],
  ] as const) {
    const on = world("staff");
    on.answers.start = () => Promise.reject(problem(slug));
    expect(await on.calls.start("consultation-1", "audio"), slug).toBe(failure);
    expect(place(on)).toBeNull();
  }
});

test("the other side is in another call: busy, without a ring", async () => {
  const on = world("staff");
  on.answers.start = async () => ({ call: on.becomes(ended("busy")), ticket: null });
  expect(await on.calls.start("consultation-1", "audio")).toBeNull();
  expect(place(on)).toMatchObject({ at: "over", why: "busy" });
  expect(on.asked.some((what) => what.startsWith("enter"))).toBe(false);
});

test("another device was faster: this one says so, and nobody is told of a failure", async () => {
  const on = world();
  on.hear({});
  on.answers.answer = () => {
    on.becomes({ ...ANSWERED, answered_device_id: "TABLET" });
    return Promise.reject(problem("taken"));
  };
  expect(await on.calls.answer("audio")).toBeNull();
  expect(place(on)).toMatchObject({ at: "over", why: "elsewhere" });
});

test("given up before the service has answered: taken back as soon as it has", async () => {
  const on = world("staff");
  let answer: (joined: JoinedCall) => void = () => undefined;
  on.answers.start = () => new Promise<JoinedCall>((resolve) => (answer = resolve));
  const start = on.calls.start("consultation-1", "audio");
  await settled();
  await on.calls.hangUp();
  expect(place(on)).toBeNull();
  answer({ call: callSample(), ticket: TICKET, rings_at: [] });
  expect(await start).toBeNull();
  await settled();
  expect(on.asked.at(-1)).toBe("cancel call-1");
  expect(place(on)).toBeNull();
});

test("hanging up leaves the media and tells the service; while it rings there, the call is taken back", async () => {
  const inside = world();
  inside.hear({});
  await inside.calls.answer("video");
  await inside.calls.hangUp();
  expect(place(inside)).toMatchObject({ at: "over", why: "completed" });
  expect(inside.media.pressed).toEqual(["leave"]);
  expect(inside.asked.at(-1)).toBe("hang-up call-1");
  const calling = world("staff");
  await calling.calls.start("consultation-1", "video");
  await calling.calls.hangUp();
  expect(place(calling)).toMatchObject({ at: "over", why: "cancelled" });
  expect(calling.asked.at(-1)).toBe("cancel call-1");
});

test("a call that is answered while it is taken back is hung up", async () => {
  const on = world("staff");
  await on.calls.start("consultation-1", "video");
  on.answers.cancel = () => Promise.reject(problem("conflict"));
  await on.calls.hangUp();
  expect(on.asked.slice(-2)).toEqual(["cancel call-1", "hang-up call-1"]);
});

test("a service that cannot be reached is told again", async () => {
  const on = world();
  on.hear({});
  let tries = 0;
  on.answers.decline = () =>
    ++tries < 3 ? Promise.reject(problem("offline")) : Promise.resolve(on.becomes(ended("declined")));
  const decline = on.calls.decline("busy");
  await vi.advanceTimersByTimeAsync(6_000);
  await decline;
  expect(on.asked.filter((what) => what === "decline call-1 busy")).toHaveLength(3);
  expect(place(on)).toBeNull();
});

test("the service ends the call: the media are left without asking anybody", async () => {
  const on = world();
  on.hear({});
  await on.calls.answer("video");
  on.hear(ended("completed"));
  expect(place(on)).toMatchObject({ at: "over", why: "completed" });
  expect(on.media.pressed).toEqual(["leave"]);
  expect(on.asked).not.toContain("hang-up call-1");
});

test("media that fail: the service says whether the call is over; one that is on can be joined again", async () => {
  const on = world();
  on.hear({});
  await on.calls.answer("video");
  on.media.failure.set("lost");
  on.media.phase.set("failed");
  await settled();
  expect(place(on)).toMatchObject({ at: "over", why: "lost" });
  expect(on.asked).not.toContain("hang-up call-1");
  const [call] = on.calls.open.get();
  if (call === undefined) throw new Error("the call is still on");
  on.media.phase.set("live");
  expect(await on.calls.join(call, "video")).toBeNull();
  expect(on.asked.slice(-2)).toEqual(["token call-1", "enter null"]);
  expect(place(on)).toMatchObject({ at: "in" });
});

test("keys that came with a ring are forgotten when the call is over, and not before it begins", async () => {
  const on = world();
  on.hear({});
  expect(on.engine.forgetCall).not.toHaveBeenCalled();
  on.hear({ ...ANSWERED, answered_device_id: "TABLET", answered_user_id: "@anna:x" });
  on.hear(ended("completed"));
  expect(on.engine.forgetCall).toHaveBeenCalledWith("!r:x");
  on.engine.forgetCall.mockClear();
  on.calls.heard(callSample({ id: "call-2" }));
  on.calls.heard(callSample({ id: "call-0", ...ended("missed") }));
  expect(on.engine.forgetCall).not.toHaveBeenCalled();
});

test("an observer joins without a device", async () => {
  const on = world("staff");
  expect(await on.calls.join(callSample(ANSWERED), "audio", true)).toBeNull();
  expect(on.opened.at(-1)).toMatchObject({ kind: "audio", listens: true });
});

test("a room that was deleted is the end that the service says, and one that was left by force is said", async () => {
  for (const [failure, word, why] of [
    ["ended", ended("completed"), "completed"],
    ["ended", ended("lost"), "lost"],
    ["removed", ANSWERED, "removed"],
  ] as const) {
    const on = world();
    on.hear({});
    await on.calls.answer("video");
    on.becomes(word);
    // In the order of LiveKit: the connection is gone, then why.
    on.media.phase.set("failed");
    on.media.failure.set(failure);
    await settled();
    expect(place(on)).toMatchObject({ at: "over", why });
  }
  const signedOut = world();
  signedOut.hear({});
  await signedOut.calls.answer("video");
  signedOut.answers.call = () => Promise.reject(problem("unauthenticated"));
  signedOut.media.failure.set("lost");
  signedOut.media.phase.set("failed");
  await settled();
  expect(place(signedOut)).toMatchObject({ at: "over", why: "removed" });
});

test("the media server is out of reach: the call of who made it is taken back, who was called may try again", async () => {
  const staff = world("staff");
  staff.answers["enter 45000 @anna:x"] = () => Promise.reject(new Error("could not connect"));
  expect(await staff.calls.start("consultation-1", "audio")).toBe("unavailable");
  expect(place(staff)).toMatchObject({ at: "over" });
  expect(staff.asked.at(-1)).toBe("cancel call-1");
  const patient = world();
  patient.answers["enter null"] = () => Promise.reject(new Error("could not connect"));
  patient.hear({});
  expect(await patient.calls.answer("audio")).toBe("unavailable");
  expect(place(patient)).toMatchObject({ at: "over", why: "lost" });
  expect(patient.asked).not.toContain("hang-up call-1");
});

test("the other side declines while this one is still joining: what is joined later is left", async () => {
  const on = world("staff");
  let enter: (media: unknown) => void = () => undefined;
  on.answers["enter 45000 @anna:x"] = () => new Promise((resolve) => (enter = resolve));
  const start = on.calls.start("consultation-1", "audio");
  await settled();
  on.hear(ended("declined"));
  expect(place(on)).toMatchObject({ at: "over", why: "declined" });
  enter(on.media);
  expect(await start).toBeNull();
  expect(on.media.pressed).toEqual(["leave"]);
  expect(place(on)).toMatchObject({ at: "over", why: "declined" });
});

test("the stream was cut: what rings is found in the list, and who comes in meanwhile is noticed", async () => {
  const on = world();
  on.events.status.set("waiting");
  on.answers.calls = async () => ({ items: [callSample()], next_cursor: null, total: 1 });
  on.events.status.set("open");
  await settled();
  expect(place(on)).toMatchObject({ at: "ringing" });
  const calling = world("staff");
  calling.media.members.set([memberSample({ isSelf: true })]);
  await calling.calls.start("consultation-1", "audio");
  calling.becomes(ANSWERED);
  calling.media.members.set([memberSample({ isSelf: true }), memberSample({ identity: "other" })]);
  await settled();
  expect(place(calling)).toMatchObject({ at: "in" });
});

test("as long as the stream is cut, the service is asked about the call that is shown", async () => {
  const on = world();
  on.hear({});
  on.events.status.set("waiting");
  on.becomes(ended("cancelled"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(place(on)).toMatchObject({ at: "over", why: "cancelled" });
});

test("a call of the patient's rings at the operators who are in its room", async () => {
  const byPatient = { caller_side: "patient", caller_user_id: "@anna:x" } as const;
  const outside = world("staff");
  outside.hear(byPatient);
  expect(place(outside)).toBeNull();
  expect(outside.calls.open.get()).toHaveLength(1);
  const inside = world("staff");
  inside.engine.conversations.set(new Map([["!r:x", { membership: "joined" } as ConversationSummary]]));
  inside.hear(byPatient);
  expect(place(inside)).toMatchObject({ at: "ringing" });
});

test.each(["patient", "staff"] as const)(
  "at the %s nothing rings but what the service says: no room by itself, and no call that is over or one's own",
  async (side) => {
    const on = world(side);
    await settled();
    const other = side === "staff" ? "patient" : "staff";
    const said: Partial<ConversationSummary> = { membership: "joined", unread: 3 };
    on.engine.conversations.set(new Map([["!r:x", said as ConversationSummary]]));
    await settled();
    expect([place(on), on.calls.open.get()]).toEqual([null, []]);
    on.hear({ ...ended("missed"), caller_side: other });
    on.hear({ id: "own", state: "ringing", ended_at: null, outcome: null, caller_side: side });
    expect(place(on)).toBeNull();
    on.hear({ id: "call-2", caller_side: other, caller_user_id: "@other:x" });
    expect(place(on)).toMatchObject({ at: "ringing", call: { id: "call-2" } });
  },
);

test("whether calls work is asked at the start and after each failure", async () => {
  const on = world("staff");
  expect(on.calls.availability.get()).toEqual({ state: "unknown" });
  await settled();
  expect(on.calls.availability.get()).toEqual({ state: "available" });
  on.answers.availability = async () => ({ available: false, reason: "no_answer" });
  on.answers.start = () => Promise.reject(problem("unavailable"));
  await on.calls.start("consultation-1", "audio");
  await settled();
  expect(on.calls.availability.get()).toEqual({
    state: "unavailable",
    reason: "no_answer",
  });
});

test("a media server that comes back is noticed without anybody trying", async () => {
  const on = world("staff");
  on.answers.availability = async () => ({ available: false, reason: "no_answer" });
  await on.calls.refresh();
  expect(on.calls.availability.get()).toMatchObject({ state: "unavailable" });
  on.answers.availability = async () => ({ available: true, reason: null });
  await vi.advanceTimersByTimeAsync(15_000);
  expect(on.calls.availability.get()).toEqual({ state: "available" });
  on.asked.length = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(on.asked).toEqual([]);
});

/** Pages of the list of calls, one after another; then nothing comes any more. */
function listed(on: ReturnType<typeof world>, ...pages: { items: Call[]; next_cursor: string | null }[]) {
  on.answers.calls = () => {
    const page = pages.shift();
    if (page === undefined) return Promise.reject(problem("unavailable"));
    return Promise.resolve({ ...page, total: 60 });
  };
}
const talk = (id: string, started_at: string) => callSample({ ...ANSWERED, id, started_at });
const openIds = (on: ReturnType<typeof world>) => on.calls.open.get().map(({ id }) => id);

test("what is open and began before the newest calls is followed too", async () => {
  const on = world("staff");
  await settled();
  const newest = [talk("new", "2026-11-25T11:59:00Z"), callSample({ ...ended("missed"), id: "missed" })];
  const [older, oldest] = [talk("older", "2026-11-25T10:00:00Z"), talk("oldest", "2026-11-25T09:00:00Z")];
  listed(
    on,
    { items: newest, next_cursor: "behind" },
    { items: [talk("new", "2026-11-25T11:59:00Z"), older], next_cursor: "more" },
    { items: [oldest], next_cursor: null },
  );
  await on.calls.refresh();
  expect(openIds(on)).toEqual(["oldest", "older", "new"]);
  listed(on, { items: newest, next_cursor: "behind" }, { items: [oldest], next_cursor: null });
  await on.calls.refresh();
  expect(openIds(on)).toEqual(["oldest", "new"]);
});

test("what further below cannot be asked for stays as it was", async () => {
  const on = world("staff");
  await settled();
  on.calls.heard(talk("long", "2026-11-25T09:00:00Z"));
  listed(on, { items: [callSample({ ...ended("missed"), id: "missed" })], next_cursor: "behind" });
  await on.calls.refresh();
  expect(openIds(on)).toEqual(["long"]);
});

test("answering the call that waits hangs the first one up", async () => {
  const on = world();
  on.hear({});
  await on.calls.answer("audio");
  on.calls.heard(callSample({ id: "call-2" }));
  expect(on.calls.waiting.get()).toMatchObject({ id: "call-2" });
  const second = fakeMedia();
  on.answers["enter null"] = async () => second;
  on.answers.answer = async () => ({ call: callSample({ ...ANSWERED, id: "call-2" }), ticket: TICKET });
  expect(await on.calls.answer("audio")).toBeNull();
  expect(on.asked).toContain("hang-up call-1");
  expect(on.media.pressed).toEqual(["leave"]);
  expect(place(on)).toMatchObject({ at: "in", call: { id: "call-2" }, media: second });
});

test("who waits is told that it is busy here, and the call goes on", async () => {
  const on = world();
  on.hear({});
  await on.calls.answer("audio");
  on.calls.heard(callSample({ id: "call-2" }));
  on.answers.decline = async () => callSample({ ...ended("declined"), id: "call-2" });
  await on.calls.decline("busy");
  expect(on.asked).toContain("decline call-2 busy");
  expect(on.calls.waiting.get()).toBeNull();
  expect(on.media.pressed).toEqual([]);
  expect(place(on)).toMatchObject({ at: "in", call: { id: "call-1" } });
  on.calls.close();
});

test("what was measured goes to the call that it was measured in", async () => {
  const on = world("staff");
  await on.calls.start("consultation-1", "audio");
  const report = { loss_permille: 1, jitter_ms: 2, round_trip_ms: 3, freezes: 0, freeze_ms: 0 };
  on.opened[0]?.onQuality(report);
  expect(on.asked.at(-1)).toBe("quality call-1");
});

test("closed: the call is left, nothing is heard any more, no timer stays", async () => {
  const on = world();
  on.hear({});
  await on.calls.answer("audio");
  on.calls.close();
  expect(on.media.pressed).toEqual(["leave"]);
  expect(on.events.isHeard).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test("an operator calls back: it rings there, and is one call at most", async () => {
  const on = world("staff");
  await settled();
  on.asked.length = 0;
  on.becomes({ consultation_id: null, caller_user_id: "@petrova:x" });
  expect(await on.calls.startCallback("callback-1", "audio")).toBeNull();
  expect(on.asked.slice(0, 4)).toEqual([
    "open audio",
    "allowed",
    "call-back callback-1 audio",
    "enter 45000 @anna:x",
  ]);
  expect(place(on)).toMatchObject({ at: "calling", call: { consultation_id: null }, media: on.media });
  expect(await on.calls.startCallback("callback-2", "audio")).toBe("in-another-call");
  on.calls.close();
});
