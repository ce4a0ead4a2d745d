/** Drafts by conversation: nothing typed is lost, not by a reload and not by a lost sign-in. */
import type { ClientDatabase } from "./database.ts";
import type { Drafts, TextDraft } from "./types.ts";

export class StoredDrafts implements Drafts {
  private readonly database: ClientDatabase;

  constructor(database: ClientDatabase) {
    this.database = database;
  }

  async load(roomId: string): Promise<TextDraft | null> {
    const row = await this.database.drafts.get(roomId);
    return row === undefined ? null : { text: row.text, replyTo: row.replyTo };
  }

  async save(roomId: string, draft: TextDraft): Promise<void> {
    if (draft.text === "" && draft.replyTo === null) await this.database.drafts.delete(roomId);
    else await this.database.drafts.put({ roomId, ...draft });
  }
}
