import type { Call } from "@consilium/kit/api";
import type { CallPlace } from "@consilium/kit/calls";
import { Cell, type ConversationSummary } from "@consilium/kit/matrix";
import { callSample } from "@consilium/kit/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CallInvitations, invitationOf } from "./invitations.ts";

const ME = "@sokolov:clinic.test";
const NOBODY: ReadonlySet<string> = new Set();

function asking(since: string, part: Partial<Call> = {}): Call {
  const invited = [{ user_id: ME, name: "Dr Sokolov", invited_by: "Dr Petrova", since }];
  return callSample({ state: "answered", invited, ...part });
}

it("is for whom it asks, as long as the call is on, once for each time", () => {
  const call = asking("1");
  expect(invitationOf([call], ME, NOBODY)).toEqual({ call, by: "Dr Petrova", key: `${call.id}|1` });
  expect(invitationOf([call], "@volkova:clinic.test", NOBODY)).toBeNull();
  expect(invitationOf([asking("1", { state: "ended" })], ME, NOBODY)).toBeNull();
  expect(invitationOf([call], ME, new Set([`${call.id}|1`]))).toBeNull();
  expect(invitationOf([asking("2")], ME, new Set([`${call.id}|1`]))?.key).toBe(`${call.id}|2`);
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function world() {
  const open = new Cell<readonly Call[]>([]);
  const place = new Cell<CallPlace | null>(null);
  const conversations = new Cell<ReadonlyMap<string, ConversationSummary>>(new Map());
  const enter = (call: Call) =>
    conversations.set(new Map([[call.room_id, { membership: "joined" } as ConversationSummary]]));
  const invitations = new CallInvitations({ open, place }, { userId: ME, conversations });
  return { open, place, enter, invitations };
}

it("rings when the operator is in the room, and ends by itself", () => {
  const { open, enter, invitations } = world();
  const call = asking("1");
  open.set([call]);
  expect(invitations.current.get()).toBeNull();
  enter(call);
  expect(invitations.current.get()?.by).toBe("Dr Petrova");
  vi.advanceTimersByTime(Date.parse(call.ring_until) - Date.parse(call.started_at) - 1);
  expect(invitations.current.get()).not.toBeNull();
  vi.advanceTimersByTime(1);
  expect(invitations.current.get()).toBeNull();
  open.set([asking("1")]);
  expect(invitations.current.get()).toBeNull();
  open.set([asking("2")]);
  expect(invitations.current.get()?.key).toBe(`${call.id}|2`);
  invitations.close();
});

it("waits until another call is over, and goes when nobody asks any more", () => {
  const { open, place, enter, invitations } = world();
  const call = asking("1");
  enter(call);
  place.set({ at: "calling", call: null, kind: "audio", media: null });
  open.set([call]);
  expect(invitations.current.get()).toBeNull();
  place.set(null);
  expect(invitations.current.get()).not.toBeNull();
  open.set([callSample({ state: "answered", invited: [] })]);
  expect(invitations.current.get()).toBeNull();
  invitations.close();
});
