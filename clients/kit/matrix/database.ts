/** What must survive a reload: messages that have not gone out yet, drafts, and files that wait beside them. One database for each user. */
import Dexie, { type EntityTable } from "dexie";
import type { EncryptedFileInfo, SendFailure, TextDraft } from "./types.ts";

export interface OutboxFile {
  blob: Blob;
  name: string;
  mimetype: string;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  /** Of a voice message: how loud it is, 0 to 1 each. */
  voice?: readonly number[];
  thumbnail: { blob: Blob; width: number; height: number } | null;
  /** Filled when the upload is done, so that a retry does not upload twice. */
  uploaded: { file: EncryptedFileInfo; thumbnail: EncryptedFileInfo | null } | null;
}

export type OutboxWork =
  | { kind: "text"; text: string; replyTo: string | null }
  | { kind: "file"; file: OutboxFile; caption: string | null; replyTo: string | null }
  | { kind: "edit"; target: string; text: string }
  /** Goes out in the clear, as every client sends it. */
  | { kind: "react"; target: string; sign: string }
  | { kind: "redact"; target: string };

export interface OutboxRow {
  /** Transaction id: the server answers a repeated send with the first event. */
  txnId: string;
  roomId: string;
  /** Milliseconds since 1970; the order of sending within a room. */
  createdAt: number;
  work: OutboxWork;
  /** Set when it failed for good; cleared by «send again». */
  failure: SendFailure | null;
}

interface DraftRow extends TextDraft {
  roomId: string;
}

/** Files that wait beside a draft. */
interface AttachedRow {
  roomId: string;
  files: readonly File[];
}

export type ClientDatabase = Dexie & {
  outbox: EntityTable<OutboxRow, "txnId">;
  drafts: EntityTable<DraftRow, "roomId">;
  attached: EntityTable<AttachedRow, "roomId">;
};

export function openDatabase(userId: string): ClientDatabase {
  const database = new Dexie(databaseName(userId)) as ClientDatabase;
  database.version(1).stores({ outbox: "txnId, [roomId+createdAt]", drafts: "roomId" });
  database.version(2).stores({ attached: "roomId" });
  return database;
}

export function databaseName(userId: string): string {
  return `consilium:${userId}`;
}
