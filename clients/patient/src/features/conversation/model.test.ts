import type { Consultation, Conversation } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { headOf, nextAfterCall } from "./model.ts";

const conversation = (open: Partial<Consultation> | null) =>
  ({ id: "v", room_id: "!r", circle: "general", open_consultation: open }) as Conversation;

it("waits, talks, rests", () => {
  expect(headOf(conversation({ phase: "queued" })).kind).toBe("waiting");
  expect(headOf(conversation(null)).kind).toBe("resting");
});

it("names those who speak, not those who watch", () => {
  const head = headOf(
    conversation({
      phase: "on_hold",
      participants: [
        { operator_id: "1", name: "Dr. Petrova", role: "lead", joined_at: "", invited_by: null },
        { operator_id: "2", name: "Dr. Sokolov", role: "observer", joined_at: "", invited_by: null },
      ],
    }),
  );
  expect(head).toMatchObject({ kind: "talking", names: ["Dr. Petrova"], held: true });
});

it("offers one way on after the last call, while its consultation is open", () => {
  const head = headOf(
    conversation({
      id: "c1",
      phase: "active",
      participants: [
        { operator_id: "1", name: "Dr. Petrova", role: "lead", joined_at: "", invited_by: null },
      ],
    }),
  );
  const missed = { isLatest: true, consultationId: "c1", callerSide: "staff", outcome: "missed" } as const;
  expect(nextAfterCall(missed, head, true)).toBe("call-me-back");
  expect(nextAfterCall({ ...missed, callerSide: "patient" }, head, true)).toBe("call-again");
  expect(nextAfterCall({ ...missed, callerSide: "patient" }, head, false)).toBeNull();
  expect(nextAfterCall({ ...missed, outcome: "lost" }, head, false)).toBe("call-me-back");
  expect(nextAfterCall({ ...missed, outcome: "completed" }, head, true)).toBeNull();
  expect(nextAfterCall({ ...missed, isLatest: false }, head, true)).toBeNull();
  expect(nextAfterCall({ ...missed, consultationId: "c0" }, head, true)).toBeNull();
  expect(nextAfterCall(missed, headOf(conversation(null)), true)).toBeNull();
});
