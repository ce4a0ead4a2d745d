import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ClinicCustody } from "./custody.ts";
import { keyOfPassword, keyOfWords, StorageKeys } from "./keys.ts";
import { Cell } from "./store.ts";
import type { Clinic, KeysState, SecretAnswer } from "./types.ts";

const SECRET = new Uint8Array(32).fill(7);
const OFFLINE = Object.assign(new Error("offline"), { status: 0 });

/** An account as server, storage and this device have it. */
interface Account {
  published: boolean;
  identityHere: boolean;
  /** The key that opens the storage; `null`: there is no storage. */
  lockedBy: Uint8Array | null;
  name: string;
  passphrase?: object;
}

interface Setting extends Account {
  answers: (SecretAnswer | Error)[];
  password?: string | null;
}

const FRESH: Account = {
  published: false,
  identityHere: false,
  lockedBy: null,
  name: "chat.consilium.clinic",
};
const ELSEWHERE: Account = { ...FRESH, published: true, lockedBy: SECRET };

function world({ answers, password = "typed", ...account }: Setting) {
  const did: string[] = [];
  const note = (what: string) => async () => void did.push(what);
  const info = { name: account.name, passphrase: account.passphrase };
  const crypto = {
    userHasCrossSigningKeys: async () => account.published,
    getCrossSigningStatus: async () => {
      const here = account.identityHere;
      return { privateKeysCachedLocally: { masterKey: here, selfSigningKey: here, userSigningKey: here } };
    },
    bootstrapCrossSigning: async ({ setupNewCrossSigning = false }) =>
      void did.push(setupNewCrossSigning ? "identity made" : "identity restored"),
    bootstrapSecretStorage: async (options: {
      createSecretStorageKey: () => Promise<{ privateKey: Uint8Array; keyInfo: { name: string } }>;
    }) => {
      const { privateKey, keyInfo } = await options.createSecretStorageKey();
      did.push(`locked by ${keyInfo.name} ${privateKey[0]}`);
    },
    resetEncryption: note("identity replaced"),
    checkKeyBackupAndEnable: async () => null,
    getKeyBackupInfo: async () => ({}),
    loadSessionBackupPrivateKeyFromSecretStorage: note("backup key loaded"),
    restoreKeyBackup: note("history restored"),
  };
  const storage = account.lockedBy === null ? null : ["K", info];
  const client = {
    getCrypto: () => crypto,
    getSafeUserId: () => "@anna:x",
    secretStorage: {
      getKey: async () => storage,
      checkKey: async (key: Uint8Array) =>
        account.lockedBy !== null && key.every((byte, at) => byte === account.lockedBy?.[at]),
      isStored: async () => ({ K: info }),
    },
    http: {
      authedRequest: async () => {
        if (storage === null) throw Object.assign(new Error("absent"), { httpStatus: 404 });
        return { key: "K" };
      },
    },
  };
  const clinic: Clinic = {
    ask: async (wish) => {
      did.push(`asked ${wish}`);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error || answer === undefined) throw answer;
      return answer;
    },
    giveUp: note("given up"),
  };
  const state = new Cell<KeysState>("unknown");
  const custody = new ClinicCustody({
    client: client as never,
    keys: new StorageKeys(password),
    clinic,
    state,
  });
  return { custody, state, did, account };
}

const given: SecretAnswer = { keptBy: "clinic", secret: SECRET };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("makes everything at the first sign-in, after it has the secret", async () => {
  const { custody, state, did } = world({ ...FRESH, answers: [given] });
  await custody.prepare();
  expect(did).toEqual(["asked kept", "identity made", "locked by chat.consilium.clinic 7"]);
  expect(state.get()).toBe("ready");
});

it("restores the same identity on a new device", async () => {
  const { custody, state, did } = world({ ...ELSEWHERE, answers: [given] });
  await custody.prepare();
  expect(did).toEqual(["asked kept", "backup key loaded", "identity restored", "history restored"]);
  expect(state.get()).toBe("ready");
});

it("asks nothing where the identity is on the device", async () => {
  const { custody, state, did } = world({
    ...ELSEWHERE,
    identityHere: true,
    password: null,
    answers: [given],
  });
  await custody.prepare();
  expect([did, state.get()]).toEqual([[], "ready"]);
});

it("replaces no identity because the clinic does not answer, and asks again until it does", async () => {
  const { custody, state, did } = world({ ...ELSEWHERE, answers: [OFFLINE, OFFLINE, given] });
  await custody.prepare();
  expect([did, state.get()]).toEqual([["asked kept"], "preparing"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(state.get()).toBe("ready");
  expect(did.filter((what) => what === "asked kept")).toHaveLength(3);
  expect(did).toContain("identity restored");
  expect(did).not.toContain("identity replaced");
});

it("says so when the clinic refuses, and replaces nothing", async () => {
  const refusal = Object.assign(new Error("refused"), { status: 403 });
  const { custody, state, did } = world({ ...ELSEWHERE, answers: [refusal] });
  await custody.prepare();
  expect([did, state.get()]).toEqual([["asked kept"], "failed"]);
  custody.stop();
});

it("asks for a fresh sign-in where the identity is missing", async () => {
  const { custody, state, did } = world({ ...ELSEWHERE, password: null, answers: [{ keptBy: "stale" }] });
  await custody.prepare();
  expect([did, state.get()]).toEqual([["asked kept"], "needs-sign-in"]);
});

it("replaces the identity only when the secret opens nothing", async () => {
  const { custody, state, did } = world({
    ...ELSEWHERE,
    lockedBy: new Uint8Array(32).fill(9),
    answers: [given],
  });
  await custody.prepare();
  expect(did).toEqual(["asked kept", "identity replaced", "locked by chat.consilium.clinic 7"]);
  expect(state.get()).toBe("ready");
});

it("opens by the password what it locked before, and locks it by the clinic's secret", async () => {
  const passphrase = { algorithm: "m.pbkdf2", salt: "salt", iterations: 2 };
  const lockedBy = await keyOfPassword("typed", passphrase);
  const { custody, state, did } = world({ ...ELSEWHERE, lockedBy, passphrase, answers: [given] });
  await custody.prepare();
  expect(did).toEqual([
    "asked kept",
    "backup key loaded",
    "identity restored",
    "history restored",
    "locked by chat.consilium.clinic 7",
  ]);
  expect(state.get()).toBe("ready");
});

it("replaces what another password locked", async () => {
  const passphrase = { algorithm: "m.pbkdf2", salt: "salt", iterations: 2 };
  const lockedBy = await keyOfPassword("the one before", passphrase);
  const { custody, did } = world({ ...ELSEWHERE, lockedBy, passphrase, answers: [given] });
  await custody.prepare();
  expect(did).toContain("identity replaced");
});

it("waits for the sync when the server has a newer lock than this device", async () => {
  const { custody, state, did } = world({ ...ELSEWHERE, answers: [given] });
  const { client } = (custody as unknown as { parts: { client: { secretStorage: { getKey: unknown } } } })
    .parts;
  client.secretStorage.getKey = async () => null;
  await custody.prepare();
  expect([did, state.get()]).toEqual([["asked kept"], "preparing"]);
  custody.stop();
});

it("asks for the recovery key where the person keeps the secret, and opens by it", async () => {
  const { custody, state, did, account } = world({
    ...ELSEWHERE,
    name: "chat.consilium.person",
    answers: [{ keptBy: "person" }],
  });
  await custody.prepare();
  expect(state.get()).toBe("needs-recovery-key");
  expect(await custody.unlock("nonsense")).toBe("wrong-key");
  const own = custody.newRecoveryKey();
  expect(await custody.unlock(own)).toBe("wrong-key");
  account.lockedBy = keyOfWords(own);
  expect(await custody.unlock(own)).toBe("unlocked");
  expect(did).toEqual(["asked kept", "backup key loaded", "identity restored", "history restored"]);
  expect(state.get()).toBe("ready");
});

it("begins anew without the recovery key", async () => {
  const { custody, state, did } = world({ ...ELSEWHERE, answers: [{ keptBy: "person" }, given] });
  await custody.prepare();
  expect(await custody.startOver()).toBe("done");
  expect(did).toEqual([
    "asked kept",
    "asked start-over",
    "identity replaced",
    "locked by chat.consilium.clinic 7",
  ]);
  expect(state.get()).toBe("ready");
});

it("locks everything by the person's key before the clinic gives its copy up", async () => {
  const { custody, did } = world({ ...ELSEWHERE, identityHere: true, password: null, answers: [given] });
  const key = custody.newRecoveryKey();
  expect(await custody.takeOver(key)).toBe("failed");
  await custody.prepare();
  expect(await custody.takeOver(key)).toBe("taken");
  expect(did).toHaveLength(2);
  expect(did[0]).toContain("locked by chat.consilium.person");
  expect(did[1]).toBe("given up");
});
