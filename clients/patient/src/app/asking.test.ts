import { ApiProblem } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { refusalOf } from "./asking.ts";

it("leads to the consultation that is open already", () => {
  const conflict = new ApiProblem("conflict", 409, "", { consultation_id: "c1" });
  expect(refusalOf(conflict)).toEqual({ kind: "open-already", consultationId: "c1" });
});

it("tells a lost network from a service that is gone", () => {
  expect(refusalOf(new ApiProblem("offline", 0, ""))).toEqual({ kind: "failed", key: "start.offline" });
  expect(refusalOf(new ApiProblem("not-found", 404, ""))).toEqual({ kind: "failed", key: "start.gone" });
  expect(refusalOf(new Error("anything"))).toEqual({ kind: "failed", key: "start.failed" });
});
