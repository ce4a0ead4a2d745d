/** Rows that were refused, in the reader's words. */
import { ApiProblem, type ProblemSlug } from "@consilium/kit/api";
import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";
import { speakEnglish } from "../../../testing/in-console.tsx";
import { EN as words } from "../../../testing/words.ts";
import { whyNot } from "./refusal.ts";

beforeAll(() => speakEnglish());

const why = (
  kind: Parameters<typeof whyNot>[0],
  slug: ProblemSlug,
  status: number,
  members: Record<string, unknown> = {},
) => whyNot(kind, new ApiProblem(slug, status, "For programs.", members), i18next.t);

it("says who was faster, and who is being asked", () => {
  const sokolov = { id: "o2", name: "Sokolov" };
  expect(why("assign", "taken", 409, { taken_by: sokolov })).toBe("Sokolov was faster.");
  expect(why("assign", "offered", 409, { offered_to: sokolov })).toBe("Sokolov is being asked just now.");
});

it("says what changed meanwhile, what only others may, and where it cannot go", () => {
  expect(why("raise", "conflict", 409, { phase: "active" })).toBe(words.bulk.why.meanwhile);
  expect(why("assign", "forbidden", 403)).toBe(words.bulk.why.forbidden);
  const errors = [{ field: "to", message: "The queue shares no history with this conversation." }];
  expect(why("assign", "invalid", 422, { errors })).toBe(words.bulk.why.target);
});

it("names the step of a macro that was not possible", () => {
  const { cannot, short, why: because, changed } = words.macros;
  expect(why("macro", "conflict", 409, { macro_step: "close" })).toBe(
    `${cannot.replace("{step}", short.close)} ${because.close}`,
  );
  expect(why("macro", "conflict", 409)).toBe(changed);
});

it("says everything else as it is said elsewhere", () => {
  const { title, text } = words.problem["not-found"];
  expect(why("add_tag", "not-found", 404)).toBe(`${title} ${text}`);
  expect(why("macro", "conclusion-required", 409)).toBe(
    `${words.problem["conclusion-required"].title} ${words.problem["conclusion-required"].text}`,
  );
});
