/**
 * What a call is like, from the browser's own counters (WebRTC statistics): pure functions on snapshots.
 *
 * Counters are kept by stream, because streams come and go: the sum of all may go back, each stream's never does.
 */
import type { QualityReport } from "../../api/index.ts";

/** One entry of `RTCStatsReport`, as far as it is read; browsers leave out what they do not count. */
export type StatEntry = { id: string; type: string } & Record<string, unknown>;

interface StreamCounts {
  packets: number;
  lost: number;
  bytes: number;
  freezes: number;
  freezeMs: number;
  jitterMs: number;
}

export interface Snapshot {
  streams: ReadonlyMap<string, StreamCounts>;
  /** `null`: not measured yet. */
  roundTripMs: number | null;
  /** Media that came, of all streams. */
  bytes: number;
  /** Answered connectivity checks. */
  checks: number;
}

const NONE: StreamCounts = { packets: 0, lost: 0, bytes: 0, freezes: 0, freezeMs: 0, jitterMs: 0 };
export const NOTHING: Snapshot = { streams: new Map(), roundTripMs: null, bytes: 0, checks: 0 };

export function snapshotOf(entries: Iterable<StatEntry>): Snapshot {
  const byId = new Map<string, StatEntry>();
  for (const entry of entries) byId.set(entry.id, entry);
  const all = [...byId.values()];
  const streams = new Map(
    all.filter(({ type }) => type === "inbound-rtp").map((entry) => [entry.id, countsOf(entry)]),
  );
  const pairs = inUse(all, byId);
  const trips = pairs.map((pair) => pair.currentRoundTripTime).filter(isNumber);
  const reported = all
    .filter(({ type }) => type === "remote-inbound-rtp")
    .map((entry) => entry.roundTripTime);
  const tripSeconds = Math.max(...(trips.length > 0 ? trips : reported.filter(isNumber)));
  return {
    streams,
    roundTripMs: Number.isFinite(tripSeconds) ? Math.round(tripSeconds * 1_000) : null,
    bytes: [...streams.values()].reduce((sum, stream) => sum + stream.bytes, 0),
    checks: pairs.reduce((sum, pair) => sum + number(pair.responsesReceived), 0),
  };
}

/** What happened between two snapshots; `null`: no packet came, so there is nothing to tell. */
export function reportOf(before: Snapshot, after: Snapshot): QualityReport | null {
  const sum = { packets: 0, lost: 0, freezes: 0, freezeMs: 0, jitterMs: 0 };
  for (const [id, now] of after.streams) {
    const then = before.streams.get(id);
    const packets = now.packets - (then?.packets ?? 0);
    if (packets <= 0) continue;
    sum.packets += packets;
    // Packets that were counted as lost and came late make the difference negative.
    sum.lost += Math.max(0, now.lost - (then?.lost ?? 0));
    sum.freezes += Math.max(0, now.freezes - (then?.freezes ?? 0));
    sum.freezeMs += Math.max(0, now.freezeMs - (then?.freezeMs ?? 0));
    sum.jitterMs = Math.max(sum.jitterMs, now.jitterMs);
  }
  if (sum.packets === 0) return null;
  return {
    loss_permille: Math.round((sum.lost * 1_000) / (sum.packets + sum.lost)),
    jitter_ms: Math.round(sum.jitterMs),
    round_trip_ms: after.roundTripMs ?? 0,
    freezes: sum.freezes,
    freeze_ms: Math.round(sum.freezeMs),
  };
}

/** `before`, as if its pictures had stood still until `after`: a camera that was off comes back with what the browser takes for a freeze. */
export function forgiven(before: Snapshot, after: Snapshot): Snapshot {
  const streams = new Map(before.streams);
  for (const [id, { freezes, freezeMs }] of after.streams)
    streams.set(id, { ...(before.streams.get(id) ?? NONE), freezes, freezeMs });
  return { ...before, streams };
}

function countsOf(entry: StatEntry): StreamCounts {
  return {
    packets: number(entry.packetsReceived),
    lost: number(entry.packetsLost),
    bytes: number(entry.bytesReceived),
    freezes: number(entry.freezeCount),
    freezeMs: number(entry.totalFreezesDuration) * 1_000,
    jitterMs: number(entry.jitter) * 1_000,
  };
}

/** The candidate pairs that carry media: those that a transport names, or, where none does, the nominated ones. */
function inUse(all: StatEntry[], byId: Map<string, StatEntry>): StatEntry[] {
  const named = all
    .filter(({ type }) => type === "transport")
    .map(({ selectedCandidatePairId }) => byId.get(String(selectedCandidatePairId)))
    .filter((pair) => pair !== undefined);
  if (named.length > 0) return named;
  return all.filter(({ type, nominated }) => type === "candidate-pair" && nominated === true);
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const number = (value: unknown): number => (isNumber(value) ? value : 0);
