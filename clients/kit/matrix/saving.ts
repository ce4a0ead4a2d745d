/**
 * Keeps what the SDK stores close to what is on the screen. By itself it writes every five minutes: whoever closes the app earlier would
 * open it without a network and miss the last words.
 */

/** What is said within this time is written once. */
const SAVE_AFTER_MS = 1_500;

export class StoreSaver {
  private readonly save: () => Promise<void>;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(save: () => Promise<void>) {
    this.save = save;
  }

  /** Something new was shown. */
  soon(): void {
    this.timer ??= setTimeout(() => this.now(), SAVE_AFTER_MS);
  }

  /** The page may go. */
  now(): void {
    this.stop();
    void this.save().catch(() => undefined);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
