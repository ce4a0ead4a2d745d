import type { MatrixEvent } from "matrix-js-sdk";
import { type CryptoApi, EventShieldColour, EventShieldReason } from "matrix-js-sdk/lib/crypto-api/index.js";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { EventView } from "./items.ts";
import { EventViews } from "./view.ts";

const KEEPER = "@keeper:x";
const NONE = { shieldColour: EventShieldColour.NONE, shieldReason: null };
const UNKNOWN = { shieldColour: EventShieldColour.RED, shieldReason: EventShieldReason.UNKNOWN_DEVICE };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function event(sender: string, content: Record<string, unknown>, readable = true): MatrixEvent {
  return {
    getId: () => "$e",
    getSender: () => sender,
    getType: () => (readable ? "m.room.message" : "m.room.encrypted"),
    getContent: () => content,
    getClearContent: () => (readable ? content : null),
    getWireContent: () => ({}),
    getUnsigned: () => ({}),
    getTs: () => 1,
    getKeyForwardingUser: () => null,
    isState: () => false,
    isEncrypted: () => true,
    isRedacted: () => false,
    isBeingDecrypted: () => false,
    isDecryptionFailure: () => false,
    decryptionFailureReason: null,
    replacingEvent: () => null,
  } as unknown as MatrixEvent;
}

/** Answers one after the other; the last one stays. */
function views(...shields: object[]) {
  const drawn = vi.fn();
  const answers = [...shields];
  const getEncryptionInfoForEvent = async () => (answers.length > 1 ? answers.shift() : answers[0]);
  const made = new EventViews({ getEncryptionInfoForEvent } as unknown as CryptoApi, KEEPER, drawn);
  const trust = (of: MatrixEvent) => (made.of(of, false) as EventView & { kind: "message" }).trust;
  return { made, drawn, trust };
}

it("draws nothing of the service's notices, readable or not yet, and everything of people's", () => {
  const { made } = views(NONE);
  const notice = {
    msgtype: "m.notice",
    body: "Dr Petrova is with you now.",
    "chat.consilium.notice": { kind: "taken" },
  };
  expect(made.of(event(KEEPER, notice), false)).toBeNull();
  expect(made.of(event(KEEPER, {}, false), false)).toBeNull();
  expect(made.of(event(KEEPER, { msgtype: "m.text", body: "Choose a queue" }), false)).not.toBeNull();
  const text = "How are you?";
  const planned = { msgtype: "m.text", body: text, "chat.consilium.follow_up": { follow_up_id: "f" } };
  expect(made.of(event(KEEPER, planned), false)).toMatchObject({ kind: "message", body: { text } });
  expect(made.of(event("@anna:x", notice), false)).not.toBeNull();
});

it("draws nothing of rings and memberships of calls, whoever sent them: the service's notes tell of calls", () => {
  const { made } = views(NONE);
  const ring = { notification_type: "ring", "m.mentions": { room: true }, body: "Call" };
  for (const type of ["org.matrix.msc4075.rtc.notification", "org.matrix.msc4143.rtc.member"]) {
    const sent = { ...event("@anna:x", ring), getType: () => type, isEncrypted: () => false };
    expect(made.of(sent as unknown as MatrixEvent, false)).toBeNull();
  }
});

it("says nothing of a sender whose signature comes a moment later", async () => {
  const { drawn, trust } = views(UNKNOWN, NONE);
  const message = event("@anna:x", { msgtype: "m.text", body: "hello" });
  expect(trust(message)).toBe("normal");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(trust(message)).toBe("normal");
  expect(drawn).not.toHaveBeenCalled();
});

it("tells of a sender who stays unconfirmed, until his devices change", async () => {
  const { made, trust } = views(UNKNOWN, UNKNOWN, UNKNOWN, NONE);
  const message = event("@anna:x", { msgtype: "m.text", body: "hello" });
  expect(trust(message)).toBe("normal");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(trust(message)).toBe("warning");
  made.reconsider(["@boris:x"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(trust(message)).toBe("warning");
  made.reconsider(["@anna:x"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(trust(message)).toBe("normal");
});
