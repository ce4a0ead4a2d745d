/**
 * Media keys of all participants for LiveKit's worker: raw keys of MatrixRTC in, by identity and index.
 *
 * Not LiveKit's own provider, which has one shared passphrase. Indices of MatrixRTC run from 0 to 255, hence the size of the ring.
 */
import { BaseKeyProvider, CryptorError, CryptorErrorReason } from "livekit-client";

const RING_SIZE = 256;
const RATCHET_WINDOW = 10;

export class MediaKeys extends BaseKeyProvider {
  /** Imports finish in the order in which they began: what is set last is what is used. */
  private turn: Promise<void> = Promise.resolve();
  private readonly known = new Map<string, Set<number>>();
  /** Of whom something came that was encrypted with a key of this index, which was not here; any key of his that comes ends it. */
  private readonly missed = new Map<string, number>();

  constructor() {
    super({ sharedKey: false, keyringSize: RING_SIZE, ratchetWindowSize: RATCHET_WINDOW });
  }

  set(raw: Uint8Array<ArrayBuffer>, identity: string, index: number): Promise<void> {
    const imported = crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveBits", "deriveKey"]);
    this.turn = Promise.all([imported, this.turn]).then(([key]) => {
      this.onSetEncryptionKey(key, identity, index);
      this.known.set(identity, new Set(this.known.get(identity)).add(index));
      this.missed.delete(identity);
    });
    return this.turn;
  }

  /** Whether a key of this identity has come, and the worker has it. */
  has(identity: string): boolean {
    return this.known.has(identity);
  }

  /** What the worker could not decode. Which key was missing is typed nowhere: it stands in the words alone, and not where a key of one's own is missing. */
  failed(identity: string, error: Error): void {
    if (reasonOf(error) !== CryptorErrorReason.MissingKey) return;
    const index = /\bindex (\d+)\b/.exec(error.message)?.[1];
    if (index !== undefined && !this.known.get(identity)?.has(Number(index)))
      this.missed.set(identity, Number(index));
  }

  /** Whether this identity sends what no key that is here decodes: none came, or the one that it uses now got lost. */
  lacks(identity: string): boolean {
    return !this.has(identity) || this.missed.has(identity);
  }
}

/** LiveKit's reason. What its worker tells comes as a plain error, whose words begin with the reason's name (livekit-client 2.23, `e2ee.worker`). */
function reasonOf(error: Error): CryptorErrorReason | null {
  if (error instanceof CryptorError) return error.reason;
  const [name] = error.message.split(":", 1);
  const reason = CryptorErrorReason[name as keyof typeof CryptorErrorReason];
  return typeof reason === "number" ? reason : null;
}
