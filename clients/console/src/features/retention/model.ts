/** What goes of the archive, holds and certificates as values: what the address says, counts by class, a file to keep. */
import type { DueCount, ErasureCertificate } from "@consilium/kit/api";
import type { HoldOn } from "../../desk/desk.ts";

export const ARCHIVE_LISTS = ["records", "due", "holds"] as const;
export type ArchiveList = (typeof ARCHIVE_LISTS)[number];

/** Which of the archive's lists the address names; what it does not know is the records. */
export function archiveListOf(state: string | undefined): ArchiveList {
  return ARCHIVE_LISTS.find((list) => list === state) ?? "records";
}

export const DAYS = [1, 7, 30] as const;
export type Days = (typeof DAYS)[number];

/** In how many days, as the address says it. */
export function daysOf(period: string | undefined): Days {
  return DAYS.find((days) => String(days) === period) ?? 1;
}

export interface ClassCount {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly held: number;
  readonly queues: readonly { readonly id: string; readonly name: string; readonly count: number }[];
}

/** Counts of classes, with their queues; the largest first. */
export function byClass(counts: readonly DueCount[]): ClassCount[] {
  const classes = new Map<string, ClassCount>();
  for (const {
    class: { id, name },
    queue,
    count,
    held,
  } of counts) {
    const before = classes.get(id) ?? { id, name, count: 0, held: 0, queues: [] };
    classes.set(id, {
      ...before,
      count: before.count + count,
      held: before.held + held,
      queues: [...before.queues, { ...queue, count }],
    });
  }
  return [...classes.values()].sort((a, b) => b.count - a.count);
}

export function newHold(on: HoldOn, reason: string, requestId: string) {
  const what = "consultationId" in on ? { consultation_id: on.consultationId } : { patient_id: on.patientId };
  return { ...what, reason: reason.trim(), request_id: requestId };
}

/** How many of an erased record's files are gone; null: nobody knows which they were. */
export function filesGone({
  files,
}: Pick<ErasureCertificate, "files">): { gone: number; all: number } | null {
  if (files === null) return null;
  return { gone: files.filter(({ gone_at }) => gone_at !== null).length, all: files.length };
}

/** A certificate as a file to keep. */
export function certificateFile(certificate: ErasureCertificate): { name: string; text: string } {
  const day = certificate.erased.at.slice(0, 10);
  return {
    name: `erasure-${day}-${certificate.consultation_id}.json`,
    text: `${JSON.stringify(certificate, null, 2)}\n`,
  };
}
