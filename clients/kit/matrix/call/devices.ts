/** Opens microphone and camera for a call, before anything else of it is there. */
import { cameraWish, type DeviceChoice, type Facing, microphoneWish } from "./choice.ts";
import { DeviceError, troubleOf } from "./trouble.ts";
import type { DeviceTrouble } from "./types.ts";

export interface OpenedDevices {
  microphone: MediaStreamTrack;
  camera: MediaStreamTrack | null;
  /** Why there is no camera though one was wanted: the call goes on without. */
  cameraTrouble: DeviceTrouble | null;
}

/**
 * Both with one question to the person. Without a camera the call begins all the same, without a microphone it does not.
 * Rejects with `DeviceError`.
 */
export async function openDevices(
  choice: DeviceChoice,
  wantsCamera: boolean,
  facing: Facing,
): Promise<OpenedDevices> {
  const audio = microphoneWish(choice);
  if (!wantsCamera) return { microphone: await openMicrophone(audio), camera: null, cameraTrouble: null };
  try {
    const stream = await ask({ audio, video: cameraWish(choice, facing) });
    const [microphone] = stream.getAudioTracks();
    if (microphone === undefined) throw new DeviceError("absent");
    return { microphone, camera: stream.getVideoTracks()[0] ?? null, cameraTrouble: null };
  } catch (cause) {
    return { microphone: await openMicrophone(audio), camera: null, cameraTrouble: troubleOf(cause) };
  }
}

/** `null`: none was opened. */
export function closeDevices(devices: OpenedDevices | null): void {
  devices?.microphone.stop();
  devices?.camera?.stop();
}

async function openMicrophone(audio: MediaTrackConstraints): Promise<MediaStreamTrack> {
  const [microphone] = (await ask({ audio, video: false })).getAudioTracks();
  if (microphone === undefined) throw new DeviceError("absent");
  return microphone;
}

async function ask(wish: MediaStreamConstraints): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia(wish);
  } catch (cause) {
    throw new DeviceError(troubleOf(cause));
  }
}
