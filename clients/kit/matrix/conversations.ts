/** What lists need of each conversation: unread, last message, who is writing. Kept fresh room by room. */
import {
  ClientEvent,
  KnownMembership,
  type MatrixClient,
  type MatrixEvent,
  MatrixEventEvent,
  type Room,
  RoomEvent,
  RoomMemberEvent,
  RoomStateEvent,
} from "matrix-js-sdk";
import { type Identities, personIn } from "./people.ts";
import { Cell } from "./store.ts";
import { bodyOf, relatesTo } from "./timeline/content.ts";
import { textOf } from "./timeline/items.ts";
import { CONVERSATION_EVENT, saidByService } from "./timeline/view.ts";
import type { ConversationSummary } from "./types.ts";

export class Conversations {
  readonly all = new Cell<ReadonlyMap<string, ConversationSummary>>(new Map());
  private readonly client: MatrixClient;
  private readonly identities: Identities;
  private readonly dirty = new Set<string>();
  private scheduled = false;

  constructor(client: MatrixClient, identities: Identities) {
    this.client = client;
    this.identities = identities;
    const touch = (roomId: string | undefined) => roomId !== undefined && this.touch(roomId);
    const onRoom = (room: Room | undefined) => touch(room?.roomId);
    const onTimeline = (_event: MatrixEvent, room: Room | undefined) => onRoom(room);
    const onEvent = (event: MatrixEvent) => touch(event.getRoomId());
    client.on(ClientEvent.Room, onRoom);
    client.on(RoomEvent.MyMembership, onRoom);
    client.on(RoomEvent.Timeline, onTimeline);
    client.on(RoomEvent.Receipt, onTimeline);
    client.on(RoomEvent.Redaction, onTimeline);
    client.on(MatrixEventEvent.Decrypted, onEvent);
    client.on(RoomStateEvent.Events, onEvent);
    client.on(RoomMemberEvent.Typing, (_event, member) => touch(member.roomId));
    client.on(ClientEvent.DeleteRoom, touch);
  }

  touchAll(): void {
    for (const room of this.client.getRooms()) this.touch(room.roomId);
  }

  conversationIdOf(roomId: string): string | null {
    return conversationIdOf(this.client.getRoom(roomId));
  }

  private touch(roomId: string): void {
    this.dirty.add(roomId);
    if (this.scheduled) return;
    this.scheduled = true;
    setTimeout(() => {
      this.scheduled = false;
      this.refresh();
    }, 30);
  }

  private refresh(): void {
    const next = new Map(this.all.get());
    for (const roomId of this.dirty) {
      const room = this.client.getRoom(roomId);
      if (room === null) next.delete(roomId);
      else next.set(roomId, this.summaryOf(room));
    }
    this.dirty.clear();
    this.all.set(next);
  }

  private summaryOf(room: Room): ConversationSummary {
    const membership = room.getMyMembership();
    return {
      roomId: room.roomId,
      conversationId: conversationIdOf(room),
      membership:
        membership === KnownMembership.Join
          ? "joined"
          : membership === KnownMembership.Invite
            ? "invited"
            : "left",
      unread: unreadOf(room, this.identities),
      lastMessage: this.lastMessageOf(room),
      typing: room
        .getJoinedMembers()
        .flatMap((member) =>
          member.typing && member.userId !== this.identities.me
            ? [personIn(room, member.userId, this.identities)]
            : [],
        ),
    };
  }

  private lastMessageOf(room: Room): ConversationSummary["lastMessage"] {
    const event = room
      .getLiveTimeline()
      .getEvents()
      .findLast((candidate) => isMessage(candidate) && !saidByService(candidate, this.identities.keeper));
    if (event === undefined) return null;
    if (event.isEncrypted() && event.getClearContent() === null) void this.client.decryptEventIfNeeded(event);
    const mine = event.getSender() === this.identities.me;
    const base = { at: event.getTs(), mine };
    if (event.isRedacted()) return { ...base, kind: "redacted", text: "" };
    if (event.getType() === "m.room.encrypted" || event.isDecryptionFailure())
      return { ...base, kind: "unreadable", text: "" };
    const body = bodyOf(event.getContent());
    return { ...base, kind: body.type, text: textOf(body) };
  }
}

function conversationIdOf(room: Room | null): string | null {
  const content = room?.currentState
    .getStateEvents(CONVERSATION_EVENT, "")
    ?.getContent<{ conversation_id?: unknown }>();
  return typeof content?.conversation_id === "string" ? content.conversation_id : null;
}

function isMessage(event: MatrixEvent): boolean {
  const type = event.getType();
  if (type !== "m.room.message" && type !== "m.room.encrypted") return false;
  return relatesTo(event.getWireContent()).replaces === null;
}

/** Messages of others after one's own receipt. Counted here: the server cannot look into encrypted messages. */
function unreadOf(room: Room, { me, keeper }: Identities): number {
  const read = room.getEventReadUpTo(me);
  let count = 0;
  for (const event of room.getLiveTimeline().getEvents().toReversed()) {
    if (event.getId() === read || event.getSender() === me) break;
    if (isMessage(event) && !event.isRedacted() && !saidByService(event, keeper)) count += 1;
  }
  return count;
}
