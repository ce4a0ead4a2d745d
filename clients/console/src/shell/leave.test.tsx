/** Going off, offline or signing out while one leads something: what becomes of it is shown and chosen before, and told to the service. */
import "@testing-library/jest-dom/vitest";
import type { LeavingConsultation } from "@consilium/kit/api";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { boardAnswers } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { lead, operator, queue, row } from "../../testing/rows.ts";
import { EN as en } from "../../testing/words.ts";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { LeaveDialog, ReturnedLines } from "../features/status/index.ts";
import { useReadable } from "../live/hooks.ts";
import { useCommandContext, useCommandEffects } from "./useCommandsOfDesk.ts";

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

const signOut = vi.fn();
let statuses: unknown[] = [];

beforeAll(() => speakEnglish());
beforeEach(() => {
  statuses = [];
  signOut.mockReset();
});

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

async function desk(
  leaving: readonly LeavingConsultation[],
  returned: readonly object[] = [],
): Promise<void> {
  const talk = row({ id: "1", phase: "active", participants: [lead("o1")], queue: { id: "q1", name: "GP" } });
  await openDesk(Commanded, {
    path: "/mine",
    operator: operator(PETROVA),
    signOut,
    answers: {
      ...boardAnswers({
        rows: leaving.length === 0 ? [] : [talk],
        queues: [queue({ id: "q1", name: "GP" })],
        operators: [operator(PETROVA)],
      }),
      "GET /_consilium/v1/operators/me/leaving": { body: { consultations: leaving } },
      "GET /_consilium/v1/operators/me/returned": { body: { consultations: returned } },
      "PUT /_consilium/v1/operators/me/status": (body) => {
        statuses.push(body);
        return { body: operator({ ...PETROVA, status: "going_off" }) };
      },
    },
  });
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
