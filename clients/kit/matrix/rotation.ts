/**
 * When a room's session ends: whoever left may have it, also where this device never saw him come, because the keeper hands
 * the whole history to who takes a consultation. The SDK makes a new session only when one of those left that this device
 * shared it with.
 */
import { KnownMembership, type Room, RoomEvent, type RoomMember, RoomMemberEvent } from "matrix-js-sdk";

/** The part of the SDK's client that is needed. */
export interface Rotating {
  on(event: RoomMemberEvent.Membership, listener: (event: unknown, member: RoomMember) => void): unknown;
  on(event: RoomEvent.TimelineReset, listener: (room: Room | undefined) => void): unknown;
  off(event: RoomMemberEvent.Membership, listener: (event: unknown, member: RoomMember) => void): unknown;
  off(event: RoomEvent.TimelineReset, listener: (room: Room | undefined) => void): unknown;
  getUserId(): string | null;
  /** `forceDiscardSession` gives no promise, whatever its type says, for a room that nothing was encrypted in. */
  getCrypto(): { forceDiscardSession(roomId: string): Promise<void> | undefined } | undefined;
}

/** From now on; call what it gives to end it. Before the first sync there is no session to end. */
export function rotateAfterLeaving(client: Rotating): () => void {
  const discard = (roomId: string) => {
    // Nothing to discard is no failure. What is thrown here would end the reading of the sync that is under way.
    client
      .getCrypto()
      ?.forceDiscardSession(roomId)
      ?.catch(() => undefined);
  };
  const onMembership = (_event: unknown, member: Pick<RoomMember, "membership" | "roomId" | "userId">) => {
    const left = member.membership === KnownMembership.Leave || member.membership === KnownMembership.Ban;
    if (left && member.userId !== client.getUserId()) discard(member.roomId);
  };
  // A gap in the timeline: who came and went in it is not told.
  const onReset = (room: Pick<Room, "roomId"> | undefined) => {
    if (room !== undefined) discard(room.roomId);
  };
  client.on(RoomMemberEvent.Membership, onMembership);
  client.on(RoomEvent.TimelineReset, onReset);
  return () => {
    client.off(RoomMemberEvent.Membership, onMembership);
    client.off(RoomEvent.TimelineReset, onReset);
  };
}
