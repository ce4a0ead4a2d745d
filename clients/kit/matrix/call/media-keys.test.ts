/** Whose media no key decodes: none came, or the one in use got lost. */
import { expect, it } from "vitest";
import { MediaKeys } from "./media-keys.ts";

const RAW = new Uint8Array(16);
const missing = (index: number) => new Error(`missing key at index ${index} for participant p`);

it("is who sends without a key, and who uses one that got lost, until another comes", async () => {
  const keys = new MediaKeys();
  expect([keys.has("p"), keys.lacks("p")]).toEqual([false, true]);
  await keys.set(RAW, "p", 0);
  expect([keys.has("p"), keys.lacks("p")]).toEqual([true, false]);
  keys.failed("p", missing(1));
  expect([keys.has("p"), keys.lacks("p"), keys.lacks("q")]).toEqual([true, true, true]);
  await keys.set(RAW, "p", 2);
  expect(keys.lacks("p")).toBe(false);
});

it("is nobody whose key came before the word that it was missing, or who failed otherwise", async () => {
  const keys = new MediaKeys();
  await keys.set(RAW, "p", 1);
  keys.failed("p", missing(1));
  keys.failed("p", new Error("InternalError"));
  expect(keys.lacks("p")).toBe(false);
});
