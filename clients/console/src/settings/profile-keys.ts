/**
 * The keys that an operator chose, kept in his own account: they are there at any machine, and a machine that several share has each one's own. No React.
 *
 * The browser's copy is what works; the account's is laid over it when the desk opens and when another machine changes it. What is changed here goes there, the
 * latest wins, and what did not arrive is sent again.
 */
import type { AccountProfile } from "@consilium/kit/matrix";
import { parseBindings } from "../commands/bindings.ts";
import { DEFAULT_PREFS, type Prefs, type PrefsStore } from "./prefs.ts";

/** Under which they stand in the account. */
export const KEYS_TYPE = "chat.consilium.console";
/** What did not arrive is sent again after so long. Unit: milliseconds. */
export const AGAIN_MS = 5_000;

type Keys = Pick<Prefs, "bindings" | "singleKeys">;

export function parseKeys(content: Record<string, unknown>): Keys {
  return { bindings: parseBindings(content.bindings), singleKeys: content.singleKeys !== false };
}

const textOf = ({ bindings, singleKeys }: Keys): string => JSON.stringify({ bindings, singleKeys });

export class ProfileKeys {
  private readonly prefs: PrefsStore;
  private readonly profile: AccountProfile;
  private readonly userId: string;
  /** What the account has; null: it has not been read yet. */
  private known: string | null = null;
  /** What stood here before anything was read or pressed. */
  private readonly first: string;
  private isWriting = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopped = false;

  constructor(prefs: PrefsStore, profile: AccountProfile, userId: string) {
    this.prefs = prefs;
    this.profile = profile;
    this.userId = userId;
    this.first = textOf(prefs.prefs.get());
  }

  /** Returns what ends it. */
  start(): () => void {
    const stops = [
      this.profile.subscribe(KEYS_TYPE, (content) => this.heard(content)),
      this.prefs.prefs.subscribe(() => this.changed()),
    ];
    void this.load();
    return () => {
      this.stopped = true;
      this.stopTimer();
      for (const stop of stops) stop();
    };
  }

  private async load(): Promise<void> {
    try {
      const content = await this.profile.read(KEYS_TYPE);
      if (this.stopped) return;
      this.begin(content);
    } catch {
      this.later(() => this.load());
    }
  }

  /** What was pressed before the account was read stands. */
  private begin(content: Record<string, unknown> | null): void {
    const { keysOf } = this.prefs.prefs.get();
    const isPressed = this.now !== this.first;
    this.known = content === null ? textOf(DEFAULT_PREFS) : textOf(parseKeys(content));
    if (!isPressed) {
      if (content !== null) this.prefs.change(parseKeys(content));
      // The browser still has those of somebody who sat here before.
      else if (keysOf !== null && keysOf !== this.userId) this.prefs.change(parseKeys({}));
    }
    this.prefs.change({ keysOf: this.userId });
    this.changed();
  }

  private get now(): string {
    return textOf(this.prefs.prefs.get());
  }

  private heard(content: Record<string, unknown>): void {
    // What is on its way from here is later.
    if (this.known === null || this.isWriting || this.now !== this.known) return;
    const keys = parseKeys(content);
    this.known = textOf(keys);
    this.prefs.change(keys);
  }

  private changed(): void {
    if (this.known === null || this.isWriting || this.now === this.known) return;
    this.stopTimer();
    void this.write();
  }

  private async write(): Promise<void> {
    const sent = this.now;
    this.isWriting = true;
    let arrived = true;
    try {
      await this.profile.write(KEYS_TYPE, JSON.parse(sent) as Record<string, unknown>);
      this.known = sent;
    } catch {
      arrived = false;
    }
    this.isWriting = false;
    if (this.stopped) return;
    if (arrived) this.changed();
    else this.later(async () => this.changed());
  }

  private later(act: () => Promise<void>): void {
    if (this.stopped) return;
    this.stopTimer();
    this.timer = setTimeout(() => void act(), AGAIN_MS);
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
