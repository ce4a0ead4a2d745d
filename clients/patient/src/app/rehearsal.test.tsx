/** The code of a rehearsal is taken out of the address once, and told. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetRehearsal, rehearsalCode, takeRehearsal } from "./rehearsal.ts";

const CODE = "00112233445566778899aabb";
const told: string[] = [];

beforeEach(() => {
  told.length = 0;
  vi.stubGlobal("fetch", async (url: string) => {
    told.push(url);
    return new Response(null, { status: 204 });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

it("is kept for this tab, told, and gone from the address", () => {
  history.replaceState(null, "", `/?rehearsal=${CODE}`);
  takeRehearsal("https://clinic.example");
  expect(location.search).toBe("");
  expect(rehearsalCode()).toBe(CODE);
  expect(told).toEqual([`https://clinic.example/_consilium/v1/public/rehearsals/${CODE}/opened`]);
  forgetRehearsal();
  expect(rehearsalCode()).toBeNull();
});

it("is no code that is not one, and none where there is none", () => {
  history.replaceState(null, "", "/?rehearsal=../../me");
  takeRehearsal("https://clinic.example");
  history.replaceState(null, "", "/?service=general");
  takeRehearsal("https://clinic.example");
  expect([rehearsalCode(), told, location.search]).toEqual([null, [], "?service=general"]);
});
