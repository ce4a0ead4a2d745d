/** Signs under messages, as people put them, see them and take them away. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { PretendEngine } from "../../testing/engine.ts";
import { renderWithKit } from "../../testing/render.tsx";
import { ANNA, KEEPER, messageItem, OPEN_FILES, PETROVA, textEvent } from "../../testing/samples.ts";
import { Bubble } from "../Bubble.tsx";
import { ConversationPane } from "../ConversationPane.tsx";

const nothing = () => undefined;
const REACTIONS = [{ sign: "👍", people: [PETROVA, ANNA], mine: true }];

it("puts a sign under a message, shows it, and takes it away again", async () => {
  const engine = new PretendEngine({
    me: ANNA.userId,
    keeper: KEEPER.userId,
    names: { [ANNA.userId]: "Anna", [PETROVA.userId]: "Irina Petrova" },
    rooms: { "!r": { events: [textEvent("Twice a day", PETROVA.userId, Date.now() - 1_000)] } },
  });
  renderWithKit(<ConversationPane engine={engine} roomId="!r" label="Conversation" attachments reactions />);
  await userEvent.click(await screen.findByRole("button", { name: "What to do with the message" }));
  await userEvent.click(screen.getByRole("button", { name: "Thumbs up" }));
  const chip = await screen.findByRole("button", { name: "Thumbs up: You" });
  expect(chip).toHaveAttribute("aria-pressed", "true");
  await userEvent.click(chip);
  await waitFor(() => expect(screen.queryByRole("button", { name: "Thumbs up: You" })).toBeNull());
});

it("offers none where the brand has none", async () => {
  const engine = new PretendEngine({
    me: ANNA.userId,
    keeper: KEEPER.userId,
    names: {},
    rooms: { "!r": { events: [textEvent("Twice a day", PETROVA.userId, Date.now() - 1_000)] } },
  });
  renderWithKit(<ConversationPane engine={engine} roomId="!r" label="Conversation" attachments />);
  await userEvent.click(await screen.findByRole("button", { name: "What to do with the message" }));
  expect(screen.queryByRole("button", { name: "Thumbs up" })).toBeNull();
});

it("counts them and says who", async () => {
  const onReact = vi.fn();
  const message = messageItem({ canReact: true, reactions: REACTIONS });
  renderWithKit(
    <Bubble message={message} files={OPEN_FILES} onRetry={nothing} onCancel={nothing} onReact={onReact} />,
  );
  const chip = screen.getByRole("button", { name: "Thumbs up: Irina Petrova and You" });
  expect(chip).toHaveTextContent("2");
  await userEvent.click(chip);
  expect(onReact).toHaveBeenCalledWith(message, "👍");
});

it("only shows them where the talk is over", () => {
  const message = messageItem({ canReact: false, reactions: REACTIONS });
  renderWithKit(
    <Bubble message={message} files={OPEN_FILES} onRetry={nothing} onCancel={nothing} onReact={vi.fn()} />,
  );
  expect(screen.getByRole("img", { name: "Thumbs up: Irina Petrova and You" })).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Thumbs up/ })).toBeNull();
});
