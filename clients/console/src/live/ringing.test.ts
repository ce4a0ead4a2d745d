import { expect, it } from "vitest";
import { lead, row } from "../../testing/rows.ts";
import { ringsAtDesk } from "./ringing.ts";

const mine = row({ id: "c1", participants: [lead("o1")] });
const [me] = mine.participants;
if (me === undefined) throw new Error("he leads it");
const here = { row: mine, operatorId: "o1", membership: "joined" } as const;

it("rings at who leads the consultation, and where there is none at who is in the room", () => {
  expect(ringsAtDesk(here)).toBe(true);
  expect(ringsAtDesk({ ...here, row: null })).toBe(true);
});

it("rings at no colleague who was asked in, nor at who only observes", () => {
  for (const role of ["consultant", "trainee", "observer"] as const) {
    expect(ringsAtDesk({ ...here, row: row({ id: "c1", participants: [{ ...me, role }] }) })).toBe(false);
  }
});

it("rings for no room that this console is not in, or does not know", () => {
  for (const membership of ["invited", "left", null] as const)
    expect(ringsAtDesk({ ...here, membership })).toBe(false);
});
