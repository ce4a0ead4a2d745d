/** What was found of the installation as values. */
import type { DoctorFinding, DoctorReport } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { checkOf, countOf, reportText, worstFirst } from "./doctor.ts";

const FINE: DoctorFinding = { check: "disk", level: "fine", says: "There is room.", remedy: null };
const OLD: DoctorFinding = { check: "backups", level: "warning", says: "It is old.", remedy: "See why." };
const ENDED: DoctorFinding = { check: "certificate", level: "broken", says: "It ended.", remedy: "Get one." };
const REPORT: DoctorReport = {
  state: "done",
  by: { id: "o1", name: "Ms Volkova" },
  started_at: "2026-11-30T08:00:00Z",
  ended_at: "2026-11-30T08:00:02Z",
  version: "0.1.0",
  findings: [FINE, OLD, ENDED, FINE],
};

it("what is worst stands first, and what is as bad stays in its order", () => {
  expect(worstFirst(REPORT.findings)).toEqual([ENDED, OLD, FINE, FINE]);
  expect([countOf(REPORT.findings, "fine"), countOf(REPORT.findings, "hint")]).toEqual([2, 0]);
});

it("a check has a name of its own, unless another build looks at more", () => {
  expect([checkOf("media ports"), checkOf("open-files"), checkOf("moon")]).toEqual([
    "media_ports",
    "open_files",
    null,
  ]);
});

it("the report is a text that names build and time, each check and what to do", () => {
  expect(reportText(REPORT)).toBe(
    [
      "Consilium 0.1.0, 2026-11-30T08:00:02Z",
      "",
      "fine disk: There is room.",
      "warning backups: It is old.",
      "  → See why.",
      "BROKEN certificate: It ended.",
      "  → Get one.",
      "fine disk: There is room.",
      "",
    ].join("\n"),
  );
});
