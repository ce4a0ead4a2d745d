/** The sounds of the desk, generated: no file, told apart by ear alone (rising pair, quick triple, climbing four, up and down twice, low falling pair). */

export type SoundName = "waiting" | "mine" | "late" | "overdue" | "error";

interface Tone {
  readonly at: number;
  readonly seconds: number;
  readonly hertz: number;
  readonly wave: OscillatorType;
}

/** Patient waits: two soft rising tones. Own patient wrote: three short high ones. Somebody waits longer than promised: four that climb, ever closer together. A call-back is overdue: up and down, twice. Failed: two low falling ones. */
export const SOUNDS: Readonly<Record<SoundName, readonly Tone[]>> = {
  waiting: [
    { at: 0, seconds: 0.28, hertz: 523.25, wave: "sine" },
    { at: 0.22, seconds: 0.42, hertz: 659.25, wave: "sine" },
  ],
  mine: [
    { at: 0, seconds: 0.09, hertz: 987.77, wave: "triangle" },
    { at: 0.12, seconds: 0.09, hertz: 987.77, wave: "triangle" },
    { at: 0.24, seconds: 0.16, hertz: 1318.5, wave: "triangle" },
  ],
  late: [
    { at: 0, seconds: 0.18, hertz: 440, wave: "square" },
    { at: 0.24, seconds: 0.16, hertz: 554.37, wave: "square" },
    { at: 0.44, seconds: 0.14, hertz: 659.25, wave: "square" },
    { at: 0.6, seconds: 0.34, hertz: 880, wave: "square" },
  ],
  overdue: [
    { at: 0, seconds: 0.2, hertz: 698.46, wave: "triangle" },
    { at: 0.24, seconds: 0.2, hertz: 523.25, wave: "triangle" },
    { at: 0.48, seconds: 0.2, hertz: 698.46, wave: "triangle" },
    { at: 0.72, seconds: 0.3, hertz: 523.25, wave: "triangle" },
  ],
  error: [
    { at: 0, seconds: 0.18, hertz: 311.13, wave: "sine" },
    { at: 0.18, seconds: 0.3, hertz: 233.08, wave: "sine" },
  ],
};

/** While something rings, its sound comes again after this time. */
export const REPEAT_MS = 20_000;

let shared: AudioContext | null = null;

function audio(): AudioContext | null {
  if (typeof AudioContext === "undefined") return null;
  shared ??= new AudioContext();
  return shared;
}

/** Browsers keep pages silent until the first press; this says whether that is so now. */
export function soundIsBlocked(): boolean {
  return audio()?.state === "suspended";
}

/** To be called from a press or click: afterwards sounds may be made without one. */
export async function unlockSound(): Promise<boolean> {
  const context = audio();
  if (context === null) return false;
  if (context.state === "suspended") await context.resume().catch(() => undefined);
  return context.state === "running";
}

function playTone(context: AudioContext, tone: Tone, volume: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const start = context.currentTime + tone.at;
  oscillator.type = tone.wave;
  oscillator.frequency.value = tone.hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume, start + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + tone.seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + tone.seconds + 0.02);
}

/** Plays a sound; `volume` from 0 to 1. Does nothing while the page may not sound. */
export function play(name: SoundName, volume: number): void {
  const context = audio();
  if (context === null || context.state !== "running" || volume <= 0) return;
  for (const tone of SOUNDS[name]) playTone(context, tone, volume * 0.4);
}
