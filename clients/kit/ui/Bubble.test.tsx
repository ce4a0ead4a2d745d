import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderWithKit } from "../testing/render.tsx";
import { ANNA, messageItem, OPEN_FILES, PETROVA } from "../testing/samples.ts";
import { Bubble, type BubbleProps } from "./Bubble.tsx";

const props = (message = messageItem(), part: Partial<BubbleProps> = {}): BubbleProps => ({
  message,
  files: OPEN_FILES,
  onRetry: vi.fn(),
  onCancel: vi.fn(),
  ...part,
});

it("names the sender, the time and the words", () => {
  renderWithKit(<Bubble {...props()} />);
  expect(screen.getByRole("article", { name: "Message from Irina Petrova" })).toHaveTextContent(
    "Good evening",
  );
  expect(screen.getByText("Irina Petrova")).toBeVisible();
});

it("says how far one's own message got by an accessible shape", () => {
  const mine = messageItem({ mine: true, sender: ANNA, delivery: { state: "read", by: [PETROVA] } });
  renderWithKit(<Bubble {...props(mine)} />);
  expect(screen.getByRole("img", { name: "Read" })).toBeInTheDocument();
});

it("shows in words what can be done, by keyboard too", async () => {
  const onReply = vi.fn();
  const onEdit = vi.fn();
  const message = messageItem({ mine: true, sender: ANNA, canEdit: true, canRedact: true });
  renderWithKit(<Bubble {...props(message, { onReply, onEdit })} />);
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Reply" }));
  expect(onReply).toHaveBeenCalledWith(message);
  expect(screen.queryByRole("button", { name: "Reply" })).toBeNull();
  await userEvent.click(screen.getByText("Good evening"));
  expect(screen.queryByRole("button", { name: "Delete" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Edit" }));
  expect(onEdit).toHaveBeenCalled();
});

it("puts away by Escape what can be done, and the keyboard stays at the message", async () => {
  renderWithKit(<Bubble {...props(messageItem(), { onReply: vi.fn() })} />);
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  await userEvent.tab();
  expect(screen.getByRole("button", { name: "Reply" })).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("button", { name: "Reply" })).toBeNull();
  expect(screen.getByRole("button", { name: "What to do with the message" })).toHaveFocus();
});

it("says why a message did not go out and offers both ways on", async () => {
  const failed = messageItem({
    key: "t1",
    eventId: null,
    mine: true,
    sender: ANNA,
    delivery: { state: "failed", why: "too-large" },
  });
  const given = props(failed);
  renderWithKit(<Bubble {...given} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Not sent: the file is too large.");
  await userEvent.click(screen.getByRole("button", { name: "Send again" }));
  expect(given.onRetry).toHaveBeenCalledWith("t1");
  await userEvent.click(screen.getByRole("button", { name: "Discard" }));
  expect(given.onCancel).toHaveBeenCalledWith("t1");
});

it("warns in plain words, and never because history was handed over", () => {
  renderWithKit(<Bubble {...props(messageItem({ trust: "handed-over" }))} />);
  expect(screen.queryByText(/handed over/)).toBeNull();
  renderWithKit(<Bubble {...props(messageItem({ trust: "warning" }))} />);
  expect(screen.getByText("This may not be from Demo Clinic")).toBeVisible();
  renderWithKit(<Bubble {...props(messageItem({ trust: "unencrypted" }))} />, { density: "dense" });
  expect(screen.getByText("Not encrypted")).toBeVisible();
});

it("says that history is loading, in Russian too", () => {
  renderWithKit(<Bubble {...props(messageItem({ body: { type: "unreadable", why: "waiting" } }))} />, {
    language: "ru",
  });
  expect(screen.getByText("История загружается…")).toBeVisible();
});

it("makes links of addresses and nothing else of the words", () => {
  const text = "See https://clinic.example/a?b=1. <b>not bold</b>";
  renderWithKit(<Bubble {...props(messageItem({ body: { type: "text", text } }))} />);
  const link = screen.getByRole("link");
  expect(link).toHaveAttribute("href", "https://clinic.example/a?b=1");
  expect(link).toHaveAttribute("rel", expect.stringContaining("noopener"));
  expect(screen.getByRole("article")).toHaveTextContent("<b>not bold</b>");
});

it("leads to the message that is quoted", async () => {
  const onShowReply = vi.fn();
  const reply = { eventId: "$0", sender: ANNA, text: "When?", kind: "text" } as const;
  renderWithKit(<Bubble {...props(messageItem({ reply }), { onShowReply })} />);
  await userEvent.click(screen.getByRole("button", { name: /^Show the message that this one answers/ }));
  expect(onShowReply).toHaveBeenCalledWith("$0");
});
