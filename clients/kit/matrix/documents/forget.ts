/** The end of what the list of documents keeps: with the sign-in, whoever ended it. Light: the app calls it without the client. */

const PREFIX = "consilium-documents:";

export const documentsDatabaseName = (userId: string, deviceId: string): string =>
  `${PREFIX}${userId}:${deviceId}`;

/** Key, list and kept files are gone. Resolves also while another tab still holds them open: they go when that tab does. */
export function forgetDocuments(userId: string, deviceId: string): Promise<void> {
  return deleteDatabase(documentsDatabaseName(userId, deviceId));
}

/** Whatever is kept of other sign-ins than this one: of those that ended while no window was open, or one that was closed too early. */
export async function forgetOtherDocuments(
  current: { userId: string; deviceId: string } | null,
): Promise<void> {
  const own = current === null ? null : documentsDatabaseName(current.userId, current.deviceId);
  try {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? "");
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== own).map(deleteDatabase));
  } catch {
    // A browser that does not tell its databases: the sign-in that ends here is forgotten by name.
  }
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
