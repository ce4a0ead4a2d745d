/** The client proper: SDK, crypto, outbox, wired together. The only entry of the lazy chunk. */
import {
  ClientEvent,
  createClient,
  EventTimeline,
  HttpApiEvent,
  IndexedDBStore,
  KnownMembership,
  type MatrixClient,
  MatrixEvent,
  Method,
  PendingEventOrdering,
  type Room,
  RoomEvent,
  SyncState,
} from "matrix-js-sdk";
import { type Logger, logger as sdkLogger } from "matrix-js-sdk/lib/logger.js";
import type { CallTicket } from "../api/index.ts";
import { AccountData } from "./account-data.ts";
import { loadMediaCode } from "./call/media-code.ts";
import { Opening } from "./call/opening.ts";
import { ReceivedKeys } from "./call/received-keys.ts";
import type { DeviceCheck, OpenCall, OpeningCall, StandBy } from "./call/types.ts";
import { Waiting } from "./call/waiting.ts";
import { Conversations } from "./conversations.ts";
import { ClinicCustody } from "./custody.ts";
import { type ClientDatabase, openDatabase } from "./database.ts";
import { DocumentShelf, type ShelfParts } from "./documents/shelf.ts";
import { StoredDrafts } from "./drafts.ts";
import { RemoteFiles } from "./files.ts";
import { type BundleCrypto, HistoryKeys } from "./history.ts";
import { StorageKeys } from "./keys.ts";
import { adoptDevice, cryptoDatabasePrefix, forgetUser, syncDatabaseName } from "./local-data.ts";
import { claimTab } from "./one-tab.ts";
import { type Courier, NotEncryptedError, Outbox } from "./outbox.ts";
import type { Identities } from "./people.ts";
import { StaffRecovery } from "./recovery.ts";
import { type Rotating, rotateAfterLeaving } from "./rotation.ts";
import { StoreSaver } from "./saving.ts";
import { sessionStore } from "./session.ts";
import { Cell } from "./store.ts";
import { RoomTimeline } from "./timeline/timeline.ts";
import { Tokens } from "./tokens.ts";
import type {
  ConnectionState,
  Documents,
  Engine,
  EngineOptions,
  KeeperState,
  KeysState,
  Timeline,
} from "./types.ts";

const INITIAL_EVENTS = 30;
const JOIN_AGAIN_MS = 5_000;

/** Members of the SDK's crypto that its public type leaves out; pinned by the exact version in `package.json`. */
type CryptoBackend = BundleCrypto & { encryptEvent(event: MatrixEvent, room: Room): Promise<void> };

export async function startMatrix(options: EngineOptions): Promise<Engine> {
  const engine = new MatrixEngine(options);
  await engine.start();
  return engine;
}

class MatrixEngine implements Engine {
  readonly userId: string;
  readonly deviceId: string;
  readonly connection = new Cell<ConnectionState>("starting");
  readonly keys = new Cell<KeysState>("unknown");
  readonly keeper = new Cell<KeeperState>("unchecked");
  readonly recovery: StaffRecovery | null;
  readonly custody: ClinicCustody | null;
  readonly files: RemoteFiles;
  readonly drafts: StoredDrafts;
  readonly profile: AccountData;
  private readonly options: EngineOptions;
  private readonly client: MatrixClient;
  private readonly tokens: Tokens;
  private readonly database: ClientDatabase;
  private readonly shelf: DocumentShelf | null;
  private readonly saver = new StoreSaver(() => this.client.store.save(true));
  private readonly outbox: Outbox;
  private readonly online = new Cell(true);
  private readonly prepared = new Cell(false);
  private readonly list: Conversations;
  private readonly timelines = new Map<string, RoomTimeline>();
  private readonly joining = new Set<string>();
  private readonly endings: (() => void)[] = [];
  private history: HistoryKeys | null = null;
  private readonly mediaKeys = new ReceivedKeys();
  private call: Opening | null = null;
  private uploadMax: Promise<number | null> | null = null;
  private keysAsked = false;
  private stopped = false;

  constructor(options: EngineOptions) {
    this.options = options;
    const { session } = options;
    this.userId = session.userId;
    this.deviceId = session.deviceId;
    this.tokens = new Tokens(session, {
      onSession: (fresh) => {
        this.client.setAccessToken(fresh.accessToken);
        options.onSession(fresh);
      },
      onEnded: () => this.endedByServer(),
    });
    const storageKeys = new StorageKeys(options.password);
    quietSdk();
    adoptDevice(session.userId, session.deviceId);
    this.client = createClient({
      baseUrl: session.homeserverUrl,
      userId: session.userId,
      deviceId: session.deviceId,
      accessToken: session.accessToken,
      fetchFn: this.tokens.fetch,
      cryptoCallbacks: storageKeys.callbacks,
      disableVoip: true,
      logger: SILENT,
      store: new IndexedDBStore({
        indexedDB,
        dbName: syncDatabaseName(session.userId, session.deviceId),
        localStorage,
      }),
    });
    const { client, keys: state } = this;
    const { custody: clinic } = options;
    this.recovery = clinic === "person" ? new StaffRecovery(client, storageKeys) : null;
    this.custody =
      clinic === "person" ? null : new ClinicCustody({ client, keys: storageKeys, clinic, state });
    this.database = openDatabase(session.userId);
    this.shelf = clinic === "person" ? null : new DocumentShelf(session.userId, session.deviceId);
    this.drafts = new StoredDrafts(this.database, session.userId);
    this.profile = new AccountData(client);
    this.outbox = new Outbox(this.database, this.courier());
    this.files = new RemoteFiles({
      httpUrl: (mxc) => this.client.mxcUrlToHttp(mxc, undefined, undefined, undefined, false, true, true),
      fetch: (url, init) => this.tokens.fetch(url, { ...init, headers: { authorization: "Bearer" } }),
      kept: async (mxc) => (await this.shelf?.bytes(mxc)) ?? null,
    });
    this.endings.push(this.recovery?.state.subscribe(() => this.recoveryChanged()) ?? (() => undefined));
    this.list = new Conversations(this.client, this.identities());
  }

  get conversations() {
    return this.list.all;
  }

  async start(): Promise<void> {
    this.endings.push(await claimTab(this.userId, () => this.lostTab()));
    await Promise.all([
      this.client.store.startup().catch(() => undefined),
      this.outbox.load(),
      this.client.initRustCrypto({
        cryptoDatabasePrefix: cryptoDatabasePrefix(this.userId, this.options.session.deviceId),
      }),
    ]);
    this.history = this.makeHistory();
    this.listen();
    await this.client.startClient({
      initialSyncLimit: INITIAL_EVENTS,
      lazyLoadMembers: true,
      pendingEventOrdering: PendingEventOrdering.Detached,
    });
  }

  timeline(roomId: string): Timeline {
    const open = this.timelines.get(roomId);
    if (open !== undefined) return open.use();
    const crypto = this.client.getCrypto();
    if (crypto === undefined || this.history === null) throw new Error("the engine was started before");
    const timeline = new RoomTimeline(roomId, {
      client: this.client,
      crypto,
      identities: this.identities(),
      outbox: this.outbox,
      history: this.history,
      online: this.online,
      prepared: this.prepared,
      onClose: () => this.timelines.delete(roomId),
    });
    this.timelines.set(roomId, timeline);
    return timeline.use();
  }

  async documents(): Promise<Documents> {
    if (this.shelf === null) throw new Error("staff have no documents of their own");
    return this.shelf.open(this.shelfParts());
  }

  uploadBytesMax(): Promise<number | null> {
    this.uploadMax ??= this.client.getMediaConfig(true).then(
      (config) => config["m.upload.size"] ?? null,
      () => {
        this.uploadMax = null;
        return null;
      },
    );
    return this.uploadMax;
  }

  /** A device is in one call at most: what was opened before is closed. */
  openCall({ standBy, ...options }: OpenCall): OpeningCall {
    this.call?.close();
    const waiting = standBy instanceof Waiting ? standBy : null;
    this.call = new Opening(this.client, this.mediaKeys, { ...options, standBy: waiting });
    return this.call;
  }

  prepareCall(): void {
    void loadMediaCode().catch(() => undefined);
  }

  standBy(ticket: CallTicket, memberId: string | null): StandBy {
    return new Waiting(ticket, memberId);
  }

  forgetCall(roomId: string): void {
    this.mediaKeys.forget(roomId);
  }

  async checkDevices(): Promise<DeviceCheck> {
    const { LocalDeviceCheck } = await import("./call/device-check.ts");
    return new LocalDeviceCheck();
  }

  retryNow(): void {
    this.client.retryImmediately();
    this.outbox.wake();
    if (this.keys.get() === "failed" || this.keys.get() === "preparing") void this.prepare();
  }

  async setDisplayName(name: string): Promise<void> {
    await this.client.setDisplayName(name);
  }

  async signOut(): Promise<void> {
    await this.call?.end();
    // It stops first: a sync that waits would be told that its sign-in is over.
    await this.client.logout(true).catch(() => undefined);
    await this.stop();
    await forgetUser(this.userId, this.options.session.deviceId);
    sessionStore.clear();
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    // Not waited for: another tab may have taken over, and two clients of one device must not overlap.
    void this.call?.end();
    this.outbox.stop();
    this.saver.stop();
    this.history?.stop();
    this.custody?.stop();
    this.files.clear();
    for (const end of this.endings) end();
    this.client.stopClient();
    await this.shelf?.stop();
    await this.client.store.save(true).catch(() => undefined);
    this.database.close();
  }

  // --- wiring ---

  private identities(): Identities {
    return { me: this.userId, keeper: this.options.keeperUserId };
  }

  private shelfParts(): ShelfParts {
    return {
      client: this.client,
      identities: this.identities(),
      files: this.files,
      known: this.prepared,
      online: this.online,
      requestHistory: async (roomId) => this.history?.requestNow(roomId),
    };
  }

  private backend(): CryptoBackend {
    const crypto = this.client.getCrypto();
    if (crypto === undefined) throw new Error("crypto was started before");
    return crypto as unknown as CryptoBackend;
  }

  private makeHistory(): HistoryKeys {
    return new HistoryKeys({
      keeperUserId: this.options.keeperUserId,
      crypto: { maybeAcceptKeyBundle: (roomId, from) => this.backend().maybeAcceptKeyBundle(roomId, from) },
      conversationIdOf: (roomId) => this.list.conversationIdOf(roomId),
      request: this.options.requestHistoryKeys,
      onImported: (roomId) => this.decryptAgain(roomId),
    });
  }

  private listen(): void {
    const { client } = this;
    client.on(ClientEvent.Sync, (state) => this.onSync(state));
    client.on(ClientEvent.ReceivedToDeviceMessage, ({ message, encryptionInfo }) => {
      this.mediaKeys.onToDevice(message, encryptionInfo);
      // The sender inside an encrypted message is proven by it; a bundle in clear is nobody's.
      if (encryptionInfo !== null) this.history?.onToDevice({ ...message, sender: encryptionInfo.sender });
    });
    client.on(RoomEvent.MyMembership, (room) => this.joinIfInvited(room));
    client.on(ClientEvent.Room, (room) => this.joinIfInvited(room));
    client.on(HttpApiEvent.SessionLoggedOut, () => this.endedByServer());
    if (this.shelf !== null) client.on(RoomEvent.Timeline, () => this.saver.soon());
    const back = () => this.retryNow();
    const gone = () => this.setOnline(false);
    addEventListener("online", back);
    addEventListener("offline", gone);
    const hidden = () => document.visibilityState === "hidden" && this.saver.now();
    document.addEventListener("visibilitychange", hidden);
    const stopStorage = sessionStore.onChange((session) => {
      if (session === null || session.deviceId !== this.options.session.deviceId) this.endedByServer();
      else this.tokens.adopt(session);
    });
    this.endings.push(stopStorage, () => {
      removeEventListener("online", back);
      removeEventListener("offline", gone);
      document.removeEventListener("visibilitychange", hidden);
    });
  }

  private onSync(state: SyncState): void {
    if (state === SyncState.Prepared || state === SyncState.Syncing) {
      const first = !this.prepared.get();
      this.prepared.set(true);
      if (first) {
        this.endings.push(rotateAfterLeaving(this.client as Rotating));
        this.list.touchAll();
        for (const room of this.client.getRooms()) this.joinIfInvited(room);
      }
      // A first `PREPARED` can come from the store of the last visit: only a sync that ran is «live».
      const cached = state === SyncState.Prepared && this.client.getSyncStateData()?.fromCache === true;
      this.connection.set(cached ? "cached" : "live");
      if (cached) return;
      this.setOnline(true);
      if (!this.keysAsked) {
        void this.prepare();
        void this.shelf?.openIfKept(this.shelfParts()).catch(() => undefined);
      }
      this.keysAsked = true;
      if (this.keeper.get() === "unchecked") void this.checkKeeper();
    } else if (state === SyncState.Reconnecting || state === SyncState.Error) {
      this.setOnline(false);
    } else if (state === SyncState.Catchup) {
      this.connection.set("live");
    }
  }

  private setOnline(online: boolean): void {
    this.online.set(online);
    if (online) this.outbox.wake();
    else {
      this.outbox.pause();
      this.connection.set("offline");
    }
  }

  private async prepare(): Promise<void> {
    if (this.recovery === null) return this.custody?.prepare();
    this.keys.set("preparing");
    await this.recovery.check();
    const state = this.recovery.state.get();
    this.keys.set(state === "ready" ? "ready" : state === "failed" ? "failed" : "unknown");
  }

  private recoveryChanged(): void {
    if (this.recovery?.state.get() === "ready") this.keys.set("ready");
  }

  /** The keeper's identity must be the one that the partner put into the brand. */
  private async checkKeeper(): Promise<void> {
    const { keeperUserId, keeperMasterKey } = this.options;
    if (keeperMasterKey === null) return;
    try {
      const answer = await this.client.downloadKeysForUsers([keeperUserId]);
      const found = Object.values(answer.master_keys?.[keeperUserId]?.keys ?? {});
      if (found.length === 0) return;
      this.keeper.set(found.includes(keeperMasterKey) ? "confirmed" : "mismatch");
    } catch {
      // Asked again with the next sync.
    }
  }

  /** Accepts the keeper's invitations, and only his. */
  private joinIfInvited(room: Room): void {
    if (
      room.getMyMembership() !== KnownMembership.Invite ||
      this.joining.has(room.roomId) ||
      this.keeper.get() === "mismatch"
    )
      return;
    const invitation = room.getLiveTimeline().getState(EventTimeline.FORWARDS)?.getMember(this.userId)
      ?.events.member;
    if (invitation?.getSender() !== this.options.keeperUserId) return;
    this.joining.add(room.roomId);
    void this.client
      .joinRoom(room.roomId)
      .catch(() => setTimeout(() => !this.stopped && this.joinIfInvited(room), JOIN_AGAIN_MS))
      .finally(() => this.joining.delete(room.roomId));
  }

  private decryptAgain(roomId: string): void {
    const room = this.client.getRoom(roomId);
    for (const event of room?.getLiveTimeline().getEvents() ?? []) {
      if (event.isDecryptionFailure()) void this.client.decryptEventIfNeeded(event, { isRetry: true });
    }
  }

  private courier(): Courier {
    const at = (roomId: string, rest: string) => `/rooms/${encodeURIComponent(roomId)}/${rest}`;
    const put = async (path: string, body: object) => {
      const answer = await this.client.http.authedRequest<{ event_id: string }>(
        Method.Put,
        path,
        undefined,
        body,
      );
      return answer.event_id;
    };
    return {
      send: async (roomId, content, txnId) => {
        const wire = await this.encrypt(roomId, content, txnId);
        return put(at(roomId, `send/m.room.encrypted/${encodeURIComponent(txnId)}`), wire);
      },
      redact: (roomId, target, txnId) =>
        put(at(roomId, `redact/${encodeURIComponent(target)}/${encodeURIComponent(txnId)}`), {}),
      react: (roomId, content, txnId) =>
        put(at(roomId, `send/m.reaction/${encodeURIComponent(txnId)}`), content),
      upload: async (bytes, onProgress, signal) => {
        const abortController = new AbortController();
        const stop = () => abortController.abort();
        signal.addEventListener("abort", stop);
        try {
          const answer = await this.client.uploadContent(bytes, {
            includeFilename: false,
            type: "application/octet-stream",
            abortController,
            progressHandler: ({ loaded }) => onProgress(loaded),
          });
          return answer.content_uri;
        } finally {
          signal.removeEventListener("abort", stop);
        }
      },
    };
  }

  /** The encrypted content. Throws where the conversation is not encrypted: nothing is ever sent in clear. */
  private async encrypt(roomId: string, content: Record<string, unknown>, txnId: string): Promise<object> {
    const room = this.client.getRoom(roomId);
    if (room === null || room.getMyMembership() !== KnownMembership.Join) throw new NotYetJoinedError();
    if (this.keeper.get() === "mismatch") throw new NotEncryptedError();
    if (!(await this.client.getCrypto()?.isEncryptionEnabledInRoom(roomId))) throw new NotEncryptedError();
    const event = new MatrixEvent({
      type: "m.room.message",
      content: content as never,
      room_id: roomId,
      sender: this.userId,
      event_id: `~${roomId}:${txnId}`,
      origin_server_ts: Date.now(),
    });
    await this.backend().encryptEvent(event, room);
    if (event.getWireType() !== "m.room.encrypted") throw new NotEncryptedError();
    return event.getWireContent();
  }

  private endedByServer(): void {
    if (this.stopped) return;
    void this.stop()
      .then(() => this.shelf?.forget())
      .then(() => this.options.onSignedOut("ended"));
  }

  private lostTab(): void {
    if (this.stopped) return;
    void this.stop().then(() => this.options.onSignedOut("other-tab"));
  }
}

/** The invitation is on its way: the outbox tries again. */
class NotYetJoinedError extends Error {
  constructor() {
    super("Not joined yet.");
    this.name = "NotYetJoinedError";
  }
}

/** The SDK's log names rooms and events: nothing of it belongs into a patient's browser. */
const SILENT: Logger = {
  getChild: () => SILENT,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Parts of the SDK that do not take a logger use its global one, or a child of it with a level of its own. */
function quietSdk(): void {
  (sdkLogger as unknown as { disableAll?: () => void }).disableAll?.();
  Object.assign(sdkLogger, { getChild: () => SILENT });
}
