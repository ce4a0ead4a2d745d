/** Who plays the patient is told so, and what becomes of what he writes; of a rehearsal that is over he is told that. */
import "@testing-library/jest-dom/vitest";
import { refusal } from "@consilium/kit/testing";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { renderSignedIn, signIn, speakEnglish } from "../../../testing/signed-in.tsx";
import { rehearsalCode } from "../../app/rehearsal.ts";
import { RehearsalNotice } from "./RehearsalNotice.tsx";
import { addRehearsalWords } from "./words.ts";

const CODE = "00112233445566778899aabb";

let answer: { status?: number; body: object };

beforeAll(() => speakEnglish(addRehearsalWords));
beforeEach(() => {
  sessionStorage.setItem("consilium.rehearsal", CODE);
  answer = { body: { joined_at: "2026-11-30T08:00:00Z", demo: true } };
  signIn({
    "POST /_consilium/v1/me/rehearsal": () => answer,
  });
});

function show(): void {
  renderSignedIn(<RehearsalNotice code={CODE} />);
}

it("says that it is a rehearsal, and is put away by one press", async () => {
  show();
  expect(await screen.findByText(/Account and conversation go when the demonstration/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Hide" }));
  expect(screen.queryByText(/This is a rehearsal/)).toBeNull();
  expect(rehearsalCode()).toBeNull();
});

it("promises nothing of an account that was there before", async () => {
  answer = { body: { joined_at: "2026-11-30T08:00:00Z", demo: false } };
  show();
  expect(await screen.findByText(/What you write stays in your account/)).toBeVisible();
});

it("says that it is over", async () => {
  answer = refusal("not-found", 404);
  show();
  expect(await screen.findByText("This rehearsal is over")).toBeVisible();
  expect(rehearsalCode()).toBeNull();
});
