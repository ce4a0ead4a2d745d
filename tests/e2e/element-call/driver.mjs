/** What Element Call asks of the client that it is a widget of, answered by a client of matrix-js-sdk. Runs in the host's page. */
import { Direction } from "matrix-js-sdk";
import { OpenIDRequestState, WidgetDriver } from "matrix-widget-api";

export class Driver extends WidgetDriver {
  /** @param {(what: string, detail: object) => void} note hears of everything that the widget has done */
  constructor(client, room, note) {
    super();
    this.client = client;
    this.room = room;
    this.note = note;
  }

  /** A client asks its user; this one's trusts Element Call with all that it wants. */
  async validateCapabilities(requested) {
    this.note("capabilities", { requested: [...requested] });
    return requested;
  }

  // --- what the widget sends ---

  async sendEvent(type, content, stateKey = null, roomId = null) {
    const { client } = this;
    const to = roomId ?? this.room.roomId;
    const sent =
      stateKey !== null
        ? await client.sendStateEvent(to, type, content, stateKey)
        : content.redacts !== undefined && type === "m.room.redaction"
          ? await client.redactEvent(to, content.redacts)
          : await client.sendEvent(to, type, content);
    this.note("event", { type, stateKey, content });
    return { roomId: to, eventId: sent.event_id };
  }

  async sendStickyEvent(stickyMs, type, content, roomId = null) {
    const to = roomId ?? this.room.roomId;
    const sent = await this.client._unstable_sendStickyEvent(to, stickyMs, null, type, content);
    this.note("event", { type, content, stickyMs });
    return { roomId: to, eventId: sent.event_id };
  }

  async sendDelayedEvent(delay, type, content, stateKey = null, roomId = null) {
    const { client } = this;
    const to = roomId ?? this.room.roomId;
    const sent =
      stateKey !== null
        ? await client._unstable_sendDelayedStateEvent(to, { delay }, type, content, stateKey)
        : await client._unstable_sendDelayedEvent(to, { delay }, null, type, content);
    this.note("delayed", { type, stateKey, content, delay });
    return { roomId: to, delayId: sent.delay_id };
  }

  async sendDelayedStickyEvent(delay, stickyMs, type, content, roomId = null) {
    const to = roomId ?? this.room.roomId;
    const sent = await this.client._unstable_sendStickyDelayedEvent(to, stickyMs, { delay }, null, type, content);
    this.note("delayed", { type, content, delay, stickyMs });
    return { roomId: to, delayId: sent.delay_id };
  }

  async cancelScheduledDelayedEvent(delayId) {
    await this.client._unstable_cancelScheduledDelayedEvent(delayId);
  }

  async restartScheduledDelayedEvent(delayId) {
    await this.client._unstable_restartScheduledDelayedEvent(delayId);
  }

  async sendScheduledDelayedEvent(delayId) {
    await this.client._unstable_sendScheduledDelayedEvent(delayId);
  }

  /** One message for all devices that get the same. */
  async sendToDevice(type, encrypted, contentMap) {
    const batches = new Map();
    for (const [userId, devices] of Object.entries(contentMap)) {
      for (const [deviceId, content] of Object.entries(devices)) {
        const key = JSON.stringify(content);
        const batch = batches.get(key) ?? { content, devices: [] };
        batch.devices.push({ userId, deviceId });
        batches.set(key, batch);
      }
    }
    for (const { content, devices } of batches.values()) {
      if (encrypted) await this.client.encryptAndSendToDevice(type, devices, content);
      else await this.client.queueToDevice({ eventType: type, batch: devices.map((to) => ({ ...to, payload: content })) });
    }
    this.note("to-device", { type, encrypted, devices: [...batches.values()].flatMap((batch) => batch.devices) });
  }

  // --- what it reads ---

  async readRoomState(roomId, type, stateKey) {
    const state = this.client.getRoom(roomId)?.getLiveTimeline().getState(Direction.Forward);
    const events = [...(state?.events.get(type)?.values() ?? [])];
    return events.filter((event) => stateKey === undefined || event.getStateKey() === stateKey).map(rawOf);
  }

  /** Newest first, as far as this client has it. */
  async readRoomTimeline(roomId, type, msgtype, stateKey, limit, since) {
    const all = this.client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
    const found = [];
    for (const event of [...all].reverse()) {
      if (event.getId() === since || (limit > 0 && found.length >= limit)) break;
      if (event.getType() !== type || event.isState() !== (stateKey !== undefined)) continue;
      if (stateKey !== undefined && event.getStateKey() !== stateKey) continue;
      if (msgtype !== undefined && event.getContent().msgtype !== msgtype) continue;
      found.push(rawOf(event));
    }
    return found;
  }

  async readStickyEvents(roomId) {
    const events = [...(this.client.getRoom(roomId)?._unstable_getStickyEvents() ?? [])];
    await Promise.all(events.map((event) => this.client.decryptEventIfNeeded(event)));
    return events.filter((event) => !event.isDecryptionFailure()).map(rawOf);
  }

  async readEventRelations(eventId, roomId, relation, type, from, to, limit, direction) {
    const dir = direction === "f" ? Direction.Forward : Direction.Backward;
    const { events, nextBatch, prevBatch } = await this.client.relations(
      roomId ?? this.room.roomId,
      eventId,
      relation ?? null,
      type ?? null,
      { from, to, limit, dir },
    );
    return { chunk: events.map(rawOf), nextBatch: nextBatch ?? undefined, prevBatch: prevBatch ?? undefined };
  }

  // --- what it asks ---

  askOpenID(observer) {
    this.client.getOpenIdToken().then(
      (token) => observer.update({ state: OpenIDRequestState.Allowed, token }),
      () => observer.update({ state: OpenIDRequestState.Blocked }),
    );
  }

  async getRtcTransports() {
    return { rtc_transports: await this.client._unstable_getRTCTransports() };
  }

  getKnownRooms() {
    return this.client.getVisibleRooms().map(({ roomId }) => roomId);
  }

  /** An error of the homeserver reaches the widget as it is. */
  processError(error) {
    return typeof error?.asWidgetApiErrorData === "function" ? { matrix_api_error: error.asWidgetApiErrorData() } : undefined;
  }
}

/** An event as the widget reads it: what was encrypted in clear. */
export function rawOf(event) {
  return event.getEffectiveEvent();
}
