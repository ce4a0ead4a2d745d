/**
 * The sounds of a call, generated: no file. A ring is a rising figure of four soft bells; the ring-back is the tone that telephones of
 * the region give; both are told apart by ear from the console's own bells.
 */
import { type Note, sound, soundIsBlocked, unlockSound } from "../speaker.ts";

export type ToneName = "ring" | "ring-back" | "connected" | "ended";

interface Tone {
  readonly notes: readonly Note[];
  /** Seconds from one beginning to the next; `null`: once. */
  readonly every: number | null;
  /** What a phone does beside it, in milliseconds on and off. */
  readonly vibration: readonly number[];
}

const bell = (at: number, hertz: number): Note => ({ at, seconds: 0.55, hertz, volume: 0.5 });

export const TONES: Readonly<Record<ToneName, Tone>> = {
  ring: {
    notes: [
      bell(0, 392),
      bell(0.18, 523.25),
      bell(0.36, 659.25),
      bell(0.54, 783.99),
      bell(1.1, 659.25),
      bell(1.28, 783.99),
    ],
    every: 3,
    vibration: [400, 200, 400],
  },
  "ring-back": { notes: [{ at: 0, seconds: 1, hertz: 425, volume: 0.14 }], every: 4, vibration: [] },
  connected: { notes: [bell(0, 659.25), bell(0.12, 880)], every: null, vibration: [60] },
  ended: { notes: [bell(0, 523.25), bell(0.14, 392)], every: null, vibration: [60] },
};

/** Plays until the returned function is called; a page that may not sound yet begins at the first touch. */
export function playTone(name: ToneName, volume = 1): () => void {
  const { notes, every, vibration } = TONES[name];
  let silence = () => {};
  const round = () => {
    if (vibration.length > 0) vibrate(vibration);
    silence = sound(notes, volume);
  };
  const stopWaking = whenItMaySound(round);
  const timer = every === null ? null : setInterval(round, every * 1_000);
  return () => {
    stopWaking();
    if (timer !== null) clearInterval(timer);
    if (vibration.length > 0) vibrate([]);
    if (every !== null) silence();
  };
}

/** At once where the page may sound or the browser lets it, else at the first touch; what is returned waits no longer. */
function whenItMaySound(play: () => void): () => void {
  let isOver = false;
  const stop = () => {
    isOver = true;
    removeEventListener("pointerdown", wake);
    removeEventListener("keydown", wake);
  };
  const wake = () => {
    void unlockSound().then((unlocked) => {
      if (!unlocked || isOver) return;
      stop();
      play();
    });
  };
  if (soundIsBlocked()) {
    addEventListener("pointerdown", wake);
    addEventListener("keydown", wake);
    wake();
  } else play();
  return stop;
}

/** Only phones do; browsers refuse it before the first touch, and that is no error. */
function vibrate(pattern: readonly number[]): void {
  try {
    navigator.vibrate?.([...pattern]);
  } catch {
    // Not this one.
  }
}
