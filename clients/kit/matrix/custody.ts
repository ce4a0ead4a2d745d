/**
 * The silent set-up of a patient's keys. Nobody is asked anything: the clinic's keeper holds the secret that opens the account's secret
 * storage, and gives it to a device whose owner has just signed in, so that the device has the same identity and reads everything.
 *
 * ```text
 * identity on this device? ─ yes ─► ready (a storage that still has an earlier lock gets the clinic's, when the sign-in is fresh)
 *   no ─► ask the clinic ─ stale ─► needs-sign-in      ─ taken into own hands ─► needs-recovery-key
 *           └─ secret ─► nothing published: make identity, storage, backup
 *                      └ it opens the storage: same identity, history from the backup
 *                      └ the sign-in password opens it (set up before the clinic kept the secret): same, then the lock is changed
 *                      └ neither: a new identity; the keeper hands the history over again
 * ```
 *
 * An identity is replaced only when it was seen that what is stored cannot be opened, never because something did not answer.
 *
 * Honest limit: whoever runs keeper and homeserver could open the storage; the trust statement says so. Who does not want that takes
 * the secret into his own hands (`takeOver`).
 */
import type { MatrixClient } from "matrix-js-sdk";
import { type CryptoApi, encodeRecoveryKey } from "matrix-js-sdk/lib/crypto-api/index.js";
import type { SecretStorageKeyDescription } from "matrix-js-sdk/lib/secret-storage.js";
import { accountDataOnServer } from "./account-data.ts";
import {
  keyOfPassword,
  keyOfWords,
  mayPass,
  PasswordNeededError,
  passwordAuth,
  type StorageKey,
  type StorageKeys,
} from "./keys.ts";
import type { Cell } from "./store.ts";
import type { Clinic, Custody, KeysState } from "./types.ts";

/** Names of keys in the account's data: by whom the secret is kept, so that a device knows whom to ask. */
const OF_CLINIC = "chat.consilium.clinic";
const OF_PERSON = "chat.consilium.person";
/** What an identity consists of. */
const IDENTITY = [
  "m.cross_signing.master",
  "m.cross_signing.self_signing",
  "m.cross_signing.user_signing",
] as const;
/** Attempts that find another identity published than stored, before that is believed. */
const SAME_ANSWERS = 3;
const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 60_000;

interface Stored {
  keyId: string;
  info: SecretStorageKeyDescription;
}

export interface CustodyParts {
  client: MatrixClient;
  keys: StorageKeys;
  clinic: Clinic;
  state: Cell<KeysState>;
}

export class ClinicCustody implements Custody {
  private readonly parts: CustodyParts;
  /** What the clinic gave, kept until the set-up is over: each question is a release that is told to the other devices. */
  private secret: StorageKey | null = null;
  private running: Promise<void> | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(parts: CustodyParts) {
    this.parts = parts;
  }

  /** Sets up what is missing; tries again by itself as long as something does not answer. */
  async prepare(): Promise<void> {
    if (this.stopped) return;
    this.running ??= this.attempt().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.forget();
  }

  newRecoveryKey(): string {
    const key = new Uint8Array(32);
    globalThis.crypto.getRandomValues(key);
    return encodeRecoveryKey(key) ?? "";
  }

  async takeOver(recoveryKey: string): Promise<"taken" | "failed"> {
    const key = keyOfWords(recoveryKey);
    if (key === null || this.parts.state.get() !== "ready") return "failed";
    try {
      await this.lock(key, OF_PERSON);
      await this.parts.clinic.giveUp();
      return "taken";
    } catch {
      return "failed";
    } finally {
      this.parts.keys.forget();
    }
  }

  async unlock(recoveryKey: string): Promise<"unlocked" | "wrong-key" | "failed"> {
    const key = keyOfWords(recoveryKey);
    if (key === null) return "wrong-key";
    try {
      const stored = await this.storage();
      if (stored === null || !(await this.opens(stored, key))) return "wrong-key";
      this.parts.state.set("preparing");
      await this.enter(stored, key);
      this.done();
      return "unlocked";
    } catch {
      this.parts.state.set("needs-recovery-key");
      return "failed";
    }
  }

  async startOver(): Promise<"done" | "failed"> {
    this.parts.state.set("preparing");
    try {
      const answer = await this.parts.clinic.ask("start-over");
      if (answer.keptBy === "stale") this.parts.state.set("needs-sign-in");
      else if (answer.keptBy === "person") throw new Error("the clinic made no secret");
      else {
        this.secret = answer.secret;
        await this.replace(answer.secret);
        this.done();
      }
      return "done";
    } catch (cause) {
      this.parts.state.set(cause instanceof PasswordNeededError ? "needs-sign-in" : "needs-recovery-key");
      return cause instanceof PasswordNeededError ? "done" : "failed";
    }
  }

  // --- one attempt ---

  private async attempt(): Promise<void> {
    clearTimeout(this.timer);
    this.parts.state.set("preparing");
    try {
      const outcome = await this.setUp();
      if (outcome === "ready") this.done();
      else this.parts.state.set(outcome);
    } catch (cause) {
      if (cause instanceof PasswordNeededError) return this.parts.state.set("needs-sign-in");
      if (!mayPass(cause)) this.parts.state.set("failed");
      this.again();
    }
  }

  private again(): void {
    if (this.stopped) return;
    this.failures += 1;
    const ceiling = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** (this.failures - 1));
    this.timer = setTimeout(() => void this.prepare(), ceiling / 2 + Math.random() * (ceiling / 2));
  }

  private done(): void {
    this.failures = 0;
    this.forget();
    this.parts.state.set("ready");
  }

  private forget(): void {
    this.secret = null;
    this.parts.keys.forget();
  }

  private async setUp(): Promise<"ready" | "needs-sign-in" | "needs-recovery-key"> {
    const crypto = this.crypto();
    const published = await crypto.userHasCrossSigningKeys(this.parts.client.getSafeUserId(), true);
    const { privateKeysCachedLocally: local } = await crypto.getCrossSigningStatus();
    if (published && local.masterKey && local.selfSigningKey && local.userSigningKey) return this.complete();

    const asked = await this.askOnce();
    if (asked === "stale") return "needs-sign-in";
    if (!published) return this.begin(asked === "person" ? await this.anew() : asked);
    const stored = await this.storage();
    if (asked === "person") {
      if (stored !== null) return "needs-recovery-key";
      const secret = await this.anew();
      if (secret === "stale") return "needs-sign-in";
      return this.replace(secret);
    }
    return this.openOrReplace(stored, asked);
  }

  private async openOrReplace(
    stored: Stored | null,
    secret: StorageKey,
  ): Promise<"ready" | "needs-recovery-key"> {
    if (stored === null) return this.replace(secret);
    try {
      if (await this.opens(stored, secret)) return await this.enter(stored, secret);
      const earlier = await this.earlierKey(stored);
      if (earlier !== null) {
        await this.enter(stored, earlier);
        return await this.lock(secret, OF_CLINIC);
      }
    } catch (cause) {
      // The published keys are asked for at each attempt: what differs that often is no late answer.
      if (!(cause instanceof OtherIdentityError) || this.failures < SAME_ANSWERS) throw cause;
      return this.replace(secret);
    }
    // The person was taking it over when the line broke: the clinic's copy opens nothing any more.
    return stored.info.name === OF_PERSON ? "needs-recovery-key" : this.replace(secret);
  }

  /** This device has the identity. After a fresh sign-in the storage is brought under the clinic's secret, if it is not yet. */
  private async complete(): Promise<"ready"> {
    await this.crypto().checkKeyBackupAndEnable();
    if (this.parts.keys.typedPassword === null && this.secret === null) return "ready";
    const stored = await this.storage();
    if (stored !== null && stored.info.passphrase === undefined) return "ready";
    const asked = await this.askOnce();
    return typeof asked === "string" ? "ready" : this.lock(asked, OF_CLINIC);
  }

  /** Nothing is published: identity, storage and backup are made. */
  private async begin(secret: StorageKey | "stale"): Promise<"ready" | "needs-sign-in"> {
    if (secret === "stale") return "needs-sign-in";
    if ((await this.storage()) !== null) return this.replace(secret);
    const { client, keys } = this.parts;
    await this.crypto().bootstrapCrossSigning({
      setupNewCrossSigning: true,
      authUploadDeviceSigningKeys: passwordAuth(client, keys.typedPassword),
    });
    return this.lock(secret, OF_CLINIC);
  }

  /** What is stored cannot be opened: a new identity takes its place. */
  private async replace(secret: StorageKey): Promise<"ready"> {
    const { client, keys } = this.parts;
    await this.crypto().resetEncryption(passwordAuth(client, keys.typedPassword));
    return this.lock(secret, OF_CLINIC);
  }

  /** Locks identity and backup key anew by a key; makes the backup where there is none. */
  private async lock(key: StorageKey, name: string): Promise<"ready"> {
    const crypto = this.crypto();
    const backup = await crypto.checkKeyBackupAndEnable();
    const usable = backup?.trustInfo.matchesDecryptionKey === true;
    await crypto.bootstrapSecretStorage({
      createSecretStorageKey: async () => ({ privateKey: key, keyInfo: { name } }),
      setupNewSecretStorage: true,
      setupNewKeyBackup: !usable,
    });
    return "ready";
  }

  /** Takes identity and history out of the storage. Throws `OtherIdentityError` when another identity is published than is stored. */
  private async enter(stored: Stored, key: StorageKey): Promise<"ready"> {
    this.parts.keys.learn(stored.keyId, key);
    const crypto = this.crypto();
    await this.loadBackupKey();
    await crypto.bootstrapCrossSigning({}).catch((cause: unknown) => {
      throw isRefusedImport(cause) ? new OtherIdentityError() : cause;
    });
    await crypto.checkKeyBackupAndEnable();
    // Single messages are looked up in the backup later too, and the keeper has the history.
    await crypto.restoreKeyBackup().catch(() => undefined);
    return "ready";
  }

  /** A backup whose key is not stored or does not fit is passed over: the keeper has the history too. */
  private async loadBackupKey(): Promise<void> {
    const crypto = this.crypto();
    const stored = await this.parts.client.secretStorage.isStored("m.megolm_backup.v1");
    if (stored === null || (await crypto.getKeyBackupInfo()) === null) return;
    await crypto.loadSessionBackupPrivateKeyFromSecretStorage().catch((cause: unknown) => {
      if (mayPass(cause)) throw cause;
    });
  }

  // --- what is known ---

  /** The lock of the storage, as the server has it: what this client has synced may be older, and an absence is never guessed. */
  private async storage(): Promise<Stored | null> {
    const { client } = this.parts;
    const onServer = await accountDataOnServer(client, "m.secret_storage.default_key");
    const keyId = typeof onServer?.key === "string" ? onServer.key : null;
    if (keyId === null) return null;
    const synced = await client.secretStorage.getKey();
    if (synced === null || synced[0] !== keyId) throw new NotSyncedError();
    return { keyId, info: synced[1] };
  }

  /** Whether a key opens the storage, and the identity in it is whole. */
  private async opens({ keyId, info }: Stored, key: StorageKey): Promise<boolean> {
    const { secretStorage } = this.parts.client;
    if (!(await secretStorage.checkKey(key, info))) return false;
    for (const name of IDENTITY) {
      if ((await secretStorage.isStored(name))?.[keyId] !== undefined) continue;
      const onServer = await accountDataOnServer(this.parts.client, name);
      if ((onServer?.encrypted as Record<string, unknown> | undefined)?.[keyId] !== undefined)
        throw new NotSyncedError();
      return false;
    }
    return true;
  }

  private async earlierKey(stored: Stored): Promise<StorageKey | null> {
    const { typedPassword } = this.parts.keys;
    const { passphrase } = stored.info;
    if (typedPassword === null || passphrase === undefined || passphrase === null) return null;
    const key = await keyOfPassword(typedPassword, passphrase);
    return (await this.opens(stored, key)) ? key : null;
  }

  private async askOnce(): Promise<StorageKey | "stale" | "person"> {
    if (this.secret !== null) return this.secret;
    const answer = await this.parts.clinic.ask("kept");
    if (answer.keptBy !== "clinic") return answer.keptBy;
    this.secret = answer.secret;
    return answer.secret;
  }

  /** The person keeps the secret, and nothing is stored that it could open: there is nothing to lose. */
  private async anew(): Promise<StorageKey | "stale"> {
    const answer = await this.parts.clinic.ask("start-over");
    if (answer.keptBy === "person") throw new Error("the clinic made no secret");
    if (answer.keptBy === "stale") return "stale";
    this.secret = answer.secret;
    return answer.secret;
  }

  private crypto(): CryptoApi {
    const crypto = this.parts.client.getCrypto();
    if (crypto === undefined) throw new Error("crypto was started before");
    return crypto;
  }
}

/** The server has it, the next sync brings it: looked at again then. */
class NotSyncedError extends Error {
  constructor() {
    super("Not synced yet.");
    this.name = "NotSyncedError";
  }
}

/** Another identity is published than the one that is stored. */
class OtherIdentityError extends Error {
  constructor() {
    super("Another identity is published.");
    this.name = "OtherIdentityError";
  }
}

/** The SDK says so in words only; pinned by the exact version in `package.json`. */
function isRefusedImport(cause: unknown): boolean {
  return cause instanceof Error && cause.message.startsWith("importCrossSigningKeys failed");
}
