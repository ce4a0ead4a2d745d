/**
 * The silent set-up of keys: nobody is asked anything.
 *
 * A first sign-in makes an identity, a secret storage that the sign-in password opens, and a key backup. Another device opens
 * the secret storage with the password just typed and reads everything. When that cannot be (the password was changed, or
 * nothing was stored), the identity is made anew and the keeper hands the history over again.
 *
 * Honest limit: the homeserver sees the password at sign-in, so whoever runs it could open the storage. Codes and a secret
 * held by the keeper take its place later.
 */
import type { MatrixClient } from "matrix-js-sdk";
import {
  type CryptoApi,
  type CryptoCallbacks,
  deriveRecoveryKeyFromPassphrase,
} from "matrix-js-sdk/lib/crypto-api/index.js";
import type { UIAuthCallback } from "matrix-js-sdk/lib/interactive-auth.js";

/** Holds the password and what was derived from it, in memory only and only as long as the set-up runs. */
export class PasswordSecret {
  private password: string | null;
  private readonly derived = new Map<string, Uint8Array<ArrayBuffer>>();

  constructor(password: string | null) {
    this.password = password;
  }

  get known(): string | null {
    return this.password;
  }

  /** A key that a person typed. */
  learn(keyId: string, key: Uint8Array<ArrayBuffer>): void {
    this.derived.set(keyId, key);
  }

  forget(): void {
    this.password = null;
    this.derived.clear();
  }

  readonly callbacks: CryptoCallbacks = {
    getSecretStorageKey: async ({ keys }) => {
      for (const [keyId, info] of Object.entries(keys)) {
        const known = this.derived.get(keyId);
        if (known !== undefined) return [keyId, known];
        const { passphrase } = info;
        if (this.password === null || passphrase === undefined || passphrase === null) continue;
        const key = await deriveRecoveryKeyFromPassphrase(
          this.password,
          passphrase.salt,
          passphrase.iterations,
          passphrase.bits,
        );
        this.derived.set(keyId, key);
        return [keyId, key];
      }
      return null;
    },
    cacheSecretStorageKey: (keyId, _info, key) => {
      this.derived.set(keyId, key);
    },
  };
}

export async function prepareKeys(
  client: MatrixClient,
  secret: PasswordSecret,
): Promise<"ready" | "needs-password"> {
  const crypto = client.getCrypto();
  if (crypto === undefined) throw new Error("crypto was started before");
  const authUploadDeviceSigningKeys = passwordAuth(client, secret.known);
  const published = await crypto.userHasCrossSigningKeys(client.getSafeUserId(), true);
  const { privateKeysCachedLocally: local } = await crypto.getCrossSigningStatus();
  const holdsIdentity = local.masterKey && local.selfSigningKey && local.userSigningKey;

  if (!published) {
    await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys });
    await store(crypto, secret, "new");
    return "ready";
  }
  if (holdsIdentity) {
    await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys });
    await store(crypto, secret, "complete");
    return "ready";
  }
  if (secret.known === null) return "needs-password";
  if (await openStorage(client, crypto, secret)) return "ready";
  await crypto.resetEncryption(authUploadDeviceSigningKeys);
  await store(crypto, secret, "new");
  return "ready";
}

/** Reads identity and backup from the secret storage. `false`: this password does not open it. */
async function openStorage(
  client: MatrixClient,
  crypto: CryptoApi,
  secret: PasswordSecret,
): Promise<boolean> {
  const stored = await client.secretStorage.getKey();
  if (stored === null) return false;
  const [keyId, info] = stored;
  const key = await secret.callbacks.getSecretStorageKey?.(
    { keys: { [keyId]: info } },
    "m.cross_signing.master",
  );
  if (key === null || key === undefined || !(await client.secretStorage.checkKey(key[1], info))) return false;
  try {
    await crypto.bootstrapCrossSigning({});
  } catch {
    return false;
  }
  await restoreBackup(crypto).catch(() => undefined);
  return true;
}

/** A backup that cannot be read is no reason to stop: the keeper has the history too. */
export async function restoreBackup(crypto: CryptoApi): Promise<void> {
  if ((await crypto.getKeyBackupInfo()) === null) return;
  await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
  await crypto.checkKeyBackupAndEnable();
  await crypto.restoreKeyBackup();
}

async function store(crypto: CryptoApi, secret: PasswordSecret, what: "new" | "complete"): Promise<void> {
  const { known } = secret;
  if (known === null) {
    await crypto.checkKeyBackupAndEnable();
    return;
  }
  if (what === "complete" && (await crypto.isSecretStorageReady())) {
    await crypto.checkKeyBackupAndEnable();
    return;
  }
  const backup = what === "complete" ? await crypto.checkKeyBackupAndEnable() : null;
  await crypto.bootstrapSecretStorage({
    createSecretStorageKey: () => crypto.createRecoveryKeyFromPassphrase(known),
    setupNewSecretStorage: true,
    setupNewKeyBackup: backup === null,
  });
}

/** Interactive authentication by a password; none is asked for the first upload of an account. */
export function passwordAuth(client: MatrixClient, password: string | null): UIAuthCallback<void> {
  return async (makeRequest) => {
    try {
      await makeRequest(null);
    } catch (cause) {
      const { httpStatus, data } = cause as {
        httpStatus?: number;
        data?: { session?: string; flows?: unknown };
      };
      if (httpStatus !== 401 || data?.flows === undefined || password === null) throw cause;
      await makeRequest({
        type: "m.login.password",
        identifier: { type: "m.id.user", user: client.getSafeUserId() },
        password,
        session: data.session,
      });
    }
  };
}
