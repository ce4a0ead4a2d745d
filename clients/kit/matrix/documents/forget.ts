/** The end of what the list of documents keeps: with the sign-in, whoever ended it. Light: the app calls it without the client. */

export const documentsDatabaseName = (userId: string, deviceId: string): string =>
  `consilium-documents:${userId}:${deviceId}`;

/** Key, list and kept files are gone. Resolves also while another tab still holds them open: they go when that tab does. */
export function forgetDocuments(userId: string, deviceId: string): Promise<void> {
  return deleteDatabase(documentsDatabaseName(userId, deviceId));
}

/** Resolves also when another tab still holds it open: it goes when that tab does. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => resolve();
    request.onblocked = () => resolve();
  });
}
