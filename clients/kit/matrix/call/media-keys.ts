/**
 * Media keys of all participants for LiveKit's worker: raw keys of MatrixRTC in, by identity and index.
 *
 * Not LiveKit's own provider, which has one shared passphrase. Indices of MatrixRTC run from 0 to 255, hence the size of the ring.
 */
import { BaseKeyProvider } from "livekit-client";

const RING_SIZE = 256;
const RATCHET_WINDOW = 10;

export class MediaKeys extends BaseKeyProvider {
  /** Imports finish in the order in which they began: what is set last is what is used. */
  private turn: Promise<void> = Promise.resolve();
  private readonly known = new Set<string>();

  constructor() {
    super({ sharedKey: false, keyringSize: RING_SIZE, ratchetWindowSize: RATCHET_WINDOW });
  }

  set(raw: Uint8Array<ArrayBuffer>, identity: string, index: number): Promise<void> {
    const imported = crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveBits", "deriveKey"]);
    this.turn = Promise.all([imported, this.turn]).then(([key]) => {
      this.onSetEncryptionKey(key, identity, index);
      this.known.add(identity);
    });
    return this.turn;
  }

  /** Whether a key of this identity has come, and the worker has it. */
  has(identity: string): boolean {
    return this.known.has(identity);
  }
}
