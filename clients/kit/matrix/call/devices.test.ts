import { afterEach, expect, test, vi } from "vitest";
import { closeDevices, openDevices } from "./devices.ts";

afterEach(() => vi.unstubAllGlobals());

const CHOICE = { microphone: null, camera: null, speaker: null, noiseSuppression: true };

/** A browser that gives what it is not told to refuse. */
function browser(refuses: (wish: MediaStreamConstraints) => string | null) {
  const asked: MediaStreamConstraints[] = [];
  const stopped: string[] = [];
  const track = (kind: string) => ({ kind, stop: () => stopped.push(kind) });
  const getUserMedia = async (wish: MediaStreamConstraints) => {
    asked.push(wish);
    const name = refuses(wish);
    if (name !== null) throw new DOMException("x", name);
    return {
      getAudioTracks: () => (wish.audio ? [track("audio")] : []),
      getVideoTracks: () => (wish.video ? [track("video")] : []),
    };
  };
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
  return { asked, stopped };
}

test("both are asked for at once, and closing lets both go", async () => {
  const { asked, stopped } = browser(() => null);
  const devices = await openDevices(CHOICE, true, "user");
  expect(asked).toHaveLength(1);
  expect(devices.cameraTrouble).toBeNull();
  closeDevices(devices);
  expect(stopped).toEqual(["audio", "video"]);
});

test("a camera that another program has is said, and the call begins without it", async () => {
  browser(({ video }) => (video ? "NotReadableError" : null));
  expect(await openDevices(CHOICE, true, "user")).toMatchObject({ camera: null, cameraTrouble: "busy" });
});

test("an audio call does not touch the camera", async () => {
  const { asked } = browser(() => null);
  await openDevices(CHOICE, false, "user");
  expect(asked.map(({ video }) => video)).toEqual([false]);
});

test("without a microphone there is no call", async () => {
  browser(() => "NotAllowedError");
  await expect(openDevices(CHOICE, true, "user")).rejects.toMatchObject({ trouble: "denied" });
  browser(() => "NotFoundError");
  await expect(openDevices(CHOICE, false, "user")).rejects.toMatchObject({ trouble: "absent" });
});
