/** The list on this device: sealed rows, what waits for its key, and how far each conversation has been looked through. */
import type { DocumentItem } from "../types.ts";
import type { DocumentsDatabase, ScanRow, UnreadRow } from "./database.ts";
import { type Seal, sealOf } from "./seal.ts";

/** What a page, or one live event, changes. */
export interface Changes {
  found: readonly DocumentItem[];
  removed: readonly string[];
  unread: readonly UnreadRow[];
  /** No longer unread, whatever they turned out to be. */
  read: readonly string[];
  scan: ScanRow | null;
}

export class DocumentsStore {
  private readonly database: DocumentsDatabase;
  private seal: Promise<Seal> | null = null;

  constructor(database: DocumentsDatabase) {
    this.database = database;
  }

  /** Rows that do not open (another browser's copy) are dropped: looking through the conversation brings them back. */
  async load(): Promise<{ documents: DocumentItem[]; unread: UnreadRow[]; scans: ScanRow[] }> {
    const seal = await this.sealed();
    const [rows, unread, scans] = await Promise.all([
      this.database.documents.toArray(),
      this.database.unread.toArray(),
      this.database.scans.toArray(),
    ]);
    const opened = await Promise.all(
      rows.map(({ id, sealed }) => seal.openValue<DocumentItem>(sealed, id).catch(() => null)),
    );
    const documents = opened.filter((document) => document !== null);
    if (documents.length < rows.length) return this.begunAnew();
    return { documents, unread, scans };
  }

  /** One transaction: a page that was looked through is never counted without what it held. */
  async apply({ found, removed, unread, read, scan }: Changes): Promise<void> {
    const seal = await this.sealed();
    const rows = await Promise.all(
      found.map(async (document) => ({
        id: document.id,
        roomId: document.roomId,
        sealed: await seal.closeValue(document, document.id),
      })),
    );
    const tables = [this.database.documents, this.database.unread, this.database.scans];
    await this.database.transaction("rw", tables, async () => {
      await this.database.documents.bulkPut(rows);
      await this.database.documents.bulkDelete([...removed]);
      await this.database.unread.bulkDelete([...read, ...removed]);
      await this.database.unread.bulkPut([...unread]);
      if (scan !== null) await this.database.scans.put(scan);
    });
  }

  private async begunAnew(): Promise<{ documents: DocumentItem[]; unread: UnreadRow[]; scans: ScanRow[] }> {
    const tables = [this.database.documents, this.database.unread, this.database.scans];
    await this.database.transaction("rw", tables, () => Promise.all(tables.map((table) => table.clear())));
    return { documents: [], unread: [], scans: [] };
  }

  private sealed(): Promise<Seal> {
    this.seal ??= sealOf(this.database);
    return this.seal;
  }
}
