import type { Consultation } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { conclusionsOf, keptConclusions, keptIdOf, upkeepOf, withKept } from "./conclusions.ts";

const SIGNED = "2026-03-14T10:00:00Z";

const conclusion = (version: number) => ({
  number: 12,
  version,
  signed_at: SIGNED,
  signed_by: { id: "o1", name: "Мария Петрова" },
});

function consultation(part: Partial<Consultation> = {}): Consultation {
  return {
    id: "c1",
    conversation_id: "v1",
    room_id: "!r",
    queue: { id: "general", name: "Терапевт" },
    phase: "archived",
    requested_at: "2026-03-12T09:00:00Z",
    person: null,
    conclusion: conclusion(1),
    erased_at: null,
    ...part,
  } as Consultation;
}

it("says of each signed conclusion who wrote it, when and in which consultation", () => {
  expect(conclusionsOf([consultation()])).toEqual([
    {
      consultationId: "c1",
      conversationId: "v1",
      number: 12,
      version: 1,
      at: Date.parse(SIGNED),
      author: "Мария Петрова",
      service: "Терапевт",
      askedAt: Date.parse("2026-03-12T09:00:00Z"),
      person: null,
      isOver: true,
    },
  ]);
});

it("leaves out who has none and what was erased, and takes the first word on each", () => {
  const lists = [
    consultation({ conclusion: conclusion(2) }),
    consultation(),
    consultation({ id: "c2", conclusion: null }),
    consultation({ id: "c3", erased_at: SIGNED }),
  ];
  const found = conclusionsOf(lists).map(({ consultationId, version }) => [consultationId, version]);
  expect(found).toEqual([["c1", 2]]);
});

it("reads a list that an earlier version of the app kept", () => {
  const { signed_by: _, ...old } = conclusion(1);
  const [one] = conclusionsOf([consultation({ conclusion: old as Consultation["conclusion"] })]);
  expect(one?.author).toBe("");
});

it("knows its own among what is kept", () => {
  const id = keptIdOf({ consultationId: "c1", version: 3 });
  expect(keptConclusions(["$event:x", id, "conclusion:broken", "conclusion::1"])).toEqual([
    { id, consultationId: "c1", version: 3 },
  ]);
});

it("renews what was amended, lets go of what was erased, and leaves alone what nobody speaks of", () => {
  const kept = keptConclusions(["c1:1", "c2:1", "c3:1", "c4:2", "c5:1"].map((id) => `conclusion:${id}`));
  const { renew, gone } = upkeepOf(kept, [
    consultation({ conclusion: conclusion(2) }),
    consultation({ id: "c2", erased_at: SIGNED }),
    consultation({ id: "c4", conclusion: conclusion(2) }),
    consultation({ id: "c5", conclusion: null }),
  ]);
  expect(renew.map(({ old, next }) => [old, next.version])).toEqual([["conclusion:c1:1", 2]]);
  expect(gone).toEqual(["conclusion:c2:1"]);
});

it("shows what only this device has beside what is known, each once", () => {
  const [first] = conclusionsOf([consultation({ conclusion: conclusion(2) })]);
  const kept = conclusionsOf([consultation(), consultation({ id: "old" })]);
  if (first === undefined) throw new Error("there is one");
  expect(withKept([first], kept).map(({ consultationId, version }) => [consultationId, version])).toEqual([
    ["c1", 2],
    ["old", 1],
  ]);
});
