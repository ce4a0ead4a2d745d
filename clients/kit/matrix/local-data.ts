/**
 * The databases of a user on this device. Drafts and the outbox belong to the user and outlive a sign-in; keys, the state of sync, the
 * list of documents and what is kept of them belong to one sign-in and go with it.
 */
import { databaseName } from "./database.ts";
import { deleteDatabase, forgetDocuments } from "./documents/forget.ts";
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
  await Promise.all([...names.map(deleteDatabase), forgetDocuments(userId, deviceId)]);
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
