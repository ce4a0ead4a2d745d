/** The first steps as values. */
import type { ChecklistItem } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { newRehearsal } from "../../../testing/rows.ts";
import { hintOf, inOrder, nextStep, reachOf, whereOf } from "./model.ts";

const NEW = newRehearsal();
const AT = "2026-11-30T08:01:00Z";

describe("a rehearsal", () => {
  it("stands at the first step that has not happened", () => {
    expect(nextStep(NEW)).toBe("opened");
    expect(nextStep({ ...NEW, opened_at: AT, joined_at: AT, asked_at: AT })).toBe("heard");
    const answered = { ...NEW, opened_at: AT, joined_at: AT, asked_at: AT, heard: true, taken_at: AT };
    expect(nextStep({ ...answered, answered_at: AT, closed_at: AT })).toBeNull();
  });

  it("says what helps by who reaches the address, and who may make an account", () => {
    expect(reachOf("http://127.0.0.1:8008/?rehearsal=a")).toBe("here");
    expect(reachOf("http://[::1]:8008/")).toBe("here");
    expect(reachOf("http://clinic.localhost:8008/")).toBe("here");
    expect(reachOf("http://192.168.1.5/")).toBe("open");
    expect(reachOf("nonsense")).toBe("here");
    expect(hintOf("opened", NEW.link, true)).toBe("opened_all");
    expect(hintOf("joined", NEW.link, false)).toBe("joined_closed");
    expect(hintOf("taken", NEW.link, true)).toBe("taken");
  });
});

describe("the checklist", () => {
  const item = (id: ChecklistItem["id"], state: ChecklistItem["state"]): ChecklistItem => ({
    id,
    state,
    by_hand: false,
    marked: null,
    missing: [],
  });

  it("has what is open first", () => {
    const items = [
      item("look", "done"),
      item("calls", "not_needed"),
      item("security", "advised"),
      item("email", "open"),
    ];
    expect(inOrder(items).map(({ id }) => id)).toEqual(["email", "security", "look", "calls"]);
  });

  it("knows where something is done", () => {
    expect(whereOf("email")).toEqual({ section: "settings", id: "contacts" });
    expect(whereOf("backups")).toBeNull();
  });
});
