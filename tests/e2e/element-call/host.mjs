/**
 * The page of a client that knows nothing of this system: signed in with matrix-js-sdk alone, it hears rings as the specification says, and
 * hosts Element Call as a widget. The test speaks to it by `consiliumHost`.
 */
import { ClientEvent, createClient, EventType, KnownMembership, MatrixEventEvent, RoomStateEvent, SyncState } from "matrix-js-sdk";
import { parseCallNotificationContent } from "matrix-js-sdk/lib/matrixrtc/index.js";
import { ClientWidgetApi, Widget } from "matrix-widget-api";
import { Driver, rawOf } from "./driver.mjs";

/** What Element Call tells its host. A host that keeps no window manager needs to do nothing but say so. */
const TOLD = ["io.element.join", "io.element.device_mute", "im.vector.hangup"];

class Host {
  /** What came to pass, in order, for the test to look at. */
  log = [];
  /** Rings that concern this user, in the clear. */
  rings = [];
  client = null;
  widget = null;

  note(what, detail) {
    this.log.push({ what, at: Date.now(), ...detail });
  }

  async signIn(homeserver, user, password) {
    const identifier = { type: "m.id.user", user };
    const session = await createClient({ baseUrl: homeserver }).loginRequest({ type: "m.login.password", identifier, password });
    this.client = createClient({
      baseUrl: homeserver,
      userId: session.user_id,
      deviceId: session.device_id,
      accessToken: session.access_token,
      disableVoip: true,
    });
    await this.client.initRustCrypto({ useIndexedDB: false });
    this.client.on(ClientEvent.Event, (event) => void this.#heard(event));
    const ready = new Promise((done) => this.client.on(ClientEvent.Sync, (state) => state === SyncState.Syncing && done()));
    await this.client.startClient({ initialSyncLimit: 20 });
    await ready;
    return { userId: session.user_id, deviceId: session.device_id };
  }

  /** The rooms that this user is in. */
  rooms() {
    return this.client
      .getRooms()
      .filter((room) => room.getMyMembership() === KnownMembership.Join)
      .map(({ roomId }) => roomId);
  }

  /** Who is in the room's call, as MatrixRTC has it: memberships of both forms. */
  members(roomId) {
    const session = this.client.matrixRTC.getRoomSession(this.client.getRoom(roomId));
    return session.memberships.map(({ userId, deviceId }) => ({ userId, deviceId }));
  }

  async #heard(event) {
    await this.client.decryptEventIfNeeded(event);
    if (event.isDecryptionFailure()) event.once(MatrixEventEvent.Decrypted, () => void this.#read(event));
    else await this.#read(event);
  }

  async #read(event) {
    if (event.getType() !== EventType.RTCNotification || event.getSender() === this.client.getUserId()) return;
    const room = this.client.getRoom(event.getRoomId());
    try {
      const { lifetime, "m.call.intent": intent } = await parseCallNotificationContent(event, { room, userId: this.client.getUserId() });
      this.rings.push({ at: Date.now(), from: event.getSender(), lifetime, intent });
    } catch (cause) {
      this.note("no-ring", { why: cause.message });
    }
  }

  /** Opens Element Call. @param {Record<string, string>} parameters beyond those that every host gives */
  open(elementCall, roomId, parameters) {
    const { client } = this;
    const id = `call-${crypto.randomUUID()}`;
    const url = new URL("index.html", new URL(elementCall, location.href));
    url.search = new URLSearchParams({ widgetId: id, parentUrl: location.href });
    const fragment = new URLSearchParams({
      roomId,
      userId: client.getUserId(),
      deviceId: client.getDeviceId(),
      baseUrl: client.baseUrl,
      perParticipantE2EE: "true",
      confineToRoom: "true",
      lang: "en",
      ...parameters,
    });
    url.hash = `?${fragment}`;
    this.widget = new OpenWidget(client, client.getRoom(roomId), { id, url: url.href }, (what, detail) => this.note(what, detail));
  }
}

/** Element Call in a frame, and what it is fed. */
class OpenWidget {
  #endings = [];

  constructor(client, room, { id, url }, note) {
    this.room = room;
    this.note = note;
    this.frame = document.createElement("iframe");
    this.frame.title = "Element Call";
    this.frame.allow = "camera; microphone; display-capture; autoplay";
    document.querySelector("main").append(this.frame);
    const widget = new Widget({ id, url, type: "m.custom", name: "Element Call", creatorUserId: client.getUserId(), waitForIframeLoad: false });
    this.api = new ClientWidgetApi(widget, this.frame, new Driver(client, room, note));
    this.#answer();
    this.#feed(client);
    this.frame.src = url;
  }

  #answer() {
    const { api, note } = this;
    const on = (action, reply, then) =>
      api.on(`action:${action}`, (event) => {
        event.preventDefault();
        note("action", { action, data: event.detail.data });
        api.transport.reply(event.detail, reply);
        then?.();
      });
    for (const action of TOLD) on(action, {});
    on("set_always_on_screen", { success: true });
    on("io.element.close", {}, () => this.close());
  }

  #feed(client) {
    const { api, room } = this;
    const listen = (event, heard) => {
      client.on(event, heard);
      this.#endings.push(() => client.off(event, heard));
    };
    const give = (event) => this.#fed(api.feedEvent(rawOf(event)));
    listen(ClientEvent.Event, async (event) => {
      if (event.getRoomId() !== room.roomId) return;
      await client.decryptEventIfNeeded(event);
      if (event.isDecryptionFailure()) event.once(MatrixEventEvent.Decrypted, () => give(event));
      else give(event);
    });
    listen(RoomStateEvent.Events, (event) => {
      if (event.getRoomId() === room.roomId) this.#fed(api.feedStateUpdate(rawOf(event)));
    });
    listen(ClientEvent.ReceivedToDeviceMessage, ({ message, encryptionInfo }) => {
      this.#fed(api.feedToDevice(message, encryptionInfo !== null));
    });
  }

  /** A widget that is just closing takes nothing any more. */
  #fed(work) {
    work.catch((cause) => this.note("not-fed", { why: String(cause) }));
  }

  close() {
    for (const end of this.#endings.splice(0)) end();
    this.api.stop();
    this.frame.remove();
    this.note("closed", {});
  }
}

globalThis.consiliumHost = new Host();
