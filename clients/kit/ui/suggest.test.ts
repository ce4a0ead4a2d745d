import { describe, expect, it } from "vitest";
import { inserted, wordAt } from "./suggest.ts";

describe("the word at the caret", () => {
  const at = (marked: string, trigger: string, spaces = 0) =>
    wordAt(marked.replace("|", ""), marked.indexOf("|"), trigger, spaces)?.word ?? null;

  it("begins a line or stands behind a space", () => {
    expect(at("/gre|", "/")).toBe("gre");
    expect(at("Hello. /|", "/")).toBe("");
    expect(at("one\n/gr|eeting", "/")).toBe("gr");
    expect(at("and/or|", "/")).toBeNull();
    expect(at("https://x|", "/")).toBeNull();
  });

  it("ends with a space, unless names may have some", () => {
    expect(at("/greeting |", "/")).toBeNull();
    expect(at("ask @Irina Pe|", "@", 1)).toBe("Irina Pe");
    expect(at("ask @Irina Petrova |", "@", 1)).toBeNull();
    expect(at("ask @ |", "@", 1)).toBeNull();
    expect(at("@Irina\n|", "@", 1)).toBeNull();
    expect(at(`/${"x".repeat(41)}|`, "/")).toBeNull();
  });
});

describe("an insertion", () => {
  it("takes the word's place and leaves the rest", () => {
    expect(inserted("a /gr b", 2, 5, { text: "Hello" })).toEqual({ text: "a Hello b", select: [7, 7] });
  });

  it("selects what has to be written over", () => {
    const { text, select } = inserted("/x", 0, 2, { text: "Dear ‹name›,", select: [5, 11] });
    expect(text.slice(...select)).toBe("‹name›");
  });
});
