import { expect, it } from "vitest";
import { messageItem, PETROVA } from "../../testing/samples.ts";
import type { ConsultationItem, TimelineItem } from "../types.ts";
import { foldClosed, foldedWith } from "./fold.ts";

const said = (key: string) => messageItem({ key, eventId: key });
const became = (
  key: string,
  consultationId: string,
  change: ConsultationItem["change"],
): ConsultationItem => ({
  kind: "consultation",
  key,
  consultationId,
  phase: "active",
  change,
  at: 5,
  people: change === "taken" ? [PETROVA] : [],
});
const talk = (id: string): TimelineItem[] => [
  became(`${id}q`, id, "requested"),
  said(`${id}1`),
  became(`${id}t`, id, "taken"),
  said(`${id}2`),
  became(`${id}a`, id, "archived"),
];
const keys = (items: readonly TimelineItem[]) => items.map((item) => item.key);

it("folds what is finished and leaves what is going on", () => {
  const items = foldClosed([...talk("a"), ...talk("b"), said("new")], new Set(), true);
  expect(keys(items)).toEqual(["closed:aa", "closed:ba", "new"]);
  expect(items[0]).toMatchObject({ messages: 2, people: [PETROVA], open: false });
});

it("leaves the one that has just finished open to the eye", () => {
  expect(keys(foldClosed([...talk("a"), ...talk("b")], new Set(), true))).toEqual([
    "closed:aa",
    ...keys(talk("b")),
  ]);
});

it("shows a folded one again, with its card on top", () => {
  const items = foldClosed([...talk("a"), said("new")], new Set(["a"]), true);
  expect(keys(items)).toEqual(["closed:aa", ...keys(talk("a")), "new"]);
});

it("folds nothing whose beginning is not loaded", () => {
  const items = [...talk("a").slice(2), ...talk("b"), said("new")];
  expect(keys(foldClosed(items, new Set(), false))).toEqual([
    ...keys(talk("a").slice(2)),
    "closed:ba",
    "new",
  ]);
});

it("knows in which finished consultation something lies", () => {
  const items = [...talk("a"), ...talk("b"), said("new")];
  expect(["a1", "ba", "new", "gone"].map((key) => foldedWith(items, key))).toEqual(["a", "b", null, null]);
});

it("leaves a conclusion in sight when its consultation folds", () => {
  const conclusion: TimelineItem = {
    kind: "conclusion",
    key: "c",
    consultationId: "a",
    step: "ready",
    at: 5,
  };
  const [first, ...rest] = talk("a");
  const items = foldClosed([first as TimelineItem, conclusion, ...rest, said("new")], new Set(), true);
  expect(keys(items)).toEqual(["closed:aa", "c", "new"]);
});
