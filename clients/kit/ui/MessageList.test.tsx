import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { renderWithKit } from "../testing/render.tsx";
import { messageItem, OPEN_FILES, PETROVA, snapshotOf } from "../testing/samples.ts";
import { MessageList } from "./MessageList.tsx";
import type { MessageListProps } from "./props.ts";

const list = (part: Partial<MessageListProps>) => (
  <MessageList
    snapshot={snapshotOf([messageItem()])}
    files={OPEN_FILES}
    label="Conversation"
    onLoadEarlier={vi.fn()}
    onSeen={vi.fn()}
    onRetry={vi.fn()}
    onCancel={vi.fn()}
    onRequestHistory={vi.fn()}
    {...part}
  />
);

it("draws messages, days and consultations in a named region that the keyboard reaches", async () => {
  const items = [
    { kind: "day", key: "d", at: Date.now() } as const,
    {
      kind: "consultation",
      key: "c",
      consultationId: "c",
      phase: "active",
      change: "taken",
      at: Date.now(),
      people: [PETROVA],
    } as const,
    messageItem(),
  ];
  renderWithKit(list({ snapshot: snapshotOf(items) }));
  const region = screen.getByRole("group", { name: "Conversation" });
  await waitFor(() => expect(region).toHaveTextContent("Now with you: Irina Petrova"));
  expect(screen.getByRole("separator", { name: "today" })).toBeInTheDocument();
  await userEvent.tab();
  expect(region).toHaveFocus();
});

it("shows the final shape while it loads, and what to do when it is empty", () => {
  renderWithKit(list({ snapshot: snapshotOf([], { status: "loading" }) }));
  expect(screen.getByRole("status", { name: "The conversation is loading" })).toBeInTheDocument();
  renderWithKit(list({ snapshot: snapshotOf([]), empty: <p>Write something</p> }));
  expect(screen.getByText("Write something")).toBeVisible();
});

it("draws what is added to a short list that nobody scrolls", async () => {
  renderWithKit(<Growing />);
  await screen.findByText("Good evening");
  await userEvent.click(screen.getByRole("button", { name: "arrive" }));
  expect(await screen.findByText("Take your time")).toBeVisible();
});

it("says who is writing", () => {
  renderWithKit(list({ snapshot: snapshotOf([messageItem()], { typing: [PETROVA] }) }));
  expect(screen.getByText("Irina Petrova is writing…")).toBeVisible();
});

it("says that history is on its way and lets one ask again", async () => {
  const onRequestHistory = vi.fn();
  renderWithKit(list({ snapshot: snapshotOf([messageItem()], { unreadableCount: 3 }), onRequestHistory }));
  expect(screen.getByText("3 earlier messages are still loading.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRequestHistory).toHaveBeenCalledOnce();
});

it("offers to load earlier messages again when that failed", async () => {
  const onLoadEarlier = vi.fn();
  renderWithKit(list({ snapshot: snapshotOf([messageItem()], { start: "failed" }), onLoadEarlier }));
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onLoadEarlier).toHaveBeenCalled();
});

it("loads earlier messages by itself while they do not fill the screen", () => {
  const onLoadEarlier = vi.fn();
  renderWithKit(list({ snapshot: snapshotOf([messageItem()], { start: "more" }), onLoadEarlier }));
  expect(onLoadEarlier).toHaveBeenCalled();
});

function Growing() {
  const [items, setItems] = useState([messageItem()]);
  const next = messageItem({ key: "$2", eventId: "$2", body: { type: "text", text: "Take your time" } });
  return (
    <>
      <button type="button" onClick={() => setItems([...items, next])}>
        arrive
      </button>
      {list({ snapshot: snapshotOf(items) })}
    </>
  );
}

it("reads a new message aloud once, and not what was there before", async () => {
  renderWithKit(<Growing />);
  const aloud = () => document.querySelector('[aria-live="polite"]');
  expect(aloud()).toHaveTextContent("");
  await userEvent.click(screen.getByRole("button", { name: "arrive" }));
  expect(aloud()).toHaveTextContent("Irina Petrova: Take your time");
});

it("lets an app draw an item its own way", async () => {
  renderWithKit(list({ renderItem: (item) => (item.kind === "message" ? <p>folded</p> : null) }));
  expect(await screen.findByText("folded")).toBeVisible();
});

it("is seen when it is at the end in a window with the focus", () => {
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  const onSeen = vi.fn();
  renderWithKit(list({ onSeen }));
  expect(onSeen).toHaveBeenCalled();
});

it("folds a finished consultation into a card that says what it was", async () => {
  const onToggleClosed = vi.fn();
  const closed = {
    kind: "closed",
    key: "closed:1",
    consultationId: "c1",
    startedAt: Date.now(),
    endedAt: Date.now(),
    messages: 4,
    people: [PETROVA],
    open: false,
  } as const;
  renderWithKit(list({ snapshot: snapshotOf([closed]), onToggleClosed }));
  const card = await screen.findByRole("button", { name: /Irina Petrova.*4 messages/ });
  expect(card).toHaveAttribute("aria-expanded", "false");
  await userEvent.click(card);
  expect(onToggleClosed).toHaveBeenCalledWith("c1");
});

it("moves nothing under a finger, and goes to the end once it is let go", async () => {
  const first = messageItem();
  const { rerender } = renderWithKit(list({ snapshot: snapshotOf([first]) }));
  const region = screen.getByRole("group", { name: "Conversation" });
  const places: number[] = [];
  Object.defineProperty(region, "scrollHeight", { value: 900 });
  Object.defineProperty(region, "scrollTop", { set: (top: number) => places.push(top), get: () => 0 });
  fireEvent.pointerDown(region);
  const second = messageItem({ key: "second", eventId: "$second" });
  rerender(list({ snapshot: snapshotOf([first, second]) }));
  await frames(3);
  expect(places).toEqual([]);
  fireEvent.pointerUp(window);
  await waitFor(() => expect(places).toContain(900));
});

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
}
