import { expect, test } from "vitest";
import { identitiesOf, MEDIA_KEY_EVENT, type ReceivedKey, ReceivedKeys } from "./received-keys.ts";

const ROOM = "!r:x";
const PROOF = { sender: "@petrova:x", senderDevice: "DESK" };
const KEY = {
  keys: { index: 0, key: "AAECAwQFBgcICQoLDA0ODw" },
  member: { id: "@petrova:x:DESK", claimed_device_id: "DESK" },
  room_id: ROOM,
};
const message = (content: unknown = KEY, type = MEDIA_KEY_EVENT) => ({ type, content });

function heardIn(keys: ReceivedKeys, roomId = ROOM) {
  const heard: ReceivedKey[] = [];
  return { heard, end: keys.listen(roomId, (key) => heard.push(key)) };
}

test("a key that came while it rang is there when the call begins, and later ones come too", () => {
  const keys = new ReceivedKeys();
  keys.onToDevice(message(), PROOF);
  const { heard } = heardIn(keys);
  keys.onToDevice(message({ ...KEY, keys: { ...KEY.keys, index: 1 } }), PROOF);
  expect(heard.map(({ index, userId, deviceId, memberId }) => [index, userId, deviceId, memberId])).toEqual([
    [0, "@petrova:x", "DESK", null],
    [1, "@petrova:x", "DESK", null],
  ]);
  expect([...(heard[0]?.raw ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
});

test.each<[string, unknown, typeof PROOF | null | { sender: string }]>([
  ["in clear", message(), null],
  ["of another device than it names", message(), { ...PROOF, senderDevice: "OTHER" }],
  ["of a device that nobody knows", message(), { sender: PROOF.sender }],
  ["of another kind", message(KEY, "m.room_key"), PROOF],
  ["without content", message(null), PROOF],
  ["without a room", message({ ...KEY, room_id: 1 }), PROOF],
  ["without a member", message({ ...KEY, member: undefined }), PROOF],
  ["with a key that is none", message({ ...KEY, keys: { index: 0, key: "***" } }), PROOF],
  ["with a key that is no text", message({ ...KEY, keys: { index: 0, key: 7 } }), PROOF],
  ["with an index that no ring has", message({ ...KEY, keys: { ...KEY.keys, index: 256 } }), PROOF],
  ["with half an index", message({ ...KEY, keys: { ...KEY.keys, index: 0.5 } }), PROOF],
])("a key %s is nobody's", (_name, sent, proof) => {
  const keys = new ReceivedKeys();
  const { heard } = heardIn(keys);
  keys.onToDevice(sent as ReturnType<typeof message>, proof);
  expect(heard).toEqual([]);
});

test("keys of another room, of a call that is over and of an hour ago are not this call's", () => {
  let now = 0;
  const keys = new ReceivedKeys(() => now);
  keys.onToDevice(message({ ...KEY, room_id: "!other:x" }), PROOF);
  keys.onToDevice(message(), PROOF);
  const first = heardIn(keys);
  expect(first.heard).toHaveLength(1);
  first.end();
  expect(heardIn(keys).heard).toEqual([]);
  keys.onToDevice(message(), PROOF);
  keys.forget(ROOM);
  expect(heardIn(keys).heard).toEqual([]);
  now = 3_600_000;
  expect(heardIn(keys, "!other:x").heard).toEqual([]);
});

test("however many come, only the last are kept", () => {
  const keys = new ReceivedKeys();
  for (let index = 0; index < 100; index++)
    keys.onToDevice(message({ ...KEY, keys: { ...KEY.keys, index } }), PROOF);
  const { heard } = heardIn(keys);
  expect(heard).toHaveLength(32);
  expect(heard.at(-1)?.index).toBe(99);
});

test("the media server knows a device by its membership", async () => {
  const key = { roomId: ROOM, userId: "@a:x", deviceId: "D", index: 0, raw: new Uint8Array(16) };
  expect(await identitiesOf({ ...key, memberId: null })).toEqual(["@a:x:D"]);
  // SHA-256 of ["@a:x","D","m"], as MSC4195 says.
  const [ofState, ofSticky] = await identitiesOf({ ...key, memberId: "m" });
  expect(ofState).toBe("@a:x:D");
  expect(ofSticky).toBe("29gqBNAjoG0+u0yncMeREUEJQYqR2kfTKhNJAnqNN6s");
});
