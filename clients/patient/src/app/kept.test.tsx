import { QueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { afterEach, expect, it } from "vitest";
import { forgetLists, keepLists } from "./kept.ts";

afterEach(() => localStorage.clear());

it("opens with the lists of the last visit, of the same person only, and asks again", () => {
  const first = new QueryClient();
  keepLists(first, "@anna:x");
  first.setQueryData(["conversations"], { conversations: [{ id: "v" }] }, { updatedAt: 5 });
  first.setQueryData(["record", "c"], { transcript: ["words"] });
  expect(JSON.stringify(localStorage)).not.toContain("words");
  const again = new QueryClient();
  keepLists(again, "@anna:x");
  expect(again.getQueryData(["conversations"])).toEqual({ conversations: [{ id: "v" }] });
  expect(again.getQueryState(["conversations"])?.dataUpdatedAt).toBe(5);
  const other = new QueryClient();
  keepLists(other, "@boris:x");
  expect(other.getQueryData(["conversations"])).toBeUndefined();
  forgetLists("@anna:x");
  expect(localStorage.length).toBe(0);
});

it("asks at once for what it knows in another language", () => {
  const before = i18next.language;
  try {
    i18next.language = "en";
    const first = new QueryClient();
    keepLists(first, "@anna:x");
    first.setQueryData(["services"], { services: [] }, { updatedAt: 5 });
    i18next.language = "ru";
    const again = new QueryClient();
    keepLists(again, "@anna:x");
    expect(again.getQueryData(["services"])).toEqual({ services: [] });
    expect(again.getQueryState(["services"])?.dataUpdatedAt).toBe(0);
  } finally {
    i18next.language = before;
  }
});
