import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { renderWithKit } from "../testing/render.tsx";
import { PETROVA } from "../testing/samples.ts";
import { Composer } from "./Composer.tsx";
import type { ComposerProps } from "./props.ts";

const photo = new File(["x"], "arm.jpg", { type: "image/jpeg" });

function Wired(part: Partial<ComposerProps>) {
  const [draft, setDraft] = useState({ text: "", replyTo: null as string | null });
  return (
    <Composer
      draft={draft}
      onDraft={setDraft}
      onSend={vi.fn()}
      attached={[]}
      onAttach={vi.fn()}
      onDetach={vi.fn()}
      onTyping={vi.fn()}
      reply={null}
      onCancelReply={vi.fn()}
      attachments
      {...part}
    />
  );
}

const field = () => screen.getByRole("textbox", { name: "Message" });

it("sends with Enter and breaks the line with Shift-Enter", async () => {
  const onSend = vi.fn();
  renderWithKit(<Wired onSend={onSend} enterSends />);
  await userEvent.type(field(), "one{Shift>}{Enter}{/Shift}two");
  expect(onSend).not.toHaveBeenCalled();
  await userEvent.keyboard("{Enter}");
  expect(onSend).toHaveBeenCalledWith({ text: "one\ntwo", replyTo: null });
});

it("breaks the line with Enter on a telephone and sends with the button", async () => {
  const onSend = vi.fn();
  renderWithKit(<Wired onSend={onSend} enterSends={false} />);
  await userEvent.type(field(), "one{Enter}two");
  expect(onSend).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(onSend).toHaveBeenCalledWith({ text: "one\ntwo", replyTo: null });
});

it("sends nothing empty, but a file alone", async () => {
  const onSend = vi.fn();
  renderWithKit(<Wired onSend={onSend} />);
  await userEvent.type(field(), "   ");
  expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
  renderWithKit(<Wired onSend={onSend} attached={[photo]} />);
  await userEvent.click(screen.getAllByRole("button", { name: "Send" })[1] as HTMLElement);
  expect(onSend).toHaveBeenCalledOnce();
});

it("tells «is writing» once, and its end after a pause", () => {
  vi.useFakeTimers();
  const onTyping = vi.fn();
  renderWithKit(<Wired onTyping={onTyping} />);
  fireEvent.change(field(), { target: { value: "a" } });
  fireEvent.change(field(), { target: { value: "ab" } });
  expect(onTyping.mock.calls).toEqual([[true]]);
  vi.advanceTimersByTime(5_000);
  expect(onTyping.mock.calls).toEqual([[true], [false]]);
  vi.useRealTimers();
});

it("takes files by choice, by paste, and lets one go again", async () => {
  const onAttach = vi.fn();
  const onDetach = vi.fn();
  renderWithKit(<Wired onAttach={onAttach} onDetach={onDetach} attached={[photo]} />);
  await userEvent.click(screen.getByRole("button", { name: "Attach a photo or file" }));
  await userEvent.upload(screen.getByLabelText("File"), photo);
  expect(onAttach).toHaveBeenCalledWith([photo]);
  fireEvent.paste(field(), { clipboardData: { files: [photo] } });
  expect(onAttach).toHaveBeenCalledTimes(2);
  await userEvent.click(screen.getByRole("button", { name: "Remove arm.jpg" }));
  expect(onDetach).toHaveBeenCalledWith(photo);
});

it("says what is answered, and Escape lets go of it", async () => {
  const onCancelReply = vi.fn();
  const reply = { eventId: "$1", sender: PETROVA, text: "Since when?", kind: "text" } as const;
  renderWithKit(<Wired reply={reply} onCancelReply={onCancelReply} />);
  expect(screen.getByText("Since when?")).toBeVisible();
  await userEvent.type(field(), "{Escape}");
  expect(onCancelReply).toHaveBeenCalled();
});

it("says why nobody can write", () => {
  renderWithKit(<Wired disabled disabledReason="Closed for you." />);
  expect(screen.getByText("Closed for you.")).toBeVisible();
  expect(screen.queryByRole("textbox")).toBeNull();
});

const REPLIES = {
  label: "Replies",
  trigger: "/",
  find: (word: string) =>
    [
      { id: "1", label: "Hello", about: "/hello" },
      { id: "2", label: "Help", about: "/help" },
    ].filter(({ label }) => label.toLowerCase().startsWith(word)),
  insert: (id: string) =>
    id === "1" ? { text: "Hello, ‹name›.", select: [7, 13] as const } : { text: "Help." },
};

it("offers what a word finds; keys choose, the rest of the text stays", async () => {
  const onSend = vi.fn();
  renderWithKit(<Wired onSend={onSend} enterSends suggest={REPLIES} />);
  await userEvent.type(field(), "Well. /he");
  expect(screen.getAllByRole("option")).toHaveLength(2);
  expect(field()).toHaveAttribute("aria-activedescendant", screen.getAllByRole("option")[0]?.id);
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("option", { selected: true })).toHaveTextContent("Help");
  await userEvent.keyboard("{Enter}");
  expect(field()).toHaveValue("Well. Help.");
  expect(onSend).not.toHaveBeenCalled();
  expect(screen.queryByRole("listbox")).toBeNull();
  await userEvent.keyboard(" /hel");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("listbox")).toBeNull();
  await userEvent.keyboard("l{Tab}");
  expect(field()).toHaveValue("Well. Help. Hello, ‹name›.");
});

it("does what is no text, and the word that asked for it goes", async () => {
  const act = vi.fn();
  const suggest = { ...REPLIES, find: () => [{ id: "3", label: "Close", act }] };
  renderWithKit(<Wired onSend={vi.fn()} enterSends suggest={suggest} />);
  await userEvent.type(field(), "Well. /clo{Enter}");
  expect(act).toHaveBeenCalledOnce();
  expect(field()).toHaveValue("Well. ");
});

it("keeps an unfinished text, says why, and selects what is to be written over", async () => {
  const onSend = vi.fn();
  const unfinished = (text: string) => (text.includes("‹name›") ? "Fill in ‹name›." : null);
  renderWithKit(<Wired onSend={onSend} enterSends suggest={REPLIES} unfinished={unfinished} />);
  await userEvent.type(field(), "/hello{Enter}");
  expect(screen.getByText("Fill in ‹name›.")).toBeVisible();
  await userEvent.keyboard("{Enter}");
  expect(onSend).not.toHaveBeenCalled();
  const box = field() as HTMLTextAreaElement;
  expect(box.value.slice(box.selectionStart, box.selectionEnd)).toBe("‹name›");
  await userEvent.keyboard("Anna");
  expect(field()).toHaveValue("Hello, Anna.");
  await userEvent.keyboard("{Enter}");
  expect(onSend).toHaveBeenCalledWith({ text: "Hello, Anna.", replyTo: null });
});

/** What the test holds back, and lets come or fail. */
function held() {
  let come: (files: readonly File[]) => void = () => undefined;
  let fail: (cause: Error) => void = () => undefined;
  const bring = vi.fn(
    () =>
      new Promise<readonly File[]>((resolve, reject) => {
        [come, fail] = [resolve, reject];
      }),
  );
  const insert = () => ({ text: "Here it is.", files: { names: ["arm.jpg"], bring } });
  const suggest = { ...REPLIES, insert };
  return {
    suggest,
    bring,
    come: (files: readonly File[]) => come(files),
    fail: () => fail(new Error("gone")),
  };
}

it("sends no text before the files that come with it stand beside it", async () => {
  const [onSend, onAttach] = [vi.fn(), vi.fn()];
  const { suggest, come } = held();
  renderWithKit(<Wired onSend={onSend} onAttach={onAttach} enterSends suggest={suggest} />);
  await userEvent.type(field(), "/hello{Enter}");
  expect(field()).toHaveValue("Here it is.");
  expect(screen.getByText("Adding arm.jpg")).toBeVisible();
  await userEvent.keyboard("{Enter}");
  expect(onSend).not.toHaveBeenCalled();
  come([photo]);
  await waitFor(() => expect(screen.queryByText("Adding arm.jpg")).toBeNull());
  expect(onAttach).toHaveBeenCalledWith([photo]);
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(onSend).toHaveBeenCalledOnce();
});

it("says that a file did not come, tries again, or goes on without", async () => {
  const onSend = vi.fn();
  const { suggest, bring, fail } = held();
  renderWithKit(<Wired onSend={onSend} enterSends suggest={suggest} />);
  await userEvent.type(field(), "/hello{Enter}");
  fail();
  expect(await screen.findByRole("alert")).toHaveTextContent("Could not add arm.jpg.");
  expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(bring).toHaveBeenCalledTimes(2);
  fail();
  await userEvent.click(await screen.findByRole("button", { name: "Go on without" }));
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(onSend).toHaveBeenCalledOnce();
});

it("brings no files where none are sent", async () => {
  const { suggest, bring } = held();
  renderWithKit(<Wired enterSends suggest={suggest} attachments={false} />);
  await userEvent.type(field(), "/hello{Enter}");
  expect(field()).toHaveValue("Here it is.");
  expect(bring).not.toHaveBeenCalled();
});
