import { ApiProblem, type Macro, type MacroContent } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { ago, lead, row } from "../../../testing/rows.ts";
import {
  actOf,
  type BulkForm,
  EMPTY_FORM,
  foreseen,
  opposite,
  quietMacros,
  reasonFor,
  tagsOn,
  told,
  type Viewer,
} from "./model.ts";

const PETROVA: Viewer = { operatorId: "petrova", isSupervisor: false };
const VOLKOVA: Viewer = { operatorId: "volkova", isSupervisor: true };
const NOTHING = {
  add_tags: [],
  ending: null,
  files: [],
  mentions: [],
  note: null,
  queues: [],
  remove_tags: [],
  texts: {},
};
const FEVER = { id: "fever", name: "Fever", color: "danger" } as const;

const waiting = row({ id: "waiting", tags: [FEVER] });
const raised = row({ id: "raised", priority: 2 });
const own = row({ id: "own", phase: "active", participants: [lead("petrova")] });
const others = row({ id: "others", phase: "active", participants: [lead("sokolov")] });
const over = row({ id: "over", phase: "archived", ended_at: ago(60) });
const ALL = [waiting, raised, own, others, over];

function macro(id: string, content: Partial<MacroContent>, archived = false): Macro {
  const by = { id: "volkova", name: "Volkova" };
  return {
    id,
    version: 3,
    content: { ...NOTHING, title: id, shortcut: id, ...content },
    archived,
    changed_at: ago(0),
    changed_by: by,
  };
}

const form = (change: Partial<BulkForm>): BulkForm => ({ ...EMPTY_FORM, ...change });

function reasons(kind: Parameters<typeof reasonFor>[0], viewer: Viewer, change: Partial<BulkForm> = {}) {
  return foreseen(ALL, reasonFor(kind, { form: form(change), macro: null, viewer }));
}

describe("before an act", () => {
  it("says who may hand on what", () => {
    expect(reasons("assign", PETROVA)).toEqual({
      will: 1,
      wont: [
        ["over", 1],
        ["waits", 2],
        ["notLead", 1],
      ],
    });
    expect(reasons("assign", VOLKOVA)).toEqual({ will: 4, wont: [["over", 1]] });
  });

  it("says what a tag or a step of priority changes", () => {
    expect(reasons("add_tag", PETROVA, { tagId: "fever" })).toEqual({ will: 4, wont: [["already", 1]] });
    expect(reasons("remove_tag", PETROVA, { tagId: "fever" })).toEqual({ will: 1, wont: [["already", 4]] });
    expect(reasons("raise", VOLKOVA)).toEqual({ will: 2, wont: [["notWaiting", 3]] });
    expect(reasons("lower", VOLKOVA)).toEqual({
      will: 1,
      wont: [
        ["notWaiting", 3],
        ["already", 1],
      ],
    });
    expect(reasons("export", PETROVA)).toEqual({ will: 5, wont: [] });
  });

  it("says what a macro that closes is refused", () => {
    const close = macro("close", { ending: { kind: "close", note: null } });
    const incomplete = row({
      id: "incomplete",
      phase: "active",
      participants: [lead("petrova")],
      missing_fields: [{ id: "occasion", name: "Occasion" }],
    });
    const found = foreseen(
      [...ALL, incomplete],
      reasonFor("macro", { form: EMPTY_FORM, macro: close, viewer: PETROVA }),
    );
    expect(found).toEqual({
      will: 1,
      wont: [
        ["over", 1],
        ["waits", 2],
        ["notLead", 1],
        ["incomplete", 1],
      ],
    });
    const dental = macro("dental", { queues: ["dental"], note: "n" });
    const elsewhere = reasonFor("macro", { form: EMPTY_FORM, macro: dental, viewer: PETROVA });
    expect(foreseen(ALL, elsewhere).wont).toEqual([["otherQueue", 5]]);
  });

  it("offers macros that write nothing to the patient, and tags that somebody has", () => {
    const all = [
      macro("b", { note: "n" }),
      macro("a", { add_tags: ["fever"] }),
      macro("text", { texts: { en: "Hello" } }),
      macro("old", { note: "n" }, true),
    ];
    expect(quietMacros(all).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(tagsOn(ALL)).toEqual([FEVER]);
  });
});

describe("an act", () => {
  it("is sent once its form is whole", () => {
    expect(actOf("assign", form({ to: "queue:a:b" }), null)).toBeNull();
    expect(actOf("assign", form({ to: "queue:a:b", note: " n " }), null)).toEqual({
      kind: "assign",
      to: { queue_id: "a:b" },
      note: "n",
    });
    expect(actOf("assign", form({ to: "operator:o", note: "n" }), null)).toMatchObject({
      to: { operator_id: "o" },
    });
    expect(actOf("add_tag", EMPTY_FORM, null)).toBeNull();
    expect(actOf("remove_tag", form({ tagId: "fever" }), null)).toEqual({
      kind: "remove_tag",
      tag_id: "fever",
    });
    expect(actOf("macro", EMPTY_FORM, macro("m", { note: "n" }))).toEqual({
      kind: "macro",
      macro_id: "m",
      version: 3,
    });
    expect(actOf("export", EMPTY_FORM, null)).toBeNull();
  });

  it("is taken back by its opposite, where it has one", () => {
    expect(opposite({ kind: "add_tag", tag_id: "fever" })).toEqual({ kind: "remove_tag", tag_id: "fever" });
    expect(opposite({ kind: "priority", step: "raise" })).toEqual({ kind: "priority", step: "lower" });
    expect(opposite({ kind: "macro", macro_id: "m", version: 1 })).toBeNull();
  });

  it("is told row by row", () => {
    const problem = new ApiProblem("forbidden", 403, "no");
    const fates = [
      { id: "a", outcome: "done", problem: null },
      { id: "b", outcome: "unchanged", problem: null },
      { id: "c", outcome: "refused", problem },
      { id: "d", outcome: "not_tried", problem: null },
    ] as const;
    expect(told(fates)).toEqual({ done: ["a"], unchanged: ["b"], refused: [fates[2]], notTried: ["d"] });
  });
});
