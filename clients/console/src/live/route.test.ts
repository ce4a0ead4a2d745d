import { describe, expect, it } from "vitest";
import {
  archivedCallback,
  archivedCallbackId,
  changeSearch,
  listFilter,
  openConsultation,
  parseSearch,
  parseSection,
} from "./route.ts";

describe("the address", () => {
  it("drops what makes no sense and keeps text as text", () => {
    expect(parseSearch({ q: 34, from: "yesterday", to: "2026-11-24", other: "x", sort: "" })).toEqual({
      q: "34",
      to: "2026-11-24",
    });
    expect(parseSearch({ role: "operator", status: "break", circle: "mind" })).toEqual({
      role: "operator",
      status: "break",
      circle: "mind",
    });
    expect(parseSection("nonsense")).toBe("waiting");
    expect(listFilter({ sort: "loudest" }).sort).toBe("waiting");
    expect(listFilter({ sla: "kept", urgent: "yes", unanswered: "false" })).toMatchObject({
      sla: null,
      urgent: false,
      unanswered: false,
    });
  });

  it("leaves out what was emptied", () => {
    expect(changeSearch({ q: "anna", queue: "therapist" }, { q: "", sort: "newest" })).toEqual({
      queue: "therapist",
      sort: "newest",
    });
  });

  it("names a consultation only in the live sections", () => {
    expect(openConsultation({ section: "mine", id: "c1", search: {} })).toBe("c1");
    expect(openConsultation({ section: "patients", id: "p1", search: {} })).toBeNull();
  });

  it("tells call-backs of the archive from consultations", () => {
    const id = archivedCallbackId("b1");
    expect(archivedCallback({ section: "archive", id, search: {} })).toBe("b1");
    expect(archivedCallback({ section: "archive", id: "c1", search: {} })).toBeNull();
    expect(archivedCallback({ section: "archive", id: null, search: {} })).toBeNull();
    expect(archivedCallback({ section: "callbacks", id, search: {} })).toBeNull();
  });
});
