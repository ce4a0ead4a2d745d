import * as real from "@consilium/kit/matrix";
import { expect, it } from "vitest";
import * as fake from "./fake-matrix.ts";

it("what stands in for Matrix has everything that the console may ask for", () => {
  expect(Object.keys(real).filter((name) => !(name in fake))).toEqual([]);
});
