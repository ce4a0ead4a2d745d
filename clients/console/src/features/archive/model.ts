/** Archive records as values: runs of a transcript, the seal in words. */
import {
  type ArchivedFile,
  type ArchiveQuery,
  type ArchiveRecord,
  isOfService,
  type TranscriptEntry,
} from "@consilium/kit/api";
import type { FileBody } from "@consilium/kit/matrix";
import { dayStart } from "../../format.ts";
import type { DeskSearch } from "../../live/route.ts";

/** The server's query for what the address says; `to` is a day and means its end. */
export function archiveQuery(search: DeskSearch): ArchiveQuery {
  return {
    ...(search.q === undefined ? {} : { q: search.q }),
    ...(search.queue === undefined ? {} : { queue: search.queue }),
    ...(search.operator === undefined ? {} : { operator: search.operator }),
    ...(search.from === undefined ? {} : { from: dayStart(search.from) }),
    ...(search.to === undefined ? {} : { to: dayStart(search.to, 1) }),
  };
}

export interface Said {
  readonly entry: TranscriptEntry;
  /** First of a run of the same sender on the same day within five minutes. */
  readonly startsRun: boolean;
  readonly startsDay: boolean;
  /** What it answers, where that stands in the record. */
  readonly answers: TranscriptEntry | null;
}

const RUN_MS = 5 * 60_000;

export function readTranscript(transcript: readonly TranscriptEntry[]): Said[] {
  const byId = new Map(transcript.map((entry) => [entry.event_id, entry]));
  let before: TranscriptEntry | null = null;
  return transcript
    .filter((entry) => !isOfService(entry))
    .map((entry) => {
      const startsDay =
        before === null || new Date(before.sent_at).toDateString() !== new Date(entry.sent_at).toDateString();
      const startsRun =
        startsDay ||
        before === null ||
        before.sender.user_id !== entry.sender.user_id ||
        Date.parse(entry.sent_at) - Date.parse(before.sent_at) > RUN_MS;
      before = entry;
      return {
        entry,
        startsRun,
        startsDay,
        answers: entry.reply_to === null ? null : (byId.get(entry.reply_to) ?? null),
      };
    });
}

/** A file of a record as the kit's tiles and downloads take it. */
export function fileBody(file: ArchivedFile): FileBody {
  const mimetype = file.mimetype ?? "application/octet-stream";
  return {
    name: file.name,
    mimetype,
    sizeBytes: file.size_bytes,
    source: { at: "server", url: file.url, mimetype, encrypted: file.encrypted_file },
    thumbnail: null,
    width: null,
    height: null,
    durationMs: null,
  };
}

export type Seal = { readonly status: "valid" } | { readonly status: "broken" };

export function sealOf(record: ArchiveRecord): Seal {
  return record.chain.signature_valid ? { status: "valid" } : { status: "broken" };
}

/** A hash short enough to compare by eye. */
export function shortHash(hash: string): string {
  return hash.length <= 20 ? hash : `${hash.slice(0, 10)}…${hash.slice(-8)}`;
}
