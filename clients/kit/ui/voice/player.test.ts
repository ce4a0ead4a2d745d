/** Sounds of a conversation, played by a pretend loudspeaker. */
import { beforeEach, expect, it, vi } from "vitest";
import type { FileSource, Files } from "../../matrix/types.ts";
import { pretendStorage } from "../../testing/storage.ts";
import { Player } from "./player.ts";

class PretendSound extends EventTarget {
  src = "";
  currentTime = 0;
  playbackRate = 1;
  duration = Number.POSITIVE_INFINITY;
  refuses: Error | null = null;
  async play(): Promise<void> {
    if (this.refuses !== null) throw this.refuses;
    this.dispatchEvent(new Event("playing"));
  }
  pause(): void {
    this.dispatchEvent(new Event("pause"));
  }
  removeAttribute(): void {
    this.src = "";
  }
  goTo(seconds: number): void {
    this.currentTime = seconds;
    this.dispatchEvent(new Event("timeupdate"));
  }
}

const SOURCE: FileSource = { at: "server", url: "mxc://x/1", mimetype: "audio/webm", encrypted: null };
const release = vi.fn();
const files: Files = { open: async () => ({ objectUrl: "blob:1", blob: new Blob(), release }) };

beforeEach(() => {
  vi.stubGlobal("localStorage", pretendStorage());
  release.mockClear();
});

function made() {
  const sounds: PretendSound[] = [];
  const player = new Player(() => {
    const sound = new PretendSound();
    sounds.push(sound);
    return sound as unknown as HTMLAudioElement;
  });
  const begin = async (key: string, from = files) => {
    player.toggle(key, from, SOURCE);
    await vi.waitFor(() => expect(player.playing.get()?.status).not.toBe("loading"));
    return sounds.at(-1) as PretendSound;
  };
  return { player, begin };
}

it("plays, stops for now, goes on, and is over at the end", async () => {
  const { player, begin } = made();
  const sound = await begin("a");
  expect([sound.src, player.playing.get()]).toEqual([
    "blob:1",
    { key: "a", status: "playing", at: 0, length: null },
  ]);
  sound.goTo(3);
  player.toggle("a", files, SOURCE);
  expect(player.playing.get()).toMatchObject({ status: "paused", at: 3 });
  player.toggle("a", files, SOURCE);
  expect(player.playing.get()).toMatchObject({ status: "playing", at: 3 });
  sound.dispatchEvent(new Event("ended"));
  expect(player.playing.get()).toBeNull();
  expect(release).toHaveBeenCalledOnce();
});

it("plays one at a time", async () => {
  const { player, begin } = made();
  const first = await begin("a");
  await begin("b");
  expect(player.playing.get()?.key).toBe("b");
  first.goTo(9);
  expect(player.playing.get()).toMatchObject({ key: "b", at: 0 });
});

it("goes to a place in what is played, and begins there in what is not", async () => {
  const { player, begin } = made();
  const sound = await begin("a");
  player.seek("a", files, SOURCE, 7);
  expect([sound.currentTime, player.playing.get()?.at]).toEqual([7, 7]);
  player.seek("b", files, SOURCE, 4);
  await vi.waitFor(() => expect(player.playing.get()).toMatchObject({ key: "b", status: "playing", at: 4 }));
});

it("goes faster, round and round, and remembers it", async () => {
  const { player, begin } = made();
  const sound = await begin("a");
  player.nextSpeed();
  expect([sound.playbackRate, player.speed.get()]).toEqual([1.5, 1.5]);
  expect(new Player().speed.get()).toBe(1.5);
  player.nextSpeed();
  player.nextSpeed();
  expect(sound.playbackRate).toBe(1);
});

it("says when it cannot be fetched or played, and tries again at the next press", async () => {
  const { player, begin } = made();
  await begin("a", { open: () => Promise.reject(new Error("away")) });
  expect(player.playing.get()).toMatchObject({ key: "a", status: "failed" });
  const sound = await begin("a");
  expect(player.playing.get()?.status).toBe("playing");
  sound.dispatchEvent(new Event("error"));
  expect(player.playing.get()?.status).toBe("failed");
});

it("takes a pause that comes before it plays again for no failure, nor another sound that begins then", async () => {
  const { player, begin } = made();
  const sound = await begin("a");
  /** What was said to an earlier press is known once a later one has its answer. */
  const answered = () => sound.play().catch(() => undefined);
  player.toggle("a", files, SOURCE);
  sound.refuses = new DOMException("interrupted by a call to pause()", "AbortError");
  player.toggle("a", files, SOURCE);
  await answered();
  expect(player.playing.get()).toMatchObject({ key: "a", status: "paused" });

  sound.refuses = new Error("cannot");
  player.toggle("a", files, SOURCE);
  await begin("b");
  await answered();
  expect(player.playing.get()).toMatchObject({ key: "b", status: "playing" });
});

it("says when it cannot go on", async () => {
  const { player, begin } = made();
  const sound = await begin("a");
  player.toggle("a", files, SOURCE);
  sound.refuses = new Error("cannot");
  player.toggle("a", files, SOURCE);
  await vi.waitFor(() => expect(player.playing.get()).toMatchObject({ key: "a", status: "failed" }));
});
