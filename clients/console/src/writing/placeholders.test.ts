import { describe, expect, it } from "vitest";
import { filled, firstGap } from "./placeholders.ts";

const LABELS = { "patient.name": "patient’s name", "operator.name": "your name", "queue.name": "service" };

describe("placeholders", () => {
  const values = { "patient.name": "Anna", "operator.name": "Dr Petrova", "queue.name": null };

  it("become what is known", () => {
    expect(filled("Hello {{patient.name}}, {{ operator.name }}.", values, LABELS)).toEqual({
      text: "Hello Anna, Dr Petrova.",
    });
  });

  it("leave a gap where nothing is known, and the first gap is selected", () => {
    const { text, select } = filled("{{patient.name}}: {{queue.name}}, {{queue.name}}", values, LABELS);
    expect(text).toBe("Anna: ‹service›, ‹service›");
    expect(text.slice(...(select ?? [0, 0]))).toBe("‹service›");
    expect(firstGap(text, LABELS)).toBe("‹service›");
    expect(firstGap("He said ‹so›", LABELS)).toBeNull();
  });
});
