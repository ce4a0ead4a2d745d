/** Which devices this browser uses for calls: kept on this machine only, and what is asked of the browser because of it. */
import type { MediaDevice, MediaDevices } from "./types.ts";

const KEPT = "consilium.call.devices";

export type DeviceKind = "microphone" | "camera" | "speaker";
export type Facing = "user" | "environment";

export interface DeviceChoice {
  /** Ids of the browser; `null`: whatever it prefers. */
  microphone: string | null;
  camera: string | null;
  speaker: string | null;
  noiseSuppression: boolean;
}

const USUAL: DeviceChoice = { microphone: null, camera: null, speaker: null, noiseSuppression: true };

export function loadChoice(storage: Pick<Storage, "getItem"> = localStorage): DeviceChoice {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEPT) ?? "null");
    if (typeof kept !== "object" || kept === null) return USUAL;
    const { microphone, camera, speaker, noiseSuppression } = kept as Record<string, unknown>;
    const id = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
    return {
      microphone: id(microphone),
      camera: id(camera),
      speaker: id(speaker),
      noiseSuppression: noiseSuppression !== false,
    };
  } catch {
    return USUAL;
  }
}

export function changeChoice(change: Partial<DeviceChoice>, storage: Storage = localStorage): DeviceChoice {
  const choice = { ...loadChoice(storage), ...change };
  try {
    storage.setItem(KEPT, JSON.stringify(choice));
  } catch {
    // A full or forbidden store: it is chosen for this call only.
  }
  return choice;
}

/** A device that was unplugged is no reason to have none: the chosen one is a wish. */
export function microphoneWish(choice: DeviceChoice): MediaTrackConstraints {
  return {
    ...(choice.microphone === null ? {} : { deviceId: { ideal: choice.microphone } }),
    echoCancellation: true,
    autoGainControl: true,
    noiseSuppression: choice.noiseSuppression,
  };
}

export function cameraWish(choice: DeviceChoice, facing: Facing): MediaTrackConstraints {
  return {
    ...(choice.camera === null ? { facingMode: { ideal: facing } } : { deviceId: { ideal: choice.camera } }),
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
  };
}

/** Names are empty until the browser has allowed one of them; entries without an id say only that there is something. */
export function sortDevices(
  found: readonly Pick<MediaDeviceInfo, "kind" | "deviceId" | "label">[],
): MediaDevices {
  const of = (kind: MediaDeviceKind): MediaDevice[] =>
    found
      .filter((device) => device.kind === kind && device.deviceId !== "")
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphones: of("audioinput"), cameras: of("videoinput"), speakers: of("audiooutput") };
}

export async function listDevices(): Promise<MediaDevices> {
  const found = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const devices = sortDevices(found);
  return canChooseSpeaker() ? devices : { ...devices, speakers: [] };
}

export function canChooseSpeaker(): boolean {
  return "setSinkId" in HTMLMediaElement.prototype;
}

/** Whether the browser has allowed the microphone before, so that nobody will be asked: it says so, or it names the microphones. */
export async function isMicrophoneAllowed(): Promise<boolean> {
  const [isGranted, { microphones }] = await Promise.all([isMicrophoneGranted(), listDevices()]);
  return isGranted || microphones.some(({ label }) => label !== "");
}

/** Not every browser knows the question. */
async function isMicrophoneGranted(): Promise<boolean> {
  try {
    const permission = await navigator.permissions.query({ name: "microphone" as PermissionName });
    return permission.state === "granted";
  } catch {
    return false;
  }
}
