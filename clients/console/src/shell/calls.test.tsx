/** Calls at the desk: their list, one that is opened from elsewhere, somebody who calls while one talks, keys in a call. */
import "@testing-library/jest-dom/vitest";
import type { CallRow } from "@consilium/kit/api";
import { addWords } from "@consilium/kit/brand";
import { type Answers, callSample, type FakeCalls, fakeMedia } from "@consilium/kit/testing";
import { callWords } from "@consilium/kit/ui";
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it } from "vitest";
import { boardAnswers, pageOf } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { CallDock, CallRecordPanel, CallsView } from "../features/call/index.ts";
import { useCommandContext, useCommandEffects } from "./useCommandsOfDesk.ts";

/** What was asked of the service. */
let asks: URL[] = [];

beforeAll(async () => {
  await speakEnglish();
  await addWords("kit", callWords);
});

function Commanded() {
  const { place } = useDesk();
  return (
    <CommandsProvider context={useCommandContext()} effects={useCommandEffects()} singleKeys bindings={{}}>
      <CallDock />
      {place.id === null && <CallsView />}
      {place.id !== null && <CallRecordPanel id={place.id} />}
    </CommandsProvider>
  );
}

/** `rows`: what the list shows; `more`: what else the service answers. */
async function desk(
  path: string,
  { rows = [], more = {} }: { rows?: readonly CallRow[]; more?: Answers } = {},
): Promise<FakeCalls> {
  asks = [];
  const { calls } = await openDesk(Commanded, {
    path,
    answers: { ...boardAnswers(), "GET /_consilium/v1/calls": { body: pageOf(rows) }, ...more },
    fetch: (input, init) => {
      asks.push(new URL(input instanceof Request ? input.url : input, location.href));
      return globalThis.fetch(input, init);
    },
  });
  return calls;
}

const row = (id: string, name: string): CallRow => ({
  ...callSample({ id, state: "ended", outcome: "missed", ended_at: "2026-11-25T12:00:45Z" }),
  patient: { id: `patient of ${id}`, name, age: 34, sex: "female" },
});

/** What the list of calls was asked for last. */
const asked = () => asks.filter(({ pathname }) => pathname.endsWith("/calls")).at(-1)?.searchParams;

it("asks for what the address narrows the list down to, and each filter goes by its chip", async () => {
  await desk("/calls?caller_side=patient&kind=audio&outcome=open&days=7&queue=q1");
  const kind = await screen.findByRole("button", { name: "Remove: Kind: Audio" });
  for (const chip of ["The patient called", "Outcome: On now", "Period: Last 7 days"])
    expect(screen.getByRole("button", { name: `Remove: ${chip}` })).toBeInTheDocument();
  const narrowed = { caller_side: "patient", open: "true", days: "7", queue: "q1" };
  expect(Object.fromEntries(asked() ?? [])).toEqual({ ...narrowed, kind: "audio", limit: "100" });
  await userEvent.click(kind);
  await waitFor(() => expect(Object.fromEntries(asked() ?? [])).toEqual({ ...narrowed, limit: "100" }));
  expect(location.search).not.toContain("kind");
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  await waitFor(() => expect(Object.fromEntries(asked() ?? [])).toEqual({ limit: "100" }));
});

it("opens a call of the list, and one that the list does not reach", async () => {
  const rows = [row("new", "Anna Kuznetsova")];
  await desk("/calls/new", { rows });
  expect(await screen.findByRole("heading", { name: "Anna Kuznetsova" })).toBeInTheDocument();
  cleanup();
  const old = { "GET /_consilium/v1/calls/old": { body: row("old", "Boris Orlov") } };
  await desk("/calls/old", { rows, more: old });
  expect(await screen.findByRole("heading", { name: "Boris Orlov" })).toBeInTheDocument();
});

it("says that there is no such call only where the service says so", async () => {
  await desk("/calls/none", { rows: [row("new", "Anna Kuznetsova")] });
  expect(await screen.findByText("There is no such call, or it is not yours to see")).toBeInTheDocument();
});

it("tells who calls meanwhile that it is busy, and the call goes on", async () => {
  const calls = await desk("/calls");
  const call = callSample({ state: "answered", answered_at: "2026-11-25T12:00:05Z" });
  act(() => calls.place.set({ at: "in", call, media: fakeMedia(), since: Date.now() }));
  const dock = within(await screen.findByRole("region", { name: "Call" }));
  expect(dock.queryByRole("button", { name: "Say I’m busy" })).toBeNull();
  act(() => calls.waiting.set(callSample({ id: "call-2", caller_name: "Boris Orlov" })));
  expect(await dock.findByText("Boris Orlov is calling too")).toBeInTheDocument();
  await userEvent.click(dock.getByRole("button", { name: "Say I’m busy" }));
  expect(calls.pressed).toEqual(["decline busy"]);
});

it.each([
  ["m", "KeyM", "microphone", "The microphone is in use"],
  ["v", "KeyV", "camera", "The camera is in use"],
] as const)("says at the key %s too why a device did not come on", async (key, code, device, said) => {
  const calls = await desk("/calls");
  const media = fakeMedia();
  const refuse = async () => media.own.set({ ...media.own.get(), trouble: "busy" });
  media.own.set({ ...media.own.get(), [device]: false });
  media.setMicrophone = refuse;
  media.setCamera = refuse;
  const call = callSample({ state: "answered", answered_at: "2026-11-25T12:00:05Z" });
  act(() => calls.place.set({ at: "in", call, media, since: Date.now() }));
  const dock = within(await screen.findByRole("region", { name: "Call" }));
  fireEvent.keyDown(document.body, { key, code });
  const panel = within(await dock.findByRole("group", { name: "Sound and camera" }));
  expect(panel.getByRole("alert")).toHaveTextContent(said);
});
