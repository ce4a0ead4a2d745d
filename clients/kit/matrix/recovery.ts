/**
 * Keys of staff: set up once at the first sign-in, locked by a recovery key that only the person has. Signing in on another
 * machine asks for that key, or replaces everything after the password was given again.
 */
import type { MatrixClient } from "matrix-js-sdk";
import type { CryptoApi } from "matrix-js-sdk/lib/crypto-api/index.js";
import { keyOfWords, passwordAuth, restoreBackup, type StorageKeys } from "./keys.ts";
import { Cell } from "./store.ts";
import type { Recovery, RecoveryState, SetUpResult } from "./types.ts";

export class StaffRecovery implements Recovery {
  readonly state = new Cell<RecoveryState>("unknown");
  private readonly client: MatrixClient;
  private readonly keys: StorageKeys;

  constructor(client: MatrixClient, keys: StorageKeys) {
    this.client = client;
    this.keys = keys;
  }

  /** Where this device stands, by what the server and the local store have. */
  async check(): Promise<void> {
    try {
      this.state.set(await this.standing());
    } catch {
      this.state.set("failed");
    }
  }

  async setUp(password: string): Promise<SetUpResult> {
    const crypto = this.crypto();
    try {
      await crypto.resetEncryption(passwordAuth(this.client, password));
      let recoveryKey: string | undefined;
      await crypto.bootstrapSecretStorage({
        setupNewSecretStorage: true,
        createSecretStorageKey: async () => {
          const made = await crypto.createRecoveryKeyFromPassphrase();
          recoveryKey = made.encodedPrivateKey;
          return made;
        },
      });
      if (recoveryKey === undefined) return { ok: false, reason: "unexpected" };
      this.state.set("ready");
      return { ok: true, recoveryKey };
    } catch (cause) {
      await this.check();
      return { ok: false, reason: reasonOf(cause) };
    } finally {
      this.keys.forget();
    }
  }

  async unlock(recoveryKey: string): Promise<"unlocked" | "wrong-key" | "failed"> {
    const key = keyOfWords(recoveryKey);
    if (key === null) return "wrong-key";
    try {
      const stored = await this.client.secretStorage.getKey();
      if (stored === null) return "failed";
      const [keyId, info] = stored;
      if (!(await this.client.secretStorage.checkKey(key, info))) return "wrong-key";
      this.keys.learn(keyId, key);
      await this.crypto().bootstrapCrossSigning({});
      await restoreBackup(this.crypto()).catch(() => undefined);
      await this.check();
      return this.state.get() === "ready" ? "unlocked" : "failed";
    } catch {
      return "failed";
    } finally {
      this.keys.forget();
    }
  }

  private async standing(): Promise<RecoveryState> {
    const crypto = this.crypto();
    const published = await crypto.userHasCrossSigningKeys(this.client.getSafeUserId(), true);
    const storage = await this.client.secretStorage.getKey();
    if (!published || storage === null) return "absent";
    const { privateKeysCachedLocally: local } = await crypto.getCrossSigningStatus();
    if (!local.masterKey || !local.selfSigningKey || !local.userSigningKey) return "locked";
    await crypto.checkKeyBackupAndEnable();
    return "ready";
  }

  private crypto(): CryptoApi {
    const crypto = this.client.getCrypto();
    if (crypto === undefined) throw new Error("crypto was started before");
    return crypto;
  }
}

function reasonOf(cause: unknown): "wrong-password" | "offline" | "unexpected" {
  const { httpStatus } = (typeof cause === "object" && cause !== null ? cause : {}) as {
    httpStatus?: unknown;
  };
  if (httpStatus === 401 || httpStatus === 403) return "wrong-password";
  return httpStatus === undefined ? "offline" : "unexpected";
}
