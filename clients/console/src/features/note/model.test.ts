import type { Note } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { mayDo } from "./model.ts";

describe("what may be done with a note", () => {
  const note = {
    author: { id: "1", name: "Anna" },
    editable_until: "2026-11-28T13:00:00Z",
    deleted: null,
  } as Note;
  const at = (time: string) => Date.parse(`2026-11-28T${time}Z`);

  it("is its author's for an hour, and a supervisor's to delete at any time", () => {
    const author = { operatorId: "1", role: "operator" } as const;
    expect(mayDo(note, author, at("12:59:59"))).toEqual({ edit: true, remove: true });
    expect(mayDo(note, author, at("13:00:00"))).toEqual({ edit: false, remove: false });
    expect(mayDo(note, { operatorId: "2", role: "operator" }, at("12:00:00")).remove).toBe(false);
    expect(mayDo(note, { operatorId: "2", role: "supervisor" }, at("20:00:00"))).toEqual({
      edit: false,
      remove: true,
    });
    const deleted = { ...note, deleted: { at: "2026-11-28T12:30:00Z", by: note.author } };
    expect(mayDo(deleted, author, at("12:40:00"))).toEqual({ edit: false, remove: false });
  });
});
