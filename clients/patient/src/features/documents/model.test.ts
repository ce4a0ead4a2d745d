import type { Consultation } from "@consilium/kit/api";
import type { DocumentItem } from "@consilium/kit/matrix";
import { expect, it } from "vitest";
import {
  askedAt,
  type FoundConclusion,
  type FoundFile,
  isOf,
  isWithin,
  linesOf,
  matches,
  partLookedThrough,
  previewOf,
  together,
} from "./model.ts";

const at = (month: number, day: number, hour = 12) => new Date(2026, month - 1, day, hour).getTime();

function document(part: Partial<DocumentItem> = {}): DocumentItem {
  return {
    id: "$1",
    roomId: "!r",
    kind: "file",
    at: at(3, 12),
    sender: { userId: "@petrova:x", name: "Мария Петрова", kind: "other" },
    file: {
      name: "Анализ крови.pdf",
      mimetype: "application/pdf",
      sizeBytes: 240_000,
      source: { at: "server", url: "mxc://x/1", mimetype: "application/pdf", encrypted: null },
      thumbnail: null,
      width: null,
      height: null,
      durationMs: null,
    },
    ...part,
  };
}

const found = (part: Partial<FoundFile> = {}): FoundFile => ({
  kind: "file",
  id: "$1",
  name: "Анализ крови.pdf",
  at: at(3, 12),
  document: document(),
  sender: "Мария Петрова",
  service: "Терапевт",
  person: null,
  days: ["12 марта 2026 г.", "март 2026 г.", "12.03.2026"],
  ...part,
});

const asked = (room_id: string, requested_at: string, name: string) =>
  ({ room_id, requested_at, queue: { id: name, name } }) as Consultation;

it("is found by its name, its sender, its service and its day, in any order and however the letters are", () => {
  for (const query of [
    "",
    "АНАЛИЗ",
    "кров анал",
    "петрова",
    "терапевт",
    "март 2026",
    "12 марта",
    "12.03.2026",
  ])
    expect(matches(found(), query), query).toBe(true);
  for (const query of ["мочи", "апрель", "анализ иванов"]) expect(matches(found(), query), query).toBe(false);
});

it("takes «ё» for «е», and letters put together for letters with marks", () => {
  expect(matches(found({ name: "Йог и\u0306од.pdf" }), "йод")).toBe(true);
  expect(matches(found({ name: "Счёт.pdf" }), "счет")).toBe(true);
});

it("belongs to the service that was asked last before it, in its own conversation", () => {
  const consultations = [
    asked("!r", new Date(at(3, 1)).toISOString(), "Педиатр"),
    asked("!r", new Date(at(3, 10)).toISOString(), "Терапевт"),
    asked("!r", new Date(at(3, 20)).toISOString(), "Дежурный"),
    asked("!other", new Date(at(3, 11)).toISOString(), "Юрист"),
  ];
  expect(askedAt(document(), consultations)?.queue.name).toBe("Терапевт");
  expect(askedAt(document({ at: at(2, 1) }), consultations)).toBeNull();
});

it("is of whom the talk was about, and found by that name", () => {
  const hers = found({ person: { id: "m", name: "Маша" } });
  expect(["all", "self", "m"].map((whose) => isOf(hers, whose))).toEqual([true, false, true]);
  expect(["all", "self", "m"].map((whose) => isOf(found(), whose))).toEqual([true, true, false]);
  expect([matches(hers, "маша"), matches(found(), "маша")]).toEqual([true, false]);
});

it("stands among the files by the day on which it was signed, and is found by its number", () => {
  const conclusion: FoundConclusion = {
    kind: "conclusion",
    id: "conclusion:c1:1",
    name: "Заключение № 12",
    at: at(3, 14),
    sender: "Мария Петрова",
    service: "Терапевт",
    person: null,
    days: ["14 марта 2026 г."],
    conclusion: {
      consultationId: "c1",
      conversationId: "v1",
      number: 12,
      version: 1,
      at: at(3, 14),
      author: "Мария Петрова",
      service: "Терапевт",
      askedAt: at(3, 12),
      person: null,
      isOver: true,
    },
  };
  const files = [found({ id: "$2", at: at(3, 20) }), found({ id: "$1", at: at(3, 12) })];
  expect(together(files, [conclusion]).map(({ id }) => id)).toEqual(["$2", "conclusion:c1:1", "$1"]);
  expect([matches(conclusion, "заключение 12"), matches(conclusion, "14 марта")]).toEqual([true, true]);
});

it("counts both ends of a period, in days of the reader's clock", () => {
  expect(isWithin(at(3, 12, 23), { from: "2026-03-12", to: "2026-03-12" })).toBe(true);
  expect(isWithin(at(3, 13, 0), { from: "2026-03-12", to: "2026-03-12" })).toBe(false);
  expect(isWithin(at(3, 12, 0), { from: "", to: "2026-03-12" })).toBe(true);
  expect(isWithin(at(3, 12), { from: "12.0", to: "" })).toBe(true);
  expect(isWithin(at(3, 11, 23), { from: "2026-03-12", to: "" })).toBe(false);
});

it("stands under the month of the reader's clock, the first and the last of each marked", () => {
  const rows = [at(4, 2), at(3, 12), at(3, 1)].map((time, index) => found({ id: `$${index}`, at: time }));
  const lines = linesOf(rows);
  expect(lines.map(({ kind }) => kind)).toEqual(["month", "document", "month", "document", "document"]);
  expect(
    lines.flatMap((line) => (line.kind === "document" ? [[line.startsMonth, line.endsMonth]] : [])),
  ).toEqual([
    [true, true],
    [true, false],
    [false, true],
  ]);
});

it("tells how much of the time since the first question was looked through", () => {
  const first = [asked("!r", new Date(0).toISOString(), "A"), asked("!r", new Date(900).toISOString(), "B")];
  expect(partLookedThrough(750, first, 1_000)).toBe(0.25);
  expect(partLookedThrough(-50, first, 1_000)).toBe(1);
  expect(partLookedThrough(null, first, 1_000)).toBeNull();
  expect(partLookedThrough(750, [], 1_000)).toBeNull();
});

it("draws a photo from its small picture, or from itself where it is light", () => {
  const { file } = document();
  expect(previewOf(document())).toBeNull();
  expect(previewOf(document({ kind: "image" }))).toBeNull();
  expect(previewOf(document({ kind: "image", file: { ...file, sizeBytes: 9_000 } }))).toBe(file.source);
  expect(previewOf(document({ kind: "video", file: { ...file, thumbnail: file.source } }))).toBe(file.source);
});
