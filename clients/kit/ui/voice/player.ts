/**
 * Plays sounds of a conversation, one at a time: another one begins where the one before stops. It lives beside the list, which draws only
 * what is in sight, so that what is heard goes on while one scrolls.
 */
import { Cell } from "../../matrix/store.ts";
import type { FileSource, Files, OpenedFile } from "../../matrix/types.ts";

export type PlayStatus = "loading" | "playing" | "paused" | "failed";

export interface Playing {
  key: string;
  status: PlayStatus;
  /** Seconds from its beginning. */
  at: number;
  /** Seconds, as the sound itself says; `null`: it does not. */
  length: number | null;
}

/** How fast voices are heard; pressing goes round. */
export const SPEEDS: readonly number[] = [1, 1.5, 2];
const KEPT_SPEED = "consilium.voice.speed";

export class Player {
  /** `null`: nothing is played. */
  readonly playing = new Cell<Playing | null>(null);
  readonly speed = new Cell<number>(keptSpeed());
  private readonly makeSound: () => HTMLAudioElement;
  private sound: HTMLAudioElement | null = null;
  private opened: OpenedFile | null = null;
  private abort: AbortController | null = null;

  constructor(makeSound: () => HTMLAudioElement = () => new Audio()) {
    this.makeSound = makeSound;
  }

  /** Plays it, stops it for now, or goes on. */
  toggle(key: string, files: Files, source: FileSource): void {
    const now = this.playing.get();
    if (now?.key !== key || now.status === "failed") void this.begin(key, files, source, 0);
    else if (now.status === "playing") this.sound?.pause();
    else if (now.status === "paused") this.goOn(key);
  }

  /** A pause, or another sound, that comes before it plays is no failure. */
  private goOn(key: string): void {
    const { sound } = this;
    void sound?.play().catch((cause: unknown) => {
      if (this.sound === sound && !isInterrupted(cause)) this.fail(key);
    });
  }

  /** Goes to a second of it; one that is not played yet begins there. */
  seek(key: string, files: Files, source: FileSource, seconds: number): void {
    const now = this.playing.get();
    if (now?.key !== key || this.sound === null) void this.begin(key, files, source, seconds);
    else {
      this.sound.currentTime = seconds;
      this.playing.set({ ...now, at: seconds });
    }
  }

  /** The next of the speeds; kept on this device. */
  nextSpeed(): void {
    const at = SPEEDS.indexOf(this.speed.get());
    const speed = SPEEDS[(at + 1) % SPEEDS.length] ?? 1;
    this.speed.set(speed);
    if (this.sound !== null) this.sound.playbackRate = speed;
    try {
      localStorage.setItem(KEPT_SPEED, String(speed));
    } catch {
      // Full: it is so fast until the page goes.
    }
  }

  stop(): void {
    this.abort?.abort();
    this.abort = null;
    if (this.sound !== null) {
      this.sound.pause();
      this.sound.removeAttribute("src");
      this.sound = null;
    }
    this.opened?.release();
    this.opened = null;
    this.playing.set(null);
  }

  private async begin(key: string, files: Files, source: FileSource, seconds: number): Promise<void> {
    this.stop();
    const abort = new AbortController();
    this.abort = abort;
    this.playing.set({ key, status: "loading", at: seconds, length: null });
    // Made in the press itself: browsers let a sound begin that a person asked for.
    const sound = this.makeSound();
    try {
      const opened = await files.open(source, undefined, abort.signal);
      if (abort.signal.aborted) return opened.release();
      this.opened = opened;
      this.sound = sound;
      this.listen(sound, key, abort.signal);
      sound.src = opened.objectUrl;
      sound.currentTime = seconds;
      sound.playbackRate = this.speed.get();
      await sound.play();
    } catch {
      if (!abort.signal.aborted) this.fail(key);
    }
  }

  private listen(sound: HTMLAudioElement, key: string, signal: AbortSignal): void {
    const hear = (name: string, heard: (now: Playing) => Partial<Playing>) =>
      sound.addEventListener(
        name,
        () => {
          const now = this.playing.get();
          if (now?.key === key) this.playing.set({ ...now, ...heard(now) });
        },
        { signal },
      );
    hear("playing", () => ({ status: "playing" }));
    hear("pause", () => ({ status: "paused" }));
    hear("timeupdate", () => ({ at: sound.currentTime }));
    hear("durationchange", ({ length }) => ({
      length: Number.isFinite(sound.duration) ? sound.duration : length,
    }));
    sound.addEventListener("ended", () => this.stop(), { signal });
    sound.addEventListener("error", () => this.fail(key), { signal });
  }

  /** It cannot be fetched, or this browser cannot play it. */
  private fail(key: string): void {
    this.stop();
    this.playing.set({ key, status: "failed", at: 0, length: null });
  }
}

/** What browsers say to a sound that was stopped before it played. */
function isInterrupted(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === "AbortError";
}

function keptSpeed(): number {
  try {
    const kept = Number(localStorage.getItem(KEPT_SPEED));
    return SPEEDS.includes(kept) ? kept : 1;
  } catch {
    return 1;
  }
}

/** The page's one. */
export const player = new Player();
