/** Looking for words in a conversation, as people do it: typed, stepped through, back to what was not loaded. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { PretendEngine, type PretendRoom } from "../../testing/engine.ts";
import { renderWithKit } from "../../testing/render.tsx";
import { ANNA, KEEPER, PETROVA, textEvent } from "../../testing/samples.ts";
import { ConversationPane } from "../ConversationPane.tsx";

const ago = (minutes: number) => Date.now() - minutes * 60_000;

function drawn(room: PretendRoom, onClose = vi.fn()) {
  const engine = new PretendEngine({
    me: ANNA.userId,
    keeper: KEEPER.userId,
    names: { [ANNA.userId]: "Anna", [PETROVA.userId]: "Irina Petrova" },
    rooms: { "!r": room },
  });
  renderWithKit(
    <ConversationPane
      engine={engine}
      roomId="!r"
      label="Conversation"
      attachments
      finding={{ asked: 1, onClose }}
    />,
  );
  return { field: screen.getByRole("searchbox", { name: "Find in the conversation" }), onClose };
}

const bar = () => within(screen.getByRole("searchbox").closest("search") as HTMLElement);
const marks = () => [...document.querySelectorAll("mark")].map((mark) => mark.textContent);
const current = () => document.querySelector("article[data-found=true]")?.textContent;

const TALK = (): PretendRoom => ({
  events: [
    textEvent("Болит тяжёлая голова", ANNA.userId, ago(3)),
    textEvent("Since when?", PETROVA.userId, ago(2)),
    textEvent("Голова болит со вчера", ANNA.userId, ago(1)),
  ],
});

it("counts the messages, marks the words and goes from the newest to the older ones", async () => {
  const { field } = drawn(TALK());
  expect(field).toHaveFocus();
  await userEvent.type(field, "ГОЛОВА бол");
  expect(await bar().findByText("1 of 2")).toBeVisible();
  expect(marks()).toEqual(["Бол", "голова", "Голова", "бол"]);
  expect(current()).toContain("со вчера");
  await userEvent.keyboard("{Enter}");
  expect(await bar().findByText("2 of 2")).toBeVisible();
  expect(current()).toContain("тяжёлая");
  await userEvent.keyboard("{Shift>}{Enter}{/Shift}");
  expect(await bar().findByText("1 of 2")).toBeVisible();
});

it("takes «ё» for «е», and says when there is nothing", async () => {
  const { field } = drawn(TALK());
  await userEvent.type(field, "тяжелая");
  expect(await bar().findByText("1 of 1")).toBeVisible();
  await userEvent.clear(field);
  await userEvent.type(field, "нога");
  expect(await bar().findByText("Nothing found")).toBeVisible();
  expect(marks()).toEqual([]);
});

it("loads what was said earlier, page by page, until it was all looked through", async () => {
  const page = (text: string) => [textEvent(text, PETROVA.userId, ago(100))];
  const earlier = [page("the very first pill"), page("a pill a day")];
  const { field } = drawn({ ...TALK(), start: "more", earlier });
  await userEvent.type(field, "pill");
  await waitFor(() => expect(bar().getByText("1 of 2")).toBeVisible(), { timeout: 5_000 });
  await waitFor(() => expect(bar().queryByText("Looking through earlier messages.")).toBeNull());
});

it("stops looking at Escape", async () => {
  const { field, onClose } = drawn(TALK());
  await userEvent.type(field, "when{Escape}");
  expect(onClose).toHaveBeenCalledOnce();
});
