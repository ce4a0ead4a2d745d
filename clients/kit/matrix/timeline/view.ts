/** Events of the SDK → plain `EventView`s, each made once and made again only when something about it changed. */
import type { MatrixEvent } from "matrix-js-sdk";
import {
  type CryptoApi,
  DecryptionFailureCode,
  EventShieldColour,
  EventShieldReason,
} from "matrix-js-sdk/lib/crypto-api/index.js";
import type { ConsultationPhase, MessageBody, Trust, Unreadable } from "../types.ts";
import {
  absenceNotice,
  bodyOf,
  callbackNotice,
  callNotice,
  conclusionNotice,
  isServiceNotice,
  relatesTo,
  whomNotice,
} from "./content.ts";
import type { EventView } from "./items.ts";

export const CONSULTATION_EVENT = "chat.consilium.consultation";
export const CONVERSATION_EVENT = "chat.consilium.conversation";

const PHASES: readonly string[] = ["queued", "active", "on_hold", "archived", "cancelled", "abandoned"];
const WITHHELD: readonly (string | null)[] = [
  DecryptionFailureCode.MEGOLM_KEY_WITHHELD,
  DecryptionFailureCode.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE,
];

/** When a sender who could not be confirmed is looked at again, before it is told. */
const SECOND_LOOKS_MS = [1_500, 6_000] as const;

export class EventViews {
  private readonly cache = new WeakMap<MatrixEvent, { stamp: string; view: EventView | null }>();
  private readonly trust = new WeakMap<MatrixEvent, Trust | "asked">();
  private readonly warned = new Set<MatrixEvent>();
  private readonly crypto: CryptoApi;
  private readonly keeper: string;
  private readonly onTrust: () => void;

  constructor(crypto: CryptoApi, keeper: string, onTrust: () => void) {
    this.crypto = crypto;
    this.keeper = keeper;
    this.onTrust = onTrust;
  }

  /** `null`: an event that is not drawn. `exhausted`: the history was asked for and did not come. */
  of(event: MatrixEvent, exhausted: boolean): EventView | null {
    const trust = this.trustOf(event);
    const stamp = [
      event.getType(),
      event.getId(),
      event.isRedacted(),
      event.replacingEvent()?.getId(),
      event.isBeingDecrypted(),
      event.decryptionFailureReason,
      trust,
      exhausted,
    ].join("|");
    const kept = this.cache.get(event);
    if (kept?.stamp === stamp) return kept.view;
    const view = saidByService(event, this.keeper) ? lineOf(event) : make(event, trust, exhausted);
    this.cache.set(event, { stamp, view });
    return view;
  }

  /** Asked once the event is readable; the answer comes later and draws again. */
  private trustOf(event: MatrixEvent): Trust {
    if (!event.isEncrypted())
      return event.getType() === "m.room.message" && !event.isRedacted() ? "unencrypted" : "normal";
    if (event.isBeingDecrypted() || event.isDecryptionFailure() || event.getClearContent() === null)
      return "normal";
    const known = this.trust.get(event);
    if (known !== undefined) return known === "asked" ? "normal" : known;
    this.trust.set(event, "asked");
    void this.settleTrust(event);
    return "normal";
  }

  /** Devices of these people changed: what could not be confirmed may be now. */
  reconsider(userIds: readonly string[]): void {
    for (const event of this.warned) {
      if (userIds.includes(event.getSender() ?? ""))
        void this.askTrust(event).then((trust) => this.setTrust(event, trust));
    }
  }

  /** A fresh device speaks before its signature has come round: only what stays unconfirmed is told. */
  private async settleTrust(event: MatrixEvent): Promise<void> {
    let trust = await this.askTrust(event);
    for (const pause of SECOND_LOOKS_MS) {
      if (trust !== "warning") break;
      await new Promise((resolve) => setTimeout(resolve, pause));
      trust = await this.askTrust(event);
    }
    this.setTrust(event, trust);
  }

  private setTrust(event: MatrixEvent, trust: Trust): void {
    const before = this.trust.get(event);
    this.trust.set(event, trust);
    if (trust === "warning") this.warned.add(event);
    else this.warned.delete(event);
    if (trust !== (before === "asked" ? "normal" : before)) this.onTrust();
  }

  private async askTrust(event: MatrixEvent): Promise<Trust> {
    if (event.getKeyForwardingUser() === this.keeper) return "handed-over";
    const info = await this.crypto.getEncryptionInfoForEvent(event).catch(() => null);
    if (info === null || info.shieldColour === EventShieldColour.NONE) return "normal";
    if (info.shieldReason === EventShieldReason.AUTHENTICITY_NOT_GUARANTEED) return "handed-over";
    if (info.shieldReason === EventShieldReason.SENT_IN_CLEAR) return "unencrypted";
    return info.shieldColour === EventShieldColour.RED ? "warning" : "normal";
  }
}

/** Notices of the service; also while their key is on its way, so that nothing flashes up only to go. */
export function saidByService(event: MatrixEvent, keeper: string): boolean {
  if (event.getSender() !== keeper || event.isState()) return false;
  return (
    event.getType() === "m.room.encrypted" ||
    event.isDecryptionFailure() ||
    isServiceNotice(event.getContent())
  );
}

/** The notices of the service that are lines of the conversation; the rest the consultation's own state tells. */
function lineOf(event: MatrixEvent): EventView | null {
  const eventId = event.getId();
  if (eventId === undefined || event.isRedacted()) return null;
  const at = event.getTs();
  const call = callNotice(event.getContent());
  if (call !== null) return { kind: "call", eventId, at, ...call };
  const callback = callbackNotice(event.getContent());
  if (callback !== null) return { kind: "callback", eventId, at, ...callback };
  const conclusion = conclusionNotice(event.getContent());
  if (conclusion !== null) return { kind: "conclusion", eventId, at, ...conclusion };
  const whom = whomNotice(event.getContent());
  if (whom !== null) return { kind: "whom", eventId, at, ...whom };
  const absence = absenceNotice(event.getContent());
  return absence === null ? null : { kind: "absence", eventId, at, ...absence };
}

function make(event: MatrixEvent, trust: Trust, exhausted: boolean): EventView | null {
  const eventId = event.getId();
  const senderId = event.getSender();
  if (eventId === undefined || senderId === undefined) return null;
  if (event.isState()) return consultationOf(event, eventId);
  const type = event.getType();
  if (type !== "m.room.message" && type !== "m.room.encrypted") return null;
  const original = event.getContent();
  const relation =
    event.getWireContent()["m.relates_to"] === undefined
      ? relatesTo(original)
      : relatesTo(event.getWireContent());
  if (relation.replaces !== null) return null;
  return {
    kind: "message",
    eventId,
    txnId: event.getUnsigned().transaction_id ?? null,
    senderId,
    at: event.getTs(),
    body: messageBody(event, exhausted),
    replyTo: event.isRedacted() ? null : relation.replyTo,
    edited: event.replacingEvent() !== null && !event.isRedacted(),
    trust: event.isRedacted() ? "normal" : trust,
  };
}

function messageBody(event: MatrixEvent, exhausted: boolean): MessageBody {
  if (event.isRedacted()) return { type: "redacted" };
  if (event.isDecryptionFailure()) return { type: "unreadable", why: whyUnreadable(event, exhausted) };
  if (event.getType() === "m.room.encrypted") return { type: "unreadable", why: "waiting" };
  // After an edit the SDK's `getContent` is the new content.
  return bodyOf(event.getContent());
}

function whyUnreadable(event: MatrixEvent, exhausted: boolean): Unreadable {
  if (WITHHELD.includes(event.decryptionFailureReason)) return "refused";
  return exhausted ? "missing" : "waiting";
}

function consultationOf(event: MatrixEvent, eventId: string): EventView | null {
  const consultationId = event.getStateKey();
  if (event.getType() !== CONSULTATION_EVENT || consultationId === undefined || consultationId === "")
    return null;
  const { phase, since, participants } = event.getContent<{
    phase?: unknown;
    since?: unknown;
    participants?: unknown;
  }>();
  if (typeof phase !== "string" || !PHASES.includes(phase)) return null;
  const at = typeof since === "string" ? Date.parse(since) : Number.NaN;
  return {
    kind: "consultation",
    eventId,
    at: Number.isNaN(at) ? event.getTs() : at,
    sentAt: event.getTs(),
    consultationId,
    phase: phase as ConsultationPhase,
    participants: Array.isArray(participants) ? participants.flatMap(userIdOf) : [],
  };
}

function userIdOf(participant: unknown): string[] {
  const id = (participant as { user_id?: unknown } | null)?.user_id;
  return typeof id === "string" ? [id] : [];
}
