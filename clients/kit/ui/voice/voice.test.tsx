/** Voice messages as people record and hear them: by keys and by finger, thrown away, refused, played. */
import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { Cell } from "../../matrix/store.ts";
import type { Recording } from "../../matrix/types.ts";
import type { RecorderState, VoiceRecorder } from "../../matrix/voice/recorder.ts";
import { renderWithKit } from "../../testing/render.tsx";
import { fileBody, OPEN_FILES } from "../../testing/samples.ts";
import { Composer } from "../Composer.tsx";
import { Player } from "./player.ts";
import { voiceFileName } from "./useVoice.ts";
import { VoiceTile } from "./VoiceTile.tsx";

const SAID: Recording = { blob: new Blob(["x"]), mimetype: "audio/webm", durationMs: 4_000, waveform: [0.5] };

/** Records at once, or is refused; the test says how far it is. */
class PretendRecorder {
  readonly state = new Cell<RecorderState>({ status: "idle" });
  readonly refused: boolean;
  constructor(refused: boolean) {
    this.refused = refused;
  }
  async start(): Promise<void> {
    if (this.refused) this.state.set({ status: "trouble", trouble: "denied" });
    else this.state.set({ status: "recording", elapsedMs: 4_000, levels: [0.1, 0.9] });
  }
  async finish(): Promise<Recording | null> {
    const was = this.state.get().status;
    this.state.set({ status: "idle" });
    return was === "recording" || was === "full" ? SAID : null;
  }
  cancel(): void {
    this.state.set({ status: "idle" });
  }
}

function Wired({ recorder, onRecorded }: { recorder: PretendRecorder; onRecorded: () => void }) {
  const [draft, setDraft] = useState({ text: "", replyTo: null as string | null });
  const nothing = () => undefined;
  return (
    <Composer
      draft={draft}
      onDraft={setDraft}
      onSend={nothing}
      attached={[]}
      onAttach={nothing}
      onDetach={nothing}
      onTyping={nothing}
      reply={null}
      onCancelReply={nothing}
      attachments
      voice={{
        seconds: 300,
        bytesMax: async () => null,
        onRecorded,
        make: () => recorder as unknown as VoiceRecorder,
      }}
    />
  );
}

function drawn({ refused = false } = {}) {
  const onRecorded = vi.fn();
  const recorder = new PretendRecorder(refused);
  renderWithKit(<Wired recorder={recorder} onRecorded={onRecorded} />);
  return { onRecorded, recorder, button: screen.getByRole("button", { name: "Record a voice message" }) };
}

it("is recorded and sent by keys alone", async () => {
  const { button, onRecorded } = drawn();
  button.focus();
  await userEvent.keyboard("{Enter}");
  expect(screen.getByRole("timer")).toHaveTextContent("0:04");
  const send = screen.getByRole("button", { name: "Send the voice message" });
  expect(send).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(onRecorded).toHaveBeenCalledWith(SAID));
  expect(screen.queryByRole("timer")).toBeNull();
  expect(button).toHaveFocus();
});

it("is thrown away by Escape and by its button", async () => {
  const { button, onRecorded } = drawn();
  button.focus();
  await userEvent.keyboard("{Enter}{Escape}");
  expect(screen.queryByRole("timer")).toBeNull();
  await userEvent.keyboard("{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Discard the voice message" }));
  expect(screen.queryByRole("timer")).toBeNull();
  expect(onRecorded).not.toHaveBeenCalled();
});

it("goes on after a tap, goes out when a held button is let go, and not when the finger went off", async () => {
  const { button, onRecorded } = drawn();
  const now = vi.spyOn(performance, "now").mockReturnValue(0);
  const at = (x: number) => ({ button: 0, clientX: x, clientY: 0 });
  fireEvent.pointerDown(button, at(0));
  now.mockReturnValue(100);
  fireEvent.pointerUp(window, at(0));
  expect(screen.getByRole("timer")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Discard the voice message" }));

  fireEvent.pointerDown(button, at(0));
  now.mockReturnValue(3_000);
  expect(screen.getByText("Let go to send, move away to discard.")).toBeInTheDocument();
  fireEvent.pointerUp(window, at(5));
  await waitFor(() => expect(onRecorded).toHaveBeenCalledOnce());

  fireEvent.pointerDown(button, at(0));
  now.mockReturnValue(6_000);
  fireEvent.pointerMove(window, at(200));
  expect(screen.getByText("Let go to discard.")).toBeInTheDocument();
  fireEvent.pointerUp(window, at(200));
  expect(screen.queryByRole("timer")).toBeNull();
  expect(onRecorded).toHaveBeenCalledOnce();
  now.mockRestore();
});

it("says that it is as long as it gets, and is sent all the same", async () => {
  const { button, recorder, onRecorded } = drawn();
  button.focus();
  await userEvent.keyboard("{Enter}");
  recorder.state.set({ status: "full", elapsedMs: 300_000, levels: [] });
  expect(await screen.findByText(/^That is as long as it gets/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Send the voice message" }));
  await waitFor(() => expect(onRecorded).toHaveBeenCalledOnce());
});

it("says why there is no microphone and what to press, and lets one write instead", async () => {
  const { button } = drawn({ refused: true });
  button.focus();
  await userEvent.keyboard("{Enter}");
  expect(screen.getByText("The browser does not let us use the microphone")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Write instead" }));
  expect(screen.queryByText("The browser does not let us use the microphone")).toBeNull();
});

it("is gone while words are written", async () => {
  drawn();
  await userEvent.type(screen.getByRole("textbox", { name: "Message" }), "words");
  expect(screen.queryByRole("button", { name: "Record a voice message" })).toBeNull();
});

it("shows how long it is, and its place in words", () => {
  const file = fileBody({ name: "v.webm", mimetype: "audio/webm", durationMs: 65_000, voice: [0.1, 0.9] });
  renderWithKit(<VoiceTile id="$1" file={file} files={OPEN_FILES} by={new Player()} />);
  expect(screen.getByRole("button", { name: "Play: Voice message" })).toBeVisible();
  expect(screen.getByText("1:05")).toBeVisible();
  const place = screen.getByRole("slider", { name: "Place in: Voice message" });
  expect(place).toHaveAttribute("aria-valuetext", "0:00 of 1:05");
});

it("can be stopped on its way up", async () => {
  const onCancel = vi.fn();
  const file = fileBody({ name: "v.webm", mimetype: "audio/webm", durationMs: 5_000, voice: [] });
  renderWithKit(
    <VoiceTile id="$1" file={file} files={OPEN_FILES} by={new Player()} progress={0.5} onCancel={onCancel} />,
  );
  await userEvent.click(screen.getByRole("button", { name: "Stop Voice message" }));
  expect(onCancel).toHaveBeenCalledOnce();
});

it("names the file as its type asks", () => {
  expect(["audio/ogg", "audio/mp4", "audio/webm"].map((type) => voiceFileName("Voice", type))).toEqual([
    "Voice.ogg",
    "Voice.m4a",
    "Voice.webm",
  ]);
});
