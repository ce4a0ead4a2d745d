/** The line that a call leaves in the conversation, and how its end is told. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import en from "../../brand/locales/en.call.json" with { type: "json" };
import ru from "../../brand/locales/ru.call.json" with { type: "json" };
import type { CallEnd } from "../../calls/index.ts";
import type { CallItem } from "../../matrix/types.ts";
import { renderWithKit } from "../../testing/render.tsx";
import { CallLine } from "./CallLine.tsx";
import { endTitle, isDeviceTrouble, lineTitle } from "./words.ts";

const line = (part: Partial<CallItem> = {}): CallItem => ({
  kind: "call",
  key: "$1",
  callId: "call-1",
  consultationId: "c1",
  call: "video",
  callerSide: "staff",
  outcome: "completed",
  seconds: 200,
  at: Date.UTC(2026, 10, 25, 12, 0),
  isLatest: true,
  ...part,
});

it("tells what kind of call it was and how long it took", () => {
  renderWithKit(<CallLine item={line()} side="patient" />);
  expect(screen.getByText("Video call")).toBeInTheDocument();
  expect(screen.getByText("3:20")).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
});

it("is one call from two ends", () => {
  const missed = line({ outcome: "missed", seconds: 0 });
  expect(lineTitle(missed, "patient")).toBe("callLine.missedToMe");
  expect(lineTitle(missed, "staff")).toBe("callLine.missedByMe");
  expect(lineTitle(missed, null)).toBe("callLine.missed");
});

it("offers one way on", async () => {
  const onPress = vi.fn();
  const action = { label: "Call me back", onPress };
  renderWithKit(<CallLine item={line({ outcome: "missed", seconds: 0 })} side="patient" action={action} />);
  await userEvent.click(screen.getByRole("button", { name: "Call me back" }));
  expect(onPress).toHaveBeenCalledOnce();
});

const WORDS = [en, ru];
/** The text of a dotted key; `undefined` where there is none. */
const textOf = (words: object, key: string): unknown =>
  key.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], words);

const ENDS: readonly CallEnd[] = [
  "completed",
  "declined",
  "missed",
  "cancelled",
  "busy",
  "lost",
  "elsewhere",
  "removed",
];

it("has words for every end, from both ends of the line and in both languages", () => {
  for (const why of ENDS)
    for (const caller_side of ["patient", "staff"] as const)
      for (const words of WORDS)
        expect(textOf(words, endTitle({ caller_side }, why, "patient")), why).toEqual(expect.any(String));
});

it("has words for every line, from both ends and from neither", () => {
  for (const outcome of ["completed", "declined", "missed", "cancelled", "busy", "lost"] as const)
    for (const call of ["audio", "video"] as const)
      for (const side of ["patient", "staff", null] as const)
        for (const words of WORDS)
          expect(textOf(words, lineTitle(line({ outcome, call }), side)), outcome).toEqual(
            expect.any(String),
          );
});

it("tells a device that fails from a call that does", () => {
  expect(isDeviceTrouble("denied")).toBe(true);
  expect(isDeviceTrouble("unavailable")).toBe(false);
  expect(isDeviceTrouble("offline")).toBe(false);
});
