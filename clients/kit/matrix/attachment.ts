/**
 * Encrypted attachments: AES-256-CTR with a key for each file.
 * [Spec](https://spec.matrix.org/v1.19/client-server-api/#sending-encrypted-attachments).
 */
import type { EncryptedFileInfo } from "./types.ts";

/** Everything of `EncryptedFile` but the address, which the upload gives. */
export type AttachmentSecret = Omit<EncryptedFileInfo, "url">;

export async function encryptAttachment(
  plain: ArrayBuffer,
): Promise<{ cipher: ArrayBuffer; secret: AttachmentSecret }> {
  const key = await crypto.subtle.generateKey({ name: "AES-CTR", length: 256 }, true, ["encrypt", "decrypt"]);
  // The lower 64 bits count the blocks and begin at 0.
  const iv = new Uint8Array(16);
  crypto.getRandomValues(iv.subarray(0, 8));
  const cipher = await crypto.subtle.encrypt({ name: "AES-CTR", counter: iv, length: 64 }, key, plain);
  const { k } = await crypto.subtle.exportKey("jwk", key);
  if (k === undefined) throw new Error("a symmetric key always has k");
  return {
    cipher,
    secret: {
      key: { alg: "A256CTR", ext: true, k, key_ops: ["encrypt", "decrypt"], kty: "oct" },
      iv: toBase64(iv),
      hashes: { sha256: toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", cipher))) },
      v: "v2",
    },
  };
}

/** Errors: throws when the bytes are not those that were sent. */
export async function decryptAttachment(cipher: ArrayBuffer, secret: AttachmentSecret): Promise<ArrayBuffer> {
  const digest = toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", cipher)));
  const expected = secret.hashes.sha256?.replace(/=+$/, "");
  if (digest !== expected) throw new Error("The file is not the one that was sent.");
  const jwk = { kty: "oct", k: secret.key.k, alg: "A256CTR", ext: true, key_ops: ["encrypt", "decrypt"] };
  const key = await crypto.subtle.importKey("jwk", jwk, { name: "AES-CTR" }, false, ["decrypt"]);
  const length = secret.v === "v1" ? 128 : 64;
  return crypto.subtle.decrypt({ name: "AES-CTR", counter: fromBase64(secret.iv), length }, key, cipher);
}

/** Unpadded standard base64, as the specification has it. */
function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
