/** The events of the list of documents, by the SDK: pages of the history on their own (an open timeline is not made longer), and what is new. */
import {
  type IEvent,
  KnownMembership,
  type MatrixClient,
  type MatrixEvent,
  MatrixEventEvent,
  Method,
  type Room,
  RoomEvent,
} from "matrix-js-sdk";
import { type Identities, personIn } from "../people.ts";
import type { Person } from "../types.ts";
import type { DocumentSource, Entry, Listener, SourcePage } from "./list.ts";
import { readingOf } from "./reading.ts";

const PAGE = 100;
/** Everything that can be, or take back, a document; members come along, for their names. */
const FILTER = JSON.stringify({
  types: ["m.room.message", "m.room.encrypted", "m.room.redaction"],
  lazy_load_members: true,
});

type RawEvent = Partial<IEvent>;

/** `GET /rooms/{id}/messages`, as far as it is read here. */
interface MessagesPage {
  chunk: RawEvent[];
  end?: string;
  state?: RawEvent[];
}

export class SdkDocumentSource implements DocumentSource {
  private readonly client: MatrixClient;
  private readonly identities: Identities;
  /** Names of those who have left: the client does not know them by itself. */
  private readonly names = new Map<string, string>();
  private readonly waiting = new WeakSet<MatrixEvent>();
  private listener: Listener | null = null;

  constructor(client: MatrixClient, identities: Identities) {
    this.client = client;
    this.identities = identities;
  }

  rooms(): readonly string[] {
    return this.client
      .getRooms()
      .filter((room) => room.getMyMembership() === KnownMembership.Join)
      .map(({ roomId }) => roomId);
  }

  async page(roomId: string, from: string | null): Promise<SourcePage> {
    const answer = await this.client.http.authedRequest<MessagesPage>(
      Method.Get,
      `/rooms/${encodeURIComponent(roomId)}/messages`,
      { dir: "b", limit: String(PAGE), filter: FILTER, ...(from === null ? {} : { from }) },
    );
    for (const { state_key: userId, content } of answer.state ?? []) {
      const name = content?.displayname;
      if (userId !== undefined && typeof name === "string" && name !== "") this.names.set(userId, name);
    }
    const entries = await Promise.all(answer.chunk.map((event) => this.read(roomId, event)));
    return { entries, end: answer.end ?? null };
  }

  async read(roomId: string, raw: RawEvent): Promise<Entry> {
    const mapped = this.client.getEventMapper({ decrypt: false, preventReEmit: true });
    const event = mapped({ ...raw, room_id: roomId });
    return this.entryOf(roomId, event, raw);
  }

  listen(listener: Listener): () => void {
    this.listener = listener;
    const { client } = this;
    const onTimeline = (event: MatrixEvent, room: Room | undefined) => {
      if (room !== undefined && !event.isState() && event.getId()?.startsWith("$"))
        void this.hear(room.roomId, event);
    };
    const onRoom = (room: Room | undefined) => {
      if (room?.getMyMembership() === KnownMembership.Join) listener.onGap(room.roomId);
    };
    client.on(RoomEvent.Timeline, onTimeline);
    client.on(RoomEvent.TimelineReset, onRoom);
    client.on(RoomEvent.MyMembership, onRoom);
    return () => {
      this.listener = null;
      client.off(RoomEvent.Timeline, onTimeline);
      client.off(RoomEvent.TimelineReset, onRoom);
      client.off(RoomEvent.MyMembership, onRoom);
    };
  }

  private async hear(roomId: string, event: MatrixEvent): Promise<void> {
    const entry = await this.entryOf(roomId, event, event.event);
    this.listener?.onEntry(roomId, entry);
  }

  private async entryOf(roomId: string, event: MatrixEvent, raw: RawEvent): Promise<Entry> {
    if (event.isEncrypted() && !event.isRedacted()) await this.client.decryptEventIfNeeded(event);
    const id = event.getId() ?? "";
    const isUnreadable = event.isDecryptionFailure() || event.getType() === "m.room.encrypted";
    if (isUnreadable && !event.isRedacted()) this.waitFor(roomId, event);
    const reading = readingOf({
      id,
      roomId,
      type: event.getType(),
      at: event.getTs(),
      sender: this.person(roomId, event.getSender() ?? ""),
      content: event.getContent(),
      isRedacted: event.isRedacted(),
      redacts: redactedBy(event),
      isUnreadable: isUnreadable && !event.isRedacted(),
    });
    return { id, at: event.getTs(), reading, event: raw };
  }

  /** The SDK tries again by itself when the key comes. */
  private waitFor(roomId: string, event: MatrixEvent): void {
    if (this.waiting.has(event)) return;
    this.waiting.add(event);
    event.once(MatrixEventEvent.Decrypted, () => {
      this.waiting.delete(event);
      void this.hear(roomId, event);
    });
  }

  private person(roomId: string, userId: string): Person {
    const room = this.client.getRoom(roomId);
    const person = personIn(room, userId, this.identities);
    const known = this.names.get(userId);
    return known === undefined || room?.getMember(userId)?.events.member !== undefined
      ? person
      : { ...person, name: known };
  }
}

/** What a redaction takes back; `null`: it is none. Older versions of rooms say it beside the content. */
function redactedBy(event: MatrixEvent): string | null {
  if (event.getType() !== "m.room.redaction") return null;
  const target = event.event.redacts ?? event.getContent().redacts;
  return typeof target === "string" ? target : null;
}
