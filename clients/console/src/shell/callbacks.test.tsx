/** Call-backs at the desk: the list, the card, what came of it, and a colleague who was faster. */
import "@testing-library/jest-dom/vitest";
import type { CallbackRow } from "@consilium/kit/api";
import { type Answer, type Answers, callbackRowSample, refusal } from "@consilium/kit/testing";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { boardAnswers } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk, type PretendDesk } from "../../testing/pretend-desk.tsx";
import { detail, lead, operator } from "../../testing/rows.ts";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { CallbackPanel, CallbacksView } from "../features/callback/index.ts";
import { useCommandContext, useCommandEffects } from "./useCommandsOfDesk.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const PETROVA = { id: "o1", name: "Irina Petrova" };
const SOKOLOV = { id: "o2", name: "Andrei Sokolov" };

let sent: { path: string; body: unknown }[] = [];
let answer: Answer = { status: 404, body: {} };
let live: PretendDesk["desk"];
let opened: string[] = [];

beforeAll(() => speakEnglish());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  sent = [];
  opened = [];
});
afterEach(() => void vi.useRealTimers());

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

function answers(rows: readonly CallbackRow[]): Answers {
  const pressed = (path: string) => (body: unknown) => {
    sent.push({ path, body });
    return answer;
  };
  const of = (id: string) => ({ ...rows.find((row) => row.id === id), history: [], consent: null });
  return {
    ...boardAnswers({ callbacks: rows }),
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
  };
}

async function desk(rows: readonly CallbackRow[], path = "/callbacks"): Promise<void> {
  const opens = (id: string) => void opened.push(id);
  const wish = { path, operator: operator(PETROVA), answers: answers(rows), onOpened: opens };
  ({ desk: live } = await openDesk(Commanded, wish));
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
  answer = refusal("taken", 409, { taken_by: SOKOLOV });
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
  answer = refusal("conflict", 409, { consultation_id: "c9" });
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
