import { expect, it } from "vitest";
import { ANNA, outboxView, PETROVA, personOf } from "../../testing/samples.ts";
import type { OutboxView } from "./items.ts";
import { annotation, annotationOf, pressOf, type ReactionView, reactionsByTarget } from "./reactions.ts";

const put = (eventId: string, sign: string, senderId = PETROVA.userId, target = "$1"): ReactionView => ({
  eventId,
  txnId: null,
  target,
  sign,
  senderId,
});
const standing = (reactions: readonly ReactionView[], outbox: readonly OutboxView[] = []) => ({
  me: ANNA.userId,
  reactions,
  outbox,
});
const under = (reactions: readonly ReactionView[], outbox: readonly OutboxView[] = []) =>
  (reactionsByTarget(standing(reactions, outbox), personOf).get("$1") ?? []).map(({ sign, people, mine }) => [
    sign,
    people.map(({ name }) => name).join(" "),
    mine,
  ]);
const waiting = (txnId: string, sign: string, sentAs: string | null = null) =>
  outboxView(txnId, { work: { kind: "react", target: "$1", sign } }, { sentAs });
const removing = (txnId: string, target: string) => outboxView(txnId, { work: { kind: "redact", target } });

it("reads what it writes, and nothing that is no sign", () => {
  expect(annotationOf(annotation("$1", "👍"))).toEqual({ target: "$1", sign: "👍" });
  expect(annotationOf({})).toBeNull();
  expect(annotationOf({ "m.relates_to": { rel_type: "m.reference", event_id: "$1", key: "👍" } })).toBeNull();
  expect(annotationOf(annotation("$1", " "))).toBeNull();
  expect(annotationOf(annotation("$1", "a whole sentence that hides it"))).toBeNull();
});

it("counts each sign by who put it, in the order in which they came", () => {
  const anna = ANNA.userId;
  const reactions = [put("$a", "👍"), put("$b", "🙏", anna), put("$c", "👍", anna), put("$d", "👍")];
  expect(under(reactions)).toEqual([
    ["👍", "Irina Petrova Anna", true],
    ["🙏", "Anna", true],
  ]);
});

it("takes a sign for the same with and without the mark that asks for a picture", () => {
  expect(under([put("$a", "👍\ufe0f"), put("$b", "👍", ANNA.userId)])).toHaveLength(1);
});

it("shows one's own at once, each once, and not what is being taken back", () => {
  expect(under([], [waiting("t1", "👍")])).toEqual([["👍", "Anna", true]]);
  const echo = { ...put("$a", "👍", ANNA.userId), txnId: "t1" };
  expect(under([echo], [waiting("t1", "👍", "$a")])).toEqual([["👍", "Anna", true]]);
  expect(under([put("$a", "👍", ANNA.userId)], [removing("t2", "$a")])).toEqual([]);
  expect(under([], [waiting("t1", "👍", "$a"), removing("t2", "$a")])).toEqual([]);
});

it("puts, takes back and lets be, as the press is meant", () => {
  const press = (reactions: readonly ReactionView[], outbox: readonly OutboxView[] = []) =>
    pressOf(standing(reactions, outbox), "$1", "👍");
  expect(press([put("$a", "👍")])).toEqual({ kind: "put" });
  expect(press([put("$a", "👍\ufe0f", ANNA.userId)])).toEqual({ kind: "take-back", eventId: "$a" });
  expect(press([], [waiting("t1", "👍")])).toEqual({ kind: "cancel", txnId: "t1" });
  expect(press([], [waiting("t1", "👍", "$a")])).toEqual({ kind: "take-back", eventId: "$a" });
  expect(press([put("$a", "👍", ANNA.userId)], [removing("t2", "$a")])).toEqual({ kind: "put" });
  expect(press([put("$a", "👍", ANNA.userId, "$other")])).toEqual({ kind: "put" });
});
