/** Ordering a call-back and changing one's mind: what a person sees, what a press sends, what the service may answer. */
import "@testing-library/jest-dom/vitest";
import type { Callback } from "@consilium/kit/api";
import { type Answer, callbackSample, refusal } from "@consilium/kit/testing";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { renderSignedIn, serviceSample, signIn, speakEnglish } from "../../../testing/signed-in.tsx";
import { CallbackView } from "./CallbackView.tsx";
import { OrderView } from "./OrderView.tsx";
import { addCallbackWords } from "./words.ts";

/** 17:10 in Yekaterinburg, 15:10 at the clinic in Moscow. */
const NOW = Date.parse("2026-11-28T12:10:00Z");
const SERVICE = serviceSample({ callback: { available: true, offered: false, reason: null } });

const zoneBefore = process.env.TZ;
let sent: { path: string; body: unknown }[] = [];
let services: unknown[] = [SERVICE];
let callbacks: Callback[] = [];
/** What the service answers to the next press. */
let answer: Answer = { body: callbackSample() };

beforeAll(async () => {
  process.env.TZ = "Asia/Yekaterinburg";
  await speakEnglish(addCallbackWords);
});
afterAll(() => {
  if (zoneBefore === undefined) delete process.env.TZ;
  else process.env.TZ = zoneBefore;
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  [sent, services, callbacks, answer] = [[], [SERVICE], [], { body: callbackSample() }];
  const pressed = (path: string) => (body: unknown) => {
    sent.push({ path, body });
    return answer;
  };
  history.replaceState(null, "", "/call-me/q1");
  signIn({
    "GET /_consilium/v1/me": { body: { user_id: "@anna:x", role: "patient", phone: "+79123456789" } },
    "GET /_consilium/v1/services": () => ({ body: { services } }),
    "GET /_consilium/v1/conversations": { body: { conversations: [] } },
    "GET /_consilium/v1/callbacks": () => ({
      body: { items: callbacks, next_cursor: null, total: callbacks.length },
    }),
    "POST /_consilium/v1/callbacks": pressed("order"),
    "POST /_consilium/v1/callbacks/callback-1/move": pressed("move"),
    "POST /_consilium/v1/callbacks/callback-1/cancel": pressed("cancel"),
  });
});
afterEach(() => void vi.useRealTimers());

async function show(node: ReactNode): Promise<void> {
  renderSignedIn(node);
  await act(async () => undefined);
}

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const choose = (name: string) => userEvent.click(screen.getByRole("radio", { name }));
const options = (group: string) =>
  within(screen.getByRole("group", { name: group }))
    .getAllByRole("radio")
    .map((radio) => radio.closest("label")?.textContent ?? "");

describe("the order form", () => {
  async function form(): Promise<void> {
    await show(<OrderView serviceId="q1" />);
    await screen.findByRole("button", { name: "Order a call" });
    await waitFor(() => expect(screen.getByLabelText(/^Phone number/)).not.toHaveValue(""));
  }

  it("is one press for whoever wants a call as soon as possible, on the number of the card", async () => {
    await form();
    await press("Order a call");
    await waitFor(() => expect(location.pathname).toBe("/call-back/callback-1"));
    expect(sent).toMatchObject([
      { path: "order", body: { queue_id: "q1", phone: "+79123456789", time_zone: "Asia/Yekaterinburg" } },
    ]);
    expect(sent[0]?.body).not.toHaveProperty("window");
  });

  it("offers what is left of today and whole days after it, in the patient's zone, which is named", async () => {
    await form();
    expect(screen.queryByText(/This is your own time/)).toBeNull();
    await choose("Choose a time");
    expect(options("Time")).toHaveLength(2);
    expect(screen.getByText(/This is your own time/)).toHaveTextContent("UTC+5");
    const [, tomorrow = ""] = options("Day");
    await choose(tomorrow);
    expect(options("Time")).toHaveLength(4);
  });

  it("sends the window in local time, with the zone and the reason", async () => {
    await form();
    await choose("Choose a time");
    await choose(options("Day")[1] ?? "");
    await choose(options("Time")[0] ?? "");
    await userEvent.type(screen.getByLabelText(/^What is it about/), "  The results  ");
    await press("Order a call");
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toMatchObject({
      window: { start: "2026-11-29T09:00", end: "2026-11-29T12:00" },
      time_zone: "Asia/Yekaterinburg",
      reason: "The results",
    });
  });

  it("sends nothing while the time or the number is wanting, and says which", async () => {
    await form();
    await choose("Choose a time");
    await press("Order a call");
    expect(screen.getByRole("alert")).toHaveTextContent("Please choose a day and a time");
    await choose("As soon as possible");
    const phone = screen.getByLabelText(/^Phone number/);
    await userEvent.clear(phone);
    await userEvent.type(phone, "345-67");
    await press("Order a call");
    expect(phone).toBeInvalid();
    expect(sent).toEqual([]);
  });

  it("asks whom one wants to talk to where several are there", async () => {
    services = [SERVICE, { ...SERVICE, id: "q2", name: "Dentist" }];
    await show(<OrderView serviceId={null} />);
    await screen.findByRole("button", { name: "Order a call" });
    await press("Order a call");
    expect(screen.getByRole("alert")).toHaveTextContent("who you would like to talk to");
    await choose("Dentist");
    await press("Order a call");
    await waitFor(() => expect(sent).toMatchObject([{ body: { queue_id: "q2" } }]));
  });

  it("keeps what was filled in when the service refuses, and a second press is the same order", async () => {
    answer = refusal("rate-limited", 429, { retry_after_ms: 1_000 });
    await form();
    await userEvent.type(screen.getByLabelText(/^What is it about/), "The results");
    await press("Order a call");
    expect(await screen.findByRole("alert")).toHaveTextContent("Too many calls are ordered now");
    expect(screen.getByLabelText(/^What is it about/)).toHaveValue("The results");
    answer = { status: 201, body: callbackSample() };
    await press("Order a call");
    await waitFor(() => expect(location.pathname).toBe("/call-back/callback-1"));
    const ids = sent.map(({ body }) => (body as { request_id: string }).request_id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it("marks the field that the service refuses", async () => {
    answer = refusal("invalid", 422, {
      errors: [{ field: "window", message: "a window ends in the future" }],
    });
    await form();
    await press("Order a call");
    expect(await screen.findByRole("alert")).toHaveTextContent("Please choose a day and a time");
  });

  it("leads to the one that is ordered already", async () => {
    answer = refusal("conflict", 409, { callback_id: "another" });
    await form();
    await press("Order a call");
    await waitFor(() => expect(location.pathname).toBe("/call-back/another"));
  });

  it("says so where nobody takes orders", async () => {
    services = [{ ...SERVICE, callback: { ...SERVICE.callback, available: false } }];
    await show(<OrderView serviceId={null} />);
    expect(await screen.findByText("Calls cannot be ordered now")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Order a call" })).toBeNull();
  });
});

describe("the call-back that is ordered", () => {
  async function card(part: Partial<Callback> = {}): Promise<void> {
    callbacks = [callbackSample({ time_zone: "Asia/Yekaterinburg", ...part })];
    await show(<CallbackView callbackId="callback-1" />);
    await screen.findByRole("heading", { level: 1 });
  }

  it("says who calls and that it is late, once it is", async () => {
    const operator = { id: "o1", name: "Irina Petrova" };
    await card({ phase: "taken", operator, due_at: "2026-11-28T12:09:00Z" });
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Irina Petrova will call you");
    expect(screen.getByRole("status")).toHaveTextContent("We are running late");
  });

  it("is moved to another time", async () => {
    const window = { start: "2026-11-29T07:00:00Z", end: "2026-11-29T10:00:00Z" };
    answer = { body: callbackSample({ time_zone: "Asia/Yekaterinburg", window, due_at: window.end }) };
    await card();
    await press("Change the time");
    const dialog = within(await screen.findByRole("dialog"));
    await choose("Choose a time");
    await userEvent.click(dialog.getByRole("button", { name: "Change the time" }));
    expect(dialog.getByRole("alert")).toHaveTextContent("Please choose a day and a time");
    await choose(options("Day")[1] ?? "");
    await choose(options("Time")[1] ?? "");
    await userEvent.click(dialog.getByRole("button", { name: "Change the time" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent).toEqual([
      {
        path: "move",
        body: {
          window: { start: "2026-11-29T12:00", end: "2026-11-29T15:00" },
          time_zone: "Asia/Yekaterinburg",
        },
      },
    ]);
    expect(screen.getByRole("status")).toHaveTextContent(/12:00.*(15|3):00/);
  });

  it("asks for another time where nobody works at that one any more, and nothing is said of it in the next question", async () => {
    await card();
    await press("Change the time");
    const dialog = within(await screen.findByRole("dialog"));
    await choose("Choose a time");
    await choose(options("Day")[1] ?? "");
    await choose(options("Time")[1] ?? "");
    answer = refusal("outside-hours", 422);
    await userEvent.click(dialog.getByRole("button", { name: "Change the time" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("Please choose a day and a time");
    answer = "offline";
    await userEvent.click(dialog.getByRole("button", { name: "Change the time" }));
    expect(await dialog.findByText(/Nothing has changed so far/)).toBeInTheDocument();
    await userEvent.click(dialog.getByRole("button", { name: "Leave as it is" }));
    await press("Cancel the call");
    expect(within(await screen.findByRole("dialog")).queryByRole("alert")).toBeNull();
  });

  it("is cancelled only after a second press", async () => {
    const ended_at = "2026-11-28T12:10:00Z";
    answer = { body: callbackSample({ phase: "cancelled", ending: "cancelled", ended_at }) };
    await card();
    await press("Cancel the call");
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Keep the call" }));
    expect(sent).toEqual([]);
    await press("Cancel the call");
    await userEvent.click(
      within(await screen.findByRole("dialog")).getByRole("button", { name: "Cancel the call" }),
    );
    expect(await screen.findByRole("heading", { name: "The call was cancelled" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Change the time" })).toBeNull();
    expect(sent).toMatchObject([{ path: "cancel" }]);
  });

  it("says when a change did not get through, and stays as it was", async () => {
    answer = "offline";
    await card();
    await press("Cancel the call");
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Cancel the call" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("Nothing has changed so far");
  });

  it("cannot be moved while somebody calls", async () => {
    await card({ phase: "calling", operator: { id: "o1", name: "Irina Petrova" }, means: "telephone" });
    expect(screen.getByRole("status")).toHaveTextContent("Answer your phone");
    expect(screen.queryByRole("button", { name: "Change the time" })).toBeNull();
  });
});
