import type { Macro, MacroContent } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { doingsOf, macrosFor, textIn } from "./macros.ts";

function content(change: Partial<MacroContent> = {}): MacroContent {
  return {
    title: "Send on",
    shortcut: "on",
    queues: [],
    texts: {},
    remove_tags: [],
    add_tags: [],
    note: null,
    files: [],
    mentions: [],
    ending: null,
    ...change,
  };
}

function macro(id: string, change: Partial<MacroContent>, archived = false): Macro {
  return {
    id,
    version: 1,
    content: content(change),
    archived,
    changed_at: "2026-11-28T12:00:00Z",
    changed_by: { id: "o1", name: "Irina Petrova" },
  };
}

it("does what it does in the order of the service, the text first and the end last", () => {
  const all = content({
    ending: { kind: "transfer", queue_id: "dental", note: "Look" },
    note: "Sent on",
    add_tags: ["a"],
    remove_tags: ["b"],
    texts: { en: "Hello" },
    files: [{ id: "f", name: "a.pdf", media_type: "application/pdf", size_bytes: 3 }],
    mentions: ["o2"],
  });
  expect(doingsOf(all).map(({ kind }) => kind)).toEqual([
    "text",
    "files",
    "remove_tags",
    "add_tags",
    "note",
    "transfer",
  ]);
  expect(doingsOf(content({ ending: { kind: "hold" } }))).toEqual([{ kind: "hold", minutes: null }]);
  expect(doingsOf(content({ ending: { kind: "close" } }))).toEqual([{ kind: "close", note: null }]);
  expect(doingsOf(content())).toEqual([]);
});

it("speaks the operator's language, else the brand's, else what it has", () => {
  const both = content({ texts: { ru: "Привет", en: "Hello" } });
  expect(textIn(both, ["en", "ru"])).toBe("Hello");
  expect(textIn(both, ["de", "ru"])).toBe("Привет");
  expect(textIn(content({ texts: { ru: "Привет" } }), ["en"])).toBe("Привет");
  expect(textIn(content(), ["en"])).toBeNull();
});

it("offers those in use for the queue, true beginnings of a shortcut first", () => {
  const all = [
    macro("1", { title: "Goodbye", shortcut: "bye" }),
    macro("2", { title: "Byte by byte", shortcut: "data", queues: ["dental"] }),
    macro("3", { title: "By the way", shortcut: "way" }),
    macro("4", { title: "Bye for good", shortcut: "byebye" }, true),
  ];
  const ids = (queue: string, word?: string) => macrosFor(all, queue, word).map(({ id }) => id);
  expect(ids("general", "by")).toEqual(["1", "3"]);
  expect(ids("dental", "BY")).toEqual(["1", "3", "2"]);
  expect(ids("dental")).toEqual(["3", "2", "1"]);
  expect(ids("general", "zz")).toEqual([]);
});
