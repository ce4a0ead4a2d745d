/** Who was invited is greeted by name, chooses a password and is in; a link that is over says what to do; nobody is signed out unasked. */
import "@testing-library/jest-dom/vitest";
import { pretendFetch, refusal } from "@consilium/kit/testing";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { renderInApp, speakEnglish } from "../../../testing/signed-in.tsx";
import { addInvitationWords, InvitationView } from "./invitation.ts";

const GREETING = {
  service: "Ash Clinic",
  name: "Nina",
  login: "temizo-4827",
  language: null,
  expires_at: "2026-12-07T08:00:00Z",
};
const SESSION = { user_id: "@temizo-4827:x", device_id: "D", access_token: "t" };
const over = (invitation: string) => refusal("invitation-over", 410, { invitation });

let opened: { status?: number; body: object };
let accepted: { status?: number; body: object };
const onSignedIn = vi.fn();
const onLeave = vi.fn();

beforeAll(() => speakEnglish(addInvitationWords));
beforeEach(() => {
  opened = { body: GREETING };
  accepted = { body: { user_id: SESSION.user_id, login: GREETING.login } };
  const restore = pretendFetch({
    "POST /_consilium/v1/public/invitations": () => opened,
    "POST /_consilium/v1/public/invitations/accept": () => accepted,
    "POST /_matrix/client/v3/login": () => ({ body: SESSION }),
  });
  onTestFinished(restore);
});
afterEach(() => void vi.clearAllMocks());

function show(signOut: (() => Promise<void>) | null = null): void {
  renderInApp(<InvitationView secret="abc" signOut={signOut} onSignedIn={onSignedIn} onLeave={onLeave} />);
}

async function choose(password: string): Promise<void> {
  await userEvent.type(await screen.findByLabelText("Choose a password"), password);
  await userEvent.click(screen.getByRole("checkbox"));
  await userEvent.click(screen.getByRole("button", { name: "Begin" }));
}

it("greets by name, shows the login, and signs in with the password that was chosen", async () => {
  show();
  expect(await screen.findByRole("heading", { name: "Welcome, Nina" })).toBeVisible();
  expect(screen.getByLabelText("Your login")).toHaveValue("temizo-4827");
  await choose("long enough");
  await waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(onSignedIn.mock.calls[0]?.[0]).toMatchObject({ userId: "@temizo-4827:x" });
  expect(onSignedIn.mock.calls[0]?.[1]).toBe("long enough");
});

it("asks for a password as long as everybody’s", async () => {
  show();
  await choose("short");
  expect(await screen.findByText("Make it at least 8 characters")).toBeVisible();
  expect(onSignedIn).not.toHaveBeenCalled();
});

it("says what to do with a link that is over", async () => {
  opened = over("expired");
  show();
  expect(await screen.findByRole("heading", { name: "This link has run out" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "To sign in" }));
  expect(onLeave).toHaveBeenCalledOnce();
});

it("says so too where somebody was faster", async () => {
  accepted = over("used");
  show();
  await choose("long enough");
  expect(await screen.findByRole("heading", { name: "This link was used already" })).toBeVisible();
  expect(onSignedIn).not.toHaveBeenCalled();
});

it("signs in who set the password a moment ago and did not hear of it", async () => {
  accepted = refusal("unavailable", 503);
  show();
  await choose("long enough");
  expect(await screen.findByText("It did not work this time")).toBeVisible();
  accepted = over("used");
  await userEvent.click(screen.getByRole("button", { name: "Begin" }));
  await waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
});

it("signs nobody out unasked", async () => {
  const signOut = vi.fn(async () => undefined);
  show(signOut);
  expect(await screen.findByRole("heading", { name: "Somebody is signed in here" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Stay" }));
  expect([onLeave.mock.calls.length, signOut.mock.calls.length]).toEqual([1, 0]);
  await userEvent.click(screen.getByRole("button", { name: "Sign out and go on" }));
  expect(signOut).toHaveBeenCalledOnce();
});
