import type { Consultation, Conversation } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { headOf } from "./model.ts";

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
        { operator_id: "1", name: "Dr. Petrova", role: "lead", joined_at: "" },
        { operator_id: "2", name: "Dr. Sokolov", role: "observer", joined_at: "" },
      ],
    }),
  );
  expect(head).toMatchObject({ kind: "talking", names: ["Dr. Petrova"], held: true });
});
