import { expect, it } from "vitest";
import { choiceCalled, collect, thingNames, withNames } from "./names.ts";

const FORM = {
  title: { en: "Children" },
  items: [
    {
      link_id: "signs",
      text: { en: "What do you see?", ru: "Что Вы видите?" },
      options: [{ code: "rash", text: { en: "A rash", ru: "Сыпь" } }],
    },
  ],
};

it("things are called as they call themselves, in the reader's language", () => {
  const names = thingNames([FORM], "ru");
  expect([...names]).toEqual([
    ["items[signs]", "Что Вы видите?"],
    ["items[signs].options[rash]", "Сыпь"],
  ]);
  expect(thingNames([FORM], "de").get("items[signs]")).toBe("What do you see?");
});

it("what is edited calls a thing first, and what was there calls what is removed", () => {
  const old = { id: "old", name: { en: "Old ones" } };
  const before = { classes: [{ id: "talk", name: { en: "Talks" } }, old] };
  const edited = { classes: [{ id: "talk", name: { en: "Consultations" } }] };
  const names = thingNames([edited, before], "en");
  expect([names.get("classes[talk]"), names.get("classes[old]")]).toEqual(["Consultations", "Old ones"]);
});

it("a thing that a difference removes as a whole says its name itself", () => {
  const names = new Map<string, string>();
  collect("consents[ads]", { id: "ads", title: { en: "News by e-mail" } }, "en", names);
  expect(names.get("consents[ads]")).toBe("News by e-mail");
});

it("a code of an answer is called by its words where they are the same everywhere", () => {
  expect(choiceCalled("rash", thingNames([FORM], "en"))).toBe("A rash");
  const two = new Map([
    ["items[a].options[yes]", "Yes"],
    ["items[b].options[yes]", "Often"],
  ]);
  expect(choiceCalled("yes", two)).toBeNull();
});

it("a refusal names classes, statuses and queues, and what it does not know by its id", () => {
  const names = new Map([["classes[talk]", "Talks"]]);
  const queue = (id: string) => (id === "general" ? "Doctor" : undefined);
  const called = (code: string, name: string) =>
    withNames({ field: "", message: "", code, params: { name } }, names, queue).params?.name;
  expect(called("class_in_use", "talk")).toBe("Talks");
  expect(called("class_in_use", "gone")).toBe("gone");
  expect(called("no_callback_queue", "general")).toBe("Doctor");
  expect(called("no_class", "talk")).toBe("talk");
});
