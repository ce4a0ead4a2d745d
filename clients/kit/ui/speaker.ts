/**
 * The page's one way to be heard. The device is open only while something sounds: a desk that is open all day would otherwise keep it
 * awake, and a laptop with it.
 */

/** One tone of a figure. Units: seconds from the figure's beginning, hertz; `volume` from 0 to 1. */
export interface Note {
  readonly at: number;
  readonly seconds: number;
  readonly hertz: number;
  readonly volume: number;
  /** `sine` where none is named. */
  readonly wave?: OscillatorType;
}

let shared: AudioContext | null = null;
/** The browser let this page sound once. From then on it rests of our own will, and not because it has to. */
let isAllowed = false;
const sounding = new Set<GainNode>();

function device(): AudioContext | null {
  if (typeof AudioContext === "undefined") return null;
  if (shared === null) {
    shared = new AudioContext();
    shared.onstatechange = () => settle();
    settle();
  }
  return shared;
}

function settle(): void {
  if (shared?.state !== "running") return;
  isAllowed = true;
  if (sounding.size === 0) void shared.suspend().catch(() => undefined);
}

/** Browsers keep pages silent until the first press; this says whether that is so now. */
export function soundIsBlocked(): boolean {
  const context = device();
  return context !== null && !isAllowed;
}

/** To be called from a press or click: afterwards sounds may be made without one. */
export async function unlockSound(): Promise<boolean> {
  const context = device();
  if (context === null) return false;
  if (isAllowed) return true;
  await context.resume().then(settle, () => undefined);
  return isAllowed;
}

/** Sounds a figure, not louder than `volume` of it; what is returned silences it. Nothing while the page may not sound. */
export function sound(notes: readonly Note[], volume: number): () => void {
  const context = device();
  if (context === null || !isAllowed || volume <= 0) return () => undefined;
  const gains = notes.map((note) => tone(context, note, volume));
  void context.resume().catch(() => undefined);
  return () => {
    for (const gain of gains) gain.disconnect();
  };
}

function tone(context: AudioContext, note: Note, volume: number): GainNode {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const start = context.currentTime + note.at;
  const loud = volume * note.volume;
  oscillator.type = note.wave ?? "sine";
  oscillator.frequency.value = note.hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loud, start + 0.02);
  // A long tone stands, a bell dies away.
  if (note.seconds >= 1) gain.gain.setValueAtTime(loud, start + note.seconds - 0.05);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + note.seconds);
  oscillator.connect(gain).connect(context.destination);
  sounding.add(gain);
  oscillator.onended = () => {
    sounding.delete(gain);
    settle();
  };
  oscillator.start(start);
  oscillator.stop(start + note.seconds + 0.02);
  return gain;
}
