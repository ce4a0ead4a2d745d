import { EventEmitter } from "node:events";
import { RoomEvent, RoomMemberEvent } from "matrix-js-sdk";
import { expect, test } from "vitest";
import { type Rotating, rotateAfterLeaving } from "./rotation.ts";

function world(hasEncryptor = true) {
  const discarded: string[] = [];
  const emitter = new EventEmitter();
  const client = Object.assign(emitter, {
    getUserId: () => "@anna:hs.test",
    getCrypto: () => ({
      forceDiscardSession: (roomId: string) => {
        discarded.push(roomId);
        return hasEncryptor ? Promise.resolve() : undefined;
      },
    }),
  });
  const end = rotateAfterLeaving(client as unknown as Rotating);
  const becomes = (userId: string, membership: string) =>
    emitter.emit(RoomMemberEvent.Membership, {}, { userId, membership, roomId: "!r:hs.test" });
  return { discarded, emitter, end, becomes };
}

test("a session ends when somebody left or was banned, and not when somebody comes", () => {
  const { discarded, becomes } = world();
  becomes("@petrova:hs.test", "invite");
  becomes("@petrova:hs.test", "join");
  expect(discarded).toEqual([]);
  becomes("@petrova:hs.test", "leave");
  becomes("@sokolov:hs.test", "ban");
  expect(discarded).toEqual(["!r:hs.test", "!r:hs.test"]);
  becomes("@anna:hs.test", "leave");
  expect(discarded).toHaveLength(2);
});

test("a gap in the timeline ends it too, until it is ended itself", () => {
  const { discarded, emitter, end } = world();
  emitter.emit(RoomEvent.TimelineReset, { roomId: "!gap:hs.test" });
  emitter.emit(RoomEvent.TimelineReset, undefined);
  expect(discarded).toEqual(["!gap:hs.test"]);
  end();
  emitter.emit(RoomEvent.TimelineReset, { roomId: "!gap:hs.test" });
  expect(discarded).toHaveLength(1);
});

test("a room that nothing was encrypted in is no failure", () => {
  const { becomes, emitter } = world(false);
  expect(() => becomes("@petrova:hs.test", "leave")).not.toThrow();
  expect(() => emitter.emit(RoomEvent.TimelineReset, { roomId: "!new:hs.test" })).not.toThrow();
});
