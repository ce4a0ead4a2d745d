/** A call whose devices are being opened while its ticket is fetched. Light: what carries media is loaded beside. */
import type { MatrixClient } from "matrix-js-sdk";
import type { CallTicket } from "../../api/index.ts";
import { isMicrophoneAllowed, loadChoice } from "./choice.ts";
import { closeDevices, type OpenedDevices, openDevices } from "./devices.ts";
import type { LiveMediaCall } from "./media-call.ts";
import { loadMediaCode } from "./media-code.ts";
import type { MediaLink } from "./media-link.ts";
import { memberIdOf } from "./member-id.ts";
import type { ReceivedKeys } from "./received-keys.ts";
import type { MediaCall, OpenCall, OpeningCall, Ring } from "./types.ts";
import type { Waiting } from "./waiting.ts";

type Options = OpenCall & { standBy?: Waiting | null };

export class Opening implements OpeningCall {
  readonly allowed: Promise<void>;
  readonly memberId: string | null;
  private readonly client: MatrixClient;
  private readonly received: ReceivedKeys;
  private readonly options: Options;
  private readonly devices: Promise<OpenedDevices | null>;
  private readonly code = loadMediaCode();
  private readonly ticket: Promise<CallTicket>;
  private tell: (ticket: CallTicket) => void = () => undefined;
  private refuse: (cause: Error) => void = () => undefined;
  private readonly comesIn: Promise<void>;
  private joined: Promise<void> = Promise.resolve();
  private call: LiveMediaCall | null = null;
  private isIn = false;
  private isClosed = false;

  constructor(client: MatrixClient, received: ReceivedKeys, options: Options) {
    this.client = client;
    this.received = received;
    this.options = options;
    this.memberId = memberIdOf(options);
    const listens = options.listens === true;
    this.devices = listens
      ? Promise.resolve(null)
      : openDevices(loadChoice(), options.kind === "video", "user");
    const opened = this.devices.then(() => undefined);
    const isAllowed = listens ? Promise.resolve(true) : (options.standBy?.isAllowed ?? isMicrophoneAllowed());
    this.allowed = isAllowed.then((already) => (already ? undefined : opened));
    this.ticket = new Promise((resolve, reject) => {
      this.tell = resolve;
      this.refuse = reject;
    });
    this.comesIn = this.comeIn();
    // Whoever waits hears of it; nobody may wait yet.
    for (const promise of [this.devices, this.allowed, this.code, opened, this.ticket, this.comesIn])
      promise.catch(() => undefined);
  }

  async enter(ticket: CallTicket, ring: Ring | null): Promise<MediaCall> {
    try {
      const { MediaLink } = await this.code;
      await this.comesIn;
      if (this.isClosed) throw new Error("closed");
      this.tell(ticket);
      const call = this.call ?? (await this.begin(ticket, ring, () => new MediaLink()));
      await this.joined;
      this.isIn = true;
      return call;
    } catch (cause) {
      this.close();
      throw cause;
    }
  }

  /** A connection that is being made is given up at once: the media server must not see one come whose call is over. */
  close(): void {
    if (this.isClosed || this.isIn) return;
    this.isClosed = true;
    this.refuse(new Error("closed"));
    void this.call?.leave();
    this.options.standBy?.close();
    void this.devices.then(closeDevices).catch(() => undefined);
  }

  /** Also out of the call itself: the client stops. */
  async end(): Promise<void> {
    this.close();
    await this.call?.leave();
  }

  /** A device that waited is let in with the answer: it need not hear of it first. */
  private async comeIn(): Promise<void> {
    const { standBy } = this.options;
    if (!standBy) return;
    await this.code;
    const link = this.isClosed ? null : standBy.take();
    if (link !== null) await this.begin(standBy.ticket, null, () => link);
  }

  private async begin(ticket: CallTicket, ring: Ring | null, link: () => MediaLink): Promise<LiveMediaCall> {
    const { client, devices, memberId, options, received } = this;
    const { LiveMediaCall } = await this.code;
    const matrixRoom = client.getRoom(ticket.room_id);
    if (matrixRoom === null) throw new Error("the conversation is not known here yet");
    const parts = { client, matrixRoom, received, ticket, memberId, ring, devices, link: link() };
    this.call = new LiveMediaCall({ ...options, ...parts });
    this.joined = this.call.join(this.ticket);
    this.joined.catch(() => undefined);
    return this.call;
  }
}
