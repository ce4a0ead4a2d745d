/**
 * What the two ways of keeping keys share (`custody.ts` for patients, `recovery.ts` for staff): the keys that open the secret storage,
 * in memory only; the restore of a backup; authentication by a password.
 */
import type { MatrixClient } from "matrix-js-sdk";
import {
  type CryptoApi,
  type CryptoCallbacks,
  decodeRecoveryKey,
  deriveRecoveryKeyFromPassphrase,
} from "matrix-js-sdk/lib/crypto-api/index.js";
import type { UIAuthCallback } from "matrix-js-sdk/lib/interactive-auth.js";

export type StorageKey = Uint8Array<ArrayBuffer>;

/** The password just typed, and keys of the secret storage: in memory, only as long as a set-up runs. */
export class StorageKeys {
  private password: string | null;
  private readonly known = new Map<string, StorageKey>();

  constructor(password: string | null) {
    this.password = password;
  }

  get typedPassword(): string | null {
    return this.password;
  }

  learn(keyId: string, key: StorageKey): void {
    this.known.set(keyId, key);
  }

  forget(): void {
    this.password = null;
    this.known.clear();
  }

  readonly callbacks: CryptoCallbacks = {
    getSecretStorageKey: async ({ keys }) => {
      for (const keyId of Object.keys(keys)) {
        const key = this.known.get(keyId);
        if (key !== undefined) return [keyId, key];
      }
      return null;
    },
    cacheSecretStorageKey: (keyId, _info, key) => {
      this.known.set(keyId, key);
    },
  };
}

/** The key of a storage that was locked by a password, as sign-ins did before the clinic kept the secret. */
export async function keyOfPassword(
  password: string,
  { salt, iterations, bits }: { salt: string; iterations: number; bits?: number },
): Promise<StorageKey> {
  return deriveRecoveryKeyFromPassphrase(password, salt, iterations, bits);
}

/** The key that a person typed; `null`: these letters are none. */
export function keyOfWords(text: string): StorageKey | null {
  try {
    return decodeRecoveryKey(text);
  } catch {
    return null;
  }
}

/** A backup that cannot be read is no reason to stop: the keeper has the history too. */
export async function restoreBackup(crypto: CryptoApi): Promise<void> {
  if ((await crypto.getKeyBackupInfo()) === null) return;
  await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
  await crypto.checkKeyBackupAndEnable();
  await crypto.restoreKeyBackup();
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
      if (httpStatus !== 401 || data?.flows === undefined) throw cause;
      if (password === null) throw new PasswordNeededError();
      await makeRequest({
        type: "m.login.password",
        identifier: { type: "m.id.user", user: client.getSafeUserId() },
        password,
        session: data.session,
      });
    }
  };
}

/** The server wants the password again, and it is not known any more. */
export class PasswordNeededError extends Error {
  constructor() {
    super("The password is needed.");
    this.name = "PasswordNeededError";
  }
}

/** Whether a failure says only that the server was not reached, or was busy: nothing is concluded from it. */
export function mayPass(cause: unknown): boolean {
  if (typeof cause !== "object" || cause === null) return false;
  const { httpStatus, status, name } = cause as { httpStatus?: unknown; status?: unknown; name?: unknown };
  const code = httpStatus ?? status;
  if (typeof code === "number") return code === 0 || code === 429 || code >= 500;
  return (
    name === "ConnectionError" || name === "TypeError" || name === "AbortError" || name === "NotSyncedError"
  );
}
