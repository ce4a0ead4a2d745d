/** Tones over a pretend audio device: what sounds, how often, and that it ends. */
import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SOUNDS } from "../../../console/src/attention/sounds.ts";
import { TONES } from "./tones.ts";

const started: number[] = [];
/** What ends a tone that is under way. */
const ends: (() => void)[] = [];
const vibrated: unknown[] = [];
let state: AudioContextState = "running";

class PretendAudio {
  currentTime = 0;
  destination = {};
  get state(): AudioContextState {
    return state;
  }
  onstatechange: (() => void) | null = null;
  async resume(): Promise<void> {
    state = "running";
    this.onstatechange?.();
  }
  async suspend(): Promise<void> {
    state = "suspended";
  }
  createGain() {
    const ramp = () => undefined;
    const gain = { setValueAtTime: ramp, linearRampToValueAtTime: ramp, exponentialRampToValueAtTime: ramp };
    return { gain, connect: (to: object) => to, disconnect: () => undefined };
  }
  createOscillator() {
    const frequency = { value: 0 };
    const oscillator = {
      frequency,
      type: "sine",
      onended: () => {},
      connect: (to: object) => to,
      start: () => started.push(frequency.value),
      stop: () => ends.push(() => oscillator.onended()),
    };
    return oscillator;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  state = "running";
  started.length = 0;
  ends.length = 0;
  vibrated.length = 0;
  vi.stubGlobal("AudioContext", PretendAudio);
  Object.defineProperty(navigator, "vibrate", {
    configurable: true,
    value: (pattern: unknown) => vibrated.push(pattern),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("a ring goes on until it is stopped, and shakes a phone", async () => {
  const { playTone } = await import("./tones.ts");
  const stop = playTone("ring");
  expect(started).toHaveLength(TONES.ring.notes.length);
  vi.advanceTimersByTime(3_000);
  expect(started).toHaveLength(TONES.ring.notes.length * 2);
  expect(vibrated).toHaveLength(2);
  stop();
  vi.advanceTimersByTime(30_000);
  expect(started).toHaveLength(TONES.ring.notes.length * 2);
  expect(vibrated.at(-1)).toEqual([]);
});

it("begins at the first touch where the page may not sound before", async () => {
  state = "suspended";
  vi.spyOn(PretendAudio.prototype, "resume").mockImplementationOnce(() => new Promise(() => undefined));
  const { playTone } = await import("./tones.ts");
  const stop = playTone("connected");
  expect(started).toEqual([]);
  dispatchEvent(new Event("pointerdown"));
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual(TONES.connected.notes.map(({ hertz }) => hertz));
  stop();
});

it("keeps the device open only while something sounds", async () => {
  const { playTone } = await import("./tones.ts");
  const { sound, soundIsBlocked } = await import("../speaker.ts");
  playTone("connected");
  expect(state).toBe("running");
  for (const end of ends.splice(0)) end();
  expect(state).toBe("suspended");
  expect(soundIsBlocked()).toBe(false);
  sound(TONES.ended.notes, 1);
  expect(state).toBe("running");
  expect(started).toHaveLength(TONES.connected.notes.length + TONES.ended.notes.length);
  for (const end of ends.splice(0)) end();
  expect(state).toBe("suspended");
});

it("a hook plays as long as something is so", async () => {
  const { useTone } = await import("./useTone.ts");
  const { rerender, unmount } = renderHook(({ name }: { name: "ring-back" | null }) => useTone(name), {
    initialProps: { name: "ring-back" as "ring-back" | null },
  });
  expect(started).toEqual([425]);
  rerender({ name: null });
  vi.advanceTimersByTime(20_000);
  expect(started).toEqual([425]);
  unmount();
});

it("is not one of the console's own bells", () => {
  const melody = (notes: readonly { at: number; hertz: number }[]) =>
    notes.map(({ at, hertz }) => `${at}:${hertz}`).join(" ");
  const bells = Object.values(SOUNDS).map(melody);
  for (const { notes } of Object.values(TONES)) expect(bells).not.toContain(melody(notes));
});
