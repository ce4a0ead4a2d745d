/**
 * This device's way to the media server: LiveKit's room, with the keys and the worker that media need. It is made when a call is entered, or
 * while it rings: then the device waits in the room, unseen, sending nothing and getting nothing, until it has answered and is let in.
 */
import { ConnectionState, LogLevel, Room, RoomEvent, setLogLevel } from "livekit-client";
import workerUrl from "livekit-client/e2ee-worker?worker&url";
import type { CallTicket } from "../../api/index.ts";
import { loadChoice } from "./choice.ts";
import { MediaKeys } from "./media-keys.ts";

/** The person waits for it; a second try is his. */
const CONNECT = { maxRetries: 1, websocketTimeout: 10_000, peerConnectionTimeout: 15_000 };
/** Who has answered is let in with the answer. If not, the way is made anew. Unit: ms. */
const LET_IN_MS = 1_500;

export class MediaLink {
  readonly keys = new MediaKeys();
  readonly room: Room;
  private readonly worker: Worker;

  constructor() {
    setLogLevel(LogLevel.silent);
    this.worker = new Worker(workerUrl, { type: "module" });
    this.room = makeRoom(this.keys, this.worker);
  }

  get isConnected(): boolean {
    return this.room.state === ConnectionState.Connected;
  }

  /** Rejects where the media server cannot be reached, or does not let this device come. */
  async connect(ticket: CallTicket): Promise<void> {
    await this.room.setE2EEEnabled(true);
    await this.room.connect(ticket.url, ticket.jwt, CONNECT);
  }

  /** Whether a device that waits is let in, with the answer or soon after the service has given its word (`told`). If not, it waits no longer. */
  async letIn(told: Promise<unknown>): Promise<boolean> {
    if (this.isConnected && (await this.maySend(told))) return true;
    await this.room.disconnect(false).catch(() => undefined);
    return false;
  }

  private maySend(told: Promise<unknown>): Promise<boolean> {
    const { room } = this;
    const may = () => room.localParticipant.permissions?.canPublish === true;
    return new Promise((resolve) => {
      let patience: ReturnType<typeof setTimeout> | undefined;
      const settle = () => {
        clearTimeout(patience);
        room.off(RoomEvent.ParticipantPermissionsChanged, look).off(RoomEvent.Disconnected, settle);
        resolve(may() && this.isConnected);
      };
      const look = () => may() && settle();
      room.on(RoomEvent.ParticipantPermissionsChanged, look).on(RoomEvent.Disconnected, settle);
      told.then(() => (patience = setTimeout(settle, LET_IN_MS)), settle);
      look();
    });
  }

  async close(): Promise<void> {
    await this.room.disconnect(true).catch(() => undefined);
    this.worker.terminate();
  }
}

function makeRoom(keyProvider: MediaKeys, worker: Worker): Room {
  const { speaker } = loadChoice();
  return new Room({
    adaptiveStream: true,
    dynacast: true,
    // LiveKit would leave at `beforeunload` too, which a tap on a telephone number fires.
    disconnectOnPageLeave: false,
    publishDefaults: { dtx: true, red: true, simulcast: true },
    ...(speaker === null ? {} : { audioOutput: { deviceId: speaker } }),
    e2ee: { keyProvider, worker },
  });
}
