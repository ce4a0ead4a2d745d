/**
 * Where this device stands among its calls: pure and total. No clock, no network: what happens comes in, the next state comes out.
 *
 * The service decides what becomes of a call. Its word comes by several ways (stream, answers, lists) in any order, so a call never goes
 * back to an earlier state, and one that this device is through with never rings again. Its times are never compared with this machine's
 * clock, which may be wrong by hours.
 */
import type { Call, CallKind, CallOutcome, CallSide } from "../api/index.ts";
import type { MediaCall } from "../matrix/index.ts";
import type { CallEnd, CallPlace } from "./types.ts";

/** How long it is said how a call ended. */
export const OVER_MS = 8_000;
/** The service ends what nobody answers; this late it is not waited for any more. */
export const RING_GRACE_MS = 5_000;
/** Calls that this device is through with and remembers. */
const DONE_MAX = 100;
const USUAL_RING_MS = 45_000;

export interface Me {
  userId: string;
  deviceId: string;
  side: CallSide;
}

export interface Model {
  place: CallPlace | null;
  waiting: Call | null;
  /** All open calls that this device heard of, its own too. */
  open: readonly Call[];
  /** Ids of calls that must not ring here again. */
  done: readonly string[];
  /** When what is shown ends by itself: the ring, or the word how a call ended. This machine's clock. */
  until: number | null;
  waitingUntil: number | null;
}

export type Happening =
  /** The service's word of a call. `rings`: it may ring on this device. */
  | { what: "heard"; call: Call; rings: boolean }
  /** All calls that are open, by the service's list. */
  | { what: "listed"; open: readonly Call[] }
  | { what: "starting"; kind: CallKind }
  | { what: "joining"; call: Call; kind: CallKind }
  /** The service has begun the call that this device asked for, or let it into one. */
  | { what: "started"; call: Call }
  /** What rings, or waits, is being answered here. */
  | { what: "answering" }
  /** It could not be: it rings on. */
  | { what: "not-answered" }
  /** This device is in. */
  | { what: "entered"; media: MediaCall }
  /** This device is out: `why` unless the service says otherwise. */
  | { what: "ended"; callId: string; why: CallEnd }
  /** The call that was being made never came to be. */
  | { what: "abandoned" }
  | { what: "declined"; callId: string }
  | { what: "dismissed" }
  | { what: "time" };

export const NO_CALLS: Model = {
  place: null,
  waiting: null,
  open: [],
  done: [],
  until: null,
  waitingUntil: null,
};

export function next(model: Model, happening: Happening, me: Me, now: number): Model {
  return promoted(stepped(model, happening, me, now));
}

function stepped(model: Model, happening: Happening, me: Me, now: number): Model {
  const { place } = model;
  switch (happening.what) {
    case "heard":
      return heard(model, happening.call, happening.rings, me, now);
    case "listed":
      return { ...model, open: inOrder(happening.open) };
    case "starting":
      return isFree(model)
        ? placed(model, { at: "calling", call: null, kind: happening.kind, media: null })
        : model;
    case "joining":
      return isFree(model) ? joining(model, happening.call, happening.kind) : model;
    case "started":
      return place?.at === "calling" ? started(model, place, happening.call, now) : model;
    case "answering":
      return answering(model);
    case "not-answered":
      return place?.at === "ringing" ? notAnswered(model, place, now) : model;
    case "entered":
      return entered(model, happening.media, now);
    case "ended":
      return ended(model, happening.callId, happening.why, now);
    case "abandoned":
      return place?.at === "calling" ? placed(model, null) : model;
    case "declined":
      return declined(model, happening.callId);
    case "dismissed":
      return place?.at === "over" ? placed(model, null) : model;
    case "time":
      return passed(model, now);
  }
}

/** The call that this device shows, if it is one. */
export function callOf(place: CallPlace | null): Call | null {
  return place?.call ?? null;
}

export function mediaOf(place: CallPlace | null): MediaCall | null {
  return place !== null && "media" in place ? place.media : null;
}

/** Calls that are on without this device: to join, or to come back to. */
export function openWithout({ open, place }: Model): readonly Call[] {
  if (place === null || place.at === "over") return open;
  return open.filter(({ id }) => id !== place.call?.id);
}

/** Nothing is going on here: a word how the last one ended does not count. */
export function isFree({ place }: Model): boolean {
  return place === null || place.at === "over";
}

/** What is answered or declined: that which rings, else that which waits. */
export function ringingOf({ place, waiting }: Model): Call | null {
  return place?.at === "ringing" ? place.call : waiting;
}

/** When `time` will do something next. */
export function dueAt({ until, waitingUntil }: Model): number | null {
  const times = [until, waitingUntil].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}

// --- the service's word ---

function heard(model: Model, call: Call, rings: boolean, me: Me, now: number): Model {
  const { place } = model;
  const noted = { ...model, open: openWith(model, call) };
  if (place?.call?.id === call.id) return heardOfOwn(noted, place, later(place.call, call), me, now);
  if (stateOf(call) !== "ringing" || !rings || isOwn(call, me) || model.done.includes(call.id)) {
    const stops = model.waiting?.id === call.id && stateOf(call) !== "ringing";
    const done = stateOf(call) === "ended" ? doneWith(model, call.id) : model.done;
    return { ...noted, done, ...(stops ? { waiting: null, waitingUntil: null } : {}) };
  }
  const deadline = now + ringMs(call) + RING_GRACE_MS;
  if (isFree(model)) return { ...placed(noted, { at: "ringing", call, answering: false }), until: deadline };
  if (model.waiting !== null && model.waiting.id !== call.id) return noted;
  return { ...noted, waiting: call, waitingUntil: model.waitingUntil ?? deadline };
}

function heardOfOwn(model: Model, place: CallPlace, call: Call, me: Me, now: number): Model {
  const state = stateOf(call);
  if (place.at === "over") return { ...model, place: { ...place, call } };
  if (state === "ended") return over(model, call, endOf(place, call, me), now);
  if (place.at === "in") return { ...model, place: { ...place, call } };
  if (place.at === "calling")
    return state === "answered" ? met(model, place, call, now) : { ...model, place: { ...place, call } };
  if (state === "answered" && !isAnsweredHere(call, me, place.answering))
    return over(model, call, "elsewhere", now);
  // Answered by this device, which is not at it any more.
  if (state === "answered" && !place.answering) return over(model, call, "lost", now);
  return { ...model, place: { ...place, call }, ...(state === "answered" ? { until: null } : {}) };
}

/** The other side is there; this device is too, or about to be. */
function met(model: Model, place: CallPlace & { at: "calling" }, call: Call, now: number): Model {
  const { media } = place;
  if (media === null) return { ...model, place: { ...place, call }, until: null };
  const since = place.call?.state === "ringing" ? now : sinceOf(call, now);
  return { ...model, place: { at: "in", call, media, since }, until: null };
}

/** Answered by nobody that the service knows: by another client, unless this device is at it. */
function isAnsweredHere(call: Call, me: Me, answering: boolean): boolean {
  if (call.answered_user_id === null) return answering;
  return call.answered_user_id === me.userId && call.answered_device_id === me.deviceId;
}

function endOf(place: CallPlace, call: Call, me: Me): CallEnd {
  const outcome = outcomeOf(call);
  if (place.at !== "ringing") return outcome;
  if (outcome === "declined") return "elsewhere";
  if (outcome !== "completed") return outcome;
  return isAnsweredHere(call, me, place.answering) ? "completed" : "elsewhere";
}

// --- what this device does ---

function joining(model: Model, call: Call, kind: CallKind): Model {
  if (stateOf(call) === "ended") return model;
  return placed(model, { at: "calling", call, kind, media: null });
}

function started(model: Model, place: CallPlace & { at: "calling" }, call: Call, now: number): Model {
  const known = place.call?.id === call.id ? later(place.call, call) : call;
  const here = { ...model, open: openWith(model, call) };
  if (stateOf(known) === "ended") return over(here, known, outcomeOf(known), now);
  if (stateOf(known) === "answered") return met(here, place, known, now);
  return { ...here, place: { ...place, call: known }, until: now + ringMs(known) + RING_GRACE_MS };
}

function answering(model: Model): Model {
  const { place, waiting } = model;
  if (place?.at === "ringing") return { ...model, place: { ...place, answering: true } };
  if (waiting === null) return model;
  const done = place?.call ? doneWith(model, place.call.id) : model.done;
  return {
    ...model,
    place: { at: "ringing", call: waiting, answering: true },
    until: model.waitingUntil,
    waiting: null,
    waitingUntil: null,
    done,
  };
}

function notAnswered(model: Model, place: CallPlace & { at: "ringing" }, now: number): Model {
  if (stateOf(place.call) !== "ringing") return over(model, place.call, "lost", now);
  return { ...model, place: { ...place, answering: false }, until: model.until ?? now + RING_GRACE_MS };
}

function entered(model: Model, media: MediaCall, now: number): Model {
  const { place } = model;
  if (place?.at === "ringing" && place.answering)
    return { ...model, place: { at: "in", call: place.call, media, since: now }, until: null };
  if (place?.at !== "calling") return model;
  const here = { ...place, media };
  if (place.call !== null && stateOf(place.call) === "answered") {
    const since = sinceOf(place.call, now);
    return { ...model, place: { at: "in", call: place.call, media, since }, until: null };
  }
  return { ...model, place: here };
}

function ended(model: Model, callId: string, why: CallEnd, now: number): Model {
  const { place } = model;
  if (place === null || place.at === "over" || place.call?.id !== callId) return model;
  const isOver = stateOf(place.call) === "ended";
  return over(model, place.call, isOver ? outcomeOf(place.call) : why, now);
}

function declined(model: Model, callId: string): Model {
  const done = doneWith(model, callId);
  const open = model.open.filter(({ id }) => id !== callId);
  if (model.place?.at === "ringing" && model.place.call.id === callId)
    return placed({ ...model, done, open }, null);
  const waits = model.waiting?.id === callId;
  return waits ? { ...model, done, open, waiting: null, waitingUntil: null } : model;
}

function passed(model: Model, now: number): Model {
  const { place, until, waitingUntil } = model;
  const fresh =
    waitingUntil !== null && now >= waitingUntil ? { ...model, waiting: null, waitingUntil: null } : model;
  if (until === null || now < until) return fresh;
  if (place?.at === "over") return placed(fresh, null);
  if (place?.at === "ringing")
    return place.answering ? { ...fresh, until: null } : over(fresh, place.call, "missed", now);
  if (place?.at === "calling" && place.call !== null) return over(fresh, place.call, "missed", now);
  return { ...fresh, until: null };
}

// --- small things ---

function placed(model: Model, place: CallPlace | null): Model {
  return { ...model, place, until: null };
}

function over(model: Model, call: Call, why: CallEnd, now: number): Model {
  const open = openWith(model, call);
  return {
    ...model,
    place: { at: "over", call, why },
    until: now + OVER_MS,
    done: doneWith(model, call.id),
    open,
  };
}

/** What waits rings as soon as nothing else is going on. */
function promoted(model: Model): Model {
  if (model.waiting === null) return model;
  if (model.waiting.id === model.place?.call?.id) return { ...model, waiting: null, waitingUntil: null };
  if (!isFree(model)) return model;
  const place: CallPlace = { at: "ringing", call: model.waiting, answering: false };
  return { ...model, place, until: model.waitingUntil, waiting: null, waitingUntil: null };
}

function openWith(model: Model, call: Call): readonly Call[] {
  const known = model.open.find(({ id }) => id === call.id);
  const now = known === undefined ? call : later(known, call);
  const others = model.open.filter(({ id }) => id !== call.id);
  if (stateOf(now) === "ended") return known === undefined ? model.open : others;
  return inOrder([...others, now]);
}

function inOrder(calls: readonly Call[]): readonly Call[] {
  return [...calls].sort((one, other) => one.started_at.localeCompare(other.started_at));
}

function doneWith(model: Model, id: string): readonly string[] {
  return model.done.includes(id) ? model.done : [...model.done, id].slice(-DONE_MAX);
}

function isOwn(call: Call, me: Me): boolean {
  return call.caller_user_id === me.userId || call.caller_side === me.side;
}

/** A state that a later server may add says that the call is on, unless it has ended. */
function stateOf(call: Call): "ringing" | "answered" | "ended" {
  if (call.state === "ended" || call.ended_at !== null) return "ended";
  return call.state === "ringing" ? "ringing" : "answered";
}

const OUTCOMES: Record<CallOutcome, CallEnd> = {
  completed: "completed",
  declined: "declined",
  missed: "missed",
  cancelled: "cancelled",
  busy: "busy",
  lost: "lost",
};

function outcomeOf(call: Call): CallEnd {
  const known: Partial<Record<string, CallEnd>> = OUTCOMES;
  return known[call.outcome ?? "completed"] ?? "completed";
}

const RANK = { ringing: 0, answered: 1, ended: 2 };

/** Words of a call come in any order: the one that is further on. */
function later(known: Call, call: Call): Call {
  return RANK[stateOf(call)] >= RANK[stateOf(known)] ? call : known;
}

function ringMs(call: Call): number {
  const length = Date.parse(call.ring_until) - Date.parse(call.started_at);
  return Number.isFinite(length) && length > 0 ? length : USUAL_RING_MS;
}

/** Since when they talk, for the timer of one who comes later; never in the future. */
function sinceOf(call: Call, now: number): number {
  const at = Date.parse(call.answered_at ?? "");
  return Number.isFinite(at) ? Math.min(at, now) : now;
}
