import { expect, it } from "vitest";
import { clock, makeFormats, phoneNumber, phoneOf } from "./formats.ts";
import { pickLanguage } from "./i18n.ts";

const words = (key: string, values?: Record<string, unknown>) =>
  values?.span === undefined ? key : `${key}:${String(values.span)}`;
const now = new Date(2026, 10, 25, 12, 0);
const formats = makeFormats("en", words, () => now);

it("says today, yesterday, and the year only when it is another one", () => {
  expect(formats.day(new Date(2026, 10, 25, 0, 1))).toBe("day.today");
  expect(formats.day(new Date(2026, 10, 24, 23, 59))).toBe("day.yesterday");
  expect(formats.day(new Date(2026, 2, 12))).toBe("March 12");
  expect(formats.day(new Date(2025, 2, 12))).toBe("March 12, 2025");
});

it("rounds waits outwards, never more exact than honest", () => {
  const range = (p50: number, p80: number) => formats.waitRange({ p50_seconds: p50, p80_seconds: p80 });
  expect(range(20, 45)).toBe("wait.minute");
  expect(range(370, 590)).toBe("wait.minutes:6–10");
  expect(range(700, 1_450)).toBe("wait.minutes:10–25");
  expect(range(4_000, 9_000)).toBe("wait.hours:1–3");
  expect(range(300, 300)).toBe("wait.minutes:5");
});

it("writes money as the locale does, with small change only where there is some", () => {
  expect(formats.money({ amount_minor: 90_000, currency: "RUB" })).toBe("₽900");
  expect(makeFormats("ru", words).money({ amount_minor: 90_050, currency: "RUB" }).replace(/\s/g, " ")).toBe(
    "900,50 ₽",
  );
  expect(formats.money({ amount_minor: 900, currency: "JPY" })).toBe("¥900");
});

it("writes sizes and clocks", () => {
  expect(formats.fileSize(248_310)).toBe("248 kB");
  expect(formats.fileSize(2_440_000)).toBe("2.4 MB");
  expect([0, 72, 3_672].map(clock)).toEqual(["0:00", "1:12", "1:01:12"]);
});

it("groups a telephone number as its country does", () => {
  expect(
    ["+74950000001", "+442079460001", "+441632960001", "+15551230001", "112", "+4930123456"].map(phoneNumber),
  ).toEqual([
    "+7 495 000-00-01",
    "+44 20 7946 0001",
    "+44 1632 960 001",
    "+1 555-123-0001",
    "112",
    "+4930123456",
  ]);
});

it("picks the language: the person's choice, the browser's wish, the brand's default", () => {
  const brand = { languages: ["ru", "en"], default_language: "ru" };
  expect(pickLanguage(brand, "en", ["ru"])).toBe("en");
  expect(pickLanguage(brand, "de", ["en-GB", "ru"])).toBe("en");
  expect(pickLanguage(brand, null, ["de-DE"])).toBe("ru");
});

it("reads a telephone number as people write it", () => {
  expect(phoneOf("8 (912) 345-67-89")).toBe("+79123456789");
  expect(phoneOf("+49 30 901820")).toBe("+4930901820");
  expect(phoneOf("345-67-89")).toBeNull();
});
