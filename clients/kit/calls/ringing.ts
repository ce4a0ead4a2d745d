/**
 * What this device does while it rings, so that nobody waits who answers: it fetches what carries media, and waits at the media server, in no
 * call and in no record. Where that fails nothing is lost: the way is made when the call is answered.
 */
import type { Call, ConsultApi } from "../api/index.ts";
import type { Engine, StandBy } from "../matrix/index.ts";

export interface RingingParts {
  api: Pick<ConsultApi, "standBy">;
  engine: Pick<Engine, "prepareCall" | "standBy">;
  /** As of `CreateCalls`. */
  sticky?: boolean;
}

interface Ringing {
  callId: string;
  standBy: StandBy | null;
}

export class RingingDevice {
  private readonly parts: RingingParts;
  private now: Ringing | null = null;

  constructor(parts: RingingParts) {
    this.parts = parts;
  }

  /** It rings; harmless however often. */
  ring({ id, state }: Call): void {
    if (this.now?.callId === id) return;
    this.stop();
    this.parts.engine.prepareCall();
    this.now = { callId: id, standBy: null };
    // Who is asked into a call that is on is let in at once.
    if (state === "ringing") void this.wait(this.now).catch(() => undefined);
  }

  /** It is answered: what waits is the call's from now on. */
  answer(callId: string): StandBy | null {
    if (this.now?.callId !== callId) return null;
    const { standBy } = this.now;
    this.now = null;
    return standBy;
  }

  /** It rings no longer. */
  stop(): void {
    this.now?.standBy?.close();
    this.now = null;
  }

  private async wait(ringing: Ringing): Promise<void> {
    const { api, engine, sticky } = this.parts;
    const memberId = sticky === true ? crypto.randomUUID() : null;
    const { ticket } = await api.standBy(ringing.callId, memberId);
    if (ticket !== null && this.now === ringing) ringing.standBy = engine.standBy(ticket, memberId);
  }
}
