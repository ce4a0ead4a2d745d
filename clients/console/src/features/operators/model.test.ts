import { describe, expect, it } from "vitest";
import { operator, queue } from "../../../testing/rows.ts";
import {
  checkForm,
  circlesOf,
  emptyForm,
  findOperators,
  formOf,
  fullUserId,
  givenBy,
  knownSkills,
  mayChange,
  narrowed,
  newOperator,
  operatorFilter,
  operatorPatch,
  rolesToGive,
} from "./model.ts";

describe("a user id", () => {
  it("may be short", () => {
    expect(fullUserId(" Petrova ", "clinic.test")).toBe("@petrova:clinic.test");
    expect(fullUserId("@petrova:other.test:8448", "clinic.test")).toBe("@petrova:other.test:8448");
    expect(fullUserId("Dr. Petrova", "clinic.test")).toBeNull();
  });
});

describe("the form", () => {
  it("wants an account, a name and a queue", () => {
    expect(Object.keys(checkForm(emptyForm(), "clinic.test"))).toEqual(["userId", "name", "queues"]);
    expect(checkForm({ ...emptyForm(), userId: "a", name: "A", role: "supervisor" }, "clinic.test")).toEqual(
      {},
    );
  });

  it("sends a new operator whole and only what was changed of a known one", () => {
    expect(
      newOperator(
        { ...emptyForm(), userId: "a", name: " A ", title: " ", queues: ["q"], skills: [" ECG ", " "] },
        "clinic.test",
      ),
    ).toEqual({
      user_id: "@a:clinic.test",
      name: "A",
      title: null,
      grade: null,
      role: "operator",
      queues: ["q"],
      skills: ["ECG"],
      languages: [],
      capacity: 4,
      hours: [],
      time_zone: null,
    });
    const known = operator({ id: "o", queues: ["a", "b"] });
    expect(operatorPatch(known, { ...formOf(known), queues: ["b", "a"] })).toEqual({});
    expect(operatorPatch(known, { ...formOf(known), title: "Therapist" })).toEqual({ title: "Therapist" });
    const profile = { skills: ["ECG"], languages: ["en"], capacity: "6" };
    expect(operatorPatch(known, { ...formOf(known), ...profile })).toEqual({ ...profile, capacity: 6 });
  });

  it("wants a number of patients that an operator can have, and skills that can be read", () => {
    const known = formOf(operator({ id: "o" }));
    for (const capacity of ["", -1, 1.5, 1_001])
      expect(checkForm({ ...known, capacity }, "clinic.test")).toEqual({
        capacity: "operators.error.capacity",
      });
    expect(checkForm({ ...known, capacity: 0 }, "clinic.test")).toEqual({});
    expect(Object.keys(checkForm({ ...known, skills: ["x".repeat(201)] }, "clinic.test"))).toEqual([
      "skills",
    ]);
  });

  it("sends a schedule when it says something else, and keeps what cannot be", () => {
    const kept = [{ days: ["monday" as const, "friday" as const], from: "09:00:00", to: "18:00:00" }];
    const known = operator({ id: "o", hours: kept, time_zone: "Asia/Tokyo" });
    const typed = kept.flatMap(({ days }) =>
      days.map((day) => ({ days: [day], from: "09:00", to: "18:00" })),
    );
    expect(operatorPatch(known, { ...formOf(known), hours: typed })).toEqual({});
    expect(operatorPatch(known, { ...formOf(known), hours: [], timeZone: " " })).toEqual({
      hours: [],
      time_zone: null,
    });
    const backwards = [{ days: ["monday" as const], from: "18:00", to: "09:00" }];
    expect(checkForm({ ...formOf(known), hours: backwards }, "clinic.test")).toEqual({
      "hours.monday": "operators.error.laterEnd",
    });
  });

  it("gives at most the own rights, and shows those that stand", () => {
    expect(rolesToGive("supervisor", "operator")).toEqual(["operator", "supervisor"]);
    expect(rolesToGive("supervisor", "administrator")).toEqual(["operator", "supervisor", "administrator"]);
    expect(rolesToGive("administrator", "operator")).toHaveLength(3);
    const volkova = operator({ id: "volkova", role: "administrator" });
    expect(givenBy([volkova], "supervisor")).toBe("supervisor");
    expect(givenBy([operator({ id: "petrova" })], "supervisor")).toBe("administrator");
    expect([mayChange("supervisor", "administrator"), mayChange("supervisor", "supervisor")]).toEqual([
      false,
      true,
    ]);
  });

  it("offers skills that a colleague has", () => {
    const all = [operator({ id: "a", skills: ["ECG", "children"] }), operator({ id: "b", skills: ["ECG"] })];
    expect(knownSkills(all)).toEqual(["children", "ECG"]);
  });
});

it("the search finds by name, title, skill and account", () => {
  const all = [
    operator({ id: "petrova", name: "Dr. Petrova", title: "Therapist" }),
    operator({ id: "sokolov", name: "Sokolov", skills: ["ECG"] }),
  ];
  expect(findOperators(all, "ecg").map(({ id }) => id)).toEqual(["sokolov"]);
  expect(findOperators(all, "therap").map(({ id }) => id)).toEqual(["petrova"]);
  expect(findOperators(all, "@soko").map(({ id }) => id)).toEqual(["sokolov"]);
});

describe("the list", () => {
  const queues = new Map(
    [queue({ id: "therapist" }), queue({ id: "talks", circle: "mind", circle_name: "Psychologist" })].map(
      (one) => [one.id, one] as const,
    ),
  );
  const all = [
    operator({ id: "petrova" }),
    operator({ id: "orlova", queues: ["talks"], status: "break" }),
    operator({ id: "volkova", role: "supervisor", queues: [] }),
  ];
  const shown = (search: Parameters<typeof operatorFilter>[0]) =>
    narrowed(all, operatorFilter(search), queues).map(({ id }) => id);

  it("is narrowed by service, circle, role and status, alone and together", () => {
    expect(shown({})).toEqual(["petrova", "orlova", "volkova"]);
    expect(shown({ queue: "therapist" })).toEqual(["petrova"]);
    expect(shown({ circle: "mind" })).toEqual(["orlova"]);
    expect(shown({ role: "supervisor" })).toEqual(["volkova"]);
    expect(shown({ status: "break" })).toEqual(["orlova"]);
    expect(shown({ circle: "mind", status: "online" })).toEqual([]);
  });

  it("is not narrowed by what makes no sense", () => {
    expect(shown({ role: "king", status: "asleep" })).toHaveLength(3);
  });

  it("knows the circles of the services", () => {
    expect(circlesOf(queues.values())).toEqual([
      { id: "general", name: "Conversation" },
      { id: "mind", name: "Psychologist" },
    ]);
  });
});
