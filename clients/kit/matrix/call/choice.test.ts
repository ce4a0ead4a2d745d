import { afterEach, expect, test, vi } from "vitest";
import { pretendStorage } from "../../testing/storage.ts";
import {
  cameraWish,
  changeChoice,
  isMicrophoneAllowed,
  loadChoice,
  microphoneWish,
  sortDevices,
} from "./choice.ts";

afterEach(() => void vi.unstubAllGlobals());

test("what was chosen is kept, each kind by itself", () => {
  const kept = pretendStorage();
  changeChoice({ microphone: "m1" }, kept);
  changeChoice({ noiseSuppression: false }, kept);
  expect(loadChoice(kept)).toEqual({
    microphone: "m1",
    camera: null,
    speaker: null,
    noiseSuppression: false,
  });
});

test("a store that holds nonsense is a store that holds nothing", () => {
  for (const text of ["", "{", "7", "null", '{"microphone":7,"camera":""}'])
    expect(loadChoice(pretendStorage({ "consilium.call.devices": text }))).toEqual({
      microphone: null,
      camera: null,
      speaker: null,
      noiseSuppression: true,
    });
});

test("a store that refuses to keep does not stop the call", () => {
  expect(changeChoice({ camera: "c1" }, pretendStorage({}, 0)).camera).toBe("c1");
});

test("a chosen device is a wish, and a chosen camera goes before the side it looks to", () => {
  const none = loadChoice(pretendStorage());
  expect(microphoneWish({ ...none, microphone: "m1", noiseSuppression: false })).toMatchObject({
    deviceId: { ideal: "m1" },
    noiseSuppression: false,
  });
  expect(microphoneWish(none)).not.toHaveProperty("deviceId");
  expect(cameraWish(none, "environment")).toMatchObject({ facingMode: { ideal: "environment" } });
  expect(cameraWish({ ...none, camera: "c1" }, "environment")).not.toHaveProperty("facingMode");
});

test("devices come by kind, without those that have no id yet", () => {
  const found = sortDevices([
    { kind: "audioinput", deviceId: "m1", label: "Headset" },
    { kind: "videoinput", deviceId: "", label: "" },
    { kind: "audiooutput", deviceId: "s1", label: "Speaker" },
  ]);
  expect(found).toEqual({
    microphones: [{ id: "m1", label: "Headset" }],
    cameras: [],
    speakers: [{ id: "s1", label: "Speaker" }],
  });
});

test("a microphone is allowed where the browser says so or names it, else somebody is asked", async () => {
  const allowed = (query: () => Promise<unknown>, label: string) => {
    const found = [{ kind: "audioinput", deviceId: "m1", label }];
    const mediaDevices = { enumerateDevices: async () => found };
    vi.stubGlobal("navigator", { permissions: { query }, mediaDevices });
    vi.stubGlobal("HTMLMediaElement", class {});
    return isMicrophoneAllowed();
  };
  const says = (state: string) => async () => ({ state });
  expect(await allowed(says("granted"), "")).toBe(true);
  expect(await allowed(says("prompt"), "Headset")).toBe(true);
  expect(await allowed(says("prompt"), "")).toBe(false);
  expect(await allowed(() => Promise.reject(new TypeError("unknown")), "")).toBe(false);
});
