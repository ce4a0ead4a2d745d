import { ApiProblem, type AuditEntry, type Macro, type MacroContent } from "@consilium/kit/api";
import { expect, it, vi } from "vitest";
import { detail } from "../../../testing/rows.ts";
import { contentOf, EMPTY_FORM, formOf, inOrder, isWhole, type Run, runMacro, versionsOf } from "./model.ts";

const CONTENT: MacroContent = {
  title: "Send on",
  shortcut: "on",
  queues: ["general"],
  texts: { en: "Hello" },
  add_tags: ["a"],
  remove_tags: ["b"],
  note: "Sent on",
  files: [{ id: "f1", name: "a.pdf", media_type: "application/pdf", size_bytes: 3 }],
  mentions: ["o2"],
  ending: { kind: "transfer", queue_id: "dental", note: "Look" },
};

function macro(id: string, title: string, archived = false): Macro {
  return {
    id,
    version: 3,
    content: { ...CONTENT, title },
    archived,
    changed_at: "2026-11-28T12:00:00Z",
    changed_by: { id: "o1", name: "Irina Petrova" },
  };
}

it("goes through the form unchanged", () => {
  for (const ending of [
    CONTENT.ending,
    { kind: "hold", minutes: 45 },
    { kind: "hold", minutes: null },
    { kind: "close", note: "Done" },
    null,
  ] as const) {
    const content = { ...CONTENT, ending };
    expect(contentOf(formOf({ content, archived: false }))).toEqual(content);
  }
});

it("is whole with a name, something to do, and a whole end", () => {
  const named = { ...EMPTY_FORM, title: "T", shortcut: "t" };
  expect(isWhole(named, "en")).toBe(false);
  expect(isWhole({ ...named, texts: { en: " " } }, "en")).toBe(false);
  expect(isWhole({ ...named, texts: { en: "Hello" } }, "en")).toBe(true);
  expect(isWhole({ ...named, texts: { en: "Hello" } }, "ru")).toBe(false);
  expect(isWhole({ ...named, removeTags: ["a"] }, "en")).toBe(true);
  expect(isWhole({ ...named, files: CONTENT.files }, "en")).toBe(true);
  expect(isWhole({ ...named, ending: "hold" }, "en")).toBe(true);
  expect(isWhole({ ...named, ending: "transfer", queueId: "q" }, "en")).toBe(false);
  expect(isWhole({ ...named, ending: "transfer", queueId: "q", endingNote: "n" }, "en")).toBe(true);
  expect(isWhole({ ...named, title: " ", note: "n" }, "en")).toBe(false);
});

it("stands in order with those out of use at the end, and has its versions from the log", () => {
  const all = [macro("1", "B"), macro("2", "A", true), macro("3", "C")];
  expect(inOrder(all).map(({ id }) => id)).toEqual(["1", "3", "2"]);
  const entry = (action: string, detail: unknown) =>
    ({ action, sequence: 1, at: "2026-11-28T12:00:00Z", actor: { name: "Volkova" }, detail }) as AuditEntry;
  const found = versionsOf([
    entry("macro.changed", { content: CONTENT, archived: true }),
    entry("macro.created", {}),
    entry("tag.created", { content: CONTENT }),
  ]);
  expect(found).toEqual([
    {
      sequence: 1,
      at: "2026-11-28T12:00:00Z",
      by: "Volkova",
      form: formOf({ content: CONTENT, archived: true }),
    },
  ]);
});

function run(change: Partial<Run> = {}) {
  const order: string[] = [];
  const value: Run = {
    api: {
      check: vi.fn(async () => void order.push("check")),
      run: vi.fn(async () => {
        order.push("run");
        return detail({ id: "1" });
      }),
    },
    consultationId: "1",
    macro: { id: "m", version: 3 },
    requestId: "r",
    files: {
      content: vi.fn(async (id: string) => {
        order.push(`fetch ${id}`);
        return new Blob(["%PDF"]);
      }),
    },
    text: "Hello",
    send: [],
    sent: 0,
    deliver: async (part, id) => {
      order.push(part.kind === "text" ? `say ${part.text}` : `send ${part.file.name} as ${id}`);
      return "sent";
    },
    ...change,
  };
  return { order, value };
}

it("asks first, then says its text, then does the rest", async () => {
  const { order, value } = run();
  expect((await runMacro(value)).status).toBe("done");
  expect(order).toEqual(["check", "say Hello", "run"]);
  expect(value.api.run).toHaveBeenCalledWith("1", "m", { version: 3, request_id: "r" });
  const silent = run({ text: null });
  await runMacro(silent.value);
  expect(silent.order).toEqual(["check", "run"]);
});

it("says nothing when something would be refused, and does nothing when the text did not go out", async () => {
  const refusal = new ApiProblem("conflict", 409, "No");
  const api = { check: vi.fn(async () => Promise.reject(refusal)), run: vi.fn() };
  const refused = run({ api });
  expect(await runMacro(refused.value)).toEqual({ status: "refused", error: refusal, sent: 0 });
  expect([refused.order, api.run.mock.calls]).toEqual([[], []]);
  const unsaid = run({ deliver: async () => "cancelled" });
  expect(await runMacro(unsaid.value)).toEqual({ status: "unsaid", end: "cancelled", sent: 0 });
  expect(unsaid.order).toEqual(["check"]);
});

it("does not say its text again when the rest is tried again", async () => {
  const refusal = new ApiProblem("offline", 0, "No");
  const api = { check: async () => undefined, run: async () => Promise.reject(refusal) };
  const first = run({ api });
  expect(await runMacro(first.value)).toEqual({ status: "refused", error: refusal, sent: 1 });
  const second = run({ sent: 1 });
  expect((await runMacro(second.value)).status).toBe("done");
  expect(second.order).toEqual(["run"]);
});

const FILES = ["f1", "f2"].map((id) => ({
  id,
  name: `${id}.pdf`,
  media_type: "application/pdf",
  size_bytes: 4,
}));

it("has every file before it says anything, and sends them behind its text", async () => {
  const { order, value } = run({ send: FILES });
  expect((await runMacro(value)).status).toBe("done");
  const sent = ["say Hello", "send f1.pdf as r-1", "send f2.pdf as r-2"];
  expect(order).toEqual(["check", "fetch f1", "fetch f2", ...sent, "run"]);
  const gone = new ApiProblem("not-found", 404, "Gone");
  const files = { content: async () => Promise.reject(gone) };
  const lost = run({ send: FILES, files });
  expect(await runMacro(lost.value)).toEqual({ status: "refused", error: gone, sent: 0 });
  expect(lost.order).toEqual(["check"]);
});

it("goes on where a file did not go out, and sends nothing twice", async () => {
  const { order, value } = run({
    send: FILES,
    deliver: async ({ kind }) => (kind === "text" ? "sent" : "failed"),
  });
  expect(await runMacro(value)).toEqual({ status: "unsaid", end: "failed", sent: 1 });
  expect(order).not.toContain("run");
  const rest = run({ send: FILES, sent: 2, requestId: "s" });
  expect((await runMacro(rest.value)).status).toBe("done");
  expect(rest.order).toEqual(["fetch f2", "send f2.pdf as s-2", "run"]);
});
