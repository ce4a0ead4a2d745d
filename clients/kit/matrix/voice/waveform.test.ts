import { expect, it } from "vitest";
import { resampled, voiceContent, voiceOf } from "./waveform.ts";

it("is written as other clients read it, and read back", () => {
  const content = voiceContent(2_400.6, [0, 0.5, 1, 3]);
  expect(content).toEqual({
    "org.matrix.msc1767.audio": { duration: 2_401, waveform: [0, 512, 1_024, 1_024] },
    "org.matrix.msc3245.voice": {},
  });
  expect(voiceOf(content)).toEqual({ durationMs: 2_401, waveform: [0, 0.5, 1, 1] });
});

it("is read by its later names too, and without a waveform", () => {
  expect(voiceOf({ "m.voice": {}, "m.audio": { duration: 10 } })).toEqual({ durationMs: 10, waveform: [] });
  expect(voiceOf({ "org.matrix.msc3245.voice": {} })).toEqual({ durationMs: null, waveform: [] });
});

it("is none where the mark is missing, and survives what makes no sense", () => {
  expect(voiceOf({ msgtype: "m.audio", "org.matrix.msc1767.audio": { duration: 10 } })).toBeNull();
  expect(voiceOf({ "org.matrix.msc3245.voice": null })).toBeNull();
  const odd = {
    "org.matrix.msc3245.voice": {},
    "org.matrix.msc1767.audio": { duration: "long", waveform: ["x", -5, 9_999] },
  };
  expect(voiceOf(odd)).toEqual({ durationMs: null, waveform: [0, 1] });
  const waveform = Array.from({ length: 900 }, () => 1);
  const many = { "org.matrix.msc3245.voice": {}, "m.audio": { waveform } };
  expect(voiceOf(many)?.waveform).toHaveLength(120);
});

it("keeps the peaks when there are too many levels, and stretches too few", () => {
  expect(resampled([0, 0.2, 0.9, 0.1], 2)).toEqual([0.2, 0.9]);
  expect(resampled([0.3, 0.6], 4)).toEqual([0.3, 0.3, 0.6, 0.6]);
  expect(resampled([], 4)).toEqual([]);
});
