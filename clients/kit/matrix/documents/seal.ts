/**
 * What lies on this device sealed: AES-256-GCM under a key that the browser made and hands to no script, this one included. What is copied
 * out of the database is of no use elsewhere, and a row put in another one's place does not open. It does not hold against who has the whole
 * unlocked device: the browser keeps the key in its own files, and what opens without a network has to open with what lies there.
 */
import type { DocumentsDatabase } from "./database.ts";

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  cipher: ArrayBuffer;
}

const KEY_ID = "seal";
const IV_BYTES = 12;

export class Seal {
  private readonly key: CryptoKey;

  constructor(key: CryptoKey) {
    this.key = key;
  }

  /** `place` is where it will lie: it opens only there. */
  async close(plain: ArrayBuffer, place: string): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    return { iv, cipher: await crypto.subtle.encrypt(algorithm(iv, place), this.key, plain) };
  }

  /** Errors: throws where it is not what was sealed for this place. */
  async open({ iv, cipher }: Sealed, place: string): Promise<ArrayBuffer> {
    return crypto.subtle.decrypt(algorithm(iv, place), this.key, cipher);
  }

  async closeValue(value: unknown, place: string): Promise<Sealed> {
    return this.close(bytesOf(JSON.stringify(value)), place);
  }

  async openValue<T>(sealed: Sealed, place: string): Promise<T> {
    return JSON.parse(new TextDecoder().decode(await this.open(sealed, place))) as T;
  }
}

/** The seal of this sign-in; made when it is first asked for. */
export async function sealOf(database: DocumentsDatabase): Promise<Seal> {
  const known = await database.keys.get(KEY_ID);
  if (known !== undefined) return new Seal(known.key);
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  // Who asked at the same moment may have been first: what is there counts.
  await database.keys.add({ id: KEY_ID, key }).catch(() => undefined);
  return new Seal((await database.keys.get(KEY_ID))?.key ?? key);
}

const algorithm = (iv: Uint8Array<ArrayBuffer>, place: string) => ({
  name: "AES-GCM",
  iv,
  additionalData: bytesOf(place),
});

function bytesOf(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer as ArrayBuffer;
}
