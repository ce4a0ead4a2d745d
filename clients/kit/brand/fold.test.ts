import { expect, it } from "vitest";
import { fold, placesOf, searchedWords } from "./fold.ts";

const found = (text: string, query: string) =>
  placesOf(text, searchedWords(query)).map(({ start, end }) => text.slice(start, end));

it("takes «ё» for «е», marks for none on Latin letters, and й for no и", () => {
  expect(fold("  Ёлка \n и\u0306ог  Ångström Café ")).toBe("елка йог angstrom cafe");
  expect(fold("Кий") === fold("Кии")).toBe(false);
});

it("finds words as they were written, whatever folding does to their length", () => {
  expect(found("Мёд и ёлка", "мед елка")).toEqual(["Мёд", "ёлка"]);
  expect(found("cafe\u0301 au lait", "cafe")).toEqual(["cafe\u0301"]);
  expect(found("İstanbul, Straße", "straße")).toEqual(["Straße"]);
  expect(found("a   b", "a")).toEqual(["a"]);
  expect(found("🤒 headache", "headache")).toEqual(["headache"]);
});

it("joins what lies together, and finds nothing of nothing", () => {
  expect(found("headache", "head eadac")).toEqual(["headac"]);
  expect(found("ache ache", "ache")).toEqual(["ache", "ache"]);
  expect(found("ache", "  ")).toEqual([]);
  expect(placesOf("", ["a"])).toEqual([]);
});
