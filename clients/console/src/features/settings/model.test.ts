import type { QueueSettings } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { addressOf, type Content, inGroup, placeOf, sectionAt, wrongOf } from "./model.ts";
import { queueSettings } from "./new-queue.ts";

const queue = (change: Partial<QueueSettings>): Content => ({
  kind: "queue",
  value: { ...queueSettings(), ...change },
});
const wrong = (content: Content) => Object.fromEntries(wrongOf(content, ["en", "ru"]));

describe("what is wrong with a section before it is sent", () => {
  it("is nothing where it is whole", () => {
    expect(wrong(queue({}))).toEqual({});
  });

  it("is named by its field", () => {
    expect(wrong(queue({ name: { en: "A", ru: " " } }))).toEqual({ "name.ru": "needed" });
    expect(wrong(queue({ capacity: 0, priority: 101 }))).toEqual({
      capacity: "atLeastOne",
      priority: "toHundred",
    });
    const closures = [{ from: "2027-01-02T00:00", to: "2027-01-01T00:00", reason: null }];
    expect(wrong(queue({ closures }))).toEqual({ "closures[0]": "laterEnd" });
  });

  it("is told of hours by their day", () => {
    const hours = [
      { days: ["monday" as const], from: "18:00", to: "09:00" },
      { days: ["friday" as const], from: "09:00", to: "13:00" },
      { days: ["friday" as const], from: "12:00", to: "18:00" },
    ];
    expect(wrong(queue({ hours }))).toEqual({ "hours.monday": "laterEnd", "hours.friday": "overlap" });
    const refused = { field: "hours[1]", message: "no" };
    expect(placeOf(refused, queue({ hours }))).toBe("hours.friday");
    expect(placeOf({ field: "hours[0].from", message: "no" }, queue({ hours }))).toBe("hours.monday");
  });

  it("is a text that another language has", () => {
    const texts: Content = {
      kind: "texts",
      value: { texts: { en: { emergency: "" }, ru: { emergency: "a" } } },
    };
    expect(wrong(texts)).toEqual({ "texts.en.emergency": "needed" });
  });
});

describe("sections", () => {
  it("stand in their groups", () => {
    const section = (name: string, kind: "queue" | "texts") =>
      ({ section: name, kind }) as Parameters<typeof inGroup>[0][number];
    const all = [section("queue.a", "queue"), section("texts", "texts")];
    expect(inGroup(all, "brand").map(({ section: name }) => name)).toEqual(["texts"]);
  });

  it("stand in the address as something else than a file", () => {
    for (const section of ["queue.night-shift", "texts"]) {
      expect(addressOf(section)).not.toContain(".");
      expect(sectionAt(addressOf(section))).toBe(section);
    }
  });
});
