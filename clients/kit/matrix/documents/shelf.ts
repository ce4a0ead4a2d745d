/** The documents of one sign-in as the client holds them: the list comes when it is first asked for, what is kept is there from the start. */
import type { Documents } from "../types.ts";
import { type DocumentsDatabase, openDocumentsDatabase } from "./database.ts";
import { forgetDocuments } from "./forget.ts";
import { KeptFiles } from "./kept.ts";
import type { DocumentsList } from "./list.ts";
import type { OpenDocuments } from "./open.ts";

export type ShelfParts = Omit<OpenDocuments, "database" | "kept">;

export class DocumentShelf {
  private readonly userId: string;
  private readonly deviceId: string;
  private readonly database: DocumentsDatabase;
  private readonly kept: KeptFiles;
  private list: Promise<DocumentsList> | null = null;

  constructor(userId: string, deviceId: string) {
    this.userId = userId;
    this.deviceId = deviceId;
    this.database = openDocumentsDatabase(userId, deviceId);
    this.kept = new KeptFiles(this.database);
  }

  /** What is kept of an mxc address, in clear; `null`: nothing. */
  bytes(mxc: string): Promise<ArrayBuffer | null> {
    return this.kept.bytes(mxc);
  }

  open(parts: ShelfParts): Promise<Documents> {
    this.list ??= this.start(parts).catch((cause) => {
      this.list = null;
      throw cause;
    });
    return this.list;
  }

  /** Whoever keeps something here keeps nothing that was taken back, though nobody looks at the list. */
  async openIfKept(parts: ShelfParts): Promise<void> {
    await this.kept.load();
    if (this.kept.sizes.get().size > 0) await this.open(parts);
  }

  async stop(): Promise<void> {
    const list = await this.list?.catch(() => null);
    list?.stop();
    this.database.close();
  }

  /** The sign-in is over: key, list and kept files go. */
  async forget(): Promise<void> {
    this.database.close();
    await forgetDocuments(this.userId, this.deviceId);
  }

  private async start(parts: ShelfParts): Promise<DocumentsList> {
    const { openDocuments } = await import("./open.ts");
    const list = openDocuments({ ...parts, kept: this.kept, database: this.database });
    await list.start();
    return list;
  }
}
