/**
 * How loud a voice message is from its beginning to its end, and how that is written into its event: MSC3245 marks it as one, MSC1767
 * carries its length and its waveform. Plain functions.
 */

type Content = Record<string, unknown>;

/** On the wire a level is 0 to 1024. */
const LOUDEST = 1024;
/** As many levels as MSC3927 lets a waveform have. */
const LEVELS_MAX = 120;
/** As many as are drawn and sent. */
export const LEVELS_SENT = 60;

/** By which a recorded message tells itself from a piece of music: the proposal's name, and the one that it asks for. */
const MARKS = ["org.matrix.msc3245.voice", "m.voice"] as const;
const FACTS = ["org.matrix.msc1767.audio", "m.audio"] as const;

export interface VoiceFacts {
  durationMs: number | null;
  /** 0 to 1 each; none where its sender gave none. */
  waveform: readonly number[];
}

/** `null`: it is a sound like any other. */
export function voiceOf(content: Content): VoiceFacts | null {
  if (!MARKS.some((mark) => isObject(content[mark]))) return null;
  const facts = FACTS.map((name) => content[name]).find(isObject) ?? {};
  const { duration, waveform } = facts;
  const levels = Array.isArray(waveform) ? waveform.slice(0, LEVELS_MAX) : [];
  return {
    durationMs: typeof duration === "number" && duration >= 0 ? duration : null,
    waveform: levels.filter((level) => typeof level === "number").map(fromWire),
  };
}

/** What is added to the content of a sound that was recorded here. */
export function voiceContent(durationMs: number, waveform: readonly number[]): Content {
  return {
    "org.matrix.msc1767.audio": {
      duration: Math.round(durationMs),
      waveform: waveform.slice(0, LEVELS_MAX).map((level) => Math.round(clamped(level) * LOUDEST)),
    },
    "org.matrix.msc3245.voice": {},
  };
}

/** Levels that lie on the wire, or in a sealed record, as they are drawn. */
export function fromWire(level: number): number {
  return clamped(level / LOUDEST);
}

/** As many levels as wanted, each the loudest of its share; fewer are stretched. */
export function resampled(levels: readonly number[], count: number): number[] {
  if (levels.length === 0) return [];
  return Array.from({ length: count }, (_, index) => {
    const start = Math.floor((index * levels.length) / count);
    const end = Math.max(start + 1, Math.floor(((index + 1) * levels.length) / count));
    return Math.max(...levels.slice(start, end));
  });
}

function clamped(level: number): number {
  return Number.isFinite(level) ? Math.min(1, Math.max(0, level)) : 0;
}

function isObject(value: unknown): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
