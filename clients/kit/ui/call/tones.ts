/**
 * The sounds of a call, generated: no file. A ring is a rising figure of four soft bells; the ring-back is the tone that telephones of
 * the region give; both are told apart by ear from the console's own bells.
 */

export type ToneName = "ring" | "ring-back" | "connected" | "ended";

interface Note {
  readonly at: number;
  readonly seconds: number;
  readonly hertz: number;
  readonly volume: number;
}

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

let shared: AudioContext | null = null;

function audio(): AudioContext | null {
  if (typeof AudioContext === "undefined") return null;
  shared ??= new AudioContext();
  return shared;
}

/** Plays until the returned function is called; a page that may not sound yet begins at the first touch. */
export function playTone(name: ToneName, volume = 1): () => void {
  const { notes, every, vibration } = TONES[name];
  const context = audio();
  const playing = new Set<GainNode>();
  const round = () => {
    if (vibration.length > 0) vibrate(vibration);
    if (context === null || context.state !== "running" || volume <= 0) return;
    for (const note of notes) playing.add(sound(context, note, volume, playing));
  };
  const wake = () => void context?.resume().then(round, () => undefined);
  const stopWaking = wakeAtTouch(context, wake);
  if (context?.state === "suspended") wake();
  else round();
  const timer = every === null ? null : setInterval(round, every * 1_000);
  return () => {
    stopWaking();
    if (timer !== null) clearInterval(timer);
    if (vibration.length > 0) vibrate([]);
    if (every !== null) for (const gain of playing) gain.disconnect();
  };
}

function sound(context: AudioContext, note: Note, volume: number, playing: Set<GainNode>): GainNode {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const start = context.currentTime + note.at;
  oscillator.type = "sine";
  oscillator.frequency.value = note.hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume * note.volume, start + 0.02);
  // A long tone stands, a bell dies away.
  if (note.seconds >= 1) gain.gain.setValueAtTime(volume * note.volume, start + note.seconds - 0.05);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + note.seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.onended = () => playing.delete(gain);
  oscillator.start(start);
  oscillator.stop(start + note.seconds + 0.02);
  return gain;
}

function wakeAtTouch(context: AudioContext | null, wake: () => void): () => void {
  if (context === null || context.state !== "suspended") return () => undefined;
  const once = () => {
    stop();
    wake();
  };
  const stop = () => {
    removeEventListener("pointerdown", once);
    removeEventListener("keydown", once);
  };
  addEventListener("pointerdown", once);
  addEventListener("keydown", once);
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
