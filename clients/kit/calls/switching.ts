/**
 * Switching what this device sends in a call: one way for buttons, keys and the palette. Whoever shows the call reads here what is under way,
 * and what was pressed and did not come on; why not stands in `own.trouble`.
 */
import type { MediaCall } from "../matrix/index.ts";
import { Cell, type Readable } from "../matrix/store.ts";

export type SwitchedDevice = "microphone" | "camera";
export type Switch = SwitchedDevice | "screen";

export interface Switching {
  /** What is being switched: a device that is slow to open must not be switched twice. */
  readonly busy: readonly Switch[];
  /** What was pressed last and did not come on; `null`: nothing, or it has been said. */
  readonly failed: { readonly device: SwitchedDevice } | null;
}

const RESTING: Switching = { busy: [], failed: null };
const cells = new WeakMap<MediaCall, Cell<Switching>>();

function cellOf(media: MediaCall): Cell<Switching> {
  const known = cells.get(media);
  if (known !== undefined) return known;
  const cell = new Cell(RESTING);
  cells.set(media, cell);
  return cell;
}

export function switchingOf(media: MediaCall): Readable<Switching> {
  return cellOf(media);
}

/** It has been said what did not come on. */
export function saidFailure(media: MediaCall): void {
  const cell = cellOf(media);
  cell.set({ ...cell.get(), failed: null });
}

/** Turns the other way round what is pressed; a press while it is being switched does nothing. */
export async function press(media: MediaCall, what: Switch): Promise<void> {
  const cell = cellOf(media);
  if (cell.get().busy.includes(what)) return;
  const on = !media.own.get()[what];
  cell.set({ ...cell.get(), busy: [...cell.get().busy, what] });
  try {
    if (what === "screen") await media.setScreen(on).catch(() => undefined);
    else await turn(media, what, on);
  } finally {
    cell.set({ ...cell.get(), busy: cell.get().busy.filter((other) => other !== what) });
  }
}

/** Turns a device on or off. Never rejects: what did not come on is told by `switchingOf`. */
export async function turn(media: MediaCall, device: SwitchedDevice, on: boolean): Promise<void> {
  const work = device === "camera" ? media.setCamera(on) : media.setMicrophone(on);
  await work.catch(() => undefined);
  const { trouble, ...own } = media.own.get();
  const cell = cellOf(media);
  const failed = on && !own[device] && trouble !== null;
  cell.set({ ...cell.get(), failed: failed ? { device } : null });
}
