/** Whether the network is too weak for pictures: pure, slow to say so and slower to take it back, so that nothing flickers. */
import type { LinkQuality } from "./types.ts";

/** So long it must be bad before audio only is offered. */
export const WEAK_AFTER_MS = 6_000;
/** So long it must be good before the offer goes. */
export const STRONG_AFTER_MS = 20_000;
const BAD_LOSS_PERMILLE = 100;
const BAD_ROUND_TRIP_MS = 1_000;
/** Of what was measured in one sample. */
const BAD_FREEZE_SHARE = 0.25;

export interface LinkSample {
  at: number;
  /** What the media server thinks of this device's line. */
  quality: LinkQuality;
  lossPermille: number;
  roundTripMs: number;
  /** Part of the time that pictures stood still: 0..1. */
  freezeShare: number;
}

export interface Weakness {
  isWeak: boolean;
  /** Since when the samples have said the opposite without a break. */
  otherSince: number | null;
}

export const STRONG: Weakness = { isWeak: false, otherSince: null };

export function isBad(sample: LinkSample): boolean {
  return (
    sample.quality === "poor" ||
    sample.quality === "lost" ||
    sample.lossPermille >= BAD_LOSS_PERMILLE ||
    sample.roundTripMs >= BAD_ROUND_TRIP_MS ||
    sample.freezeShare >= BAD_FREEZE_SHARE
  );
}

export function nextWeakness(weakness: Weakness, sample: LinkSample): Weakness {
  const bad = isBad(sample);
  if (bad === weakness.isWeak) return { ...weakness, otherSince: null };
  const since = weakness.otherSince ?? sample.at;
  const needed = bad ? WEAK_AFTER_MS : STRONG_AFTER_MS;
  if (sample.at - since < needed) return { ...weakness, otherSince: since };
  return { isWeak: bad, otherSince: null };
}
