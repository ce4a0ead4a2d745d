/** A call whose devices are being opened while its ticket is fetched. Light: what carries media is loaded beside. */
import type { MatrixClient } from "matrix-js-sdk";
import type { CallTicket } from "../../api/index.ts";
import { isAllowedAlready, loadChoice } from "./choice.ts";
import { closeDevices, type OpenedDevices, openDevices } from "./devices.ts";
import type { LiveMediaCall } from "./media-call.ts";
import type { ReceivedKeys } from "./received-keys.ts";
import type { MediaCall, OpenCall, OpeningCall, Ring } from "./types.ts";

/** LiveKit's client and what stands on it. */
export const loadMediaCode = () => import("./media-call.ts");

export class Opening implements OpeningCall {
  readonly allowed: Promise<void>;
  readonly memberId: string | null;
  private readonly client: MatrixClient;
  private readonly received: ReceivedKeys;
  private readonly options: OpenCall;
  private readonly devices: Promise<OpenedDevices | null>;
  private readonly code = loadMediaCode();
  private call: LiveMediaCall | null = null;
  private isIn = false;
  private isClosed = false;

  constructor(client: MatrixClient, received: ReceivedKeys, options: OpenCall) {
    this.client = client;
    this.received = received;
    this.options = options;
    this.memberId = options.sticky === true ? crypto.randomUUID() : null;
    const listens = options.listens === true;
    this.devices = listens
      ? Promise.resolve(null)
      : openDevices(loadChoice(), options.kind === "video", "user");
    const opened = this.devices.then(() => undefined);
    const isAllowed = listens ? Promise.resolve(true) : isAllowedAlready("microphone");
    this.allowed = isAllowed.then((already) => (already ? undefined : opened));
    // Whoever waits hears of it; nobody may wait yet.
    for (const promise of [this.devices, this.allowed, this.code, opened]) promise.catch(() => undefined);
  }

  async enter(ticket: CallTicket, ring: Ring | null): Promise<MediaCall> {
    const { client, devices, memberId, options, received } = this;
    const matrixRoom = client.getRoom(ticket.room_id);
    try {
      if (matrixRoom === null) throw new Error("the conversation is not known here yet");
      const { LiveMediaCall } = await this.code;
      if (this.isClosed) throw new Error("closed");
      const parts = { client, matrixRoom, received, ticket, memberId, ring, devices };
      this.call = new LiveMediaCall({ ...options, ...parts });
      await this.call.join();
      this.isIn = true;
      return this.call;
    } catch (cause) {
      this.close();
      throw cause;
    }
  }

  /** A connection that is being made is given up at once: the media server must not see one come whose call is over. */
  close(): void {
    if (this.isClosed || this.isIn) return;
    this.isClosed = true;
    void this.call?.leave();
    void this.devices.then(closeDevices).catch(() => undefined);
  }

  /** Also out of the call itself: the client stops. */
  async end(): Promise<void> {
    this.close();
    await this.call?.leave();
  }
}
