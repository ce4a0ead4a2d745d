/**
 * The databases of a user on this device. Drafts and the outbox belong to the user and outlive a sign-in; keys and the state
 * of sync belong to one sign-in and go with it.
 */
import { databaseName } from "./database.ts";

const DEVICE = "consilium.device:";

export const syncDatabaseName = (userId: string, deviceId: string): string =>
  `consilium-sync:${userId}:${deviceId}`;
export const cryptoDatabasePrefix = (userId: string, deviceId: string): string =>
  `consilium-crypto:${userId}:${deviceId}`;

/** Call before the stores are opened: what an earlier sign-in of this user left behind is removed. */
export function adoptDevice(userId: string, deviceId: string): void {
  const before = localStorage.getItem(DEVICE + userId);
  if (before !== null && before !== deviceId) forgetDevice(userId, before);
  localStorage.setItem(DEVICE + userId, deviceId);
}

export function forgetDevice(userId: string, deviceId: string): void {
  const crypto = cryptoDatabasePrefix(userId, deviceId);
  const names = [
    `matrix-js-sdk:${syncDatabaseName(userId, deviceId)}`,
    `${crypto}::matrix-sdk-crypto`,
    `${crypto}::matrix-sdk-crypto-meta`,
  ];
  for (const name of names) indexedDB.deleteDatabase(name);
}

/** A sign-out leaves nothing behind. */
export function forgetUser(userId: string, deviceId: string): void {
  forgetDevice(userId, deviceId);
  indexedDB.deleteDatabase(databaseName(userId));
  localStorage.removeItem(DEVICE + userId);
}
