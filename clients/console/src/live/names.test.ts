import { expect, it } from "vitest";
import { compareNames, folded } from "./names.ts";

it("names fold to what people type", () => {
  expect(folded(" Семёнов ")).toBe("семенов");
  expect(folded("Öztürk")).toBe("ozturk");
  expect(folded("Йозеф")).toBe("йозеф");
});

it("names sort as the alphabet does", () => {
  expect(["Яна", "Ёлкин", "Егоров", "Жуков", "anderson", "Öztürk", "Peters"].sort(compareNames)).toEqual([
    "anderson",
    "Öztürk",
    "Peters",
    "Егоров",
    "Ёлкин",
    "Жуков",
    "Яна",
  ]);
});
