/** Whose media no key decodes: none came, or the one in use got lost. */
import { CryptorError, CryptorErrorReason } from "livekit-client";
import { expect, it } from "vitest";
import { MediaKeys } from "./media-keys.ts";

const RAW = new Uint8Array(16);
const words = (index: number) => `missing key at index ${index} for participant p`;
/** As the worker's word comes to the page. */
const missing = (index: number) => new Error(`MissingKey: ${words(index)}`);

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

it("is told by LiveKit's reason, typed or by its name, and by nothing else", async () => {
  const { MissingKey, InvalidKey } = CryptorErrorReason;
  const cases: [Error, boolean][] = [
    [missing(1), true],
    [new CryptorError(words(1), MissingKey, "p"), true],
    [new CryptorError(words(1), InvalidKey, "p"), false],
    [new Error(`InvalidKey: ${words(1)}`), false],
    [new Error(words(1)), false],
    [new Error("1: index 1"), false],
    [new Error("MissingKey: encryption key missing for encoding"), false],
  ];
  for (const [error, isMissed] of cases) {
    const keys = new MediaKeys();
    await keys.set(RAW, "p", 0);
    keys.failed("p", error);
    expect([error.message, keys.lacks("p")]).toEqual([error.message, isMissed]);
  }
});
