/**
 * Whether media still come, and what phase a call is in because of it: pure, over samples of what the browser counts.
 *
 * The media server's own signs come late (a killed one is noticed after 43 s), so bytes are watched. Where nobody sends (all muted,
 * nobody else there) no bytes come in good times either: then the browser's connectivity checks count, which are rare.
 */
import type { MediaPhase } from "./types.ts";

/** Somebody sends: silence of this long is seen by people. */
export const STALLED_AFTER_MS = 2_000;
/** Nobody sends: connectivity checks come every 2.5 s, and some may be lost. */
export const QUIET_STALLED_AFTER_MS = 10_000;
/** Nothing at all for this long: the call is lost, whatever the media server's client hopes. */
export const FAILED_AFTER_MS = 30_000;
/** A longer time between two samples is not silence: the machine slept, or the browser held the timer back. */
const GAP_MS = 5_000;

export interface FlowSample {
  /** Milliseconds of a clock that never goes back. */
  at: number;
  /** Media received so far; may go back when a track ends. */
  bytes: number;
  /** Answered connectivity checks so far. */
  checks: number;
  /** Whether somebody sends something that this device takes. */
  isSent: boolean;
}

export interface Flow {
  /** When what is expected came last: media, or checks where nobody sends. */
  movedAt: number;
  /** When anything came last: as long as checks are answered the way to the media server is there, and the call is not lost. */
  aliveAt: number;
  last: FlowSample;
  /** Media have come since somebody began to send: from then on two seconds count. */
  isFlowing: boolean;
}

export type FlowState = "flowing" | "stalled" | "failed";

export function startFlow(sample: FlowSample): Flow {
  return { movedAt: sample.at, aliveAt: sample.at, last: sample, isFlowing: false };
}

export function nextFlow(flow: Flow, sample: FlowSample): Flow {
  const { last } = flow;
  const passed = sample.at - last.at;
  const unwatched = passed > GAP_MS ? passed - GAP_MS : 0;
  const grew = sample.bytes > last.bytes;
  const began = sample.isSent && !last.isSent;
  const checked = sample.checks > last.checks;
  const moved = grew || began || (checked && !flow.isFlowing);
  return {
    movedAt: moved ? sample.at : flow.movedAt + unwatched,
    aliveAt: grew || checked ? sample.at : flow.aliveAt + unwatched,
    last: sample,
    isFlowing: sample.isSent && (grew || (flow.isFlowing && !began)),
  };
}

export function flowState(flow: Flow): FlowState {
  const { at } = flow.last;
  if (at - flow.aliveAt >= FAILED_AFTER_MS) return "failed";
  const limit = flow.isFlowing ? STALLED_AFTER_MS : QUIET_STALLED_AFTER_MS;
  return at - flow.movedAt >= limit ? "stalled" : "flowing";
}

/** `resuming`: the signal line is made anew while media go on. */
export type LinkState = "connecting" | "connected" | "resuming" | "reconnecting" | "gone";

export interface PhaseInput {
  /** This device left, or the call was ended for it. */
  isOver: boolean;
  /** It was connected once. */
  wasLive: boolean;
  link: LinkState;
  flow: FlowState;
}

export function phaseOf({ isOver, wasLive, link, flow }: PhaseInput): MediaPhase {
  if (isOver) return "left";
  if (link === "gone" || flow === "failed") return "failed";
  if (!wasLive) return "joining";
  if (link === "reconnecting") return "reconnecting";
  if (flow === "stalled") return link === "resuming" ? "reconnecting" : "stalled";
  return "live";
}
