/** What this device sends: microphone, camera, screen; which devices, and what to do when one is taken away. */
import {
  type AudioCaptureOptions,
  LocalAudioTrack,
  type LocalParticipant,
  LocalVideoTrack,
  ParticipantEvent,
  type Room,
  RoomEvent,
  Track,
  type VideoCaptureOptions,
} from "livekit-client";
import { Cell } from "../store.ts";
import {
  cameraWish,
  changeChoice,
  type DeviceChoice,
  type DeviceKind,
  type Facing,
  listDevices,
  loadChoice,
  microphoneWish,
} from "./choice.ts";
import type { OpenedDevices } from "./devices.ts";
import { sendSmallest, sendWhole } from "./first-picture.ts";
import { troubleOf } from "./trouble.ts";
import type { MediaCall } from "./types.ts";

export type Own = ReturnType<MediaCall["own"]["get"]>;

/** A microphone that was taken (a telephone call) is asked for again so often. */
const REGAIN_MS = 3_000;
const KINDS = { microphone: "audioinput", camera: "videoinput", speaker: "audiooutput" } as const;

export class OwnMedia {
  readonly state: Cell<Own>;
  private readonly room: Room;
  private readonly me: LocalParticipant;
  /** What the person wants; the devices may be behind. */
  private readonly wants: { microphone: boolean; camera: boolean };
  private readonly sends: boolean;
  private isPublished = false;
  /** Changes that are under way: what is in between is nobody's trouble. */
  private changing = 0;
  private regain: ReturnType<typeof setInterval> | null = null;
  private isOver = false;

  /** `kind`: what is sent; `null`: nothing. */
  constructor(room: Room, kind: "audio" | "video" | null) {
    this.room = room;
    this.me = room.localParticipant;
    this.sends = kind !== null;
    this.wants = { microphone: kind !== null, camera: kind === "video" };
    const { noiseSuppression, ...chosen } = loadChoice();
    this.state = new Cell<Own>({
      ...this.wants,
      screen: false,
      facing: "user",
      canSwitchCamera: false,
      canShareScreen: navigator.mediaDevices?.getDisplayMedia !== undefined,
      noiseSuppression,
      trouble: null,
      devices: { microphones: [], cameras: [], speakers: [] },
      chosen,
    });
    for (const event of [RoomEvent.LocalTrackPublished, RoomEvent.LocalTrackUnpublished] as const)
      room.on(event, this.update);
    for (const event of [RoomEvent.TrackMuted, RoomEvent.TrackUnmuted] as const)
      room.on(event, (_publication, participant) => participant === this.me && this.update());
    room.on(RoomEvent.MediaDevicesChanged, this.onDevices);
    this.me
      .on(ParticipantEvent.LocalSenderCreated, (sender, { source }) => {
        if (source === Track.Source.Camera) sendSmallest(sender);
      })
      .on(ParticipantEvent.LocalTrackSubscribed, ({ videoTrack }) => {
        if (videoTrack instanceof LocalVideoTrack && videoTrack.sender) sendWhole(videoTrack.sender);
      });
    document.addEventListener("visibilitychange", this.onVisible);
    // Else they are listed once they are open: the browser does one after the other.
    if (!this.sends) this.onDevices();
  }

  /** Sends what was opened, and what was asked for meanwhile. */
  async publish({ microphone, camera, cameraTrouble }: OpenedDevices): Promise<void> {
    const audio = new LocalAudioTrack(microphone, microphone.getConstraints(), false);
    if (!this.wants.microphone) await audio.mute();
    const sent = [this.attempt(() => this.me.publishTrack(audio, { source: Track.Source.Microphone }))];
    if (camera !== null) {
      const video = new LocalVideoTrack(camera, camera.getConstraints(), false);
      sent.push(this.attempt(() => this.me.publishTrack(video, { source: Track.Source.Camera })));
    }
    await Promise.all(sent);
    this.isPublished = true;
    if (cameraTrouble !== null) {
      this.wants.camera = false;
      this.change({ trouble: cameraTrouble });
    }
    if (this.wants.microphone !== this.me.isMicrophoneEnabled)
      await this.setMicrophone(this.wants.microphone);
    if (this.wants.camera !== this.me.isCameraEnabled) await this.setCamera(this.wants.camera);
    this.update();
    this.onDevices();
  }

  /**
   * Whoever rings sends a picture while nobody takes it yet. The media server has what nobody takes stopped after ten seconds, and who answers then
   * would wait until the camera's encoder has begun anew.
   */
  setUnseen(isUnseen: boolean): void {
    this.room.options.dynacast = !isUnseen;
  }

  /** There is no microphone after all: the person sees and hears, is told why, and it is asked for again. */
  goWithout(cause: unknown): void {
    this.isPublished = true;
    this.wants.camera = false;
    this.change({ trouble: troubleOf(cause) });
    this.update();
    this.onDevices();
  }

  async setMicrophone(on: boolean): Promise<void> {
    if (!this.sends) return;
    this.wants.microphone = on;
    if (!this.isPublished) this.change({ microphone: on });
    else await this.attempt(() => this.me.setMicrophoneEnabled(on, voiceOptions(loadChoice())));
  }

  async setCamera(on: boolean): Promise<void> {
    if (!this.sends) return;
    this.wants.camera = on;
    if (!this.isPublished) this.change({ camera: on });
    else if (!(await this.attempt(() => this.me.setCameraEnabled(on, this.cameraOptions()))))
      this.wants.camera = false;
  }

  /** The other side of a phone, or the next of several cameras. */
  async switchCamera(): Promise<void> {
    const track = this.camera();
    const { facing, devices, chosen } = this.state.get();
    const settings = track?.mediaStreamTrack.getSettings();
    const other: Facing = facing === "user" ? "environment" : "user";
    if (settings?.facingMode !== undefined && settings.facingMode !== "") {
      changeChoice({ camera: null });
      await this.attempt(async () => track?.restartTrack({ facingMode: other }));
      this.change({ facing: other, chosen: { ...chosen, camera: null } });
      return;
    }
    const at = devices.cameras.findIndex(({ id }) => id === (settings?.deviceId ?? chosen.camera));
    const next = devices.cameras[(at + 1) % devices.cameras.length];
    if (next !== undefined) await this.choose("camera", next.id);
  }

  /** A person who closes the browser's picker wanted nothing else: no trouble. */
  async setScreen(on: boolean): Promise<void> {
    if (!this.sends) return;
    await this.me
      .setScreenShareEnabled(on, { audio: false, selfBrowserSurface: "exclude", contentHint: "detail" })
      .catch(() => undefined);
    this.update();
  }

  async setNoiseSuppression(on: boolean): Promise<void> {
    const choice = changeChoice({ noiseSuppression: on });
    this.change({ noiseSuppression: on });
    const track = this.me.getTrackPublication(Track.Source.Microphone)?.audioTrack;
    if (track instanceof LocalAudioTrack) await this.attempt(() => track.restartTrack(voiceOptions(choice)));
  }

  async choose(kind: DeviceKind, id: string): Promise<void> {
    changeChoice({ [kind]: id });
    this.change({ chosen: { ...this.state.get().chosen, [kind]: id } });
    await this.attempt(() => this.room.switchActiveDevice(KINDS[kind], id));
  }

  stop(): void {
    this.isOver = true;
    this.stopRegaining();
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  private camera(): LocalVideoTrack | null {
    const track = this.me.getTrackPublication(Track.Source.Camera)?.videoTrack;
    return track instanceof LocalVideoTrack ? track : null;
  }

  private cameraOptions(): VideoCaptureOptions {
    const choice = loadChoice();
    const { deviceId } = cameraWish(choice, this.state.get().facing);
    return deviceId === undefined ? { facingMode: this.state.get().facing } : { deviceId };
  }

  private async attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.changing += 1;
    try {
      await work();
      this.change({ trouble: null });
      return true;
    } catch (cause) {
      if (!this.isOver) this.change({ trouble: troubleOf(cause) });
      return false;
    } finally {
      this.changing -= 1;
      this.update();
    }
  }

  private readonly update = (): void => {
    if (this.isOver || !this.isPublished) return;
    const { me } = this;
    this.change({
      microphone: me.isMicrophoneEnabled,
      camera: me.isCameraEnabled,
      screen: me.isScreenShareEnabled,
    });
    this.regainMicrophone();
  };

  /** The person wants to be heard and the track is muted: another program has the microphone. It comes back by itself. */
  private regainMicrophone(): void {
    if (this.changing > 0) return;
    const isTaken = this.wants.microphone && !this.me.isMicrophoneEnabled;
    if (!isTaken) this.stopRegaining();
    else {
      if (this.state.get().trouble === null) this.change({ trouble: "busy" });
      this.regain ??= setInterval(() => void this.tryMicrophone(), REGAIN_MS);
    }
  }

  private async tryMicrophone(): Promise<void> {
    if (this.wants.microphone && !this.me.isMicrophoneEnabled) await this.setMicrophone(true);
  }

  private stopRegaining(): void {
    if (this.regain !== null) clearInterval(this.regain);
    this.regain = null;
  }

  private readonly onVisible = (): void => {
    if (document.visibilityState === "visible" && this.regain !== null) void this.tryMicrophone();
  };

  private readonly onDevices = (): void => {
    void listDevices().then((devices) => {
      if (this.isOver) return;
      this.change({ devices, canSwitchCamera: devices.cameras.length > 1 });
      if (this.regain !== null) void this.tryMicrophone();
    });
  };

  private change(part: Partial<Own>): void {
    this.state.set({ ...this.state.get(), ...part });
  }
}

/** The wish in LiveKit's words. */
function voiceOptions(choice: DeviceChoice): AudioCaptureOptions {
  const { deviceId } = microphoneWish(choice);
  return {
    ...(deviceId === undefined ? {} : { deviceId }),
    echoCancellation: true,
    autoGainControl: true,
    noiseSuppression: choice.noiseSuppression,
  };
}
