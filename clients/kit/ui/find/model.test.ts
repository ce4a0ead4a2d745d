import { expect, it } from "vitest";
import { searchedWords } from "../../brand/fold.ts";
import type { MessageBody, TimelineItem } from "../../matrix/types.ts";
import { messageItem } from "../../testing/samples.ts";
import { hitsOf, lookOf, PAGES_AT_ONCE, placeAmong } from "./model.ts";

const said = (key: string, text: string) => messageItem({ key, body: { type: "text", text } });
const of = (key: string, body: MessageBody) => messageItem({ key, body });
const keys = (items: readonly TimelineItem[], query: string) =>
  hitsOf(items, searchedWords(query)).map(({ key }) => key);

const FILE = {
  name: "Анализ.pdf",
  mimetype: "application/pdf",
  sizeBytes: 1,
  source: { at: "server", url: "mxc://x/1", mimetype: "application/pdf", encrypted: null },
  thumbnail: null,
  width: null,
  height: null,
  durationMs: null,
} as const;

it("finds messages that have every word, however they are written", () => {
  const items: TimelineItem[] = [
    { kind: "day", key: "day", at: 0 },
    said("1", "Тяжёлый кашель со вчера"),
    said("2", "Кашель прошёл"),
    said("3", "Спасибо"),
  ];
  expect(keys(items, "КАШЕЛЬ")).toEqual(["1", "2"]);
  expect(keys(items, "тяжел каш")).toEqual(["1"]);
  expect(keys(items, "")).toEqual([]);
});

it("finds files by name and caption, photos by caption alone, and nothing in what is gone or cannot be read", () => {
  const items = [
    of("file", { type: "file", file: FILE, caption: "от вторника" }),
    of("photo", { type: "image", file: FILE, caption: null }),
    of("captioned", { type: "image", file: FILE, caption: "Анализ крови" }),
    of("gone", { type: "redacted" }),
    of("unread", { type: "unreadable", why: "waiting" }),
  ];
  expect(keys(items, "анализ")).toEqual(["file", "captioned"]);
  expect(keys(items, "вторник")).toEqual(["file"]);
});

it("looks at the newest one until another is chosen", () => {
  const hits = [said("1", "a"), said("2", "a"), said("3", "a")];
  expect([placeAmong(hits, null), placeAmong(hits, "1"), placeAmong(hits, "gone")]).toEqual([2, 0, 2]);
  expect(placeAmong([], null)).toBe(-1);
});

it("goes back page by page, stops after enough of them, and not at all for one letter", () => {
  const pages = { loaded: 0, allowed: PAGES_AT_ONCE };
  expect(lookOf([], "more", pages)).toBe("idle");
  expect(lookOf(["ab"], "more", pages)).toBe("looking");
  expect(lookOf(["a"], "more", pages)).toBe("idle");
  expect(lookOf(["a"], "reached", pages)).toBe("whole");
  expect(lookOf(["ab"], "more", { loaded: PAGES_AT_ONCE, allowed: PAGES_AT_ONCE })).toBe("stopped");
  expect(lookOf(["ab"], "failed", pages)).toBe("failed");
  expect(lookOf(["ab"], "reached", pages)).toBe("whole");
});
