/** Call-backs at the desk: the list, the card, what came of it, and a colleague who was faster. */
import "@testing-library/jest-dom/vitest";
import { type CallbackRow, StaffApi, type StreamStatus } from "@consilium/kit/api";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { Cell } from "@consilium/kit/matrix";
import {
  type Answer,
  callbackRowSample,
  fakeCalls,
  PretendEngine,
  pretendFetch,
} from "@consilium/kit/testing";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { act, cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { i18n } from "i18next";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { mockBrand } from "../../testing/mock-world.ts";
import { detail, lead, operator, queue } from "../../testing/rows.ts";
import { shortLists } from "../../testing/short-lists.ts";
import { EN as en } from "../../testing/words.ts";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import { DeskProvider, useDesk } from "../desk/DeskContext.tsx";
import { CallbackPanel, CallbacksView } from "../features/callback/index.ts";
import { ConsultationActions } from "../live/actions.ts";
import { CallbackActions } from "../live/callback-actions.ts";
import { LiveDesk } from "../live/desk.ts";
import { CallInvitations } from "../live/invitations.ts";
import { makeRouter } from "../router/router.tsx";
import { ConsoleContext, type ConsoleValue } from "../session/ConsoleContext.tsx";
import { PrefsStore } from "../settings/prefs.ts";
import { useCommandContext, useCommandEffects } from "./useCommandsOfDesk.ts";

vi.setConfig({ testTimeout: 30_000 });

const NOW = Date.parse("2026-11-28T12:00:00Z");
const PETROVA = { id: "o1", name: "Irina Petrova" };
const SOKOLOV = { id: "o2", name: "Andrei Sokolov" };

const brand = mockBrand("http://localhost");
let words: i18n;
let restore: () => void = () => undefined;
let sent: { path: string; body: unknown }[] = [];
let answer: Answer = { status: 404, body: {} };
let live: LiveDesk;
let opened: string[] = [];

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, async () => en);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  sent = [];
  opened = [];
});
afterEach(() => {
  cleanup();
  restore();
  vi.useRealTimers();
  sessionStorage.clear();
  localStorage.clear();
});

function Commanded() {
  const { place } = useDesk();
  return (
    <CommandsProvider
      context={useCommandContext()}
      effects={useCommandEffects()}
      singleKeys={false}
      bindings={{}}
    >
      <CallbacksView />
      {place.id !== null && <CallbackPanel id={place.id} />}
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

function serve(rows: readonly CallbackRow[]): void {
  const pressed = (path: string) => (body: unknown) => {
    sent.push({ path, body });
    return answer;
  };
  const of = (id: string) => ({ ...rows.find((row) => row.id === id), history: [], consent: null });
  restore = pretendFetch({
    "GET /_consilium/v1/consultations": { body: { items: [], next_cursor: null, total: 0 } },
    "GET /_consilium/v1/queues": { body: { queues: [queue({ id: "q1" })] } },
    "GET /_consilium/v1/operators": { body: { operators: [operator({ id: "o1" })] } },
    "GET /_consilium/v1/callbacks": { body: { items: rows, next_cursor: null, total: rows.length } },
    ...Object.fromEntries(rows.map(({ id }) => [`GET /_consilium/v1/callbacks/${id}`, { body: of(id) }])),
    ...Object.fromEntries(
      [
        "take",
        "done",
        "no-answer",
        "again-later",
        "cancel",
        "note",
        "release",
        "telephone",
        "consultation",
      ].map((verb) => [`POST /_consilium/v1/callbacks/callback-1/${verb}`, pressed(verb)]),
    ),
  });
}

async function desk(rows: readonly CallbackRow[], path = "/callbacks"): Promise<void> {
  serve(rows);
  history.replaceState(null, "", path);
  const api = new StaffApi({
    baseUrl: location.origin,
    accessToken: () => "t",
    refresh: async () => false,
    language: () => "en",
  });
  live = new LiveDesk(api, {
    on: () => () => undefined,
    start: () => undefined,
    stop: () => undefined,
    nudge: () => undefined,
    again: () => undefined,
    status: new Cell<StreamStatus>("open"),
  });
  const apply = live.apply.bind(live);
  const ignore = () => undefined;
  const calls = fakeCalls();
  const me = "@petrova:x";
  const engine = new PretendEngine({ me, keeper: "@k:x", names: {}, rooms: {}, sending: "hangs" });
  const value: ConsoleValue = {
    api,
    me: {
      user_id: me,
      role: "operator",
      operator: operator({ id: "o1", name: PETROVA.name }),
    } as unknown as ConsoleValue["me"],
    engine,
    desk: live,
    calls,
    invitations: new CallInvitations(calls, engine),
    actions: new ConsultationActions({
      api,
      apply,
      now: () => NOW,
      closeWhileLeaving: ignore,
      onTaken: ignore,
      onFailed: ignore,
    }),
    callbackActions: new CallbackActions({
      api: api.callbacks,
      apply,
      onOpened: ({ id }) => opened.push(id),
      onFailed: ignore,
    }),
    ...shortLists(),
    prefs: new PrefsStore(localStorage),
    freshPassword: new Cell<string | null>(null),
    signOut: ignore,
  };
  await live.reload();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <BrandProvider brand={brand} words={words} app="console">
      <QueryClientProvider client={client}>
        <ConsoleContext value={value}>
          <RouterProvider router={makeRouter(Desk)} />
        </ConsoleContext>
      </QueryClientProvider>
    </BrandProvider>,
  );
  await screen.findByRole("heading", { name: /^Call-backs/ });
}

const card = () => within(screen.getByRole("region", { name: "Call-back" }));
const press = (name: string | RegExp) => userEvent.click(card().getByRole("button", { name }));
const mine = (part: Partial<CallbackRow> = {}) =>
  callbackRowSample({ phase: "taken", operator: PETROVA, due_at: "2026-11-28T12:40:00Z", ...part });

it("lists what is due first, and says by how much it is overdue", async () => {
  const late = { due_at: "2026-11-28T11:35:00Z", overdue: true, overdue_since: "2026-11-28T11:35:00Z" };
  await desk([
    callbackRowSample({ id: "b", name: "Later", due_at: "2026-11-28T12:10:00Z" }),
    callbackRowSample({ id: "a", name: "Overdue", ...late }),
  ]);
  const [, first, second] = await screen.findAllByRole("row");
  expect(first).toHaveTextContent(/Overdue by 25 min.*Overdue/);
  expect(second).toHaveTextContent(/10 min left.*Later/);
});

it("says that nothing fits, and shows everything again at a press", async () => {
  await desk([callbackRowSample({ name: "Anna Kuznetsova" })], "/callbacks?q=nobody");
  expect(await screen.findByText("No such call-backs")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(await screen.findByRole("row", { name: /Anna Kuznetsova/ })).toBeInTheDocument();
});

it("opens the card from the list", async () => {
  await desk([callbackRowSample({ reason: "The results" })]);
  await userEvent.click(await screen.findByRole("row", { name: /Anna Kuznetsova/ }));
  await waitFor(() => expect(card().getByRole("heading", { level: 2 })).toHaveTextContent("Anna Kuznetsova"));
  expect(card().getByText("The results")).toBeInTheDocument();
});

it("says of an old one that its personal data were erased, and when", async () => {
  const old = callbackRowSample({
    phase: "archived",
    ending: "done",
    outcome: "answered",
    ended_at: "2026-10-20T10:00:00Z",
    erased_at: "2026-11-20T10:00:00Z",
    name: "",
    phone: null,
    patient: null,
  });
  await desk([old], "/callbacks/callback-1?state=ended");
  expect(await screen.findByRole("row", { name: /Personal data erased/ })).toHaveTextContent(/20/);
  await waitFor(() =>
    expect(card().getByRole("heading", { level: 2 })).toHaveTextContent(/^Personal data erased .*20/),
  );
  expect(card().queryByText("No number: call in the app only.")).toBeNull();
});

it("is taken with one press", async () => {
  await desk([callbackRowSample()], "/callbacks/callback-1");
  answer = { body: mine() };
  await waitFor(() => card());
  await press(/^Take this call-back/);
  expect(await card().findByRole("heading", { name: "What came of it" })).toBeInTheDocument();
  expect(sent).toMatchObject([{ path: "take" }]);
});

it("says which colleague was faster, and leaves it to her", async () => {
  await desk([callbackRowSample()], "/callbacks/callback-1");
  const type = "urn:consilium:problem:taken";
  answer = { status: 409, body: { type, title: "Taken", taken_by: SOKOLOV } };
  await waitFor(() => card());
  await press(/^Take this call-back/);
  expect(await card().findByRole("alert")).toHaveTextContent("Andrei Sokolov has taken it already.");
  const row = mine({ operator: SOKOLOV });
  act(() => live.apply({ kind: "callback", callback: row }));
  expect(await card().findByText("Andrei Sokolov has it in hand.")).toBeInTheDocument();
  expect(card().queryByRole("button", { name: /^Take this call-back/ })).toBeNull();
  await press("Got it");
  expect(card().queryByRole("alert")).toBeNull();
});

it("is finished with an outcome and a note", async () => {
  await desk([mine({ phase: "calling", means: "telephone" })], "/callbacks/callback-1");
  answer = { body: mine({ phase: "done", ending: "done", outcome: "wrong_number" }) };
  await waitFor(() => card());
  await press(/^Done/);
  const form = within(await card().findByRole("form", { name: "Finish the call-back" }));
  await userEvent.click(form.getByRole("radio", { name: "Wrong number" }));
  await userEvent.type(form.getByRole("textbox", { name: "Note" }), "A shop");
  await userEvent.click(form.getByRole("button", { name: "Finish the call-back" }));
  await waitFor(() => expect(card().queryByRole("form")).toBeNull());
  expect(sent).toEqual([{ path: "done", body: { outcome: "wrong_number", note: "A shop" } }]);
});

it("is put off to the patient's own time, once day and hours are whole", async () => {
  await desk([mine({ time_zone: "Asia/Vladivostok" })], "/callbacks/callback-1");
  answer = { body: mine() };
  await waitFor(() => card());
  await press(/^Again later/);
  const form = within(await card().findByRole("form", { name: "Again later" }));
  await userEvent.click(form.getByRole("radio", { name: "At a certain time" }));
  expect(form.getByText(/The patient's time/)).toHaveTextContent("UTC+10");
  expect(form.getByRole("button", { name: "Move" })).toBeDisabled();
  await userEvent.type(form.getByLabelText("From"), "10:00");
  await userEvent.type(form.getByLabelText("To"), "11:30");
  await userEvent.click(form.getByRole("button", { name: "Move" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  const window = { start: "2026-11-28T10:00", end: "2026-11-28T11:30" };
  expect(sent[0]).toEqual({ path: "again-later", body: { time_zone: "Asia/Vladivostok", window } });
});

it("stays open with what was written when the service does not answer", async () => {
  await desk([mine()], "/callbacks/callback-1");
  answer = "offline";
  await waitFor(() => card());
  await press(/^Not reached/);
  const form = within(await card().findByRole("form", { name: "Not reached" }));
  await userEvent.type(form.getByRole("textbox", { name: "Note" }), "Rang long");
  await userEvent.click(form.getByRole("button", { name: "Write down" }));
  expect(await card().findByRole("alert")).toBeInTheDocument();
  expect(form.getByRole("textbox", { name: "Note" })).toHaveValue("Rang long");
});

const BEGIN = /^Open a consultation/;
const begun = (leader: string) =>
  detail({ id: "c9", phase: "active", conversation_id: "conversation-1", participants: [lead(leader)] });

it("becomes a consultation at a press, which is gone to", async () => {
  await desk([mine({ phase: "calling", means: "app" })], "/callbacks/callback-1");
  answer = { status: 201, body: begun(PETROVA.id) };
  await waitFor(() => card());
  expect(card().getByText(/^For notes, colleagues and a record/)).toBeInTheDocument();
  await press(BEGIN);
  await waitFor(() => expect(opened).toEqual(["c9"]));
  expect(sent).toMatchObject([{ path: "consultation" }]);
  expect(card().queryByRole("button", { name: BEGIN })).toBeNull();
  await press("To the consultation");
  expect(location.pathname).toBe("/mine/c9");
});

it("says that a consultation is open already, and leads to it", async () => {
  await desk([mine()], "/callbacks/callback-1");
  const type = "urn:consilium:problem:conflict";
  answer = { status: 409, body: { type, title: "Conflict", consultation_id: "c9" } };
  await waitFor(() => card());
  await press(BEGIN);
  const alert = within(await card().findByRole("alert"));
  expect(alert.getByText("A consultation with this patient is open already.")).toBeInTheDocument();
  expect(opened).toEqual([]);
  await userEvent.click(alert.getByRole("button", { name: "To the consultation" }));
  expect(location.pathname).toBe("/active/c9");
});

it.each([
  ["in a colleague's hands", mine({ operator: SOKOLOV })],
  ["that nobody has taken", callbackRowSample()],
  ["of somebody without an account", mine({ conversation_id: null, room_id: null, patient: null })],
])("one %s is no place for a consultation", async (_, row) => {
  await desk([row], "/callbacks/callback-1");
  await waitFor(() => card());
  expect(card().queryByRole("button", { name: BEGIN })).toBeNull();
});
