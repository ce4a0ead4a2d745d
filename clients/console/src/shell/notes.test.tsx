/** Notes at the desk: read when somebody looks, written with mentions, live, and said plainly where they are not open. */
import "@testing-library/jest-dom/vitest";
import type { Canned, Mention, Note } from "@consilium/kit/api";
import { type Answer, type Answers, refusal } from "@consilium/kit/testing";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { boardAnswers, pageOf } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { lead, operator, row } from "../../testing/rows.ts";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import { MentionLines, NotesPanel } from "../features/note/index.ts";
import { useCommandContext, useCommandEffects } from "./useCommandsOfDesk.ts";

const PETROVA = { id: "o1", name: "Irina Petrova" };
const SOKOLOV = { id: "o2", name: "Andrei Sokolov" };
const CONVERSATION = "conversation-1";
const NOTES = `/_consilium/v1/conversations/${CONVERSATION}/notes`;

let kept: Note[] = [];
let sent: Record<string, unknown>[] = [];
let reads = 0;
let closed: Answer | null = null;
let noteChanged: () => void = () => undefined;

function note(change: Partial<Note> & { id: string }): Note {
  return {
    version: 1,
    conversation_id: CONVERSATION,
    patient_id: "patient-1",
    consultation_id: "1",
    author: PETROVA,
    created_at: new Date(Date.now() - 60_000).toISOString(),
    edited_at: null,
    editable_until: new Date(Date.now() + 3_000_000).toISOString(),
    text: "Calls only in the evening.",
    mentions: [],
    deleted: null,
    ...change,
  };
}

function answers(): Answers {
  return {
    ...boardAnswers({
      rows: [row({ id: "1", participants: [lead("o1")] })],
      operators: [operator(PETROVA), operator({ ...SOKOLOV, title: "GP" })],
    }),
    [`GET ${NOTES}`]: () => {
      reads += 1;
      return closed ?? { body: pageOf(kept) };
    },
    [`POST ${NOTES}`]: (body) => {
      sent.push(body as Record<string, unknown>);
      return {
        status: 201,
        body: note({ id: `n${sent.length}`, text: String((body as { text: string }).text) }),
      };
    },
    "DELETE /_consilium/v1/notes/1": {
      body: note({ id: "1", text: null, deleted: { at: new Date().toISOString(), by: PETROVA } }),
    },
    "POST /_consilium/v1/mentions/m1/seen": { body: mention({ seen_at: new Date().toISOString() }) },
  };
}

function mention(change: Partial<Mention> = {}): Mention {
  return {
    id: "m1",
    note_id: "1",
    conversation_id: CONVERSATION,
    consultation_id: "1",
    patient: { id: "patient-1", name: "Anna Kuznetsova", age: 34, sex: "female" },
    by: SOKOLOV,
    at: new Date(Date.now() - 60_000).toISOString(),
    until: new Date(Date.now() + 3_000_000).toISOString(),
    seen_at: null,
    ...change,
  };
}

beforeAll(() => speakEnglish());
beforeEach(() => {
  kept = [note({ id: "1" })];
  sent = [];
  reads = 0;
  closed = null;
});

let foldsOpen = false;

function Commanded() {
  return (
    <CommandsProvider context={useCommandContext()} effects={useCommandEffects()} singleKeys bindings={{}}>
      <MentionLines />
      <NotesPanel conversationId={CONVERSATION} opened={foldsOpen} />
    </CommandsProvider>
  );
}

async function desk(opened: boolean, lists: { mentions?: Mention[]; canned?: Canned[] } = {}) {
  foldsOpen = opened;
  const wish = { path: "/mine/1", operator: operator(PETROVA), answers: answers(), lists };
  const { stream } = await openDesk(Commanded, wish);
  noteChanged = () => {
    const data = { note_id: "2", conversation_id: CONVERSATION, patient_id: "patient-1" };
    stream.tell({ event: "note", data });
  };
  return screen.findByRole("region", { name: "Notes" });
}

const field = () => screen.getByRole("textbox", { name: "Note for staff" });

it("reads nothing before somebody looks, and N opens the field", async () => {
  const panel = await desk(false);
  expect(within(panel).getByText("Only staff")).toBeVisible();
  expect(reads).toBe(0);
  await userEvent.keyboard("n");
  await waitFor(() => expect(field()).toHaveFocus());
  expect(field()).toHaveValue("");
  expect(await within(panel).findByText("Calls only in the evening.")).toBeVisible();
  expect(reads).toBe(1);
});

it("completes a colleague behind @, says who will be told, and sends his id", async () => {
  await desk(true);
  await userEvent.type(await screen.findByRole("textbox", { name: "Note for staff" }), "Look, @sok");
  expect(screen.getByRole("option", { selected: true })).toHaveTextContent("Andrei Sokolov");
  await userEvent.keyboard("{Enter}");
  expect(field()).toHaveValue("Look, @Andrei Sokolov ");
  expect(screen.getByText(/1 colleague will be told/)).toBeVisible();
  await userEvent.keyboard("please{Control>}{Enter}{/Control}");
  expect(await screen.findByText(/please/, { selector: "p *, p" })).toBeVisible();
  expect(sent).toMatchObject([{ text: "Look, @Andrei Sokolov please", mentions: ["o2"] }]);
  await waitFor(() => expect(field()).toHaveValue(""));
});

it("shows what colleagues write at once, and asks before it deletes", async () => {
  const panel = await desk(true);
  await within(panel).findByText("Calls only in the evening.");
  kept = [note({ id: "2", author: SOKOLOV, text: "Seen." }), ...kept];
  noteChanged();
  const theirs = (await within(panel).findByText("Seen.")).closest("li");
  expect(within(theirs as HTMLElement).queryByRole("button", { name: "Delete the note" })).toBeNull();
  await userEvent.click(within(panel).getByRole("button", { name: "Delete the note" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Delete the note" }));
  expect(await within(panel).findByText(/Note of Irina Petrova, deleted by Irina Petrova/)).toBeVisible();
});

it("says in words that notes are not open, and offers no field", async () => {
  closed = refusal("forbidden", 403);
  const panel = await desk(true);
  expect(await within(panel).findByText(/Notes are read by those who take part/)).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("textbox", { name: "Note for staff" })).toBeNull());
});

it("says who mentions one until it was looked at, and opens the notes by it", async () => {
  await desk(false, { mentions: [mention()] });
  expect(screen.getByText(/Andrei Sokolov mentions you in a note on Anna Kuznetsova/)).toBeVisible();
  expect(await screen.findByText("Calls only in the evening.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Open" }));
  await waitFor(() => expect(screen.queryByText(/mentions you/)).toBeNull());
});
