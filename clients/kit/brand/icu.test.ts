import { expect, it } from "vitest";
import { formatMessage } from "./icu.ts";

it("puts values in", () => {
  expect(formatMessage("Hello, {name}", { name: "Anna" }, "en")).toBe("Hello, Anna");
  expect(formatMessage("It's {n, number}", { n: 12345 }, "en")).toBe("It's 12,345");
});

it("counts as Russian does", () => {
  const message =
    "{count, plural, one {# сообщение} few {# сообщения} many {# сообщений} other {# сообщения}}";
  const say = (count: number) => formatMessage(message, { count }, "ru");
  expect([1, 2, 5, 11, 21, 104, 1.5].map(say)).toEqual([
    "1 сообщение",
    "2 сообщения",
    "5 сообщений",
    "11 сообщений",
    "21 сообщение",
    "104 сообщения",
    "1,5 сообщения",
  ]);
});

it("knows exact numbers, ordinals and nested choices", () => {
  expect(formatMessage("{n, plural, =0 {none} one {one} other {# and {x}}}", { n: 0 }, "en")).toBe("none");
  expect(formatMessage("{n, plural, =0 {none} one {one} other {# and {x}}}", { n: 3, x: "more" }, "en")).toBe(
    "3 and more",
  );
  expect(
    formatMessage("{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}", { n: 22 }, "en"),
  ).toBe("22nd");
  expect(formatMessage("{sex, select, f {she} other {they}}", { sex: "x" }, "en")).toBe("they");
});

it("quotes braces and leaves other apostrophes alone", () => {
  expect(formatMessage("don't '{this}' it''s", {}, "en")).toBe("don't {this} it's");
});

it("refuses what is not ICU", () => {
  expect(() => formatMessage("{n, plural, one {#}}", { n: 1 }, "en")).toThrow(SyntaxError);
  expect(() => formatMessage("{n", { n: 1 }, "en")).toThrow(SyntaxError);
  expect(() => formatMessage("a } b {x}", {}, "en")).toThrow(SyntaxError);
});
