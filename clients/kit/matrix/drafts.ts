/**
 * Drafts by conversation: nothing typed is lost, not by a reload and not by a lost sign-in.
 *
 * A page that goes away does not wait for a database: what is being written lies beside it, in the storage that is written at
 * once, until the database has it.
 */
import type { ClientDatabase } from "./database.ts";
import type { Drafts, TextDraft } from "./types.ts";

const UNSAVED = "consilium.draft:";
/** Files beside a draft that are kept, together; more of them is asked for again. */
const FILES_BYTES_MAX = 200_000_000;

const unsavedKey = (userId: string, roomId: string) => `${UNSAVED}${userId}:${roomId}`;

export class StoredDrafts implements Drafts {
  private readonly database: ClientDatabase;
  private readonly userId: string;

  constructor(database: ClientDatabase, userId: string) {
    this.database = database;
    this.userId = userId;
  }

  async load(roomId: string): Promise<TextDraft | null> {
    const unsaved = parsed(localStorage.getItem(unsavedKey(this.userId, roomId)));
    if (unsaved !== null) {
      await this.save(roomId, unsaved);
      return isEmpty(unsaved) ? null : unsaved;
    }
    const row = await this.database.drafts.get(roomId);
    return row === undefined ? null : { text: row.text, replyTo: row.replyTo };
  }

  async save(roomId: string, draft: TextDraft): Promise<void> {
    const key = unsavedKey(this.userId, roomId);
    const written = JSON.stringify(draft);
    localStorage.setItem(key, written);
    try {
      if (isEmpty(draft)) await this.database.drafts.delete(roomId);
      else await this.database.drafts.put({ roomId, ...draft });
    } catch {
      // Closed or full: the draft stays where it lies.
      return;
    }
    if (localStorage.getItem(key) === written) localStorage.removeItem(key);
  }

  async loadFiles(roomId: string): Promise<readonly File[]> {
    return (await this.database.attached.get(roomId))?.files ?? [];
  }

  async saveFiles(roomId: string, files: readonly File[]): Promise<void> {
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    try {
      if (files.length === 0 || bytes > FILES_BYTES_MAX) await this.database.attached.delete(roomId);
      else await this.database.attached.put({ roomId, files });
    } catch {
      // Closed or full: they stay in the window, as long as that is open.
    }
  }
}

/** A sign-out leaves nothing behind. */
export function forgetDrafts(userId: string): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(unsavedKey(userId, ""))) localStorage.removeItem(key);
  }
}

const isEmpty = ({ text, replyTo }: TextDraft) => text === "" && replyTo === null;

function parsed(json: string | null): TextDraft | null {
  if (json === null) return null;
  try {
    const { text, replyTo } = JSON.parse(json) as Record<string, unknown>;
    return typeof text === "string" ? { text, replyTo: typeof replyTo === "string" ? replyTo : null } : null;
  } catch {
    return null;
  }
}
