import { expect, it } from "vitest";
import { cardTabOf, NO_CARD_TABS, turnedTo } from "./card-tabs.ts";

it("a new patient begins with who it is, and one who was left comes back as he was", () => {
  const anna = turnedTo(NO_CARD_TABS, "anna", "conclusion");
  expect([cardTabOf(anna, "anna"), cardTabOf(anna, "boris")]).toEqual(["conclusion", "patient"]);
  const back = turnedTo(turnedTo(anna, "boris", "conclusion"), "anna", "patient");
  expect([cardTabOf(back, "anna"), cardTabOf(back, "boris")]).toEqual(["patient", "conclusion"]);
});

it("a bounded number is remembered, the latest of them", () => {
  let tabs = NO_CARD_TABS;
  for (let index = 0; index < 300; index += 1) tabs = turnedTo(tabs, String(index), "conclusion");
  expect([tabs.size, cardTabOf(tabs, "299"), cardTabOf(tabs, "0")]).toEqual([200, "conclusion", "patient"]);
});
