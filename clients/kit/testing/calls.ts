/** Calls without a server and without devices: values that a test sets, and what was pressed. */
import type { Call, CallKind, DeclineReason } from "../api/index.ts";
import type { CallFailure, CallPlace, Calls } from "../calls/index.ts";
import type { CallMember, DeviceCheck, MediaCall, MediaFailure, MediaPhase } from "../matrix/index.ts";
import { Cell } from "../matrix/store.ts";

const STARTED = Date.UTC(2026, 10, 25, 12, 0);

export function callSample(part: Partial<Call> = {}): Call {
  return {
    id: "call-1",
    consultation_id: "consultation-1",
    conversation_id: "conversation-1",
    room_id: "!r:x",
    kind: "video",
    state: "ringing",
    outcome: null,
    decline_reason: null,
    caller_side: "staff",
    caller_user_id: "@petrova:x",
    caller_name: "Irina Petrova",
    started_at: new Date(STARTED).toISOString(),
    ring_until: new Date(STARTED + 45_000).toISOString(),
    answered_at: null,
    answered_user_id: null,
    answered_device_id: null,
    ended_at: null,
    talked_seconds: 0,
    participants: [],
    invited: [],
    ...part,
  };
}

export function memberSample(part: Partial<CallMember> = {}): CallMember {
  return {
    identity: "@petrova:x:DESK",
    userId: "@petrova:x",
    name: "Irina Petrova",
    isSelf: false,
    microphone: "on",
    camera: "on",
    screen: false,
    isSpeaking: false,
    quality: "excellent",
    isEncrypted: true,
    ...part,
  };
}

type Cells<T> = { [K in keyof T]: T[K] extends { get(): infer V; subscribe: unknown } ? Cell<V> : T[K] };

export type FakeMedia = Cells<MediaCall> & { pressed: string[] };

/** A call in which one's own device and one other are; `pressed` says what was asked of it, as `setMicrophone false`. */
export function fakeMedia(phase: MediaPhase = "live"): FakeMedia {
  const pressed: string[] = [];
  const own = new Cell<ReturnType<MediaCall["own"]["get"]>>({
    microphone: true,
    camera: true,
    screen: false,
    facing: "user",
    canSwitchCamera: true,
    canShareScreen: true,
    noiseSuppression: true,
    trouble: null,
    devices: {
      microphones: [
        { id: "m1", label: "Built-in microphone" },
        { id: "m2", label: "Headset" },
      ],
      cameras: [{ id: "c1", label: "Front camera" }],
      speakers: [{ id: "s1", label: "Built-in speaker" }],
    },
    chosen: { microphone: "m1", camera: "c1", speaker: "s1" },
  });
  const press =
    (name: string, apply: (value: boolean) => void = () => undefined) =>
    async (...values: (boolean | string)[]): Promise<void> => {
      pressed.push([name, ...values].join(" "));
      if (typeof values[0] === "boolean") apply(values[0]);
    };
  const self = memberSample({ identity: "@anna:x:PHONE", userId: "@anna:x", name: "Anna", isSelf: true });
  const phaseCell = new Cell<MediaPhase>(phase);
  return {
    phase: phaseCell,
    failure: new Cell<MediaFailure | null>(null),
    members: new Cell<readonly CallMember[]>([self, memberSample()]),
    own,
    listens: false,
    isWeak: new Cell(false),
    isSilenced: new Cell(false),
    pressed,
    show: (identity, source) => {
      pressed.push(`show ${identity} ${source}`);
      return () => void pressed.push(`hide ${identity} ${source}`);
    },
    setMicrophone: press("setMicrophone", (microphone) => own.set({ ...own.get(), microphone })),
    setCamera: press("setCamera", (camera) => own.set({ ...own.get(), camera })),
    switchCamera: press("switchCamera"),
    setScreen: press("setScreen", (screen) => own.set({ ...own.get(), screen })),
    setNoiseSuppression: press("setNoiseSuppression", (on) =>
      own.set({ ...own.get(), noiseSuppression: on }),
    ),
    choose: press("choose"),
    resumeSound: press("resumeSound"),
    leave: async () => {
      pressed.push("leave");
      phaseCell.set("left");
    },
  };
}

export type FakeDeviceCheck = Cells<DeviceCheck> & { pressed: string[] };

export function fakeDeviceCheck(): FakeDeviceCheck {
  const pressed: string[] = [];
  const microphone = new Cell<ReturnType<DeviceCheck["microphone"]["get"]>>({
    state: "off",
    level: 0,
    trouble: null,
  });
  const camera = new Cell<ReturnType<DeviceCheck["camera"]["get"]>>({ state: "off", trouble: null });
  return {
    devices: new Cell({
      microphones: [{ id: "m1", label: "Built-in microphone" }],
      cameras: [],
      speakers: [],
    }),
    microphone,
    camera,
    pressed,
    show: () => () => undefined,
    open: async (what) => {
      pressed.push(`open ${JSON.stringify(what)}`);
      microphone.set({
        state: what.microphone ? "on" : "off",
        level: what.microphone ? 0.4 : 0,
        trouble: null,
      });
      camera.set({ state: what.camera ? "on" : "off", trouble: null });
    },
    choose: async (kind, id) => void pressed.push(`choose ${kind} ${id}`),
    playTone: async () => void pressed.push("playTone"),
    close: () => void pressed.push("close"),
  };
}

export interface FakeCalls extends Cells<Omit<Calls, "check">> {
  check: Calls["check"];
  /** What was asked: `start consultation-1 video`, `answer audio`, `decline busy`, `hangUp`, `join call-1 video`, `dismiss`. */
  pressed: string[];
  /** What `start`, `answer` and `join` give back. */
  failure: CallFailure | null;
  deviceCheck: FakeDeviceCheck;
}

export function fakeCalls(place: CallPlace | null = null): FakeCalls {
  const pressed: string[] = [];
  const deviceCheck = fakeDeviceCheck();
  const calls: FakeCalls = {
    place: new Cell<CallPlace | null>(place),
    waiting: new Cell<Call | null>(null),
    open: new Cell<readonly Call[]>([]),
    availability: new Cell<ReturnType<Calls["availability"]["get"]>>({ state: "available" }),
    pressed,
    failure: null,
    deviceCheck,
    start: async (consultationId: string, kind: CallKind) => {
      pressed.push(`start ${consultationId} ${kind}`);
      return calls.failure;
    },
    startCallback: async (callbackId: string, kind: CallKind) => {
      pressed.push(`startCallback ${callbackId} ${kind}`);
      return calls.failure;
    },
    answer: async (kind: CallKind) => {
      pressed.push(`answer ${kind}`);
      return calls.failure;
    },
    decline: async (reason: DeclineReason) => void pressed.push(`decline ${reason}`),
    hangUp: async () => void pressed.push("hangUp"),
    join: async (call: Call, kind: CallKind) => {
      pressed.push(`join ${call.id} ${kind}`);
      return calls.failure;
    },
    dismiss: () => {
      pressed.push("dismiss");
      if (calls.place.get()?.at === "over") calls.place.set(null);
    },
    check: async () => deviceCheck,
    heard: (call: Call) => void pressed.push(`heard ${call.id}`),
    refresh: async () => void pressed.push("refresh"),
    close: () => void pressed.push("close"),
  };
  return calls;
}
