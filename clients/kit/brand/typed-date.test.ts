import { expect, it } from "vitest";
import { dateOrder, isCalendarDate, readDate, withSeparators, writtenDate } from "./typed-date.ts";

const [russian, british, american] = ["ru", "en-GB", "en-US"].map(dateOrder) as [
  ReturnType<typeof dateOrder>,
  ReturnType<typeof dateOrder>,
  ReturnType<typeof dateOrder>,
];

it("writes and reads a date in the order of the region", () => {
  expect([russian, british, american].map((order) => writtenDate("1990-03-12", order))).toEqual([
    "12.03.1990",
    "12/03/1990",
    "03/12/1990",
  ]);
  for (const order of [russian, british, american])
    expect(readDate(writtenDate("1990-03-12", order), order)).toBe("1990-03-12");
  expect(readDate("5.3.1990", russian)).toBe("1990-03-05");
});

it("reads nothing that the calendar does not have", () => {
  for (const typed of ["31.02.1990", "12.03.90", "12.03", "99.99.9999", ""])
    expect(readDate(typed, russian)).toBeNull();
  expect(["1990-03-12", "1990-02-30", "1990-3-1"].map(isCalendarDate)).toEqual([true, false, false]);
});

it("puts the separators in while one types, and leaves room to take them out", () => {
  const typed = (text: string) => withSeparators(text, russian);
  expect(["1", "12", "120", "12031990", "1.3.1990", "12.0319", "12.03", "1."].map(typed)).toEqual([
    "1",
    "12",
    "12.0",
    "12.03.1990",
    "1.3.1990",
    "12.03.19",
    "12.03",
    "1.",
  ]);
});
