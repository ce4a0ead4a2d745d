import type { TFunction } from "i18next";
import { expect, it } from "vitest";
import { daysWords, rowWords, tickWords } from "./words.ts";

const t = ((key: string) => key) as unknown as TFunction;
const plain = (text: string) => text.replaceAll(/[\u2009\u202f\u00a0]/g, " ");

it("days are written as the country writes them, one day as one", () => {
  expect(plain(daysWords({ from: "2026-11-01", to: "2026-11-28" }, "en-GB"))).toMatch(
    /^1 ?– ?28 November 2026$/,
  );
  expect(daysWords({ from: "2026-11-28", to: "2026-11-28" }, "ru")).toBe("28 ноября 2026 г.");
});

it("a row is told by what it is about, whatever the reader's own zone", () => {
  const words = (key: string, group: Parameters<typeof rowWords>[1], name: string | null = null) =>
    plain(rowWords({ key, name }, group, "en-GB", t));
  expect(words("07", "hour")).toBe("07:00–08:00");
  expect(words("23", "hour")).toBe("23:00–00:00");
  expect(words("2026-11-28", "day")).toMatch(/^Sat,? 28 Nov$/);
  expect(words("2026-W48", "week")).toMatch(/^23 ?– ?29 Nov$/);
  expect(words("therapist", "queue", "Therapist")).toBe("Therapist");
  expect(words("gone", "operator")).toBe("gone");
  expect(words("", "operator")).toBe("reports.nobody.operator");
  expect(tickWords({ key: "07", name: null }, "hour", "en-GB", t)).toBe("07");
  expect(tickWords({ key: "2026-11-28", name: null }, "day", "en-GB", t)).toBe("28/11");
});
