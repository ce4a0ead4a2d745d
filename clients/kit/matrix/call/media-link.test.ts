import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MediaLink } from "./media-link.ts";

const rooms: FakeRoom[] = [];

interface FakeRoom {
  options: unknown;
  state: string;
  localParticipant: { permissions: { canPublish: boolean } };
  tell: (event: string) => void;
  disconnect: () => Promise<void>;
}

vi.mock("livekit-client/e2ee-worker?worker&url", () => ({ default: "/worker.js" }));
vi.mock("./choice.ts", () => ({ loadChoice: () => ({ speaker: null }) }));
vi.mock("./media-keys.ts", () => ({ MediaKeys: class {} }));
vi.mock("livekit-client", () => ({
  ConnectionState: { Connected: "connected" },
  LogLevel: { silent: 5 },
  RoomEvent: { ParticipantPermissionsChanged: "permissions", Disconnected: "disconnected" },
  setLogLevel: () => undefined,
  Room: class {
    state = "disconnected";
    localParticipant = { permissions: { canPublish: false } };
    private readonly listeners = new Map<() => void, string>();
    setE2EEEnabled = async () => undefined;
    connect = async () => {
      this.state = "connected";
    };
    disconnect = vi.fn(async () => {
      this.state = "disconnected";
      this.tell("disconnected");
    });
    readonly options: unknown;
    constructor(options: unknown) {
      this.options = options;
      rooms.push(this as unknown as FakeRoom);
    }
    on(event: string, listener: () => void) {
      this.listeners.set(listener, event);
      return this;
    }
    off(_event: string, listener: () => void) {
      this.listeners.delete(listener);
      return this;
    }
    tell(event: string) {
      for (const [listener, of] of [...this.listeners]) if (of === event) listener();
    }
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("Worker", class {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function waiting() {
  const link = new MediaLink();
  await link.connect({} as never);
  const room = rooms.at(-1);
  if (room === undefined) throw new Error("no room was made");
  const letIn = () => {
    room.localParticipant.permissions = { canPublish: true };
    room.tell("permissions");
  };
  return { link, room, letIn };
}

test("a device that waits is let in before it has heard of it otherwise", async () => {
  const { link, letIn } = await waiting();
  const isIn = link.letIn(new Promise(() => undefined));
  letIn();
  expect(await isIn).toBe(true);
  expect(await link.letIn(Promise.resolve())).toBe(true);
});

test("one that is not let in soon after the service's word waits no longer, nor one whose answer was refused", async () => {
  for (const told of [() => Promise.resolve(), () => Promise.reject(new Error("taken"))]) {
    const { link, room } = await waiting();
    const isIn = link.letIn(told());
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await isIn).toBe(false);
    expect(room.disconnect).toHaveBeenCalled();
  }
});

test("one that was thrown out meanwhile, or has never waited, is not in", async () => {
  const { link, room } = await waiting();
  const isIn = link.letIn(new Promise(() => undefined));
  room.state = "disconnected";
  room.tell("disconnected");
  expect(await isIn).toBe(false);
  expect(await new MediaLink().letIn(Promise.resolve())).toBe(false);
});

test("sound outlives loss and costs nothing in silence, pictures come as large as they are shown, and all is encrypted", () => {
  const link = new MediaLink();
  expect(rooms.at(-1)?.options).toMatchObject({
    adaptiveStream: true,
    dynacast: true,
    publishDefaults: { dtx: true, red: true, simulcast: true },
    e2ee: { keyProvider: link.keys },
  });
});
