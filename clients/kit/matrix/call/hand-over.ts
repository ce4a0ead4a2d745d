/**
 * The caller's media key goes with the ring to all devices that ring. By MatrixRTC alone a key is sent only to those who are in the call
 * already: whoever answers would sit before a dark picture until the caller's device has heard of him.
 */
import { KnownMembership, type MatrixClient, type Room } from "matrix-js-sdk";
import { encodeBase64 } from "matrix-js-sdk/lib/base64.js";
import { MEDIA_KEY_EVENT } from "./received-keys.ts";

export interface HandOver {
  client: MatrixClient;
  room: Room;
  /** At whom it rings, as the service says; who is not in the room gets nothing. */
  users: readonly string[];
  member: { deviceId: string; memberId: string };
  key: { raw: Uint8Array<ArrayBuffer>; index: number };
}

export async function handOver({ client, room, users, member, key }: HandOver): Promise<void> {
  await room.loadMembersIfNeeded();
  const present = users.filter((user) => room.getMember(user)?.membership === KnownMembership.Join);
  const devices = await client.getCrypto()?.getUserDeviceInfo(present);
  const targets = [...(devices ?? [])].flatMap(([userId, known]) =>
    [...known.keys()].map((deviceId) => ({ userId, deviceId })),
  );
  if (targets.length === 0) return;
  await client.encryptAndSendToDevice(MEDIA_KEY_EVENT, targets, {
    keys: { index: key.index, key: encodeBase64(key.raw) },
    member: { id: member.memberId, claimed_device_id: member.deviceId },
    room_id: room.roomId,
    session: { application: "m.call", call_id: "", scope: "m.room" },
    sent_ts: Date.now(),
  });
}
