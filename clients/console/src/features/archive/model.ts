/** Archive records as values: runs of a transcript, the seal in words. */
import {
  ApiProblem,
  type ArchivedCall,
  type ArchiveHit,
  type ArchiveQuery,
  type ArchiveRecord,
  type ConsultationRow,
  isOfService,
  type TranscriptEntry,
} from "@consilium/kit/api";
import type { CallItem } from "@consilium/kit/matrix";
import { sealedCall } from "@consilium/kit/ui";
import { ageOf } from "../../format.ts";
import { spanOf } from "../../list/days.ts";
import { archivedCallbackId, type DeskSearch } from "../../live/route.ts";

/** The server's query for what the address says; `to` is a day and means its end. */
export function archiveQuery(search: DeskSearch): ArchiveQuery {
  return {
    ...(search.q === undefined ? {} : { q: search.q }),
    ...(search.queue === undefined ? {} : { queue: search.queue }),
    ...(search.operator === undefined ? {} : { operator: search.operator }),
    ...(search.field === undefined ? {} : { field: search.field }),
    ...(search.tag === undefined ? {} : { tag: search.tag }),
    ...spanOf(search),
    ...(isStars(search.stars_max) ? { stars_max: Number(search.stars_max) } : {}),
    ...(isYesNo(search.conclusion) ? { conclusion: search.conclusion === "true" } : {}),
    ...(isYesNo(search.held) ? { held: search.held === "true" } : {}),
    ...(search.sort === "oldest" ? { sort: search.sort } : {}),
  };
}

/** Whether the list is narrowed: an order narrows nothing. */
export function isNarrowed({ sort: _, ...narrowing }: { [Name in keyof ArchiveQuery]?: unknown }): boolean {
  return Object.values(narrowing).some((value) => value !== undefined);
}

function isStars(value: string | undefined): boolean {
  return value !== undefined && /^[1-5]$/.test(value);
}

function isYesNo(value: string | undefined): boolean {
  return value === "true" || value === "false";
}

/** Longest text that the service searches for. Unit: characters. */
export const WORDS_MAX = 200;

/** Whether there is a word that the service would look up at all: two letters or digits in a row. */
export function canBeSearched(text: string): boolean {
  return /[\p{L}\p{N}]{2}/u.test(text);
}

/** Why the service would look up nothing by these words, as far as that can be seen here; the name of what is said. */
export function refusalOf(words: string): "tooShort" | "beginningTooShort" | null {
  if (!canBeSearched(words)) return "tooShort";
  const beginnings = words.normalize("NFKC").match(/[\p{L}\p{N}\p{M}]+(?=\*)/gu) ?? [];
  // Three letters, and nothing but letters.
  return beginnings.every((beginning) => /^\p{L}{3,}$/u.test(beginning)) ? null : "beginningTooShort";
}

/** The id under which the archive's address has what was found. */
export function placeOf(hit: ArchiveHit): string {
  return "callback" in hit ? archivedCallbackId(hit.callback.id) : hit.consultation.id;
}

/** Whom a record is about, as he was known then: the record outlives the card. Null: the patient himself. */
export function sealedPerson({
  person,
  consultation,
}: Pick<ArchiveRecord, "person" | "consultation">): ConsultationRow["person"] {
  if (person === null) return consultation.person;
  const { id, name, birth_date: born, sex, relationship } = person;
  return { id, name, sex, relationship, age: ageOf(born, Date.parse(consultation.requested_at)) };
}

export interface Said {
  readonly kind: "said";
  readonly entry: TranscriptEntry;
  /** First of a run of the same sender on the same day within five minutes. */
  readonly startsRun: boolean;
  readonly startsDay: boolean;
  /** What it answers, where that stands in the record. */
  readonly answers: TranscriptEntry | null;
}

export interface Called {
  readonly kind: "call";
  readonly call: CallItem;
  readonly caller: string;
  readonly startsDay: boolean;
}

const RUN_MS = 5 * 60_000;

/** Words and calls in the order they were said and ended. */
export function readTranscript(
  transcript: readonly TranscriptEntry[],
  calls: readonly ArchivedCall[] = [],
): (Said | Called)[] {
  const byId = new Map(transcript.map((entry) => [entry.event_id, entry]));
  const steps: (TranscriptEntry | ArchivedCall)[] = transcript.filter((entry) => !isOfService(entry));
  for (const call of calls) {
    const place = steps.findLastIndex((step) => atOf(step) <= atOf(call));
    steps.splice(place + 1, 0, call);
  }
  return steps.map((step, index) => {
    const before = steps[index - 1];
    const startsDay = before === undefined || dayOf(before) !== dayOf(step);
    if ("ended_at" in step)
      return { kind: "call", call: sealedCall(step), caller: step.caller.name, startsDay };
    return {
      kind: "said",
      entry: step,
      startsRun: startsDay || !continues(before, step),
      startsDay,
      answers: step.reply_to === null ? null : (byId.get(step.reply_to) ?? null),
    };
  });
}

function continues(before: TranscriptEntry | ArchivedCall, entry: TranscriptEntry): boolean {
  return (
    !("ended_at" in before) &&
    before.sender.user_id === entry.sender.user_id &&
    atOf(entry) - atOf(before) <= RUN_MS
  );
}

function atOf(step: TranscriptEntry | ArchivedCall): number {
  return Date.parse("ended_at" in step ? step.ended_at : step.sent_at);
}

function dayOf(step: TranscriptEntry | ArchivedCall): string {
  return new Date(atOf(step)).toDateString();
}

/** Whether a record could not be read because it was erased. */
export function isErased(error: unknown): boolean {
  return error instanceof ApiProblem && error.slug === "erased";
}

export type Seal = { readonly status: "valid" } | { readonly status: "broken" };

export function sealOf(record: ArchiveRecord): Seal {
  return record.chain.signature_valid ? { status: "valid" } : { status: "broken" };
}

/** A hash short enough to compare by eye. */
export function shortHash(hash: string): string {
  return hash.length <= 20 ? hash : `${hash.slice(0, 10)}…${hash.slice(-8)}`;
}
