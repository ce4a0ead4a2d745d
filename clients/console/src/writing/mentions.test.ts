import { describe, expect, it } from "vitest";
import { operator } from "../../testing/rows.ts";
import { colleaguesOf, mentionedIn, partsOf, suggested } from "./mentions.ts";

const ANNA = operator({ id: "1", name: "Anna" });
const PETROVA = operator({ id: "2", name: "Anna Petrova", title: "GP" });
const ALL = [ANNA, PETROVA, operator({ id: "3", name: "Пётр Соколов" })];

describe("mentions in a text", () => {
  it("are an @ and a known name, the longest that fits", () => {
    expect(mentionedIn("@Anna Petrova, and @Пётр Соколов?", ALL)).toEqual(["2", "3"]);
    expect(mentionedIn("@Anna, please", ALL)).toEqual(["1"]);
    expect(mentionedIn("@Annabel @anna a@b.c @", ALL)).toEqual([]);
    expect(mentionedIn("@Anna @Anna", ALL)).toEqual(["1"]);
  });

  it("are told from the words around them", () => {
    expect(partsOf("ask @Anna Petrova now", ALL)).toEqual([
      { kind: "text", text: "ask " },
      { kind: "mention", name: "Anna Petrova" },
      { kind: "text", text: " now" },
    ]);
    expect(partsOf("nobody @here", ALL)).toEqual([{ kind: "text", text: "nobody @here" }]);
    expect(partsOf("@Anna", ALL)).toEqual([{ kind: "mention", name: "Anna" }]);
  });

  it("are suggested by any part of a name", () => {
    expect(suggested("pet", ALL).map(({ id }) => id)).toEqual(["2"]);
    expect(suggested("сок", ALL).map(({ id }) => id)).toEqual(["3"]);
    expect(suggested("anna p", ALL).map(({ id }) => id)).toEqual(["2"]);
    expect(suggested("", ALL)).toHaveLength(3);
    expect(colleaguesOf(ALL, "1").map(({ id }) => id)).toEqual(["2", "3"]);
  });
});
