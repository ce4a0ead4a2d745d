/** The check of the log: asked for by a press, and answered in words, whole or broken. */
import "@testing-library/jest-dom/vitest";
import type { AuditProof } from "@consilium/kit/api";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it } from "vitest";
import { pathOf } from "../../../testing/board-answers.ts";
import { renderInConsole, speakEnglish, staffApi } from "../../../testing/in-console.tsx";
import { UNCHECKED } from "../../../testing/mock-audit.ts";
import { ChainCheck } from "./ChainCheck.tsx";

beforeAll(() => speakEnglish());

const ENDED: AuditProof = {
  ...UNCHECKED,
  by: { id: "o1", name: "Vera Volkova" },
  started_at: "2026-11-30T08:00:00Z",
  ended_at: "2026-11-30T08:00:02Z",
  entries: 7,
};

/** The dialog, open, over a service that knows of no check and answers a new one so. */
async function checked(answer: AuditProof): Promise<string[]> {
  const asked: string[] = [];
  let known = UNCHECKED;
  const api = staffApi(async (input, init) => {
    const request = new Request(input, init);
    asked.push(`${request.method} ${pathOf(request)}`);
    if (request.method === "POST") known = answer;
    return Response.json(known);
  });
  renderInConsole(<ChainCheck />, { api });
  await userEvent.click(screen.getByRole("button", { name: "Check the log" }));
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
  return asked;
}

it("a whole log is said to be whole, up to which entry, with the hash that proves it", async () => {
  const asked = await checked({ ...ENDED, state: "whole", checked: 7, head: "ab".repeat(32) });
  expect(await screen.findByText("The log is whole up to entry 7.")).toBeVisible();
  expect(screen.getByText("ab".repeat(32))).toBeVisible();
  expect(screen.getByText(/asked for by Vera Volkova/)).toBeVisible();
  expect(asked).toEqual(["GET /audit/verify", "POST /audit/verify"]);
});

it("a broken one says where, what is right before it, and what to do", async () => {
  const fault = { kind: "changed", entry: 5, written: null } as const;
  await checked({ ...ENDED, state: "broken", checked: 4, fault });
  expect(await screen.findByText("Entry 5 was changed or moved.")).toBeVisible();
  expect(screen.getByText("Everything up to entry 4 is as it was written.")).toBeVisible();
  expect(screen.getByText(/compare it with a backup/)).toBeVisible();
});
