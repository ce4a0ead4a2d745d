/** Calls of an app: which one rings, which one this device is in. Light: what carries media comes with the first call. */
export type {
  CallMember,
  DeviceCheck,
  DeviceTrouble,
  LinkQuality,
  MediaCall,
  MediaDevice,
  MediaDevices,
  MediaFailure,
  MediaPhase,
} from "../matrix/index.ts";
export { type CreateCalls, createCalls } from "./calls.ts";
export { press, turn } from "./switching.ts";
export type * from "./types.ts";
