import type { DueCount } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { certificate } from "../../../testing/mock-retention.ts";
import { archiveListOf, byClass, certificateFile, daysOf, filesGone, newHold } from "./model.ts";

function counted(classId: string, queue: string, count: number, held = 0): DueCount {
  return { class: { id: classId, name: classId }, queue: { id: queue, name: queue }, count, held };
}

describe("the address", () => {
  it("names one of the archive's lists, and else the records", () => {
    expect([undefined, "due", "holds", "keys"].map(archiveListOf)).toEqual([
      "records",
      "due",
      "holds",
      "records",
    ]);
  });

  it("says how far to look ahead, a day unless it says more", () => {
    expect([undefined, "7", "30", "365", "x"].map(daysOf)).toEqual([1, 7, 30, 1, 1]);
  });
});

it("counts are put together by class, the largest first, with what is held", () => {
  const classes = byClass([
    counted("minor", "paediatrician", 1),
    counted("standard", "dentist", 2, 1),
    counted("standard", "therapist", 3, 1),
  ]);
  expect(classes.map(({ id, count, held }) => [id, count, held])).toEqual([
    ["standard", 5, 2],
    ["minor", 1, 0],
  ]);
  expect(classes[0]?.queues.map(({ id }) => id)).toEqual(["dentist", "therapist"]);
});

it("a hold is put on a record or on a patient", () => {
  expect(newHold({ consultationId: "c" }, " R ", "u")).toEqual({
    consultation_id: "c",
    reason: "R",
    request_id: "u",
  });
  expect(newHold({ patientId: "p" }, "R", "u")).toMatchObject({ patient_id: "p" });
});

describe("a certificate", () => {
  it("counts the files that are gone, and says when nobody knows them", () => {
    expect(filesGone(certificate("c"))).toEqual({ gone: 1, all: 2 });
    expect(filesGone({ files: null })).toBeNull();
  });

  it("is a file with the day and the consultation in its name", () => {
    const { name, text } = certificateFile({ ...certificate("c"), consultation_id: "c-1" });
    expect(name).toMatch(/^erasure-\d{4}-\d{2}-\d{2}-c-1\.json$/);
    expect(JSON.parse(text)).toMatchObject({ consultation_id: "c-1" });
  });
});
