/** Saving by itself, one save at a time, and a colleague who was faster. */
import { ApiProblem, type ConclusionDraft, type SaveConclusion } from "@consilium/kit/api";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ConclusionEditing, RETRY_MS, SAVE_PAUSE_MS } from "./editing.ts";

let kept: ConclusionDraft;
let saves: SaveConclusion[];
let refusal: ApiProblem | null;

function draft(version: number, advice: string): ConclusionDraft {
  return {
    consultation_id: "1",
    version,
    language: "en",
    title: "Conclusion",
    need: "required",
    sections: [{ code: "advice", title: "Advice", hint: null, required: true, text: advice }],
    saved_at: null,
    saved_by: null,
    unsigned: true,
    may_write: true,
    may_sign: true,
    number: null,
    signing: null,
    versions: [],
  };
}

const api = {
  draft: async () => kept,
  save: async (_: string, save: SaveConclusion) => {
    if (refusal !== null) throw refusal;
    saves.push(save);
    kept = draft(kept.version + 1, save.sections[0]?.text ?? "");
    return kept;
  },
  sign: async () => {
    if (refusal !== null) throw refusal;
    kept = { ...kept, version: kept.version + 1, unsigned: false, number: 7 };
    return kept;
  },
  amend: async () => kept,
};

async function opened(): Promise<ConclusionEditing> {
  const editing = new ConclusionEditing(api, "1");
  await editing.load();
  return editing;
}

function ready(editing: ConclusionEditing) {
  const state = editing.state.get();
  if (state.status !== "ready") throw new Error(state.status);
  return state;
}

beforeEach(() => {
  vi.useFakeTimers();
  kept = draft(0, "");
  saves = [];
  refusal = null;
});
afterEach(() => vi.useRealTimers());

it("saves after a pause, once for all that was typed", async () => {
  const editing = await opened();
  for (const text of ["r", "re", "rest"]) editing.write("advice", text);
  expect(ready(editing).saving.status).toBe("waiting");
  await vi.advanceTimersByTimeAsync(SAVE_PAUSE_MS);
  expect(saves).toEqual([{ version: 0, language: "en", sections: [{ code: "advice", text: "rest" }] }]);
  expect([ready(editing).saving.status, editing.isUnsaved]).toEqual(["saved", false]);
});

it("tries again what may pass", async () => {
  const editing = await opened();
  refusal = new ApiProblem("offline", 0, "");
  editing.write("advice", "rest");
  await vi.advanceTimersByTimeAsync(SAVE_PAUSE_MS);
  expect(ready(editing).saving.status).toBe("failed");
  refusal = null;
  await vi.advanceTimersByTimeAsync(RETRY_MS);
  expect([ready(editing).saving.status, saves.length]).toEqual(["saved", 1]);
});

it("loses nothing when a colleague was faster", async () => {
  const editing = await opened();
  const changed = new ApiProblem("conflict", 409, "", { changed_by: { id: "o2", name: "Dr Sokolov" } });
  refusal = changed;
  kept = draft(5, "his");
  editing.write("advice", "mine");
  await vi.advanceTimersByTimeAsync(SAVE_PAUSE_MS);
  expect(ready(editing).saving).toMatchObject({ status: "conflict", by: "Dr Sokolov" });
  expect(ready(editing).texts.get("advice")).toBe("mine");
  refusal = null;
  await editing.keepMine();
  expect(saves.at(-1)).toMatchObject({ version: 5, sections: [{ code: "advice", text: "mine" }] });
  refusal = changed;
  kept = draft(9, "again his");
  editing.write("advice", "mine too");
  await vi.advanceTimersByTimeAsync(SAVE_PAUSE_MS);
  editing.takeTheirs();
  expect([ready(editing).texts.get("advice"), ready(editing).saving.status]).toEqual(["again his", "saved"]);
});

it("saves what is typed before it signs", async () => {
  const editing = await opened();
  editing.write("advice", "rest");
  expect(await editing.sign(null)).toBe(true);
  expect([saves.length, ready(editing).draft.number]).toEqual([1, 7]);
  refusal = new ApiProblem("invalid", 422, "");
  expect(await editing.sign(null)).toBe(false);
  expect([ready(editing).refusal?.slug, ready(editing).signing]).toEqual(["invalid", false]);
});

it("reads anew what a colleague changed, unless something is being typed", async () => {
  const editing = await opened();
  kept = draft(2, "his");
  editing.told(2);
  await vi.advanceTimersByTimeAsync(0);
  expect(ready(editing).texts.get("advice")).toBe("his");
  editing.write("advice", "mine");
  kept = draft(3, "his again");
  editing.told(3);
  await vi.advanceTimersByTimeAsync(0);
  expect(ready(editing).texts.get("advice")).toBe("mine");
});

it("what waits for a signature is read anew when something was said of it, though nobody saved", async () => {
  const editing = await opened();
  const waiting = {
    state: "waiting",
    asked_at: "2026-11-30T08:00:00Z",
    asked_by: { id: "o1", name: "Dr Petrova" },
    reason: null,
    attempts: 1,
    next_at: "2026-11-30T08:00:30Z",
    refusal: null,
  } as const;
  kept = { ...kept, signing: waiting };
  editing.told(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(ready(editing).draft.signing).toBeNull();
  await editing.load();
  kept = { ...kept, signing: { ...waiting, state: "refused", next_at: null, refusal: "No certificate." } };
  editing.told(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(ready(editing).draft.signing?.refusal).toBe("No certificate.");
});
