import { expect, it } from "vitest";
import { messageItem } from "../testing/samples.ts";
import { handedOverStarts } from "./handed-over.ts";

const message = (key: string, trust: "normal" | "handed-over" = "normal") => messageItem({ key, trust });

it("marks the first message of each stretch that was handed over", () => {
  const day = { kind: "day", key: "day", at: 0 } as const;
  const items = [
    message("a", "handed-over"),
    day,
    message("b", "handed-over"),
    message("c"),
    message("d", "handed-over"),
  ];
  expect([...handedOverStarts(items)]).toEqual(["a", "d"]);
});

it("marks nothing where nothing was handed over", () => {
  expect(handedOverStarts([message("a"), message("b")]).size).toBe(0);
});
