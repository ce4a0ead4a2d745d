/** What a row of a live list says, decided from plain values. */
import type { ConsultationRow } from "@consilium/kit/api";
import type { ConversationSummary } from "@consilium/kit/matrix";
import type { ActionState } from "../../live/actions.ts";
import { type OfferSeen, offerSeen, type Viewer } from "../../live/offers.ts";
import { waitingSince } from "../../live/queue-list.ts";
import type { QueueSection } from "../../live/sections.ts";

/** Second line of a row. */
export type RowNote =
  | { readonly kind: "offer"; readonly seen: OfferSeen }
  | { readonly kind: "transfer"; readonly from: string; readonly note: string }
  /** Whose console was lost. */
  | { readonly kind: "lost"; readonly from: string }
  | { readonly kind: "previous"; readonly name: string }
  | { readonly kind: "lead"; readonly name: string }
  | { readonly kind: "last-message"; readonly text: string; readonly mine: boolean }
  | { readonly kind: "attachment"; readonly mine: boolean }
  | { readonly kind: "none" };

/** What became of a row that stays only because somebody points at the list. */
export type RowFate =
  | { readonly kind: "here" }
  | { readonly kind: "taken"; readonly by: string }
  | { readonly kind: "away" }
  | { readonly kind: "left"; readonly phase: ConsultationRow["phase"] };

export interface RowWords {
  readonly note: RowNote;
  readonly fate: RowFate;
  /** Since when the time on the right runs; null shows the moment of the last message instead. */
  readonly runsSince: string | null;
  readonly lastAt: string | null;
  readonly unread: number;
  /** Drawn bolder: somebody waits for this operator. */
  readonly calls: boolean;
}

function leadOf(row: ConsultationRow): string | null {
  return (row.participants.find(({ role }) => role === "lead") ?? row.participants[0])?.name ?? null;
}

function noteOf(
  row: ConsultationRow,
  {
    section,
    summary,
    viewer,
  }: { section: QueueSection; summary: ConversationSummary | null; viewer: Viewer },
): RowNote {
  const seen = offerSeen(row, viewer);
  if (seen !== null) return { kind: "offer", seen };
  const last = summary?.lastMessage ?? null;
  if (section === "mine" && last !== null) {
    if (last.text.length > 0) return { kind: "last-message", text: last.text, mine: last.mine };
    return { kind: "attachment", mine: last.mine };
  }
  if (section === "active" || section === "on-hold") {
    const lead = leadOf(row);
    return lead === null ? { kind: "none" } : { kind: "lead", name: lead };
  }
  if (row.transfer?.cause === "lost") return { kind: "lost", from: row.transfer.from };
  if (row.transfer !== null) return { kind: "transfer", from: row.transfer.from, note: row.transfer.note };
  if (row.previous_operator !== null) return { kind: "previous", name: row.previous_operator.name };
  return { kind: "none" };
}

function fateOf(row: ConsultationRow, { gone, away }: { gone: boolean; away: boolean }): RowFate {
  if (!gone) return { kind: "here" };
  if (away) return { kind: "away" };
  const lead = leadOf(row);
  if (row.phase === "active" && lead !== null) return { kind: "taken", by: lead };
  return { kind: "left", phase: row.phase };
}

export function rowWords(
  row: ConsultationRow,
  options: {
    section: QueueSection;
    gone: boolean;
    away: boolean;
    summary: ConversationSummary | null;
    viewer: Viewer;
  },
): RowWords {
  const { section, gone, summary } = options;
  const since = gone ? null : waitingSince(row);
  const unread = section === "mine" ? (summary?.unread ?? 0) : 0;
  return {
    note: noteOf(row, options),
    fate: fateOf(row, options),
    runsSince: section === "on-hold" ? (row.hold?.since ?? since) : since,
    lastAt: row.last_message_at,
    unread,
    calls: section === "waiting" || unread > 0 || row.unanswered_since !== null,
  };
}

/** The refusal that stands in a row, or null. */
export function refusalIn(
  state: ActionState | null,
): { takenBy: string | null; offeredTo: string | null; detail: string } | null {
  if (state?.status !== "refused" || state.verb !== "take") return null;
  const { takenBy, offeredTo, detail } = state.problem;
  return { takenBy: takenBy?.name ?? null, offeredTo: offeredTo?.name ?? null, detail };
}
