import { describe, expect, it } from "vitest";
import type { Questionnaire } from "../api/types.ts";
import { questionSample as question } from "../testing/questions.ts";
import { answersOf, askedOf, redFlagOf, typedOf, wrongOf } from "./model.ts";

const option = (code: string, red_flag = false) => ({ code, text: code, red_flag });

const ASKED: Questionnaire = {
  title: "A child",
  items: [
    question("fever", "boolean", { required: true }),
    question("highest", "decimal", {
      minimum: 34,
      maximum: 43,
      red_flag_from: 39.5,
      red_flag_to: 35,
      enable_when: { question: "fever", answer: "yes" },
    }),
    question("signs", "choice", { repeats: true, options: [option("breath", true), option("rash")] }),
    question("where", "choice", {
      options: [option("arm"), option("leg")],
      enable_when: { question: "signs", answer: "rash" },
    }),
    question("side", "choice", {
      options: [option("left"), option("right")],
      enable_when: { question: "where", answer: "arm" },
    }),
    question("since", "date"),
    question("words", "text"),
  ],
};
const ids = (typed: Parameters<typeof askedOf>[1]) => askedOf(ASKED, typed).map(({ link_id }) => link_id);

describe("what is asked", () => {
  it("follows from the answers before it, and from those only that are asked themselves", () => {
    expect(ids({})).toEqual(["fever", "signs", "since", "words"]);
    expect(ids({ fever: true })).toContain("highest");
    expect(ids({ fever: false })).not.toContain("highest");
    expect(ids({ signs: ["rash"], where: ["arm"] })).toContain("side");
    expect(ids({ signs: [], where: ["arm"] })).not.toContain("side");
  });
});

describe("what is wrong", () => {
  const wrong = (typed: Parameters<typeof wrongOf>[1]) => Object.fromEntries(wrongOf(ASKED, typed));
  it("says what is missing, and nothing of what is not asked", () => {
    expect(wrong({})).toEqual({ fever: "required" });
    expect(wrong({ fever: false, highest: "99" })).toEqual({});
  });
  it("reads numbers as people write them", () => {
    expect(wrong({ fever: true, highest: "38,5" })).toEqual({});
    expect(wrong({ fever: true, highest: "hot" })).toEqual({ highest: "number" });
    expect(wrong({ fever: true, highest: "44" })).toEqual({ highest: "range" });
    expect(wrong({ fever: true, highest: "  " })).toEqual({});
  });
  it("wants a whole day", () => {
    expect(wrong({ fever: false, since: "2026-11-2" })).toEqual({ since: "day" });
    expect(wrong({ fever: false, since: "2026-11-28" })).toEqual({});
  });
});

it("sends what is asked and answered", () => {
  const typed = {
    fever: true,
    highest: "38,5",
    signs: ["rash"],
    where: [],
    since: "",
    words: " none ",
    gone: "x",
  };
  expect(answersOf(ASKED, typed)).toEqual([
    { link_id: "fever", value: true },
    { link_id: "highest", value: 38.5 },
    { link_id: "signs", value: ["rash"] },
    { link_id: "words", value: "none" },
  ]);
});

it("takes nothing that was typed to another question of the same name", () => {
  const typed = { fever: "38", signs: ["gone", "rash"], where: ["arm", "leg"], highest: true, words: false };
  expect(answersOf(ASKED, typed)).toEqual([
    { link_id: "signs", value: ["rash"] },
    { link_id: "where", value: ["arm"] },
  ]);
  expect(Object.fromEntries(wrongOf(ASKED, typed))).toEqual({ fever: "required" });
  expect(redFlagOf(ASKED, { ...typed, signs: ["gone"] })).toBeNull();
});

it("knows the first red flag", () => {
  expect(redFlagOf(ASKED, { fever: true, highest: "39,5", signs: ["breath"] })).toBe("highest");
  expect(redFlagOf(ASKED, { fever: true, highest: "34.9" })).toBe("highest");
  expect(redFlagOf(ASKED, { signs: ["breath"] })).toBe("signs");
  expect(redFlagOf(ASKED, { fever: true, highest: "39,4", signs: ["rash"] })).toBeNull();
  expect(redFlagOf(ASKED, { fever: false, highest: "41" })).toBeNull();
});

it("fills in what was sent, so that it can be sent again as it is", () => {
  const sent = [
    { link_id: "fever", value: true },
    { link_id: "highest", value: 38.5 },
    { link_id: "signs", value: ["rash"] },
    { link_id: "where", value: ["arm"] },
    { link_id: "side", value: ["left"] },
    { link_id: "since", value: "2026-11-28" },
    { link_id: "words", value: "none" },
  ];
  expect(answersOf(ASKED, typedOf(sent))).toEqual(sent);
  expect(wrongOf(ASKED, typedOf(sent)).size).toBe(0);
  expect(typedOf([])).toEqual({});
});
