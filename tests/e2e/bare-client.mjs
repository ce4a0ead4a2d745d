/**
 * A person at a Matrix client that knows nothing of this system: matrix-js-sdk alone, in this process, with its own end-to-end encryption. No page, no app, none of our
 * HTTP API: what he sees are rooms and messages.
 */
import { ClientEvent, createClient, EventType, KnownMembership, MsgType, Preset, SyncState } from "matrix-js-sdk";
import { PASSWORD } from "./steps.mjs";

const HEARS_WITHIN_MS = 30_000;
const LOOK_MS = 100;
const QUIET = {
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  getChild() {
    return QUIET;
  },
};

export class BareClient {
  /** What was read so far in a room: how many events. */
  #read = new Map();

  /** Makes the account of a patient, and signs it in by its password. */
  static async at(world, login, name) {
    await world.command(["user", "create", login, "--name", name, "--tenant", "clinic"], `${PASSWORD}\n`);
    const person = new BareClient();
    const identifier = { type: "m.id.user", user: login };
    const session = await createClient({ baseUrl: world.api, logger: QUIET }).loginRequest({
      type: "m.login.password",
      identifier,
      password: PASSWORD,
    });
    person.client = createClient({
      baseUrl: world.api,
      userId: session.user_id,
      deviceId: session.device_id,
      accessToken: session.access_token,
      disableVoip: true,
      logger: QUIET,
    });
    await person.client.initRustCrypto({ useIndexedDB: false });
    const ready = new Promise((done) => person.client.on(ClientEvent.Sync, (state) => state === SyncState.Syncing && done()));
    await person.client.startClient({ initialSyncLimit: 50 });
    await ready;
    return person;
  }

  leave() {
    this.client.stopClient();
  }

  /** Opens an encrypted direct room with somebody, as the «new chat» of a client does. */
  async opens(userId) {
    const { room_id } = await this.client.createRoom({
      preset: Preset.PrivateChat,
      is_direct: true,
      invite: [userId],
      initial_state: [
        { type: EventType.RoomEncryption, state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } },
      ],
    });
    await this.#isEncrypted(room_id);
    await until(`${userId} comes`, () => this.client.getRoom(room_id)?.getMember(userId)?.membership === KnownMembership.Join);
    return room_id;
  }

  /** Accepts an invitation. */
  async accepts(roomId) {
    await until("the invitation is there", () => this.client.getRoom(roomId)?.getMyMembership() === KnownMembership.Invite);
    await this.client.joinRoom(roomId);
    await until("the room is there", () => this.client.getRoom(roomId)?.getMyMembership() === KnownMembership.Join);
    await this.#isEncrypted(roomId);
  }

  async #isEncrypted(roomId) {
    await until("the room is encrypted", () => this.client.getCrypto().isEncryptionEnabledInRoom(roomId));
  }

  /** Writes; what was there before is not waited for any more. */
  async says(roomId, body) {
    this.#read.set(roomId, this.#events(roomId).length);
    await this.client.sendMessage(roomId, { msgtype: MsgType.Text, body });
  }

  /** Waits until somebody else has said something like this, and returns it. */
  hears(roomId, pattern) {
    return until(`somebody says ${pattern}`, async () => {
      const from = this.#read.get(roomId) ?? 0;
      for (const [place, event] of this.#events(roomId).slice(from).entries()) {
        if (event.getSender() === this.client.getUserId()) continue;
        await this.client.decryptEventIfNeeded(event);
        const { body } = event.getContent();
        if (event.getType() !== EventType.RoomMessage || event.isDecryptionFailure() || !pattern.test(body ?? "")) continue;
        this.#read.set(roomId, from + place + 1);
        return { body, sender: event.getSender(), msgtype: event.getContent().msgtype, isEncrypted: event.isEncrypted() };
      }
      return null;
    });
  }

  #events(roomId) {
    return this.client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
  }
}

async function until(what, holds) {
  for (const deadline = Date.now() + HEARS_WITHIN_MS; Date.now() < deadline; ) {
    const held = await holds();
    if (held) return held;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  throw new Error(`it never came about that ${what}`);
}
