/** The pictures of a call: tiles, stage, bars, timer. */
import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Cell } from "../../matrix/store.ts";
import { fakeMedia, memberSample } from "../../testing/calls.ts";
import { renderWithKit } from "../../testing/render.tsx";
import { useReadable } from "../useReadable.ts";
import { CallStage } from "./CallStage.tsx";
import { CallTile, type CallTileProps } from "./CallTile.tsx";
import { CallTimer } from "./CallTimer.tsx";
import { QualityBars } from "./QualityBars.tsx";

/** A tile whose props a test changes. */
function liveTile(props: CallTileProps): (change: Partial<CallTileProps>) => void {
  const shown = new Cell(props);
  renderWithKit(<LiveTile of={shown} />);
  return (change) => act(() => shown.set({ ...shown.get(), ...change }));
}

function LiveTile({ of }: { of: Cell<CallTileProps> }) {
  return <CallTile {...useReadable(of)} />;
}

describe("a tile", () => {
  it("shows the picture and lets it go with itself", () => {
    const media = fakeMedia();
    const { unmount } = renderWithKit(<CallTile member={memberSample()} show={media.show} />);
    expect(screen.getByLabelText("Video: Irina Petrova")).toBeInTheDocument();
    unmount();
    expect(media.pressed).toEqual(["show @petrova:x:DESK camera", "hide @petrova:x:DESK camera"]);
  });

  it("shows the name where there is no picture, and tells a muted microphone and a weak line", () => {
    const member = memberSample({ camera: "off", microphone: "muted", quality: "poor" });
    renderWithKit(<CallTile member={member} show={fakeMedia().show} />);
    expect(screen.getAllByText("Irina Petrova")).not.toHaveLength(0);
    expect(screen.getByRole("img", { name: "Microphone is off" })).toBeInTheDocument();
    expect(screen.getByRole("img", { name: "Weak connection" })).toBeInTheDocument();
    expect(screen.queryByLabelText("Video: Irina Petrova")).toBeNull();
  });

  it("says who speaks in words too", () => {
    const change = liveTile({ member: memberSample(), show: fakeMedia().show });
    expect(screen.queryByText("Speaking")).toBeNull();
    change({ member: memberSample({ isSpeaking: true }) });
    expect(screen.getByText("Speaking")).toBeInTheDocument();
  });

  it("never shows a picture that came without protection, and says so", () => {
    const media = fakeMedia();
    renderWithKit(<CallTile member={memberSample({ isEncrypted: false })} show={media.show} />);
    expect(screen.getByRole("alert")).toHaveTextContent("without protection");
    expect(media.pressed).toEqual([]);
  });

  it("keeps the last picture while the line is down, but shows none that was never there", () => {
    const media = fakeMedia();
    const change = liveTile({ member: memberSample(), show: media.show });
    const picture = () => screen.queryByLabelText("Video: Irina Petrova");
    change({ member: memberSample({ camera: "off" }), isFrozen: true });
    expect(picture()).toBeInTheDocument();
    expect(media.pressed).toEqual(["show @petrova:x:DESK camera"]);
    change({ isFrozen: false });
    expect(picture()).toBeNull();
    change({ isFrozen: true });
    expect(picture()).toBeNull();
  });
});

describe("the stage", () => {
  it("shows the others and oneself, and a shared screen before everything", () => {
    const media = fakeMedia();
    renderWithKit(<CallStage media={media} />);
    expect(screen.getByLabelText("Video: Irina Petrova")).toBeInTheDocument();
    expect(screen.getByLabelText("Your video")).toBeInTheDocument();
    act(() => {
      media.members.set(media.members.get().map((each) => (each.isSelf ? each : { ...each, screen: true })));
    });
    expect(screen.getByLabelText("Screen: Irina Petrova")).toBeInTheDocument();
    expect(screen.getByLabelText("Video: Irina Petrova")).toBeInTheDocument();
  });

  it("says that one waits while nobody else is there", () => {
    const media = fakeMedia("joining");
    media.members.set(media.members.get().slice(0, 1));
    renderWithKit(<CallStage media={media} />);
    expect(screen.getByText("Connecting…")).toBeInTheDocument();
    act(() => media.phase.set("live"));
    expect(screen.getByText("Waiting for the other side…")).toBeInTheDocument();
  });

  it("tells a broken line over the last picture, and keeps who was there", () => {
    const media = fakeMedia();
    renderWithKit(<CallStage media={media} />);
    act(() => {
      media.phase.set("reconnecting");
      media.members.set(media.members.get().slice(0, 1));
    });
    expect(screen.getByText(/we are bringing it back/i)).toBeInTheDocument();
    expect(screen.getByLabelText("Video: Irina Petrova")).toBeInTheDocument();
    act(() => media.phase.set("live"));
    expect(screen.queryByLabelText("Video: Irina Petrova")).toBeNull();
    expect(screen.queryByText(/we are bringing it back/i)).toBeNull();
  });

  it("waits for a touch where the browser keeps the sound back", async () => {
    const media = fakeMedia();
    media.isSilenced.set(true);
    renderWithKit(<CallStage media={media} />);
    await userEvent.click(screen.getByRole("button", { name: /Tap to hear/ }));
    expect(media.pressed).toContain("resumeSound");
  });

  it("offers sound only on a weak line, once, and not where the camera is off", async () => {
    const media = fakeMedia();
    media.isWeak.set(true);
    const first = renderWithKit(<CallStage media={media} />);
    await userEvent.click(screen.getByRole("button", { name: "Keep video for now" }));
    expect(screen.queryByRole("button", { name: "Keep sound only" })).toBeNull();
    first.unmount();
    renderWithKit(<CallStage media={media} />);
    await userEvent.click(screen.getByRole("button", { name: "Keep sound only" }));
    expect(media.pressed).toContain("setCamera false");
    expect(screen.queryByRole("button", { name: "Keep sound only" })).toBeNull();
  });

  it("changes the camera on one's own picture, where there are two", async () => {
    const media = fakeMedia();
    renderWithKit(<CallStage media={media} />);
    await userEvent.click(screen.getByRole("button", { name: "Use the other camera" }));
    expect(media.pressed).toContain("switchCamera");
    act(() => media.own.set({ ...media.own.get(), canSwitchCamera: false }));
    expect(screen.queryByRole("button", { name: "Use the other camera" })).toBeNull();
  });
});

describe("the timer", () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 25, 12, 0) }));
  afterEach(() => void vi.useRealTimers());

  it("runs in figures, and tells readers of the screen the same", () => {
    renderWithKit(<CallTimer since={Date.now() - 59_000} />);
    expect(screen.getByRole("timer")).toHaveTextContent("0:59");
    act(() => void vi.advanceTimersByTime(1_000));
    expect(screen.getByRole("timer", { name: "Running for 1:00" })).toHaveAttribute("datetime", "PT60S");
  });
});

it("bars say the line in a word", () => {
  const { container } = renderWithKit(<QualityBars quality="good" />);
  expect(screen.getByRole("img", { name: "Good connection" })).toBeInTheDocument();
  expect(container.querySelectorAll('[data-on="true"]')).toHaveLength(2);
});
