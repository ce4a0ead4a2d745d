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

  constructor(ticket: CallTicket, memberId: string | null) {
    this.ticket = ticket;
    this.memberId = memberId;
    // Where nothing comes of it the way is made when the call is answered.
    void this.connect(ticket).catch(() => this.close());
  }

  /** The way, if it is there: whoever takes it closes it. */
  take(): MediaLink | null {
    const { link } = this;
    if (link?.isConnected !== true) this.close();
    else this.link = null;
    return this.isClosed ? null : link;
  }

  close(): void {
    this.isClosed = true;
    void this.link?.close();
    this.link = null;
  }

  private async connect(ticket: CallTicket): Promise<void> {
    const { MediaLink } = await loadMediaCode();
    if (this.isClosed) return;
    this.link = new MediaLink();
    await this.link.connect(ticket);
  }
}
