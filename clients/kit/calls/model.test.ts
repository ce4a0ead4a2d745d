import { expect, test } from "vitest";
import type { Call } from "../api/index.ts";
import { callSample, fakeMedia } from "../testing/calls.ts";
import {
  dueAt,
  type Happening,
  type Me,
  type Model,
  mediaOf,
  NO_CALLS,
  next,
  OVER_MS,
  openWithout,
} from "./model.ts";
import type { CallEnd } from "./types.ts";

const ANNA: Me = { userId: "@anna:x", deviceId: "PHONE", side: "patient" };
const PETROVA: Me = { userId: "@petrova:x", deviceId: "DESK", side: "staff" };
const RING_MS = 45_000;
const T0 = 1_000_000;

const rings = (part: Partial<Call> = {}) => callSample(part);
const answered = (part: Partial<Call> = {}) =>
  callSample({
    state: "answered",
    answered_at: "2026-11-25T12:00:05Z",
    answered_user_id: ANNA.userId,
    answered_device_id: ANNA.deviceId,
    ...part,
  });
const over = (outcome: Call["outcome"], part: Partial<Call> = {}) =>
  callSample({ state: "ended", ended_at: "2026-11-25T12:01:00Z", outcome, ...part });
const heard = (call: Call): Happening => ({ what: "heard", call, rings: true });

/** A device, one happening after another. */
function device(me: Me, ...happenings: Happening[]): Model {
  return happenings.reduce((model, happening) => next(model, happening, me, T0), NO_CALLS);
}
const then = (model: Model, me: Me, happening: Happening, now = T0) => next(model, happening, me, now);

test("a call rings on the other side, and nowhere else", () => {
  expect(device(ANNA, heard(rings())).place).toMatchObject({ at: "ringing", answering: false });
  expect(device(PETROVA, heard(rings())).place).toBeNull();
  expect(device({ ...PETROVA, userId: "@sokolov:x" }, heard(rings())).place).toBeNull();
  expect(device(ANNA, { what: "heard", call: rings(), rings: false }).place).toBeNull();
});

test("a call of which one hears late does not ring", () => {
  for (const call of [answered(), over("completed"), over("missed")])
    expect(device(ANNA, heard(call)).place, call.state).toBeNull();
  expect(device(ANNA, heard(over("missed")), heard(rings())).place).toBeNull();
});

test("answering: pressed, then in", () => {
  const media = fakeMedia();
  const pressed = device(ANNA, heard(rings()), { what: "answering" });
  expect(pressed.place).toMatchObject({ at: "ringing", answering: true });
  const known = then(pressed, ANNA, heard(answered()));
  expect(known.place).toMatchObject({ at: "ringing", answering: true, call: { state: "answered" } });
  expect(dueAt(known)).toBeNull();
  const inside = then(known, ANNA, { what: "entered", media }, T0 + 700);
  expect(inside.place).toMatchObject({ at: "in", since: T0 + 700 });
  expect(mediaOf(inside.place)).toBe(media);
  expect(then(pressed, ANNA, { what: "not-answered" }).place).toMatchObject({
    at: "ringing",
    answering: false,
  });
});

test("media that come without anybody having pressed change nothing", () => {
  const ringing = device(ANNA, heard(rings()));
  expect(then(ringing, ANNA, { what: "entered", media: fakeMedia() })).toEqual(ringing);
  expect(device(ANNA, { what: "entered", media: fakeMedia() }).place).toBeNull();
});

test("answered or declined on another device of mine: this one stops and says so", () => {
  const ringing = device(ANNA, heard(rings()));
  const why = (call: Call, model = ringing) => {
    const { place } = then(model, ANNA, heard(call));
    return place?.at === "over" ? place.why : place?.at;
  };
  expect(why(answered({ answered_device_id: "TABLET" }))).toBe("elsewhere");
  expect(why(answered({ answered_user_id: null, answered_device_id: null }))).toBe("elsewhere");
  expect(why(over("declined"))).toBe("elsewhere");
  expect(why(over("completed", { answered_user_id: ANNA.userId, answered_device_id: "TABLET" }))).toBe(
    "elsewhere",
  );
  const pressed = then(ringing, ANNA, { what: "answering" });
  expect(why(answered({ answered_device_id: "TABLET" }), pressed)).toBe("elsewhere");
  expect(why(answered(), pressed)).toBe("ringing");
  expect(why(answered({ answered_user_id: null, answered_device_id: null }), pressed)).toBe("ringing");
});

test("each end of a ring is said as it was", () => {
  const ringing = device(ANNA, heard(rings()));
  for (const why of ["cancelled", "missed", "lost"] as const)
    expect(then(ringing, ANNA, heard(over(why))).place).toMatchObject({ at: "over", why });
});

test("declined here: nothing is shown, and it does not ring again", () => {
  const declined = device(ANNA, heard(rings()), { what: "declined", callId: "call-1" });
  expect(declined.place).toBeNull();
  expect(then(declined, ANNA, heard(rings())).place).toBeNull();
  expect(then(declined, ANNA, heard(over("declined"))).place).toBeNull();
  expect(device(ANNA, heard(rings()), { what: "declined", callId: "other" }).place).toMatchObject({
    at: "ringing",
  });
});

test("calling: asked, rings there, answered there", () => {
  const media = fakeMedia();
  const asked = device(PETROVA, { what: "starting", kind: "video" });
  expect(asked.place).toEqual({ at: "calling", call: null, kind: "video", media: null });
  const rang = then(asked, PETROVA, { what: "started", call: rings() });
  expect(rang.place).toMatchObject({ at: "calling", call: { state: "ringing" } });
  const ready = then(rang, PETROVA, { what: "entered", media });
  expect(ready.place).toMatchObject({ at: "calling" });
  expect(mediaOf(ready.place)).toBe(media);
  expect(then(ready, PETROVA, heard(answered()), T0 + 9_000).place).toMatchObject({
    at: "in",
    since: T0 + 9_000,
  });
  const early = then(rang, PETROVA, heard(answered()));
  expect(early.place).toMatchObject({ at: "calling", call: { state: "answered" } });
  expect(then(early, PETROVA, { what: "entered", media }).place).toMatchObject({ at: "in" });
});

test("each end of a call that was made is said as it was, also before the service's first answer was read", () => {
  const asked = device(PETROVA, { what: "starting", kind: "audio" });
  const rang = then(asked, PETROVA, { what: "started", call: rings() });
  for (const why of ["declined", "missed", "cancelled", "busy", "lost", "completed"] as const) {
    expect(then(rang, PETROVA, heard(over(why))).place).toMatchObject({ at: "over", why });
    expect(then(asked, PETROVA, { what: "started", call: over(why) }).place).toMatchObject({
      at: "over",
      why,
    });
  }
});

test("a call that never came to be leaves nothing", () => {
  expect(device(PETROVA, { what: "starting", kind: "audio" }, { what: "abandoned" })).toEqual(NO_CALLS);
  const ringing = device(ANNA, heard(rings()));
  expect(then(ringing, ANNA, { what: "abandoned" })).toEqual(ringing);
});

const inCall = () =>
  device(ANNA, heard(rings()), { what: "answering" }, heard(answered()), {
    what: "entered",
    media: fakeMedia(),
  });

test("in a call: the service ends it, whatever it says", () => {
  for (const why of ["completed", "lost"] as const)
    expect(then(inCall(), ANNA, heard(over(why))).place).toMatchObject({ at: "over", why });
  expect(then(inCall(), ANNA, heard(rings())).place).toMatchObject({ at: "in", call: { state: "answered" } });
});

test("hung up, lost or removed here: said, and corrected by the service where it knows better", () => {
  for (const why of ["completed", "lost", "removed"] satisfies CallEnd[]) {
    const ended = then(inCall(), ANNA, { what: "ended", callId: "call-1", why });
    expect(ended.place).toMatchObject({ at: "over", why });
    const known = then(ended, ANNA, heard(over("completed", { talked_seconds: 61 })));
    expect(known.place).toMatchObject({ at: "over", why, call: { talked_seconds: 61 } });
  }
  expect(then(inCall(), ANNA, { what: "ended", callId: "other", why: "lost" }).place).toMatchObject({
    at: "in",
  });
});

test("a lost call that is still on can be joined again, an ended one cannot", () => {
  const lost = then(inCall(), ANNA, { what: "ended", callId: "call-1", why: "lost" });
  expect(openWithout(lost).map(({ id }) => id)).toEqual(["call-1"]);
  const joining = then(lost, ANNA, { what: "joining", call: answered(), kind: "video" });
  expect(joining.place).toMatchObject({ at: "calling", call: { state: "answered" } });
  expect(openWithout(joining)).toEqual([]);
  const back = then(
    joining,
    ANNA,
    { what: "entered", media: fakeMedia() },
    Date.parse("2026-11-25T12:00:35Z"),
  );
  expect(back.place).toMatchObject({ at: "in", since: Date.parse("2026-11-25T12:00:05Z") });
  expect(then(lost, ANNA, { what: "joining", call: over("lost"), kind: "audio" }).place).toMatchObject({
    at: "over",
  });
});

test("a clock that is wrong by hours neither silences a ring nor makes the timer negative", () => {
  for (const now of [0, Date.parse("2026-11-26T12:00:00Z")]) {
    const ringing = next(NO_CALLS, heard(rings()), ANNA, now);
    expect(next(ringing, { what: "time" }, ANNA, now + RING_MS - 1).place).toMatchObject({ at: "ringing" });
    const joining = next(NO_CALLS, { what: "joining", call: answered(), kind: "audio" }, ANNA, now);
    const { place } = next(joining, { what: "entered", media: fakeMedia() }, ANNA, now);
    expect(place?.at === "in" && place.since <= now).toBe(true);
  }
});

test("a ring ends by itself when the service is silent, one that is being answered does not", () => {
  const ringing = device(ANNA, heard(rings()));
  const due = dueAt(ringing) ?? 0;
  expect(due).toBeGreaterThanOrEqual(T0 + RING_MS);
  expect(then(ringing, ANNA, { what: "time" }, due - 1).place).toMatchObject({ at: "ringing" });
  expect(then(ringing, ANNA, { what: "time" }, due).place).toMatchObject({ at: "over", why: "missed" });
  const pressed = then(ringing, ANNA, { what: "answering" });
  expect(then(pressed, ANNA, { what: "time" }, due).place).toMatchObject({ at: "ringing", answering: true });
  const calling = device(PETROVA, { what: "starting", kind: "audio" }, { what: "started", call: rings() });
  expect(then(calling, PETROVA, { what: "time" }, dueAt(calling) ?? 0).place).toMatchObject({
    at: "over",
    why: "missed",
  });
});

test("how a call ended is said for eight seconds, or until it was read", () => {
  const said = device(ANNA, heard(rings()), heard(over("cancelled")));
  expect(dueAt(said)).toBe(T0 + OVER_MS);
  expect(then(said, ANNA, { what: "time" }, T0 + OVER_MS - 1).place).toMatchObject({ at: "over" });
  expect(then(said, ANNA, { what: "time" }, T0 + OVER_MS).place).toBeNull();
  expect(then(said, ANNA, { what: "dismissed" }).place).toBeNull();
  expect(then(inCall(), ANNA, { what: "dismissed" }).place).toMatchObject({ at: "in" });
});

test("a second call waits, is declined or answered, and rings when the first is over", () => {
  const second = rings({ id: "call-2" });
  const waiting = then(inCall(), ANNA, heard(second));
  expect(waiting).toMatchObject({ place: { at: "in" }, waiting: { id: "call-2" } });
  expect(then(waiting, ANNA, { what: "declined", callId: "call-2" })).toMatchObject({
    place: { at: "in" },
    waiting: null,
  });
  expect(then(waiting, ANNA, heard(over("cancelled", { id: "call-2" })))).toMatchObject({
    place: { at: "in" },
    waiting: null,
  });
  expect(then(waiting, ANNA, heard(rings({ id: "call-3" }))).waiting).toMatchObject({ id: "call-2" });
  expect(then(waiting, ANNA, { what: "time" }, dueAt(waiting) ?? 0).waiting).toBeNull();
  const taken = then(waiting, ANNA, { what: "answering" });
  expect(taken).toMatchObject({
    place: { at: "ringing", answering: true, call: { id: "call-2" } },
    waiting: null,
  });
  expect(then(taken, ANNA, heard(answered())).place).toMatchObject({ call: { id: "call-2" } });
  const first = then(waiting, ANNA, heard(over("completed")));
  expect(first).toMatchObject({
    place: { at: "ringing", answering: false, call: { id: "call-2" } },
    waiting: null,
  });
});

test("a device that is busy starts nothing", () => {
  for (const busy of [device(ANNA, heard(rings())), inCall()]) {
    expect(then(busy, ANNA, { what: "starting", kind: "audio" })).toEqual(busy);
    expect(then(busy, ANNA, { what: "joining", call: answered({ id: "call-2" }), kind: "audio" })).toEqual(
      busy,
    );
  }
});

test("the list of open calls is the service's, oldest first", () => {
  const late = answered({ id: "late", started_at: "2026-11-25T12:10:00Z" });
  const listed = device(ANNA, heard(answered({ id: "gone" })), {
    what: "listed",
    open: [late, answered({ id: "early" })],
  });
  expect(openWithout(listed).map(({ id }) => id)).toEqual(["early", "late"]);
  expect(
    openWithout(then(listed, ANNA, heard(over("completed", { id: "early" })))).map(({ id }) => id),
  ).toEqual(["late"]);
});

test("words that a later server may add are taken for what is likeliest", () => {
  const held = { ...answered(), state: "held" } as unknown as Call;
  expect(then(inCall(), ANNA, heard(held)).place).toMatchObject({ at: "in" });
  expect(device(ANNA, heard(held)).place).toBeNull();
  const odd = { ...over("completed"), outcome: "exploded" } as unknown as Call;
  expect(then(inCall(), ANNA, heard(odd)).place).toMatchObject({ at: "over", why: "completed" });
  const timeless = rings({ ring_until: "soon" });
  expect(dueAt(device(ANNA, heard(timeless)))).toBeGreaterThanOrEqual(T0 + RING_MS);
});

/** A small generator of chance with a seed: a failure can be repeated. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function anything(pick: (below: number) => number, id: string): Happening {
  const calls = [
    rings({ id }),
    answered({ id }),
    answered({ id, answered_device_id: "TABLET" }),
    answered({ id, answered_user_id: null, answered_device_id: null }),
    over("completed", { id }),
    over("missed", { id }),
    over("declined", { id }),
    rings({ id, caller_side: "patient", caller_user_id: ANNA.userId }),
  ];
  const call = calls[pick(calls.length)] ?? rings();
  const all: Happening[] = [
    heard(call),
    heard(call),
    { what: "heard", call, rings: false },
    { what: "listed", open: [call] },
    { what: "starting", kind: "audio" },
    { what: "joining", call, kind: "video" },
    { what: "started", call },
    { what: "answering" },
    { what: "not-answered" },
    { what: "entered", media: fakeMedia() },
    { what: "ended", callId: id, why: "lost" },
    { what: "abandoned" },
    { what: "declined", callId: id },
    { what: "dismissed" },
    { what: "time" },
  ];
  return all[pick(all.length)] ?? { what: "time" };
}

test("whatever happens in whatever order, what must hold holds", () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 400; seed++) {
    const pick = chance(seed);
    const me = pick(2) === 0 ? ANNA : PETROVA;
    let model = NO_CALLS;
    let now = T0;
    for (let turn = 0; turn < 60; turn++) {
      const happening = anything(pick, `call-${pick(3)}`);
      const before = model;
      now += pick(9_000);
      model = next(before, happening, me, now);
      const { place, waiting } = model;
      const trace = `seed ${seed}, turn ${turn}, ${happening.what}`;
      seen.add(place?.at ?? "nothing");
      if (place?.at === "in") expect(place.media, trace).not.toBeNull();
      if (place !== null && place.at !== "over") expect(place.call?.state, trace).not.toBe("ended");
      if (waiting !== null) {
        expect(waiting.id, trace).not.toBe(place?.call?.id);
        expect(["ringing", "calling", "in"], trace).toContain(place?.at);
      }
      if (place?.at === "ringing" && before.place?.call?.id !== place.call.id)
        expect(before.done, trace).not.toContain(place.call.id);
      if (place?.at === "over" || (place?.at === "ringing" && !place.answering))
        expect(dueAt(model), trace).not.toBeNull();
      expect(model.done.length, trace).toBeLessThanOrEqual(100);
    }
  }
  expect([...seen].sort()).toEqual(["calling", "in", "nothing", "over", "ringing"]);
});
