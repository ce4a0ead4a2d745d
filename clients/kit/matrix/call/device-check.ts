/** A look and a listen before a call: what microphone and camera give, on this machine only. */
import { Cell } from "../store.ts";
import {
  cameraWish,
  canChooseSpeaker,
  changeChoice,
  type DeviceKind,
  listDevices,
  loadChoice,
  microphoneWish,
} from "./choice.ts";
import { meter } from "./level.ts";
import { troubleOf } from "./trouble.ts";
import type { DeviceCheck, MediaDevices } from "./types.ts";

type Microphone = ReturnType<DeviceCheck["microphone"]["get"]>;
type Camera = ReturnType<DeviceCheck["camera"]["get"]>;

const TONE_HZ = [523, 659, 784];
const TONE_STEP_S = 0.18;
const TONE_LOUDNESS = 0.15;

export class LocalDeviceCheck implements DeviceCheck {
  readonly devices = new Cell<MediaDevices>({ microphones: [], cameras: [], speakers: [] });
  readonly microphone = new Cell<Microphone>({ state: "off", level: 0, trouble: null });
  readonly camera = new Cell<Camera>({ state: "off", trouble: null });
  private readonly videos = new Set<HTMLVideoElement>();
  private voice: MediaStream | null = null;
  private picture: MediaStream | null = null;
  private endMeter: () => void = () => undefined;
  private isClosed = false;

  constructor() {
    navigator.mediaDevices?.addEventListener("devicechange", this.onDevices);
    this.onDevices();
  }

  show(video: HTMLVideoElement): () => void {
    this.videos.add(video);
    video.srcObject = this.picture;
    return () => {
      this.videos.delete(video);
      video.srcObject = null;
    };
  }

  /** One after the other: a refused camera must not hide that the microphone works. */
  async open(what: { microphone: boolean; camera: boolean }): Promise<void> {
    if (what.microphone) await this.openMicrophone();
    else this.closeMicrophone();
    if (what.camera) await this.openCamera();
    else this.closeCamera();
    this.onDevices();
  }

  async choose(kind: DeviceKind, id: string): Promise<void> {
    changeChoice({ [kind]: id });
    if (kind === "microphone" && this.microphone.get().state !== "off") await this.openMicrophone();
    if (kind === "camera" && this.camera.get().state !== "off") await this.openCamera();
  }

  async playTone(): Promise<void> {
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const end = playNotes(context, out);
    const sound = new Audio();
    sound.srcObject = out.stream;
    const { speaker } = loadChoice();
    if (speaker !== null && canChooseSpeaker()) await sound.setSinkId(speaker).catch(() => undefined);
    await sound.play().catch(() => undefined);
    await end;
    sound.srcObject = null;
    await context.close();
  }

  close(): void {
    this.isClosed = true;
    navigator.mediaDevices?.removeEventListener("devicechange", this.onDevices);
    this.closeMicrophone();
    this.closeCamera();
  }

  private readonly onDevices = (): void => {
    void listDevices().then((devices) => !this.isClosed && this.devices.set(devices));
  };

  private async openMicrophone(): Promise<void> {
    this.closeMicrophone();
    this.microphone.set({ state: "asking", level: 0, trouble: null });
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: microphoneWish(loadChoice()) });
      if (this.isClosed) return stopAll(stream);
      this.voice = stream;
      this.microphone.set({ state: "on", level: 0, trouble: null });
      const tell = (level: number) => this.microphone.set({ state: "on", level, trouble: null });
      this.endMeter = meter(stream, 512, tell);
    } catch (cause) {
      this.microphone.set({ state: "off", level: 0, trouble: troubleOf(cause) });
    }
  }

  private async openCamera(): Promise<void> {
    this.closeCamera();
    this.camera.set({ state: "asking", trouble: null });
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: cameraWish(loadChoice(), "user") });
      if (this.isClosed) return stopAll(stream);
      this.picture = stream;
      for (const video of this.videos) video.srcObject = stream;
      this.camera.set({ state: "on", trouble: null });
    } catch (cause) {
      this.camera.set({ state: "off", trouble: troubleOf(cause) });
    }
  }

  private closeMicrophone(): void {
    this.endMeter();
    this.endMeter = () => undefined;
    if (this.voice !== null) stopAll(this.voice);
    this.voice = null;
    this.microphone.set({ state: "off", level: 0, trouble: null });
  }

  private closeCamera(): void {
    for (const video of this.videos) video.srcObject = null;
    if (this.picture !== null) stopAll(this.picture);
    this.picture = null;
    this.camera.set({ state: "off", trouble: null });
  }
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Three rising notes; resolves when the last one has faded. */
function playNotes(context: AudioContext, out: AudioNode): Promise<void> {
  const gain = context.createGain();
  gain.gain.value = TONE_LOUDNESS;
  gain.connect(out);
  return new Promise((resolve) => {
    TONE_HZ.forEach((frequency, index) => {
      const note = context.createOscillator();
      note.frequency.value = frequency;
      note.connect(gain);
      note.start(context.currentTime + index * TONE_STEP_S);
      note.stop(context.currentTime + (index + 1) * TONE_STEP_S);
      if (index === TONE_HZ.length - 1) note.onended = () => resolve();
    });
  });
}
