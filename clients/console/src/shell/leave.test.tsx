/** Going off, offline or signing out while one leads something: what becomes of it is shown and chosen before, and told to the service. */
import "@testing-library/jest-dom/vitest";
import { type LeavingConsultation, StaffApi, type StreamStatus } from "@consilium/kit/api";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { Cell } from "@consilium/kit/matrix";
import { fakeCalls, PretendEngine, pretendFetch } from "@consilium/kit/testing";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { i18n } from "i18next";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { mockBrand } from "../../testing/mock-world.ts";
import { lead, operator, queue, row } from "../../testing/rows.ts";
import { shortLists } from "../../testing/short-lists.ts";
import { EN as en } from "../../testing/words.ts";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import { DeskProvider, useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { LeaveDialog, ReturnedLines } from "../features/status/index.ts";
import { ConsultationActions } from "../live/actions.ts";
import { CallbackActions } from "../live/callback-actions.ts";
import { LiveDesk } from "../live/desk.ts";
import { useReadable } from "../live/hooks.ts";
import { CallInvitations } from "../live/invitations.ts";
import { makeRouter } from "../router/router.tsx";
import { ConsoleContext, type ConsoleValue } from "../session/ConsoleContext.tsx";
import { PrefsStore } from "../settings/prefs.ts";
import { useCommandContext, useCommandEffects } from "./useCommandsOfDesk.ts";

vi.setConfig({ testTimeout: 30_000 });

const PETROVA = { id: "o1", name: "Irina Petrova" };
const LED: LeavingConsultation = {
  consultation_id: "1",
  patient: { id: "p1", name: "Anna Kuznetsova", age: 34, sex: "female" },
  queue: { id: "q1", name: "GP" },
  phase: "active",
  on_leave: "finish",
  choices: ["keep", "queue"],
  colleague: null,
  in_call: false,
};

const brand = mockBrand("http://localhost");
const signOut = vi.fn();
let words: i18n;
let restore: () => void = () => undefined;
let statuses: unknown[] = [];

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, async () => en);
});
beforeEach(() => {
  statuses = [];
  signOut.mockReset();
});
afterEach(() => {
  cleanup();
  restore();
  sessionStorage.clear();
  localStorage.clear();
});

function serve(leaving: readonly LeavingConsultation[], returned: readonly object[]): void {
  const page = (items: readonly unknown[]) => ({ items, next_cursor: null, total: items.length });
  const talk = row({ id: "1", phase: "active", participants: [lead("o1")], queue: { id: "q1", name: "GP" } });
  restore = pretendFetch({
    "GET /_consilium/v1/consultations": { body: page(leaving.length === 0 ? [] : [talk]) },
    "GET /_consilium/v1/queues": { body: { queues: [queue({ id: "q1", name: "GP" })] } },
    "GET /_consilium/v1/operators": { body: { operators: [operator(PETROVA)] } },
    "GET /_consilium/v1/callbacks": { body: page([]) },
    "GET /_consilium/v1/operators/me/leaving": { body: { consultations: leaving } },
    "GET /_consilium/v1/operators/me/returned": { body: { consultations: returned } },
    "PUT /_consilium/v1/operators/me/status": (body: unknown) => {
      statuses.push(body);
      return { body: operator({ ...PETROVA, status: "going_off" }) };
    },
  });
}

function Commanded() {
  const { dialog } = useDesk();
  const current = useReadable(dialog);
  const effects = useCommandEffects();
  return (
    <CommandsProvider context={useCommandContext()} effects={effects} singleKeys bindings={{}}>
      <h1>Desk</h1>
      <ReturnedLines className="line" buttonsClassName="buttons" />
      <button type="button" onClick={() => effects.setStatus("going_off")}>
        Goes
      </button>
      <button type="button" onClick={() => effects.signOut()}>
        Leaves
      </button>
      <LeaveDialog wish={current.kind === "leave" ? current : null} onClose={() => dialog.set(NO_DIALOG)} />
    </CommandsProvider>
  );
}

function Desk() {
  return (
    <DeskProvider>
      <Commanded />
    </DeskProvider>
  );
}

async function desk(
  leaving: readonly LeavingConsultation[],
  returned: readonly object[] = [],
): Promise<void> {
  serve(leaving, returned);
  history.replaceState(null, "", "/mine");
  const api = new StaffApi({
    baseUrl: location.origin,
    accessToken: () => "t",
    refresh: async () => false,
    language: () => "en",
  });
  const live = new LiveDesk(api, {
    on: () => () => undefined,
    start: () => undefined,
    stop: () => undefined,
    nudge: () => undefined,
    again: () => undefined,
    status: new Cell<StreamStatus>("open"),
  });
  live.start();
  const apply = live.apply.bind(live);
  const ignore = () => undefined;
  const calls = fakeCalls();
  const me = "@petrova:x";
  const engine = new PretendEngine({ me, keeper: "@k:x", names: {}, rooms: {}, sending: "hangs" });
  const value: ConsoleValue = {
    api,
    me: { user_id: me, role: "operator", operator: operator(PETROVA) } as unknown as ConsoleValue["me"],
    engine,
    desk: live,
    calls,
    invitations: new CallInvitations(calls, engine),
    actions: new ConsultationActions({
      api,
      apply,
      now: () => Date.now(),
      closeWhileLeaving: ignore,
      onTaken: ignore,
      onFailed: ignore,
    }),
    callbackActions: new CallbackActions({ api: api.callbacks, apply, onOpened: ignore, onFailed: ignore }),
    ...shortLists(),
    prefs: new PrefsStore(localStorage),
    freshPassword: new Cell<string | null>(null),
    signOut,
  };
  await live.reload();
  render(
    <BrandProvider brand={brand} words={words} app="console">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ConsoleContext value={value}>
          <RouterProvider router={makeRouter(Desk)} />
        </ConsoleContext>
      </QueryClientProvider>
    </BrandProvider>,
  );
  await screen.findByRole("heading", { name: "Desk" });
}

it("asks who goes off what becomes of what he leads, and tells the service what he was shown", async () => {
  await desk([LED, { ...LED, consultation_id: "2", choices: ["queue"], on_leave: "back_to_queue" }]);
  await userEvent.click(screen.getByRole("button", { name: "Goes" }));
  const dialog = await screen.findByRole("dialog", { name: "Going off" });
  const choice = await within(dialog).findByRole("combobox", { name: "Anna Kuznetsova, GP" });
  expect(within(dialog).getByText("Back to the queue", { selector: "span" })).toBeInTheDocument();
  await userEvent.selectOptions(choice, "queue");
  const [note] = within(dialog).getAllByRole("textbox", { name: "Note for whoever goes on" });
  if (note === undefined) throw new Error("no place for a note");
  await userEvent.type(note, "Look at the tooth.");
  await userEvent.click(within(dialog).getByRole("button", { name: "Go off" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(statuses).toEqual([
    {
      status: "going_off",
      hand_over: [
        { consultation_id: "1", choice: "queue", note: "Look at the tooth." },
        { consultation_id: "2", choice: "queue" },
      ],
    },
  ]);
  expect(signOut).not.toHaveBeenCalled();
});

it("asks before the sign-out too, and signs out when it is said", async () => {
  await desk([LED]);
  await userEvent.click(screen.getByRole("button", { name: "Leaves" }));
  const dialog = await screen.findByRole("dialog", { name: "Signing out" });
  expect(await within(dialog).findByText(/goes back to the queue after a while/)).toBeInTheDocument();
  expect(signOut).not.toHaveBeenCalled();
  await userEvent.click(within(dialog).getByRole("button", { name: "Sign out" }));
  await waitFor(() => expect(signOut).toHaveBeenCalledOnce());
  expect(statuses).toEqual([{ status: "offline", hand_over: [{ consultation_id: "1", choice: "keep" }] }]);
});

it("asks nobody who leads nothing", async () => {
  await desk([]);
  await userEvent.click(screen.getByRole("button", { name: "Goes" }));
  await waitFor(() => expect(statuses).toEqual([{ status: "going_off" }]));
  expect(screen.queryByRole("dialog")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Leaves" }));
  await waitFor(() => expect(signOut).toHaveBeenCalledOnce());
  expect(statuses.at(-1)).toEqual({ status: "offline" });
});

it("says what was taken while the console was silent, until it was read", async () => {
  const returned = {
    consultation_id: "9",
    patient: LED.patient,
    queue: LED.queue,
    phase: "active",
    lead: { id: "o2", name: "Dr Sokolov" },
    returned_at: "2026-11-28T12:00:00Z",
  };
  await desk([], [returned]);
  const line = await screen.findByText(/Anna Kuznetsova went back to the queue.*Now with Dr Sokolov/);
  await userEvent.click(screen.getByRole("button", { name: en.understood }));
  await waitFor(() => expect(line).not.toBeInTheDocument());
});
