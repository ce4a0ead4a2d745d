/**
 * Calls that go on and that this operator is asked into: by a colleague, or because he has taken over the consultation.
 *
 * They ring here as long as a call rings, though they were answered long ago; once for each time one is asked. The service says who is asked
 * (`Call.invited`); how long is counted by this machine's clock from when it was heard. One who is in a call is not disturbed.
 */
import type { Call } from "@consilium/kit/api";
import type { Calls } from "@consilium/kit/calls";
import { Cell, type Engine } from "@consilium/kit/matrix";

export interface Invitation {
  readonly call: Call;
  /** Name of who asks; null: the consultation is this operator's own now. */
  readonly by: string | null;
  /** Tells one time of being asked from the next. */
  readonly key: string;
}

/** The first call that asks for `me` and that was not answered or declined yet. */
export function invitationOf(
  open: readonly Call[],
  me: string,
  done: ReadonlySet<string>,
): Invitation | null {
  for (const call of open) {
    const asked = call.invited.find(({ user_id: id }) => id === me);
    if (asked === undefined || call.state === "ended") continue;
    const key = `${call.id}|${asked.since}`;
    if (!done.has(key)) return { call, by: asked.invited_by, key };
  }
  return null;
}

function ringMs({ ring_until: until, started_at: from }: Call): number {
  return Math.max(0, Date.parse(until) - Date.parse(from));
}

export class CallInvitations {
  readonly current = new Cell<Invitation | null>(null);
  private readonly calls: Pick<Calls, "open" | "place">;
  private readonly engine: Pick<Engine, "userId" | "conversations">;
  private readonly done = new Set<string>();
  private readonly endings: (() => void)[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(calls: Pick<Calls, "open" | "place">, engine: Pick<Engine, "userId" | "conversations">) {
    this.calls = calls;
    this.engine = engine;
    const look = () => this.look();
    this.endings = [calls.open, calls.place, engine.conversations].map((each) => each.subscribe(look));
    look();
  }

  /** It was answered, declined, or has rung long enough. */
  dismiss(): void {
    const invitation = this.current.get();
    if (invitation === null) return;
    this.done.add(invitation.key);
    this.look();
  }

  close(): void {
    for (const end of this.endings) end();
    clearTimeout(this.timer);
  }

  private look(): void {
    const place = this.calls.place.get();
    const isFree = place === null || place.at === "over";
    // Who has not come into the room yet would be let into no call of it.
    const inRoom = (call: Call) => this.engine.conversations.get().get(call.room_id)?.membership === "joined";
    const open = isFree ? this.calls.open.get().filter(inRoom) : [];
    const next = invitationOf(open, this.engine.userId, this.done);
    if (next?.key !== this.current.get()?.key) {
      clearTimeout(this.timer);
      if (next !== null) this.timer = setTimeout(() => this.dismiss(), ringMs(next.call));
    }
    this.current.set(next);
  }
}
