/** Calls as an app shows them: which one rings, which one this device is in, how the last one ended, what may be done next. */
import type { Call, CallKind, CallTrouble, DeclineReason } from "../api/index.ts";
import type { DeviceCheck, DeviceTrouble, MediaCall, Readable } from "../matrix/index.ts";

export type CallPlace =
  /** Another side's call rings here. `answering`: pressed, not in yet. */
  | { at: "ringing"; call: Call; answering: boolean }
  /** Ours rings there. `null`: the service was asked and has not answered. A call whose state is `answered`: this device joins it. */
  | { at: "calling"; call: Call | null; kind: CallKind; media: MediaCall | null }
  | { at: "in"; call: Call; media: MediaCall; since: number }
  /** Over, until dismissed (or 8 s): the app says how it ended, and offers «call again» where that makes sense. */
  | { at: "over"; call: Call; why: CallEnd };

export type CallEnd =
  | "completed"
  | "declined"
  | "missed"
  | "cancelled"
  | "busy"
  | "lost"
  /** Answered or declined on another device of mine. */
  | "elsewhere"
  /** Removed from the room, signed out, or the consultation was closed. */
  | "removed";

export type CallFailure = "unavailable" | "not-allowed" | "offline" | "in-another-call" | DeviceTrouble;

export interface Calls {
  /** `null`: no call. A device is in one call at most; a second one that rings while `in` is in `waiting`. */
  readonly place: Readable<CallPlace | null>;
  readonly waiting: Readable<Call | null>;
  /** Calls that are on without this device, oldest first: to join, or to come back to after a reload. */
  readonly open: Readable<readonly Call[]>;
  /** Whether calls can be made, and if not why: the apps have the words. `unknown` until asked. */
  readonly availability: Readable<
    { state: "unknown" | "available" } | { state: "unavailable"; reason: CallTrouble | null }
  >;
  start(consultationId: string, kind: CallKind): Promise<CallFailure | null>;
  /** Calls the patient of a call-back that this operator has taken. */
  startCallback(callbackId: string, kind: CallKind): Promise<CallFailure | null>;
  answer(kind: CallKind): Promise<CallFailure | null>;
  decline(reason: DeclineReason): Promise<void>;
  /** Gives up while calling, hangs up while in. */
  hangUp(): Promise<void>;
  /** Joins a call that is on (a colleague's, or after `lost`). `listens`: as an observer, who sends nothing. */
  join(call: Call, kind: CallKind, listens?: boolean): Promise<CallFailure | null>;
  dismiss(): void;
  check(): Promise<DeviceCheck>;
  /** One `event: call` of the stream, or a row of `GET /calls` after a reconnect. */
  heard(call: Call): void;
  /** The stream said `resync`, or came back: asks `GET /calls` for what began lately, and for all that is open. */
  refresh(): Promise<void>;
  close(): void;
}
