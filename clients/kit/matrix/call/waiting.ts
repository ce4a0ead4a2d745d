/** A device at which it rings, on its way to the media server already. Light: what carries media is loaded beside. */
import type { CallTicket } from "../../api/index.ts";
import { isMicrophoneAllowed } from "./choice.ts";
import { loadMediaCode } from "./media-code.ts";
import type { MediaLink } from "./media-link.ts";
import type { StandBy } from "./types.ts";

export class Waiting implements StandBy {
  readonly ticket: CallTicket;
  readonly memberId: string | null;
  /** Asked while it rings, so that nobody waits for it who answers. */
  readonly isAllowed = isMicrophoneAllowed();
  private link: MediaLink | null = null;
  private isClosed = false;
  private readonly arrival: Promise<void>;

  constructor(ticket: CallTicket, memberId: string | null) {
    this.ticket = ticket;
    this.memberId = memberId;
    // Where nothing comes of it the way is made when the call is answered.
    this.arrival = this.connect(ticket).catch(() => this.close());
  }

  /** The way, if it is there: whoever takes it closes it. */
  take(): MediaLink | null {
    const link = this.leave();
    if (link?.isConnected === true) return link;
    // At once: one that arrived later would take the place of the new one, which has its name.
    void link?.close();
    return null;
  }

  close(): void {
    const link = this.leave();
    // Not in the middle of the way: browsers complain of a socket that is closed while it opens.
    if (link !== null) void this.arrival.finally(() => link.close());
  }

  private leave(): MediaLink | null {
    const { link } = this;
    this.isClosed = true;
    this.link = null;
    return link;
  }

  private async connect(ticket: CallTicket): Promise<void> {
    const { MediaLink } = await loadMediaCode();
    if (this.isClosed) return;
    this.link = new MediaLink();
    await this.link.connect(ticket);
  }
}
