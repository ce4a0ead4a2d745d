/** The sounds of the desk, generated: no file, told apart by ear alone (rising pair, quick triple, climbing four, up and down twice, low falling pair). */

import { type Note, sound } from "@consilium/kit/ui/speaker";

export type SoundName = "waiting" | "mine" | "late" | "overdue" | "error";

const LOUD = 0.4;
const note = (at: number, seconds: number, hertz: number, wave: OscillatorType): Note => ({
  at,
  seconds,
  hertz,
  volume: LOUD,
  wave,
});

/** Patient waits: two soft rising tones. Own patient wrote: three short high ones. Somebody waits longer than promised: four that climb, ever closer together. A call-back is overdue: up and down, twice. Failed: two low falling ones. */
export const SOUNDS: Readonly<Record<SoundName, readonly Note[]>> = {
  waiting: [note(0, 0.28, 523.25, "sine"), note(0.22, 0.42, 659.25, "sine")],
  mine: [
    note(0, 0.09, 987.77, "triangle"),
    note(0.12, 0.09, 987.77, "triangle"),
    note(0.24, 0.16, 1318.5, "triangle"),
  ],
  late: [
    note(0, 0.18, 440, "square"),
    note(0.24, 0.16, 554.37, "square"),
    note(0.44, 0.14, 659.25, "square"),
    note(0.6, 0.34, 880, "square"),
  ],
  overdue: [
    note(0, 0.2, 698.46, "triangle"),
    note(0.24, 0.2, 523.25, "triangle"),
    note(0.48, 0.2, 698.46, "triangle"),
    note(0.72, 0.3, 523.25, "triangle"),
  ],
  error: [note(0, 0.18, 311.13, "sine"), note(0.18, 0.3, 233.08, "sine")],
};

/** While something rings, its sound comes again after this time. */
export const REPEAT_MS = 20_000;

/** Plays a sound; `volume` from 0 to 1. Does nothing while the page may not sound. */
export function play(name: SoundName, volume: number): void {
  sound(SOUNDS[name], volume);
}
