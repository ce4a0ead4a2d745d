/**
 * Media keys of others, as they come to this device. Whoever calls hands his key over with the ring, long before this device is in the
 * call: such keys are kept for a while. A key counts only if it came encrypted, from the device that it names.
 */
import { decodeBase64, encodeUnpaddedBase64 } from "matrix-js-sdk/lib/base64.js";
import type { OlmEncryptionInfo } from "matrix-js-sdk/lib/crypto-api/index.js";

/** To-device event with a media key (MSC4143, in the form that clients use today). */
export const MEDIA_KEY_EVENT = "io.element.call.encryption_keys";
/** Longer than any call rings: two minutes at most. */
const KEPT_MS = 150_000;
const KEPT_MAX = 32;
const INDEX_MAX = 255;

export interface ReceivedKey {
  roomId: string;
  userId: string;
  deviceId: string;
  /** `null`: the membership is a state event, which has none. */
  memberId: string | null;
  index: number;
  raw: Uint8Array<ArrayBuffer>;
}

type Message = { type?: unknown; content?: unknown };
type Proof = Pick<OlmEncryptionInfo, "sender" | "senderDevice">;

export class ReceivedKeys {
  private readonly now: () => number;
  private readonly listeners = new Set<(key: ReceivedKey) => void>();
  private kept: { key: ReceivedKey; at: number }[] = [];

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** A to-device message; `proof`: who has encrypted it, `null` for one in clear. */
  onToDevice(message: Message, proof: Proof | null): void {
    const key = proof === null ? null : keyIn(message, proof);
    if (key === null) return;
    this.kept = [...this.kept.slice(1 - KEPT_MAX), { key, at: this.now() }];
    for (const listener of [...this.listeners]) listener(key);
  }

  /** Keys of this room from now on, and those that came while it rang, in their order. Returns the end of it. */
  listen(roomId: string, listener: (key: ReceivedKey) => void): () => void {
    const heard = (key: ReceivedKey) => key.roomId === roomId && listener(key);
    const since = this.now() - KEPT_MS;
    for (const { key, at } of this.kept) if (at >= since) heard(key);
    this.listeners.add(heard);
    return () => {
      this.listeners.delete(heard);
      this.forget(roomId);
    };
  }

  /** The call in this room is over: its keys are not the next one's, and whoever has an old one does not look for the new one. */
  forget(roomId: string): void {
    this.kept = this.kept.filter(({ key }) => key.roomId !== roomId);
  }
}

/** What the media server may call the device: which of the two depends on how it says that it is in the call (MSC4195). */
export async function identitiesOf({ userId, deviceId, memberId }: ReceivedKey): Promise<string[]> {
  const ofState = `${userId}:${deviceId}`;
  if (memberId === null) return [ofState];
  const bytes = new TextEncoder().encode(JSON.stringify([userId, deviceId, memberId]));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [ofState, encodeUnpaddedBase64(hash)];
}

function keyIn({ type, content }: Message, { sender, senderDevice }: Proof): ReceivedKey | null {
  if (type !== MEDIA_KEY_EVENT || !isRecord(content)) return null;
  const { keys, member, room_id: roomId } = content;
  if (!isRecord(keys) || !isRecord(member) || typeof roomId !== "string") return null;
  const { index, key } = keys;
  const { claimed_device_id: deviceId, id } = member;
  if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index > INDEX_MAX) return null;
  if (typeof deviceId !== "string" || deviceId !== senderDevice || typeof key !== "string") return null;
  const raw = decoded(key);
  if (raw === null) return null;
  const memberId = typeof id === "string" && id !== `${sender}:${deviceId}` ? id : null;
  return { roomId, userId: sender, deviceId, memberId, index, raw };
}

function decoded(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return decodeBase64(base64);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
