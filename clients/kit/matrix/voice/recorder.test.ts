/** Recording a voice message in a pretend studio: to its end, too short, cancelled, too long, too large, refused, unplugged. */
import { expect, it } from "vitest";
import type { VoiceLimits } from "../types.ts";
import { type Studio, VoiceRecorder } from "./recorder.ts";

const PART = 1_000;
const LIMITS: VoiceLimits = { durationMs: 60_000, sizeBytes: null };

class PretendTrack extends EventTarget {
  isStopped = false;
  stop(): void {
    this.isStopped = true;
  }
}

class PretendMedia extends EventTarget {
  state: "inactive" | "recording" = "inactive";
  readonly mimeType = "audio/webm;codecs=opus";
  start(): void {
    this.state = "recording";
  }
  part(): void {
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob(["x".repeat(PART)]) }));
  }
  stop(): void {
    this.state = "inactive";
    this.part();
    this.dispatchEvent(new Event("stop"));
  }
}

function studio(open: () => Promise<unknown> = async () => undefined) {
  const track = new PretendTrack();
  const media = new PretendMedia();
  let now = 1_000;
  let loud: ((level: number) => void) | null = null;
  const gives: Studio = {
    open: async () => {
      await open();
      return track as unknown as MediaStreamTrack;
    },
    meter: (_, onLoud) => {
      loud = onLoud;
      return () => {
        loud = null;
      };
    },
    recorder: () => media as unknown as MediaRecorder,
    now: () => now,
  };
  /** So long somebody speaks so loud. */
  const speak = (ms: number, level = 0.5) => {
    now += ms;
    loud?.(level);
  };
  return { gives, track, media, speak, isMetered: () => loud !== null };
}

it("gives what was said, how long it was and how loud", async () => {
  const { gives, track, speak, isMetered } = studio();
  const recorder = new VoiceRecorder(LIMITS, gives);
  await recorder.start();
  speak(1_000, 0.2);
  speak(1_000, 0.8);
  expect(recorder.state.get()).toEqual({ status: "recording", elapsedMs: 2_000, levels: [0.2, 0.8] });
  const said = await recorder.finish();
  expect(said).toMatchObject({ mimetype: "audio/webm", durationMs: 2_000 });
  expect(said?.blob.size).toBe(PART);
  expect([said?.waveform.length, said?.waveform[0], said?.waveform.at(-1)]).toEqual([60, 0.2, 0.8]);
  expect([track.isStopped, isMetered(), recorder.state.get().status]).toEqual([true, false, "idle"]);
});

it("takes a press by mistake for none", async () => {
  const { gives, track, speak } = studio();
  const recorder = new VoiceRecorder(LIMITS, gives);
  await recorder.start();
  speak(300);
  expect(await recorder.finish()).toBeNull();
  expect(track.isStopped).toBe(true);
  expect(await recorder.finish()).toBeNull();
});

it("leaves nothing when it is cancelled, also while the browser still asks", async () => {
  const { gives, track, speak } = studio();
  const recorder = new VoiceRecorder(LIMITS, gives);
  await recorder.start();
  speak(2_000);
  recorder.cancel();
  expect([track.isStopped, recorder.state.get().status]).toEqual([true, "idle"]);
  expect(await recorder.finish()).toBeNull();

  let allow: () => void = () => undefined;
  const asked = studio(() => new Promise<void>((resolve) => (allow = resolve)));
  const other = new VoiceRecorder(LIMITS, asked.gives);
  const started = other.start();
  expect(other.state.get().status).toBe("asking");
  other.cancel();
  allow();
  await started;
  expect([asked.track.isStopped, other.state.get().status]).toEqual([true, "idle"]);
});

it("ends by itself when it is long enough, and keeps what was said", async () => {
  const { gives, track, speak } = studio();
  const recorder = new VoiceRecorder({ durationMs: 3_000, sizeBytes: null }, gives);
  await recorder.start();
  for (let second = 0; second < 5; second += 1) speak(1_000);
  expect(recorder.state.get()).toMatchObject({ status: "full", elapsedMs: 3_000 });
  expect(track.isStopped).toBe(true);
  expect(await recorder.finish()).toMatchObject({ durationMs: 3_000 });
});

it("ends by itself before it is too large for the server", async () => {
  const { gives, media, speak } = studio();
  const recorder = new VoiceRecorder({ durationMs: 60_000, sizeBytes: 2 * PART }, gives);
  await recorder.start();
  speak(1_000);
  media.part();
  expect(recorder.state.get().status).toBe("recording");
  media.part();
  expect(recorder.state.get().status).toBe("full");
  expect((await recorder.finish())?.blob.size).toBe(3 * PART);
});

it("keeps what was said when the microphone is unplugged", async () => {
  const { gives, track, speak } = studio();
  const recorder = new VoiceRecorder(LIMITS, gives);
  await recorder.start();
  speak(4_000);
  track.dispatchEvent(new Event("ended"));
  expect(recorder.state.get()).toMatchObject({ status: "full", elapsedMs: 4_000 });
  expect(await recorder.finish()).toMatchObject({ durationMs: 4_000 });
});

it("says why there is no microphone", async () => {
  const refused = studio(() => Promise.reject(new DOMException("no", "NotAllowedError")));
  const recorder = new VoiceRecorder(LIMITS, refused.gives);
  await recorder.start();
  expect(recorder.state.get()).toEqual({ status: "trouble", trouble: "denied" });
  recorder.cancel();
  expect(recorder.state.get().status).toBe("idle");
});

it("lets the microphone go where the browser records nothing", async () => {
  const { gives, track } = studio();
  const cannot = (): MediaRecorder => {
    throw new DOMException("no", "NotSupportedError");
  };
  const recorder = new VoiceRecorder(LIMITS, { ...gives, recorder: cannot });
  await recorder.start();
  expect([recorder.state.get().status, track.isStopped]).toEqual(["trouble", true]);
  expect(await recorder.finish()).toBeNull();
});

it("lets the microphone go where nothing tells how loud it is", async () => {
  const { gives, track } = studio();
  const cannot = (): (() => void) => {
    throw new DOMException("no", "NotSupportedError");
  };
  const recorder = new VoiceRecorder(LIMITS, { ...gives, meter: cannot });
  await recorder.start();
  expect([recorder.state.get().status, track.isStopped]).toEqual(["trouble", true]);
});
