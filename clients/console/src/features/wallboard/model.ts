/** The wallboard as values: what is behind its big figures, and when a wait is long. */
import type { Wallboard } from "@consilium/kit/api";
import { secondsSince } from "../../format.ts";

export type WallboardQueue = Wallboard["queues"][number];

/**
 * No wait below this is called long. Unit: seconds.
 *
 * What is long is told by the queue's own day. Before its first answers that day tells nothing, and after a few quick ones it would call
 * half a minute long.
 */
export const LONG_WAIT_SECONDS_MIN = 300;

/** How a queue stands: nobody waits; within the usual; longer than usual; somebody waits and nobody is there to take him. */
export type Strain = "empty" | "calm" | "long" | "unattended";

/** From here on a wait of the queue is long: nine of ten of today's were shorter. Unit: seconds. */
export function longFrom({ today }: Pick<WallboardQueue, "today">): number {
  return Math.max(LONG_WAIT_SECONDS_MIN, today.wait?.p90_seconds ?? 0);
}

/** Whether what counts as long comes from the queue's own day. */
export function isByOwnDay(queue: Pick<WallboardQueue, "today">): boolean {
  return longFrom(queue) > LONG_WAIT_SECONDS_MIN;
}

export function strainOf({ queue, today }: WallboardQueue, now: number): Strain {
  if (queue.waiting === 0) return "empty";
  if (queue.operators_online === 0) return "unattended";
  const since = queue.oldest_waiting_since;
  return since !== null && secondsSince(since, now) > longFrom({ today }) ? "long" : "calm";
}

export interface Sums {
  readonly waiting: number;
  readonly active: number;
  readonly onHold: number;
  /** Since when the one waits who waits longest; null: nobody waits. */
  readonly oldestSince: string | null;
}

export function sumsOf({ queues }: Pick<Wallboard, "queues">): Sums {
  const add = (of: (queue: WallboardQueue["queue"]) => number) =>
    queues.reduce((sum, { queue }) => sum + of(queue), 0);
  const since = queues
    .map(({ queue }) => queue.oldest_waiting_since)
    .filter((at) => at !== null)
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  return {
    waiting: add(({ waiting }) => waiting),
    active: add(({ active }) => active),
    onHold: add(({ on_hold }) => on_hold),
    oldestSince: since[0] ?? null,
  };
}

const STRAINS: readonly Strain[] = ["empty", "calm", "long", "unattended"];

/** The worst of all queues: what the figure of everybody who waits is coloured by. */
export function worst(queues: readonly WallboardQueue[], now: number): Strain {
  const found = queues.map((queue) => STRAINS.indexOf(strainOf(queue, now)));
  return STRAINS[Math.max(0, ...found)] ?? "empty";
}
