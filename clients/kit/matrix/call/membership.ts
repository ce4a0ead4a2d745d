/**
 * This device's membership of a call in Matrix, and the media keys that come with it. The session object of the SDK lives as long as the
 * client: what is listened to here is let go again at the end.
 */
import type { MatrixClient, Room } from "matrix-js-sdk";
import { type MatrixRTCSession, MatrixRTCSessionEvent } from "matrix-js-sdk/lib/matrixrtc/index.js";
import type { CallKind, CallTicket } from "../../api/index.ts";
import { handOver } from "./hand-over.ts";
import { identitiesOf, type ReceivedKey, type ReceivedKeys } from "./received-keys.ts";
import type { Ring } from "./types.ts";

/** Long enough for a new key to be with all before it is used: seen to be enough, and the default second is heard by people. */
const KEY_DELAY_MS = 200;
/** Who comes within this gets the key that the others have, instead of waiting for a new one. */
const KEY_GRACE_MS = 60_000;
/** So does who answers at the last moment of a ring, however long a partner lets it ring: his app is told of it, and makes its way. */
const ANSWERS_WITHIN_MS = 15_000;
/** Without a sign of life so long the server says that this device left. A short loss of the network must not. */
const LEAVE_DELAY_MS = 20_000;
const LEAVE_RESTART_MS = 4_000;
const LEAVE_PATIENCE_MS = 5_000;

export interface MembershipOptions {
  client: MatrixClient;
  room: Room;
  ticket: CallTicket;
  kind: CallKind;
  /** What rings because this device has begun the call; `null`: nothing does. */
  ring: Ring | null;
  /** Of a membership by sticky event; `null`: by state event. */
  memberId: string | null;
  /** Keys of others. */
  received: ReceivedKeys;
  /** Own keys and those of others, for the media. */
  onKey: (raw: Uint8Array<ArrayBuffer>, identity: string, index: number) => void;
  onMembers: () => void;
}

/** Departures that are under way: a new one waits, else the SDK takes this device for one that is there still. */
const leaving = new WeakMap<MatrixRTCSession, Promise<unknown>>();

export class Membership {
  private readonly options: MembershipOptions;
  private readonly session: MatrixRTCSession;
  private readonly users = new Map<string, string>();
  private stopListening: () => void = () => undefined;
  private isIn = false;
  private isOver = false;

  constructor(options: MembershipOptions) {
    this.options = options;
    this.session = options.client.matrixRTC.getRoomSession(options.room);
  }

  async join(): Promise<void> {
    await leaving.get(this.session);
    if (this.isOver) return;
    this.isIn = true;
    this.session.on(MatrixRTCSessionEvent.EncryptionKeyChanged, this.onOwnKey);
    this.session.on(MatrixRTCSessionEvent.MembershipsChanged, this.onMembers);
    this.stopListening = this.options.received.listen(this.options.room.roomId, this.onKey);
    this.onMembers();
    this.enter(this.options.ring);
  }

  /** Comes anew, without a ring: all others send their keys once more. */
  async renew(): Promise<void> {
    await this.session.leaveRoomSession(LEAVE_PATIENCE_MS).catch(() => false);
    if (!this.isOver) this.enter(null);
  }

  private enter(ring: Ring | null): void {
    const { ticket, kind, memberId } = this.options;
    const transport = {
      type: "livekit",
      livekit_service_url: ticket.livekit_service_url,
      livekit_alias: ticket.room_id,
    };
    this.session.joinRTCSession(this.member(), [transport], transport, {
      ...(ring === null ? {} : { notificationType: "ring", notificationLifetimeMs: ring.ms }),
      callIntent: kind,
      manageMediaKeys: true,
      useKeyDelay: KEY_DELAY_MS,
      keyRotationGracePeriodMs: Math.max(KEY_GRACE_MS, (ring?.ms ?? 0) + ANSWERS_WITHIN_MS),
      delayedLeaveEventDelayMs: LEAVE_DELAY_MS,
      delayedLeaveEventRestartMs: LEAVE_RESTART_MS,
      unstableSendStickyEvents: memberId !== null,
    });
    // Else the SDK makes this device's key, and sends it to those who are there, only when its own membership has come back to it.
    void this.session.ensureRecalculateSessionMembers();
  }

  private member() {
    const { client, memberId } = this.options;
    const userId = client.getSafeUserId();
    const deviceId = client.getDeviceId() ?? "";
    return { userId, deviceId, memberId: memberId ?? `${userId}:${deviceId}` };
  }

  /** Who is behind an identity of the media server, also when the membership has gone meanwhile. */
  userOf(identity: string): string | null {
    return this.users.get(identity) ?? null;
  }

  /** The own keys again, the newest last: after LiveKit has made its connection anew it may take an old one for the current one. */
  repeatKeys(): void {
    this.session.reemitEncryptionKeys();
  }

  async leave(): Promise<void> {
    this.isOver = true;
    if (!this.isIn) return;
    this.isIn = false;
    this.stopListening();
    this.session.off(MatrixRTCSessionEvent.EncryptionKeyChanged, this.onOwnKey);
    this.session.off(MatrixRTCSessionEvent.MembershipsChanged, this.onMembers);
    const left = this.session.leaveRoomSession(LEAVE_PATIENCE_MS).catch(() => false);
    leaving.set(this.session, left);
    await left;
  }

  /** Keys of others come by `onKey` alone, which knows that they were encrypted: the SDK would take one in clear. */
  private readonly onOwnKey = (
    raw: Uint8Array<ArrayBuffer>,
    index: number,
    _member: unknown,
    identity: string,
  ) => {
    const { client, room, ring, ticket, onKey } = this.options;
    if (identity !== ticket.identity) return;
    onKey(raw, identity, index);
    if (ring === null || this.users.size > 1) return;
    const over = handOver({ client, room, users: ring.users, member: this.member(), key: { raw, index } });
    // Then they get it as everybody does: when they are in.
    over.catch(() => undefined);
  };

  private readonly onKey = (key: ReceivedKey) => {
    void identitiesOf(key).then((identities) => {
      for (const identity of identities) this.options.onKey(key.raw, identity, key.index);
    });
  };

  private readonly onMembers = () => {
    for (const { rtcBackendIdentity, userId } of this.session.memberships) {
      if (userId !== undefined) this.users.set(rtcBackendIdentity, userId);
    }
    this.options.onMembers();
  };
}
