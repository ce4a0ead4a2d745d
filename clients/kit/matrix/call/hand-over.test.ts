import type { MatrixClient, Room } from "matrix-js-sdk";
import { expect, test, vi } from "vitest";
import { handOver } from "./hand-over.ts";
import { MEDIA_KEY_EVENT, ReceivedKeys } from "./received-keys.ts";

const MEMBERS: Record<string, string> = { "@anna:x": "join", "@gone:x": "leave" };
const DEVICES: Record<string, string[]> = { "@anna:x": ["PHONE", "TABLET"], "@gone:x": ["OLD"] };

function world() {
  const send = vi.fn(async (..._args: unknown[]) => undefined);
  const client = {
    getCrypto: () => ({
      getUserDeviceInfo: async (users: string[]) =>
        new Map(users.map((user) => [user, new Map(DEVICES[user]?.map((device) => [device, {}]))])),
    }),
    encryptAndSendToDevice: send,
  } as unknown as MatrixClient;
  const room = {
    roomId: "!r:x",
    loadMembersIfNeeded: async () => true,
    getMember: (user: string) => (MEMBERS[user] === undefined ? null : { membership: MEMBERS[user] }),
  } as unknown as Room;
  const member = { deviceId: "DESK", memberId: "@petrova:x:DESK" };
  const key = { raw: Uint8Array.from([1, 2, 3]), index: 0 };
  return { send, part: { client, room, member, key } };
}

test("all devices that ring get the key, in words that they understand", async () => {
  const { send, part } = world();
  await handOver({ ...part, users: ["@anna:x"] });
  const [type, targets, content] = send.mock.calls[0] ?? [];
  expect(type).toBe(MEDIA_KEY_EVENT);
  expect(targets).toEqual([
    { userId: "@anna:x", deviceId: "PHONE" },
    { userId: "@anna:x", deviceId: "TABLET" },
  ]);
  const keys = new ReceivedKeys();
  keys.onToDevice({ type, content }, { sender: "@petrova:x", senderDevice: "DESK" });
  const heard: number[][] = [];
  keys.listen("!r:x", ({ raw }) => heard.push([...raw]));
  expect(heard).toEqual([[1, 2, 3]]);
});

test("whoever is not in the room gets nothing, whatever the service says", async () => {
  const { send, part } = world();
  await handOver({ ...part, users: ["@gone:x", "@stranger:x"] });
  expect(send).not.toHaveBeenCalled();
});
