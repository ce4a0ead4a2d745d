/**
 * The databases of a user on this device. Drafts and the outbox belong to the user and outlive a sign-in; keys and the state
 * of sync belong to one sign-in and go with it.
 */
import { databaseName } from "./database.ts";
import { forgetDrafts } from "./drafts.ts";

const DEVICE = "consilium.device:";

export const syncDatabaseName = (userId: string, deviceId: string): string =>
  `consilium-sync:${userId}:${deviceId}`;
export const cryptoDatabasePrefix = (userId: string, deviceId: string): string =>
  `consilium-crypto:${userId}:${deviceId}`;

/** Call before the stores are opened: what an earlier sign-in of this user left behind is removed. */
export function adoptDevice(userId: string, deviceId: string): void {
  const before = localStorage.getItem(DEVICE + userId);
  if (before !== null && before !== deviceId) void forgetDevice(userId, before);
  localStorage.setItem(DEVICE + userId, deviceId);
}

async function forgetDevice(userId: string, deviceId: string): Promise<void> {
  const crypto = cryptoDatabasePrefix(userId, deviceId);
  const names = [
    `matrix-js-sdk:${syncDatabaseName(userId, deviceId)}`,
    `${crypto}::matrix-sdk-crypto`,
    `${crypto}::matrix-sdk-crypto-meta`,
  ];
  await Promise.all(names.map(deleteDatabase));
}

/** Resolves also when another tab still holds it open: it goes when that tab does. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => resolve();
    request.onblocked = () => resolve();
  });
}

/** A sign-out leaves nothing behind. */
export async function forgetUser(userId: string, deviceId: string): Promise<void> {
  await forgetDevice(userId, deviceId);
  await deleteDatabase(databaseName(userId));
  forgetDrafts(userId);
  localStorage.removeItem(DEVICE + userId);
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("mxjssdk_") || key.startsWith("loglevel:")) localStorage.removeItem(key);
  }
}
