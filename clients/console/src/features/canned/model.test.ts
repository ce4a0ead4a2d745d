import type { Canned, CannedVersion } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { cannedChange, filesOf, formOf, formOfVersion, isWhole, mayKeep, offered } from "./model.ts";

function reply(change: Partial<Canned> & { id: string }): Canned {
  return {
    version: 1,
    scope: "shared",
    title: "Greeting",
    shortcut: "hello",
    language: "en",
    queues: [],
    text: "Hello, {{patient.name}}.",
    files: [],
    changed_at: "2026-11-28T12:00:00Z",
    changed_by: { id: "o1", name: "Irina Petrova" },
    ...change,
  };
}

const PRICES = { id: "f1", name: "prices.pdf", media_type: "application/pdf", size_bytes: 6 };

describe("what is offered", () => {
  const all = [
    reply({ id: "1" }),
    reply({ id: "2", shortcut: "bye", title: "Say goodbye", queues: ["dental"] }),
    reply({ id: "3", shortcut: "help", title: "How to get help" }),
    reply({ id: "4", shortcut: "привет", title: "Приветствие", language: "ru" }),
  ];
  const ids = (word: string, queueId = "general", language = "en") =>
    offered(all, { queueId, language, word, sendsFiles: true }).map(({ id }) => id);

  it("is found by its shortcut or a word of its title, and belongs to the queue", () => {
    expect(ids("he")).toEqual(["1", "3"]);
    expect(ids("good")).toEqual([]);
    expect(ids("good", "dental")).toEqual(["2"]);
    expect(ids("ПРИ")).toEqual(["4"]);
    expect(ids("zz")).toEqual([]);
  });

  it("has the operator's language first", () => {
    expect(ids("", "dental", "ru")[0]).toBe("4");
    expect(ids("", "dental", "en").at(-1)).toBe("4");
  });
});

it("what brings files alone is offered where the brand sends files", () => {
  const replies = [reply({ id: "1" }), reply({ id: "2", shortcut: "help", text: "", files: [PRICES] })];
  const ids = (sendsFiles: boolean) =>
    offered(replies, { queueId: "general", language: "en", word: "he", sendsFiles }).map(({ id }) => id);
  expect(ids(true).sort()).toEqual(["1", "2"]);
  expect(ids(false)).toEqual(["1"]);
});

describe("a form", () => {
  it("is whole with title, shortcut and a text, or files alone", () => {
    const form = formOf(reply({ id: "1" }));
    expect([isWhole(form), isWhole({ ...form, text: " " })]).toEqual([true, false]);
    expect(isWhole({ ...form, text: " ", files: [PRICES] })).toBe(true);
    expect(isWhole({ ...form, title: " ", files: [PRICES] })).toBe(false);
  });

  it("says nothing of files where the brand sends none", () => {
    const change = cannedChange(formOf(reply({ id: "1", files: [PRICES] })), 3, false);
    expect(change.files).toBeUndefined();
  });

  it("is sent without whose it is, with the version that was changed", () => {
    expect(cannedChange(formOf(reply({ id: "1" })), 3, true)).toEqual({
      version: 3,
      title: "Greeting",
      shortcut: "hello",
      language: "en",
      queues: [],
      text: "Hello, {{patient.name}}.",
      files: [],
    });
  });

  it("is an operator's for his own replies alone", () => {
    expect(mayKeep({ scope: "shared" }, "operator")).toBe(false);
    expect(mayKeep({ scope: "personal" }, "operator")).toBe(true);
    expect(mayKeep({ scope: "shared" }, "supervisor")).toBe(true);
  });
});

it("an earlier version comes back into the form with everything but whose it is", () => {
  const { title, shortcut, language, queues, text, files } = reply({
    id: "1",
    queues: ["dental"],
    files: [PRICES],
  });
  const version: CannedVersion = {
    version: 1,
    at: "2026-11-28T12:00:00Z",
    by: { id: "o1", name: "Irina Petrova" },
    action: "created",
    title,
    shortcut,
    language,
    queues,
    text,
    files,
  };
  const form = { ...formOf(reply({ id: "1", scope: "personal", text: "Later" })), ...formOfVersion(version) };
  expect(form).toEqual({ scope: "personal", title, shortcut, language, queues, text, files });
});

it("files come under their names, and the same reply twice brings the same", async () => {
  const kept = { content: async (id: string) => new Blob([`of ${id}`]) };
  const wish = reply({ id: "1", files: [PRICES, { ...PRICES, id: "f2", name: "map.png" }] });
  const [first, again] = [await filesOf(wish, kept), await filesOf(wish, kept)];
  expect(first.map(({ name }) => name)).toEqual(["prices.pdf", "map.png"]);
  expect(first[0]).toMatchObject({ type: "application/pdf", size: "of f1".length });
  const times = (files: readonly File[]) => files.map(({ lastModified }) => lastModified);
  expect(times(again)).toEqual(times(first));
});

it("a file that is kept no more brings none of them", async () => {
  const kept = { content: () => Promise.reject(new Error("not-found")) };
  await expect(filesOf(reply({ id: "1", files: [PRICES] }), kept)).rejects.toThrow();
});
