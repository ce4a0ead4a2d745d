import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { TranscriptEntry } from "../api/types.ts";
import { PretendEngine } from "../testing/engine.ts";
import { renderWithKit } from "../testing/render.tsx";
import { ANNA, KEEPER, OPEN_FILES, PETROVA, textEvent } from "../testing/samples.ts";
import { ConversationPane } from "./ConversationPane.tsx";
import { Transcript } from "./Transcript.tsx";

const engine = (part: object = {}) =>
  new PretendEngine({
    me: ANNA.userId,
    keeper: KEEPER.userId,
    names: { [ANNA.userId]: "Anna", [PETROVA.userId]: "Irina Petrova" },
    rooms: {
      "!r": {
        events: [
          textEvent("Since when?", PETROVA.userId, Date.now() - 60_000),
          textEvent("Yesterday", ANNA.userId, Date.now() - 30_000),
        ],
      },
    },
    ...part,
  });

const pane = (running: PretendEngine) => (
  <ConversationPane engine={running} roomId="!r" label="Conversation" attachments />
);
const field = () => screen.getByRole("textbox", { name: "Message" });

const newest = (running: PretendEngine) => running.timeline("!r").snapshot.get().items.at(-1);

it("sends what is written and empties the field", async () => {
  const running = engine();
  renderWithKit(pane(running));
  await userEvent.type(field(), "It hurts{Enter}");
  expect(await screen.findByText("It hurts")).toBeVisible();
  await waitFor(() => expect(newest(running)).toMatchObject({ delivery: { state: "delivered" } }));
  expect(field()).toHaveValue("");
});

it("answers a message and forgets the answer once it is sent", async () => {
  renderWithKit(pane(engine()));
  await userEvent.click(await screen.findByText("Since when?"));
  await userEvent.click(screen.getByRole("button", { name: "Reply" }));
  expect(screen.getByText("Irina Petrova:")).toBeVisible();
  await userEvent.type(field(), "Two days{Enter}");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Do not reply" })).toBeNull());
});

it("keeps the draft of a conversation for the next visit", async () => {
  const running = engine();
  const { unmount } = renderWithKit(pane(running));
  await userEvent.type(field(), "half a thought");
  unmount();
  renderWithKit(pane(running));
  await waitFor(() => expect(field()).toHaveValue("half a thought"));
});

it("changes a message and gives back what was being written before", async () => {
  renderWithKit(pane(engine()));
  await userEvent.type(field(), "draft");
  await userEvent.click(await screen.findByText("Yesterday"));
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  const change = screen.getByRole("textbox", { name: "Change the message" });
  expect(change).toHaveValue("Yesterday");
  await userEvent.type(change, " evening{Enter}");
  expect(await screen.findByText("Yesterday evening")).toBeVisible();
  expect(field()).toHaveValue("draft");
});

it("asks before it deletes for everybody", async () => {
  renderWithKit(pane(engine()));
  await userEvent.click(await screen.findByText("Yesterday"));
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  await userEvent.click(await screen.findByRole("button", { name: "Delete for everybody" }));
  expect(await screen.findByText("Message deleted")).toBeVisible();
});

it("keeps a message that waits for the network", async () => {
  const running = engine({ connection: "offline" });
  renderWithKit(pane(running));
  await userEvent.type(field(), "later{Enter}");
  expect(
    await screen.findByRole("img", { name: "Will be sent when the connection returns" }),
  ).toBeInTheDocument();
});

it("draws a sealed consultation like the dialogue it was", () => {
  const entry = (part: Partial<TranscriptEntry>): TranscriptEntry => ({
    event_id: "$1",
    sender: { user_id: PETROVA.userId, name: "Irina Petrova", kind: "operator" },
    sent_at: "2026-11-20T10:00:00Z",
    kind: "text",
    body: "All is well",
    reply_to: null,
    edited: false,
    file: null,
    trust: null,
    reactions: [],
    ...part,
  });
  const entries = [entry({}), entry({ event_id: "$2", kind: "redacted", body: "" })];
  renderWithKit(<Transcript entries={entries} me={ANNA.userId} files={OPEN_FILES} empty="nothing" />);
  expect(screen.getByText("All is well")).toBeVisible();
  expect(screen.getByText("Message deleted")).toBeVisible();
});

it("draws the calls of a sealed consultation, by whom and how long", () => {
  const call = {
    id: "call-1",
    kind: "video",
    caller: { user_id: PETROVA.userId, name: "Irina Petrova", kind: "operator" },
    started_at: "2026-11-20T10:00:00Z",
    answered_at: "2026-11-20T10:00:10Z",
    ended_at: "2026-11-20T10:03:30Z",
    outcome: "completed",
    decline_reason: null,
    talked_seconds: 200,
  } as const;
  const mine = {
    ...call,
    id: "call-2",
    caller: { user_id: ANNA.userId, name: "Anna", kind: "patient" },
  } as const;
  const calls = [call, { ...mine, outcome: "missed", talked_seconds: 0 } as const];
  renderWithKit(
    <Transcript entries={[]} calls={calls} me={ANNA.userId} files={OPEN_FILES} empty="nothing" />,
  );
  expect(screen.getByText("Video call")).toBeVisible();
  expect(screen.getByText("called by Irina Petrova")).toBeVisible();
  expect(screen.getByText("3:20")).toBeVisible();
  expect(screen.queryByText("called by Anna")).toBeNull();
  expect(screen.queryByText("nothing")).toBeNull();
});
