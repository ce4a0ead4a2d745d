/**
 * Signs under messages (`m.reaction`, annotations): who put which, what is on its way, what may be put. Plain functions.
 *
 * They travel in the clear, as every client sends them: the homeserver relates them to their message. What was said stays encrypted.
 */
import type { Person, Reaction } from "../types.ts";
import type { OutboxView } from "./items.ts";

/** One sign as an event says it. */
export interface ReactionView {
  eventId: string;
  txnId: string | null;
  target: string;
  sign: string;
  senderId: string;
}

/** What is offered; others come from other clients and are shown too. */
export const SIGNS = ["👍", "❤️", "🙏", "😊", "😮", "😢"] as const;

/** Longer is no sign but a text that would hide the message. */
const SIGN_MAX = 16;
/** Different ones under one message; more are not drawn. */
const DRAWN_MAX = 12;

type Content = Record<string, unknown>;

/** `null`: no annotation, or one that is no sign. */
export function annotationOf(content: Content): { target: string; sign: string } | null {
  const relation = content["m.relates_to"];
  if (typeof relation !== "object" || relation === null) return null;
  const { rel_type, event_id, key } = relation as Content;
  if (rel_type !== "m.annotation" || typeof event_id !== "string" || typeof key !== "string") return null;
  const isSign = key.trim() !== "" && [...key].length <= SIGN_MAX;
  return isSign ? { target: event_id, sign: key } : null;
}

export function annotation(target: string, sign: string): Content {
  return { "m.relates_to": { rel_type: "m.annotation", event_id: target, key: sign } };
}

/** The same sign is written with and without the mark that asks for a picture. */
export const sameSign = (a: string, b: string): boolean => bare(a) === bare(b);

const bare = (sign: string): string => sign.replaceAll("\ufe0f", "");

/** What a press of a sign means: the event that is taken back, the row that does not go out, or a sign that is put. */
export type Press =
  | { kind: "put" }
  | { kind: "take-back"; eventId: string }
  | { kind: "cancel"; txnId: string };

export interface Standing {
  me: string;
  reactions: readonly ReactionView[];
  outbox: readonly OutboxView[];
}

export function pressOf({ me, reactions, outbox }: Standing, target: string, sign: string): Press {
  const removed = removals(outbox);
  const own = reactions.find(
    (one) =>
      one.target === target && one.senderId === me && sameSign(one.sign, sign) && !removed.has(one.eventId),
  );
  if (own !== undefined) return { kind: "take-back", eventId: own.eventId };
  const waiting = outbox.find(
    ({ row, sentAs }) =>
      row.work.kind === "react" &&
      row.work.target === target &&
      sameSign(row.work.sign, sign) &&
      (sentAs === null || !removed.has(sentAs)),
  );
  if (waiting === undefined) return { kind: "put" };
  const { row, sentAs } = waiting;
  return sentAs === null ? { kind: "cancel", txnId: row.txnId } : { kind: "take-back", eventId: sentAs };
}

/** By message, the signs under it in the order in which they came; with one's own that are on their way, without those that are being taken back. */
export function reactionsByTarget(
  { me, reactions, outbox }: Standing,
  person: (userId: string) => Person,
): ReadonlyMap<string, readonly Reaction[]> {
  const removed = removals(outbox);
  const known = new Set<string | null>(reactions.flatMap(({ eventId, txnId }) => [eventId, txnId]));
  const byTarget = new Map<string, Reaction[]>();
  const put = (target: string, sign: string, userId: string) => {
    const signs = byTarget.get(target) ?? [];
    byTarget.set(target, signs);
    const same = signs.find((one) => sameSign(one.sign, sign));
    const who = person(userId);
    if (same === undefined) {
      if (signs.length < DRAWN_MAX) signs.push({ sign, people: [who], mine: userId === me });
    } else if (!same.people.some((other) => other.userId === userId)) {
      same.people = [...same.people, who];
      same.mine ||= userId === me;
    }
  };
  for (const { eventId, target, sign, senderId } of reactions)
    if (!removed.has(eventId)) put(target, sign, senderId);
  for (const { row, sentAs } of outbox) {
    if (row.work.kind !== "react" || known.has(row.txnId) || (sentAs !== null && known.has(sentAs))) continue;
    if (sentAs === null || !removed.has(sentAs)) put(row.work.target, row.work.sign, me);
  }
  return byTarget;
}

/** Events that are being taken back. */
function removals(outbox: readonly OutboxView[]): ReadonlySet<string> {
  return new Set(
    outbox.flatMap(({ row }) =>
      row.work.kind === "redact" && row.failure === null ? [row.work.target] : [],
    ),
  );
}
