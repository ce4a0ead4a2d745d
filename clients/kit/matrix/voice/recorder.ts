/**
 * A voice message while it is being spoken: opens the microphone, records, measures how loud it is, ends by itself where it would become too
 * long or too large. What was recorded is nobody's until it is finished; cancelled, nothing of it is left.
 */
import { loadChoice } from "../call/choice.ts";
import { openDevices } from "../call/devices.ts";
import { meter } from "../call/level.ts";
import { troubleOf } from "../call/trouble.ts";
import type { DeviceTrouble } from "../call/types.ts";
import { Cell } from "../store.ts";
import type { Recording, VoiceLimits } from "../types.ts";
import { LEVELS_SENT, resampled } from "./waveform.ts";

export type RecorderState =
  | { status: "idle" }
  /** The browser asks whether it may. */
  | { status: "asking" }
  | { status: "recording"; elapsedMs: number; levels: readonly number[] }
  /** It ended by itself; what was said until then waits to be sent. */
  | { status: "full"; elapsedMs: number; levels: readonly number[] }
  | { status: "trouble"; trouble: DeviceTrouble };

/** The browser's side: exchanged in tests. */
export interface Studio {
  open(): Promise<MediaStreamTrack>;
  /** `onLoud`: how loud it is now, 0 to 1, again and again. Returns what ends it. */
  meter(track: MediaStreamTrack, onLoud: (level: number) => void): () => void;
  recorder(track: MediaStreamTrack): MediaRecorder;
  now(): number;
}

/** What browsers record voices in, the most widely played first. */
const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4", "audio/webm"] as const;
/** Enough for a voice, and a minute of it is a quarter of a megabyte. */
const BITS_PER_SECOND = 32_000;
/** Parts come this often; by them the size is known while it is recorded. */
const PART_MS = 500;
/** A press by mistake says nothing. */
const SHORTEST_MS = 500;
/** It ends before the server's limit: encrypting adds little, the next part more. */
const SIZE_SHARE = 0.9;
/** Levels that are kept for drawing while it is recorded. */
const DRAWN = 60;

export function canRecord(): boolean {
  return typeof MediaRecorder !== "undefined" && globalThis.navigator?.mediaDevices !== undefined;
}

export class VoiceRecorder {
  readonly state = new Cell<RecorderState>({ status: "idle" });
  private readonly studio: Studio;
  private readonly limits: VoiceLimits;
  private take: Take | null = null;
  /** Raised by each start and each end: what was asked for before is nobody's any more. */
  private turn = 0;

  constructor(limits: VoiceLimits, studio: Studio = BROWSER) {
    this.limits = limits;
    this.studio = studio;
  }

  async start(): Promise<void> {
    this.cancel();
    const turn = this.turn;
    this.state.set({ status: "asking" });
    try {
      const track = await this.studio.open();
      if (turn !== this.turn) {
        track.stop();
        return;
      }
      this.take = this.taken(track);
    } catch (cause) {
      if (turn === this.turn) this.state.set({ status: "trouble", trouble: troubleOf(cause) });
    }
  }

  /** A browser that opens the microphone and records nothing keeps it no longer. */
  private taken(track: MediaStreamTrack): Take {
    try {
      return new Take(track, this.studio, this.limits, (state) => this.state.set(state));
    } catch (cause) {
      track.stop();
      throw cause;
    }
  }

  /** What was said; `null`: nothing, or too little to be meant. */
  async finish(): Promise<Recording | null> {
    const take = this.take;
    this.forget();
    return take === null ? null : take.finish();
  }

  /** Nothing of it is left. */
  cancel(): void {
    const take = this.take;
    this.forget();
    take?.end();
  }

  private forget(): void {
    this.turn += 1;
    this.take = null;
    this.state.set({ status: "idle" });
  }
}

/** One recording, from the first sound to the last. */
class Take {
  private readonly track: MediaStreamTrack;
  private readonly studio: Studio;
  private readonly limits: VoiceLimits;
  private readonly tell: (state: RecorderState) => void;
  private readonly recorder: MediaRecorder;
  private readonly stopped: Promise<void>;
  private readonly startedAt: number;
  private readonly parts: Blob[] = [];
  private readonly levels: number[] = [];
  private readonly endMeter: () => void;
  private lengthMs: number | null = null;
  private sizeBytes = 0;

  constructor(
    track: MediaStreamTrack,
    studio: Studio,
    limits: VoiceLimits,
    tell: (state: RecorderState) => void,
  ) {
    this.track = track;
    this.studio = studio;
    this.limits = limits;
    this.tell = tell;
    this.recorder = studio.recorder(track);
    this.stopped = new Promise((resolve) => {
      this.recorder.addEventListener("stop", () => resolve(), { once: true });
    });
    this.recorder.addEventListener("dataavailable", ({ data }) => this.onPart(data));
    // Unplugged, or taken by a call: what was said until then is kept.
    track.addEventListener("ended", () => this.fill());
    this.recorder.start(PART_MS);
    this.startedAt = studio.now();
    this.endMeter = studio.meter(track, (level) => this.onLevel(level));
    this.show();
  }

  async finish(): Promise<Recording | null> {
    const durationMs = this.end();
    await this.stopped;
    const blob = new Blob(this.parts, { type: bare(this.recorder.mimeType) });
    if (durationMs < SHORTEST_MS || blob.size === 0) return null;
    return { blob, mimetype: blob.type, durationMs, waveform: resampled(this.levels, LEVELS_SENT) };
  }

  /** Stops it where it still runs; how long it is. */
  end(): number {
    this.lengthMs ??= this.studio.now() - this.startedAt;
    this.endMeter();
    if (this.recorder.state !== "inactive") this.recorder.stop();
    this.track.stop();
    return this.lengthMs;
  }

  private onPart(data: Blob): void {
    if (data.size > 0) this.parts.push(data);
    this.sizeBytes += data.size;
    const { sizeBytes } = this.limits;
    if (sizeBytes !== null && this.sizeBytes >= sizeBytes * SIZE_SHARE) this.fill();
  }

  private onLevel(level: number): void {
    if (this.lengthMs !== null) return;
    this.levels.push(level);
    if (this.studio.now() - this.startedAt >= this.limits.durationMs) this.fill();
    else this.show();
  }

  private fill(): void {
    if (this.lengthMs !== null) return;
    const elapsedMs = Math.min(this.end(), this.limits.durationMs);
    this.tell({ status: "full", elapsedMs, levels: this.levels.slice(-DRAWN) });
  }

  private show(): void {
    const elapsedMs = this.studio.now() - this.startedAt;
    this.tell({ status: "recording", elapsedMs, levels: this.levels.slice(-DRAWN) });
  }
}

/** Without what it is coded by: the event says the type alone. */
function bare(mimetype: string): string {
  const type = (mimetype.split(";")[0] ?? "").trim().toLowerCase();
  return type === "" ? "audio/webm" : type;
}

const BROWSER: Studio = {
  open: async () => (await openDevices(loadChoice(), false, "user")).microphone,
  meter: (track, onLoud) => meter(new MediaStream([track]), 1_024, onLoud),
  recorder: (track) => {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const options = { audioBitsPerSecond: BITS_PER_SECOND };
    return new MediaRecorder(
      new MediaStream([track]),
      mimeType === undefined ? options : { ...options, mimeType },
    );
  },
  now: () => performance.now(),
};
