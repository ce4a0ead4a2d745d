/**
 * Calls of an app: the model bound to the service, to its event stream, and to what carries media on this device.
 *
 * Each word of the service goes through the model; what the model then shows decides what is let go. Nothing here knows Matrix or LiveKit.
 */
import type {
  Call,
  CallbackApi,
  CallKind,
  CallSide,
  ConsultApi,
  DeclineReason,
  EventStream,
  JoinedCall,
  Page,
  QualityReport,
} from "../api/index.ts";
import { DeviceError } from "../matrix/call/trouble.ts";
import type { DeviceCheck, Engine, MediaCall, OpeningCall, Ring, StandBy } from "../matrix/index.ts";
import { Cell } from "../matrix/store.ts";
import { failureOf, isOvertaken, isRemoved } from "./failure.ts";
import {
  callOf,
  dueAt,
  type Happening,
  isFree,
  type Me,
  type Model,
  mediaOf,
  NO_CALLS,
  next,
  openWithout,
  ringingOf,
} from "./model.ts";
import { RingingDevice } from "./ringing.ts";
import type { CallEnd, CallFailure, CallPlace, Calls } from "./types.ts";

/** While the stream is cut the service is asked so often about the call that this device shows. */
const ASK_MS = 5_000;
/** A media server that is away comes back without a word: it is asked for so often as long as calls do not work. */
const AVAILABILITY_MS = 15_000;
/** A call that was ended here is told to the service so often, until it hears it. */
const TELL_AFTER_MS = [0, 1_000, 4_000];
/** What began lately: what of it has ended shall not ring any more. */
const LISTED = 50;
/** Of what is open besides, which has gone on for longer: a page, and at most. */
const OPEN_PAGE = 200;
const OPEN_MAX = 1_000;

type CallApi = Pick<
  ConsultApi,
  | "callAvailability"
  | "calls"
  | "call"
  | "startCall"
  | "standBy"
  | "answerCall"
  | "declineCall"
  | "cancelCall"
  | "hangUp"
  | "callToken"
  | "reportQuality"
> & { callbacks: Pick<CallbackApi, "call"> };

export interface CreateCalls {
  api: CallApi;
  engine: Pick<
    Engine,
    | "userId"
    | "deviceId"
    | "openCall"
    | "prepareCall"
    | "standBy"
    | "forgetCall"
    | "checkDevices"
    | "conversations"
  >;
  events: Pick<EventStream, "on" | "status">;
  /** Which side this app is. */
  side: CallSide;
  /** Default: a patient's calls ring always; staff's where this operator is in the call's room. */
  ringsHere?: (call: Call) => boolean;
  /** Says by sticky events that this device is in a call; by state events otherwise. */
  sticky?: boolean;
}

export function createCalls(options: CreateCalls): Calls {
  return new LiveCalls(options);
}

/** A call that is being made, answered or joined. */
interface Attempt {
  opening: OpeningCall;
  /** It was given up, here or there: what comes of it is let go. */
  isOver: boolean;
}

class LiveCalls implements Calls {
  readonly place = new Cell<CallPlace | null>(null);
  readonly waiting = new Cell<Call | null>(null);
  readonly open = new Cell<readonly Call[]>([]);
  readonly availability = new Cell<ReturnType<Calls["availability"]["get"]>>({ state: "unknown" });
  private readonly options: CreateCalls;
  private readonly me: Me;
  private readonly ringing: RingingDevice;
  private readonly endings: (() => void)[] = [];
  private model: Model = NO_CALLS;
  private attempt: Attempt | null = null;
  private due: ReturnType<typeof setTimeout> | undefined;
  private letMediaGo: () => void = () => undefined;
  private isClosed = false;

  constructor(options: CreateCalls) {
    this.options = options;
    this.ringing = new RingingDevice(options);
    const { engine, events, side } = options;
    this.me = { userId: engine.userId, deviceId: engine.deviceId, side };
    // A push would come in here too: it says only that something rings, so it would call `refresh`.
    this.endings.push(
      events.on((event) => {
        if (event.event === "call") this.heard(event.data.call);
        else if (event.event === "resync") void this.refresh();
      }),
      events.status.subscribe(() => events.status.get() === "open" && void this.refresh()),
    );
    const asking = setInterval(() => this.askWhileDeaf(), ASK_MS);
    const hoping = setInterval(
      () => this.availability.get().state !== "available" && void this.askAvailability(),
      AVAILABILITY_MS,
    );
    this.endings.push(
      () => clearInterval(asking),
      () => clearInterval(hoping),
    );
    void this.refresh();
  }

  start(consultationId: string, kind: CallKind): Promise<CallFailure | null> {
    return this.begin(kind, (memberId) => this.options.api.startCall(consultationId, kind, memberId));
  }

  startCallback(callbackId: string, kind: CallKind): Promise<CallFailure | null> {
    return this.begin(kind, (memberId) => this.options.api.callbacks.call(callbackId, kind, memberId));
  }

  async answer(kind: CallKind): Promise<CallFailure | null> {
    const call = ringingOf(this.model);
    const place = this.model.place;
    if (call === null || (place?.at === "ringing" && place.answering)) return null;
    if (place !== null && place.at !== "ringing") void this.tellEnd(place);
    this.apply({ what: "answering" });
    const { api } = this.options;
    const ask = (memberId: string | null) => api.answerCall(call.id, memberId);
    const standBy = this.ringing.answer(call.id);
    return this.enter(kind, ask, { what: "not-answered" }, { call, standBy });
  }

  async join(call: Call, kind: CallKind, listens = false): Promise<CallFailure | null> {
    if (!isFree(this.model)) return "in-another-call";
    this.apply({ what: "joining", call, kind });
    const { api } = this.options;
    const ask = (memberId: string | null) => api.callToken(call.id, memberId);
    return this.enter(kind, ask, { what: "abandoned" }, { call, listens });
  }

  async decline(reason: DeclineReason): Promise<void> {
    const call = ringingOf(this.model);
    if (call === null) return;
    this.apply({ what: "declined", callId: call.id });
    await this.tell(() => this.options.api.declineCall(call.id, reason));
  }

  async hangUp(): Promise<void> {
    const { place } = this.model;
    if (place === null || place.at === "over") return;
    if (place.at === "ringing" && !place.answering) return this.decline("none");
    if (place.call === null) return this.apply({ what: "abandoned" });
    const gaveUp = place.at === "calling" && place.call.state === "ringing";
    this.apply({ what: "ended", callId: place.call.id, why: gaveUp ? "cancelled" : "completed" });
    await this.tellEnd(place);
  }

  dismiss(): void {
    this.apply({ what: "dismissed" });
  }

  check(): Promise<DeviceCheck> {
    const { engine } = this.options;
    // Who looks at his devices calls next.
    engine.prepareCall();
    return engine.checkDevices();
  }

  heard(call: Call): void {
    this.apply({ what: "heard", call, rings: this.ringsHere(call) });
    const isNextOn = this.model.open.some(({ room_id: room }) => room === call.room_id);
    if (call.state === "ended" && !isNextOn) this.options.engine.forgetCall(call.room_id);
  }

  async refresh(): Promise<void> {
    const [page] = await Promise.all([
      this.options.api.calls({ limit: LISTED }).catch(() => null),
      this.askAvailability(),
    ]);
    if (page === null) return;
    const older = page.next_cursor === null ? [] : await this.openBehind(page.items).catch(() => null);
    if (this.isClosed) return;
    const items = [...page.items, ...(older ?? [])];
    const isListed = ({ id }: Call) => items.some((call) => call.id === id);
    // What could not be asked for is as it was.
    const kept = older === null ? this.model.open.filter((call) => !isListed(call)) : [];
    this.apply({ what: "listed", open: [...items.filter(({ state }) => state !== "ended"), ...kept] });
    for (const call of [...items].reverse()) this.heard(call);
    const shown = [callOf(this.model.place), this.model.waiting].filter((call) => call !== null);
    for (const call of shown) if (!isListed(call)) await this.ask(call.id);
  }

  /** Open calls that are not among the newest: a long talk, on a busy day. */
  private async openBehind(newest: readonly Call[]): Promise<Call[]> {
    const known = new Set(newest.map(({ id }) => id));
    const found: Call[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<Call> = await this.options.api.calls({ open: true, limit: OPEN_PAGE, cursor });
      found.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null && found.length < OPEN_MAX);
    return found.filter(({ id }) => !known.has(id));
  }

  close(): void {
    this.isClosed = true;
    for (const end of this.endings) end();
    clearTimeout(this.due);
    this.letMediaGo();
    this.giveUp();
    this.ringing.stop();
    void mediaOf(this.model.place)?.leave();
  }

  // --- one attempt ---

  private async begin(
    kind: CallKind,
    ask: (memberId: string | null) => Promise<JoinedCall>,
  ): Promise<CallFailure | null> {
    if (!isFree(this.model)) return "in-another-call";
    this.apply({ what: "starting", kind });
    return this.enter(kind, ask, { what: "abandoned" });
  }

  /** Devices are opened while the service is asked. `back`: what the model is told where nothing comes of it. */
  private async enter(
    kind: CallKind,
    ask: (memberId: string | null) => Promise<JoinedCall>,
    back: Happening,
    {
      call: known,
      listens,
      standBy = null,
    }: { call?: Call; listens?: boolean; standBy?: StandBy | null } = {},
  ): Promise<CallFailure | null> {
    const reported = { callId: known?.id ?? "" };
    const onQuality = (report: QualityReport) => this.report(reported.callId, report);
    const { engine, sticky } = this.options;
    const attempt: Attempt = {
      opening: engine.openCall({ kind, listens, sticky, standBy, onQuality }),
      isOver: false,
    };
    this.attempt = attempt;
    let joined: JoinedCall | null = null;
    try {
      await attempt.opening.allowed;
      if (attempt.isOver) return null;
      joined = await ask(attempt.opening.memberId);
      const { call, ticket, rings_at: users } = joined;
      reported.callId = call.id;
      if (attempt.isOver) return this.takeBack(call);
      this.apply(known === undefined ? { what: "started", call } : { what: "heard", call, rings: false });
      if (ticket === null || attempt.isOver) return null;
      const media = await attempt.opening.enter(ticket, known === undefined ? ringOf(call, users) : null);
      if (attempt.isOver) void media.leave();
      else this.entered(media, call.id);
      return null;
    } catch (cause) {
      if (attempt.isOver) return null;
      return joined === null
        ? this.refused(cause, back, known)
        : this.shutOut(cause, joined.call, known === undefined);
    } finally {
      attempt.opening.close();
      if (this.attempt === attempt) this.attempt = null;
    }
  }

  private entered(media: MediaCall, callId: string): void {
    this.letMediaGo();
    const onPhase = () => {
      const phase = media.phase.get();
      if (phase === "failed" || phase === "left") void this.lost(media, callId);
    };
    // The stream may be cut just now: who sees the other side come asks.
    const onMembers = () => {
      const isAlone = media.members.get().every((member) => member.isSelf);
      if (this.model.place?.at === "calling" && !isAlone) void this.ask(callId);
    };
    const endings = [media.phase.subscribe(onPhase), media.members.subscribe(onMembers)];
    this.letMediaGo = () => {
      for (const end of endings) end();
      this.letMediaGo = () => undefined;
    };
    this.apply({ what: "entered", media });
    onPhase();
    onMembers();
  }

  /** The service did not let this device in, or the browser gave no device before it was asked. */
  private async refused(
    cause: unknown,
    back: Happening,
    known: Call | undefined,
  ): Promise<CallFailure | null> {
    if (known !== undefined && isOvertaken(cause)) {
      await this.ask(known.id);
      const stands = callOf(this.model.place)?.id === known.id && !isFree(this.model);
      if (!stands) return null;
    }
    this.apply(back);
    const failure = failureOf(cause);
    if (failure === "unavailable") void this.refresh();
    return failure;
  }

  /** The service let this device in, and the way to the media is closed. */
  private async shutOut(cause: unknown, call: Call, isStart: boolean): Promise<CallFailure> {
    const { place } = this.model;
    this.apply({ what: "ended", callId: call.id, why: "lost" });
    // Nobody shall be rung by one who cannot come, nor be kept by one who has no device. Who joins a call may come back to it.
    if (place !== null && (isStart || cause instanceof DeviceError)) await this.tellEnd(place);
    return failureOf(cause);
  }

  /** It was given up before the service had answered. */
  private takeBack(call: Call): null {
    void this.tell(() =>
      call.state === "ringing" ? this.cancelled(call.id) : this.options.api.hangUp(call.id),
    );
    return null;
  }

  private giveUp(): void {
    if (this.attempt === null) return;
    this.attempt.isOver = true;
    this.attempt.opening.close();
    this.attempt = null;
  }

  // --- the end of media ---

  /** Media ended by themselves: the service says whether the call did. */
  private async lost(media: MediaCall, callId: string): Promise<void> {
    if (mediaOf(this.model.place) !== media) return;
    this.letMediaGo();
    const refusal = await this.options.api.call(callId).then(
      (call) => this.heard(call),
      (cause: unknown) => cause,
    );
    // The media server's reason comes a moment after the end itself.
    const failure = media.failure.get();
    const isOut = failure === "removed" || isRemoved(refusal);
    const why: CallEnd = isOut ? "removed" : failure === "ended" ? "completed" : "lost";
    const { place } = this.model;
    if (mediaOf(place) !== media || place === null) return;
    this.apply({ what: "ended", callId, why });
    if (place.at === "calling") await this.tellEnd(place);
  }

  private report(callId: string, report: QualityReport): void {
    if (callId !== "") void this.options.api.reportQuality(callId, report).catch(() => undefined);
  }

  // --- the service ---

  private tellEnd(place: CallPlace): Promise<void> {
    const call = callOf(place);
    if (call === null) return Promise.resolve();
    const rings = place.at === "calling" && call.state === "ringing";
    return this.tell(() => (rings ? this.cancelled(call.id) : this.options.api.hangUp(call.id)));
  }

  /** A call that was answered at this very moment cannot be taken back any more, only hung up. */
  private cancelled(id: string): Promise<Call> {
    const { api } = this.options;
    return api.cancelCall(id).catch((cause) => (isOvertaken(cause) ? api.hangUp(id) : Promise.reject(cause)));
  }

  private async tell(work: () => Promise<Call>): Promise<void> {
    for (const after of TELL_AFTER_MS) {
      if (after > 0) await new Promise((resolve) => setTimeout(resolve, after));
      try {
        this.heard(await work());
        return;
      } catch (cause) {
        if (failureOf(cause) !== "offline") return;
      }
    }
  }

  private async ask(id: string): Promise<void> {
    try {
      this.heard(await this.options.api.call(id));
    } catch {
      // Asked again by whatever comes next: the stream, the clock, the person.
    }
  }

  private async askAvailability(): Promise<void> {
    try {
      const { available, reason } = await this.options.api.callAvailability();
      if (!this.isClosed)
        this.availability.set(available ? { state: "available" } : { state: "unavailable", reason });
    } catch {
      // What was known stands.
    }
  }

  private askWhileDeaf(): void {
    const call = callOf(this.model.place);
    if (call !== null && !isFree(this.model) && this.options.events.status.get() !== "open")
      void this.ask(call.id);
  }

  private ringsHere(call: Call): boolean {
    const { ringsHere, side, engine } = this.options;
    if (ringsHere !== undefined) return ringsHere(call);
    return side === "patient" || engine.conversations.get().get(call.room_id)?.membership === "joined";
  }

  // --- the model ---

  private apply(happening: Happening): void {
    if (this.isClosed) return;
    const before = mediaOf(this.model.place);
    const now = Date.now();
    this.model = next(this.model, happening, this.me, now);
    const { place, waiting } = this.model;
    if (before !== null && before !== mediaOf(place)) {
      this.letMediaGo();
      void before.leave();
    }
    const isGoing =
      place?.at === "calling" || place?.at === "in" || (place?.at === "ringing" && place.answering);
    if (!isGoing) this.giveUp();
    if (place?.at !== "ringing") this.ringing.stop();
    else if (!place.answering) this.ringing.ring(place.call);
    clearTimeout(this.due);
    const due = dueAt(this.model);
    if (due !== null) this.due = setTimeout(() => this.apply({ what: "time" }), Math.max(0, due - now));
    this.place.set(place);
    this.waiting.set(waiting);
    const open = openWithout(this.model);
    const shown = this.open.get();
    if (open.length !== shown.length || open.some((call, index) => call !== shown[index]))
      this.open.set(open);
  }
}

/** What rings because of a call that this device has begun; nothing where somebody has answered. */
function ringOf(call: Call, users: readonly string[]): Ring | null {
  if (call.state !== "ringing") return null;
  const ms = Date.parse(call.ring_until) - Date.parse(call.started_at);
  return Number.isFinite(ms) && ms > 0 ? { ms, users } : null;
}
