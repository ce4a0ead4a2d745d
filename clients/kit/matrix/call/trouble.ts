/** Why a browser gives no device, in the few words that a screen can act on. */
import type { DeviceTrouble } from "./types.ts";

/** A microphone or camera could not be opened. */
export class DeviceError extends Error {
  readonly trouble: DeviceTrouble;

  constructor(trouble: DeviceTrouble) {
    super(`no device: ${trouble}`);
    this.name = "DeviceError";
    this.trouble = trouble;
  }
}

const BY_NAME: Record<string, DeviceTrouble> = {
  NotAllowedError: "denied",
  PermissionDeniedError: "denied",
  SecurityError: "denied",
  NotFoundError: "absent",
  DevicesNotFoundError: "absent",
  OverconstrainedError: "absent",
  NotReadableError: "busy",
  TrackStartError: "busy",
  AbortError: "busy",
};

/** What `getUserMedia` threw. Where the page is not served safely there is no `getUserMedia` at all. */
export function troubleOf(cause: unknown): DeviceTrouble {
  if (cause instanceof DeviceError) return cause.trouble;
  if (globalThis.isSecureContext === false) return "insecure";
  const name = typeof cause === "object" && cause !== null && "name" in cause ? String(cause.name) : "";
  return BY_NAME[name] ?? "unknown";
}
