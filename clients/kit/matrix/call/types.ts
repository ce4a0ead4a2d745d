/**
 * One device's part in one call, as plain values: Matrix membership, media keys and the media server's room are behind it.
 *
 * No type of LiveKit or of the SDK leaves `kit/matrix`. What the app shows of a call is `kit/calls`.
 */
import type { CallKind, CallTicket, QualityReport } from "../../api/index.ts";
import type { Readable } from "../store.ts";

export interface MediaDevice {
  id: string;
  label: string;
}
export interface MediaDevices {
  microphones: MediaDevice[];
  cameras: MediaDevice[];
  speakers: MediaDevice[];
}

/** Why the browser gives no device. `denied`: the person (or the clinic's machine) refused · `absent`: nothing is plugged in · `busy`: another program has it · `insecure`: the page is not served safely. */
export type DeviceTrouble = "denied" | "absent" | "busy" | "insecure" | "unknown";

/** Before a call: a local look and listen. Nothing leaves the device. */
export interface DeviceCheck {
  readonly devices: Readable<MediaDevices>;
  readonly microphone: Readable<{
    state: "off" | "asking" | "on";
    level: number;
    trouble: DeviceTrouble | null;
  }>; // level 0..1
  readonly camera: Readable<{ state: "off" | "asking" | "on"; trouble: DeviceTrouble | null }>;
  /** The camera's picture into this element; returns the end of it. */
  show(video: HTMLVideoElement): () => void;
  open(what: { microphone: boolean; camera: boolean }): Promise<void>;
  choose(kind: "microphone" | "camera" | "speaker", id: string): Promise<void>;
  /** A short tone at the chosen speaker. */
  playTone(): Promise<void>;
  close(): void;
}

export type LinkQuality = "excellent" | "good" | "poor" | "lost" | "unknown";

/** `joining` · `live` · `stalled`: no bytes for 2 s, last picture stands · `reconnecting` · `failed`: 30 s of nothing, or thrown out for good: offer «call again» · `left`. */
export type MediaPhase = "joining" | "live" | "stalled" | "reconnecting" | "failed" | "left";

/** Why it is `failed`, or `left` without having been asked to. `ended`: the call is over for all · `removed`: this device may not be in it. */
export type MediaFailure = "lost" | "removed" | "ended";

export interface CallMember {
  /** Identity at the media server: stable key of a tile. */
  identity: string;
  userId: string;
  name: string;
  isSelf: boolean;
  microphone: "on" | "muted" | "absent";
  camera: "on" | "off";
  screen: boolean;
  isSpeaking: boolean;
  quality: LinkQuality;
  /** `false`: media came without encryption: nothing of it is shown or played, and that is said. */
  isEncrypted: boolean;
}

export interface MediaCall {
  /** Sends nothing: there is nothing to switch on. */
  readonly listens: boolean;
  readonly phase: Readable<MediaPhase>;
  /** `null` as long as nothing went wrong. */
  readonly failure: Readable<MediaFailure | null>;
  readonly members: Readable<readonly CallMember[]>; // self first
  readonly own: Readable<{
    microphone: boolean;
    camera: boolean;
    screen: boolean;
    facing: "user" | "environment";
    canSwitchCamera: boolean;
    canShareScreen: boolean;
    noiseSuppression: boolean;
    trouble: DeviceTrouble | null;
    devices: MediaDevices;
    chosen: { microphone: string | null; camera: string | null; speaker: string | null };
  }>;
  /** The network is too weak for pictures: the app offers audio only. */
  readonly isWeak: Readable<boolean>;
  /** The browser refuses to play sound before a touch: the app shows «tap to hear», which calls `resumeSound`. */
  readonly isSilenced: Readable<boolean>;
  /** Attach a member's picture; returns the end of it. */
  show(identity: string, source: "camera" | "screen", video: HTMLVideoElement): () => void;
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  switchCamera(): Promise<void>;
  setScreen(on: boolean): Promise<void>;
  setNoiseSuppression(on: boolean): Promise<void>;
  choose(kind: "microphone" | "camera" | "speaker", id: string): Promise<void>;
  resumeSound(): Promise<void>;
  /** Leaves media and membership. The service is told by `Calls`. */
  leave(): Promise<void>;
}

/** A device at which it rings waits at the media server: it sends nothing, gets nothing, and is in no call until it is let in. */
export interface StandBy {
  /** As of `OpeningCall`: the same for the answer. */
  readonly memberId: string | null;
  /** It rings no longer; harmless once a call has been opened with it. */
  close(): void;
}

export interface OpenCall {
  kind: CallKind;
  /** Of a call that rang here: the way to the media server, which is then this call's to close. */
  standBy?: StandBy | null;
  /** Only looks and listens, as an observer does: no device is opened, nothing is sent. */
  listens?: boolean;
  /** Says by a sticky event instead of a state event that this device is in the call. */
  sticky?: boolean;
  /** Each 10 s while media flow. */
  onQuality: (report: QualityReport) => void;
}

/** What a call that this device begins does on the other side. */
export interface Ring {
  /** So long clients that are not ours ring. Unit: ms. */
  ms: number;
  /** Accounts at which it rings, by the service: their devices get this device's media key beforehand. */
  users: readonly string[];
}

/** A call whose devices are being opened while the service is asked for the ticket. */
export interface OpeningCall {
  /**
   * Resolves at once where the browser allowed the microphone before, else when the person has decided: nobody shall be rung by one who
   * may not speak. Rejects with `DeviceError`.
   */
  readonly allowed: Promise<void>;
  /** To be given with the request for the ticket; `null` for a membership by state event. */
  readonly memberId: string | null;
  /**
   * Joins. `ring`: of a call that is started; `null`: one that is joined.
   * Rejects with `DeviceError`, or where the media server cannot be reached; nothing stays open then.
   */
  enter(ticket: CallTicket, ring: Ring | null): Promise<MediaCall>;
  /** Gives up, also in the middle of `enter`; harmless after it. */
  close(): void;
}
