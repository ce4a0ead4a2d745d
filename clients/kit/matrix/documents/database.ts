/**
 * What the list of documents keeps on this device: a database of one sign-in, which goes with it. Names, sizes and the files' own secrets
 * lie sealed (`seal.ts`); in clear are only the ids that the server knows too.
 */
import Dexie, { type EntityTable } from "dexie";
import type { IEvent } from "matrix-js-sdk";
import { documentsDatabaseName } from "./forget.ts";
import type { Sealed } from "./seal.ts";

interface KeyRow {
  id: string;
  /** Not extractable: the browser uses it and shows it to nobody. */
  key: CryptoKey;
}

interface DocumentRow {
  id: string;
  roomId: string;
  sealed: Sealed;
}

/** An event whose key has not come yet, as the server sent it: encrypted. */
export interface UnreadRow {
  id: string;
  roomId: string;
  event: Partial<IEvent>;
}

/** How far a conversation has been looked through. */
export interface ScanRow {
  roomId: string;
  /** Everything older than this event, down to `older`, has been looked at. `null`: nothing yet. */
  newest: string | null;
  /** Where looking back goes on; `null` with `complete`. */
  older: string | null;
  complete: boolean;
  /** Milliseconds since 1970 of the oldest event that was looked at. */
  reachedAt: number | null;
}

/** A document that is kept on this device. */
interface KeptRow {
  id: string;
  /** Addresses of its parts in `keptBytes`: the file, its small picture. */
  urls: string[];
  /** What the parts take together, sealed. */
  sizeBytes: number;
}

interface KeptBytesRow {
  url: string;
  sealed: Sealed;
}

export type DocumentsDatabase = Dexie & {
  keys: EntityTable<KeyRow, "id">;
  documents: EntityTable<DocumentRow, "id">;
  unread: EntityTable<UnreadRow, "id">;
  scans: EntityTable<ScanRow, "roomId">;
  kept: EntityTable<KeptRow, "id">;
  keptBytes: EntityTable<KeptBytesRow, "url">;
};

export function openDocumentsDatabase(userId: string, deviceId: string): DocumentsDatabase {
  const database = new Dexie(documentsDatabaseName(userId, deviceId)) as DocumentsDatabase;
  database.version(1).stores({
    keys: "id",
    documents: "id",
    unread: "id",
    scans: "roomId",
    kept: "id",
    keptBytes: "url",
  });
  return database;
}
