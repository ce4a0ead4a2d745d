/**
 * One device in one call: Matrix membership with its keys, LiveKit room with its media, what the app sees of both. Loaded when a call is
 * near; the only files that know LiveKit are this one and its neighbours `own-media`, `tiles` and `media-keys`.
 */
import {
  ConnectionQuality,
  ConnectionState,
  DisconnectReason,
  type Participant,
  type Room,
  RoomEvent,
  type Track,
} from "livekit-client";
import type { MatrixClient, Room as MatrixRoom } from "matrix-js-sdk";
import type { CallTicket } from "../../api/index.ts";
import { Cell } from "../store.ts";
import type { DeviceKind } from "./choice.ts";
import { closeDevices, type OpenedDevices } from "./devices.ts";
import { type FlowState, type LinkState, phaseOf } from "./flow.ts";
import { ALL_KEYS, nextKeyless } from "./keyless.ts";
import type { MediaKeys } from "./media-keys.ts";
import type { MediaLink } from "./media-link.ts";
import { Membership } from "./membership.ts";
import { OwnMedia } from "./own-media.ts";
import type { StatEntry } from "./quality.ts";
import type { ReceivedKeys } from "./received-keys.ts";
import { SOURCES, Tiles } from "./tiles.ts";
import type {
  CallMember,
  LinkQuality,
  MediaCall,
  MediaFailure,
  MediaPhase,
  OpenCall,
  Ring,
} from "./types.ts";
import { areSame, membersOf, type Peer, userOfIdentity } from "./view.ts";
import { keepScreenOn } from "./wake-lock.ts";
import { Watch } from "./watch.ts";

const LINKS: Record<ConnectionState, LinkState> = {
  [ConnectionState.Connecting]: "connecting",
  [ConnectionState.Connected]: "connected",
  [ConnectionState.SignalReconnecting]: "resuming",
  [ConnectionState.Reconnecting]: "reconnecting",
  [ConnectionState.Disconnected]: "gone",
};
const QUALITIES: Record<ConnectionQuality, LinkQuality> = {
  [ConnectionQuality.Excellent]: "excellent",
  [ConnectionQuality.Good]: "good",
  [ConnectionQuality.Poor]: "poor",
  [ConnectionQuality.Lost]: "lost",
  [ConnectionQuality.Unknown]: "unknown",
};
/** Whatever of these happens, who is in the call and what is shown of them may have changed. */
const CHANGES = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.ParticipantEncryptionStatusChanged,
  RoomEvent.Reconnected,
] as const;
export interface JoinCall extends OpenCall {
  client: MatrixClient;
  matrixRoom: MatrixRoom;
  ticket: CallTicket;
  memberId: string | null;
  ring: Ring | null;
  received: ReceivedKeys;
  devices: Promise<OpenedDevices | null>;
  /** A new one, or one on which this device has waited. */
  link: MediaLink;
}

export { MediaLink } from "./media-link.ts";

/** Made first, joined then: whoever gives up in between leaves it. */
export class LiveMediaCall implements MediaCall {
  readonly listens: boolean;
  readonly phase = new Cell<MediaPhase>("joining");
  readonly failure = new Cell<MediaFailure | null>(null);
  readonly members = new Cell<readonly CallMember[]>([]);
  readonly isWeak = new Cell(false);
  readonly isSilenced = new Cell(false);
  private readonly options: JoinCall;
  private readonly keys: MediaKeys;
  private readonly room: Room;
  private readonly membership: Membership;
  private readonly media: OwnMedia;
  private readonly tiles: Tiles;
  private watch: Watch | null = null;
  private readonly letScreenGo = keepScreenOn();
  private flow: FlowState = "flowing";
  private keyless = ALL_KEYS;
  private wasLive = false;
  private isOver = false;
  private connections: number;
  private ending: Promise<void> | null = null;

  constructor(options: JoinCall) {
    this.options = options;
    this.listens = options.listens === true;
    this.keys = options.link.keys;
    this.room = options.link.room;
    this.connections = options.link.isConnected ? 1 : 0;
    this.media = new OwnMedia(this.room, this.listens ? null : options.kind);
    this.tiles = new Tiles(this.room, (identity) => this.keys.has(identity));
    this.membership = new Membership({
      ...options,
      room: options.matrixRoom,
      onKey: (raw, identity, index) => void this.onKey(raw, identity, index).catch(() => undefined),
      onMembers: () => this.refresh(),
    });
    this.listen();
  }

  get own() {
    return this.media.state;
  }

  /**
   * Whatever was opened is closed again where it fails, or where somebody leaves meanwhile. `ticket`: the service's word, which one who waited
   * need not hear to be let in.
   */
  async join(ticket: Promise<CallTicket>): Promise<void> {
    try {
      if (await this.options.link.letIn(ticket)) await this.comeIn(ticket);
      else await this.enter(await ticket);
      this.mustGoOn();
      this.wasLive = true;
      this.watch = this.watchMedia();
      this.refresh();
    } catch (cause) {
      await this.leave();
      throw cause;
    }
  }

  /** The way is there already: the others are seen before the own devices are open, which the browser has allowed. */
  private async comeIn(ticket: Promise<CallTicket>): Promise<void> {
    this.mustGoOn();
    this.options.devices.catch((cause) => this.media.goWithout(cause));
    void this.send();
    await Promise.all([this.membership.join(), ticket]);
  }

  private async enter(ticket: CallTicket): Promise<void> {
    const { devices, link } = this.options;
    this.mustGoOn();
    await this.membership.join();
    this.mustGoOn();
    // As soon as the media server talks to this device, while the way for media is still being made.
    this.room.once(RoomEvent.SignalConnected, () => void this.send());
    await Promise.all([link.connect(ticket), devices]);
  }

  /** Nobody waits for the media server's answer. */
  private async send(): Promise<void> {
    const opened = await this.options.devices.catch(() => null);
    if (this.isOver || opened === null) return;
    await this.media.publish(opened).catch(() => closeDevices(opened));
  }

  private mustGoOn(): void {
    if (this.isOver) throw new Error("left before it was joined");
  }

  /** Views hand it on by itself. */
  readonly show = (identity: string, source: "camera" | "screen", video: HTMLVideoElement): (() => void) =>
    this.tiles.show(identity, source, video);

  setMicrophone(on: boolean): Promise<void> {
    return this.media.setMicrophone(on);
  }
  setCamera(on: boolean): Promise<void> {
    return this.media.setCamera(on);
  }
  switchCamera(): Promise<void> {
    return this.media.switchCamera();
  }
  setScreen(on: boolean): Promise<void> {
    return this.media.setScreen(on);
  }
  setNoiseSuppression(on: boolean): Promise<void> {
    return this.media.setNoiseSuppression(on);
  }
  choose(kind: DeviceKind, id: string): Promise<void> {
    return this.media.choose(kind, id);
  }
  async resumeSound(): Promise<void> {
    await this.room.startAudio().catch(() => undefined);
  }

  async leave(): Promise<void> {
    this.isOver = true;
    this.judge();
    await this.end();
  }

  private listen(): void {
    addEventListener("pagehide", this.onPageGone);
    void this.options.matrixRoom.loadMembersIfNeeded().then(
      () => this.refresh(),
      // Then members are shown by their ids.
      () => undefined,
    );
    for (const event of CHANGES) this.room.on(event, () => this.refresh());
    if (this.options.ring !== null) {
      const seen = () => this.media.setUnseen(false);
      this.media.setUnseen(true);
      // LiveKit tells of nobody who came before the way for media was made.
      this.room
        .once(RoomEvent.ParticipantConnected, seen)
        .once(RoomEvent.Connected, () => this.room.remoteParticipants.size > 0 && seen());
    }
    this.room
      .on(RoomEvent.TrackUnmuted, () => this.watch?.pictureBegan())
      .on(RoomEvent.ConnectionStateChanged, () => this.judge())
      .on(RoomEvent.AudioPlaybackStatusChanged, () => this.isSilenced.set(!this.room.canPlaybackAudio))
      .on(RoomEvent.SignalConnected, () => {
        this.connections += 1;
        if (this.connections > 1) this.membership.repeatKeys();
      })
      .on(RoomEvent.Reconnected, () => this.membership.repeatKeys())
      .on(RoomEvent.EncryptionError, (error, participant) => {
        if (participant !== undefined) this.keys.failed(participant.identity, error);
      })
      .on(RoomEvent.Disconnected, (reason) => this.onDisconnected(reason));
  }

  private async onKey(raw: Uint8Array<ArrayBuffer>, identity: string, index: number): Promise<void> {
    await this.keys.set(raw, identity, index);
    this.refresh();
  }

  private readonly onPageGone = () => void this.leave();

  private watchMedia(): Watch {
    return new Watch({
      stats: () => this.stats(),
      isSent: () => this.tiles.isSent(),
      quality: () => QUALITIES[this.room.localParticipant.connectionQuality],
      onFlow: (flow) => this.onFlow(flow),
      onWeak: (isWeak) => this.isWeak.set(isWeak),
      onReport: this.options.onQuality,
      now: () => performance.now(),
    });
  }

  private onDisconnected(reason: DisconnectReason | undefined): void {
    if (!this.wasLive || this.isOver || this.failure.get() !== null) return;
    const failure = failureOf(reason);
    this.failure.set(failure);
    if (failure === "ended") this.isOver = true;
    this.judge();
    void this.end();
  }

  private onFlow(flow: FlowState): void {
    this.tiles.refresh();
    if (this.isOver || this.failure.get() !== null) return;
    this.flow = flow;
    this.lookForKeys();
    if (flow === "failed") {
      this.failure.set("lost");
      void this.end();
    }
    this.judge();
  }

  private lookForKeys(): void {
    const silent = this.tiles.senders().filter((identity) => this.keys.lacks(identity));
    this.keyless = nextKeyless(this.keyless, silent, performance.now());
    if (this.keyless.isDue) void this.membership.renew();
  }

  private judge(): void {
    const { isOver, wasLive, flow } = this;
    // Before the first connection there is none that could be gone.
    const link = wasLive ? LINKS[this.room.state] : "connecting";
    this.phase.set(phaseOf({ isOver, wasLive, link, flow }));
  }

  private refresh(): void {
    if (this.ending !== null) return;
    this.tiles.refresh();
    const { localParticipant, remoteParticipants } = this.room;
    const all: Participant[] = [localParticipant, ...remoteParticipants.values()];
    const members = membersOf(all.filter(({ identity }) => identity !== "").map((one) => this.peer(one)));
    if (!areSame(this.members.get(), members)) this.members.set(members);
    this.judge();
  }

  private peer(participant: Participant): Peer {
    const { identity, isLocal } = participant;
    const { client, matrixRoom } = this.options;
    const known = this.membership.userOf(identity) ?? userOfIdentity(identity) ?? "";
    const userId = isLocal ? client.getSafeUserId() : known;
    return {
      identity,
      userId,
      name: matrixRoom.getMember(userId)?.name ?? userId,
      isSelf: isLocal,
      isSpeaking: participant.isSpeaking,
      quality: QUALITIES[participant.connectionQuality],
      tracks: [...participant.trackPublications.values()].flatMap(({ source, isMuted, isEncrypted }) => {
        const mine = SOURCES[source];
        return mine === undefined ? [] : [{ source: mine, isMuted, isEncrypted: isEncrypted || isLocal }];
      }),
    };
  }

  /** Counters of everything that comes and goes; one connection may be in several, the ids tell. */
  private async stats(): Promise<StatEntry[]> {
    const { localParticipant, remoteParticipants } = this.room;
    const tracks = [localParticipant, ...remoteParticipants.values()]
      .flatMap((participant: Participant) => [...participant.trackPublications.values()])
      .map(({ track }) => track)
      .filter((track): track is Track => track !== undefined);
    const reports = await Promise.all(
      tracks.map((track) => track.getRTCStatsReport().catch(() => undefined)),
    );
    return reports.flatMap((report) => (report === undefined ? [] : ([...report.values()] as StatEntry[])));
  }

  /** Lets everything go, once. A call that failed has ended too: only a new one brings it back. */
  private end(): Promise<void> {
    this.ending ??= this.letGo();
    return this.ending;
  }

  private async letGo(): Promise<void> {
    removeEventListener("pagehide", this.onPageGone);
    this.watch?.stop();
    this.media.stop();
    this.tiles.clear();
    this.letScreenGo();
    void this.options.devices.then(closeDevices).catch(() => undefined);
    const left = this.membership.leave();
    await this.options.link.close();
    await left;
  }
}

/** Why the media server let this device go. A room that is deleted is how the service ends a call. */
function failureOf(reason: DisconnectReason | undefined): MediaFailure {
  if (reason === DisconnectReason.ROOM_DELETED || reason === DisconnectReason.ROOM_CLOSED) return "ended";
  if (reason === DisconnectReason.PARTICIPANT_REMOVED || reason === DisconnectReason.DUPLICATE_IDENTITY)
    return "removed";
  return "lost";
}
