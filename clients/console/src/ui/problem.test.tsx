/** Refusals in the reader's words. */
import { ApiProblem } from "@consilium/kit/api";
import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";
import { speakEnglish } from "../../testing/in-console.tsx";
import { EN as words } from "../../testing/words.ts";
import settings from "../locales/en.settings.json";
import { fieldWords, refusals, refusalText } from "./problem.ts";

beforeAll(() => speakEnglish(settings));

it("says what is wrong in the reader's words, and in the service's where there are none", () => {
  const wrong = { field: "capacity", message: "0 to 1000" };
  expect(fieldWords(wrong, i18next.t)).toBe("0 to 1000");
  expect(fieldWords({ ...wrong, code: "of_a_later_release" }, i18next.t)).toBe("0 to 1000");
  const range = { ...wrong, code: "range", params: { from: "0", to: "1000" } };
  expect(fieldWords(range, i18next.t)).toBe("0 to 1000.");
  const missing = { ...wrong, code: "missing_language", params: { language: "en" } };
  expect(fieldWords(missing, i18next.t)).toBe("A text is missing: English.");
});

it("puts each refusal to its field", () => {
  const errors = [{ field: "role", message: "no", code: "last_administrator" }];
  const { byField, general } = refusals(new ApiProblem("invalid", 422, "no", { errors }), {}, i18next.t);
  expect(byField.get("role")).toBe(words.refused.last_administrator);
  expect(general).toBeNull();
});

it("tells in one text what is wrong with fields, else what happened and what can be done", () => {
  const errors = [{ field: "role", message: "no", code: "last_administrator" }];
  expect(refusalText(new ApiProblem("invalid", 422, "See `errors`.", { errors }), i18next.t)).toBe(
    words.refused.last_administrator,
  );
  expect(refusalText(new ApiProblem("conflict", 409, "Look again."), i18next.t)).toBe("Look again.");
  const { title, text } = words.problem.offline;
  expect(refusalText(new ApiProblem("offline", 0, ""), i18next.t)).toBe(`${title} ${text}`);
});
