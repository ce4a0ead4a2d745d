/** What the list of documents shows and how it is searched. Plain functions. */
import type { Consultation } from "@consilium/kit/api";
import { fold, isCalendarDate } from "@consilium/kit/brand";
import type { DocumentItem } from "@consilium/kit/matrix";
import type { OwnConclusion } from "./conclusions.ts";

/** What a document is found by, in the reader's language. */
export interface DocumentWords {
  /** «You», or the name of who sent or signed it. */
  sender: string;
  /** Where it was sent; `null`: not known (yet). */
  service: string | null;
  /** The day in the ways in which people write it: «12 March 2026», «March 2026», «12.03.2026». */
  days: readonly string[];
}

interface Found extends DocumentWords {
  /** Under which it is kept on this device. */
  id: string;
  name: string;
  /** When it was sent, or signed; milliseconds since 1970. */
  at: number;
  /** Whom the talk was about in which it was sent, of those one acts for; `null`: oneself. */
  person: { readonly id: string; readonly name: string } | null;
}

export interface FoundFile extends Found {
  kind: "file";
  document: DocumentItem;
}

export interface FoundConclusion extends Found {
  kind: "conclusion";
  conclusion: OwnConclusion;
}

export type FoundDocument = FoundFile | FoundConclusion;

/** What is looked at: everything, or one of both kinds. */
export type Kind = "all" | FoundDocument["kind"];

/** Both ends belong to it; `YYYY-MM-DD` of the reader's clock, or empty for an open end, or what is being typed. */
export interface Period {
  from: string;
  to: string;
}

export const ALWAYS: Period = { from: "", to: "" };

type Asked = Pick<Consultation, "room_id" | "requested_at" | "queue"> & Partial<Pick<Consultation, "person">>;

/** What was asked last in this conversation when the document was sent. */
export function askedAt<C extends Asked>(
  { roomId, at }: Pick<DocumentItem, "roomId" | "at">,
  consultations: readonly C[],
): C | null {
  let best: { asked: number; consultation: C } | null = null;
  for (const consultation of consultations) {
    const asked = Date.parse(consultation.requested_at);
    if (consultation.room_id !== roomId || asked > at || (best !== null && asked <= best.asked)) continue;
    best = { asked, consultation };
  }
  return best?.consultation ?? null;
}

/** Everybody's, and one's own; no id of a person is one of these. */
export const ALL = "all";
export const SELF = "self";

/** Files and conclusions in one list, newest first. */
export function together(
  files: readonly FoundFile[],
  conclusions: readonly FoundConclusion[],
): readonly FoundDocument[] {
  if (conclusions.length === 0) return files;
  return [...files, ...conclusions].sort((a, b) => b.at - a.at);
}

/** Whether a document is whose documents are asked for. What was sent before anything was asked is one's own. */
export function isOf({ person }: Pick<FoundDocument, "person">, whose: string): boolean {
  return whose === ALL || (person?.id ?? SELF) === whose;
}

/** Every word of the search stands somewhere in the name, the sender, the service or the day. */
export function matches(found: FoundDocument, query: string): boolean {
  const { name, sender, service, person, days } = found;
  const text = fold([name, sender, service ?? "", person?.name ?? "", ...days].join(" "));
  return fold(query)
    .split(" ")
    .every((word) => text.includes(word));
}

/** An end that is being typed and is no date yet is open. */
export function isWithin(at: number, { from, to }: Period): boolean {
  const day = dayOf(at);
  return (!isCalendarDate(from) || day >= from) && (!isCalendarDate(to) || day <= to);
}

/** `YYYY-MM-DD` of the reader's clock. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export type Line =
  | { kind: "month"; key: string; month: number }
  | { kind: "document"; key: string; found: FoundDocument; startsMonth: boolean; endsMonth: boolean };

/** Documents, newest first, under the months of the reader's clock. */
export function linesOf(documents: readonly FoundDocument[]): Line[] {
  const lines: Line[] = [];
  let last: number | null = null;
  for (const found of documents) {
    const at = new Date(found.at);
    const month = new Date(at.getFullYear(), at.getMonth(), 1).getTime();
    const startsMonth = month !== last;
    if (startsMonth) {
      endMonth(lines);
      lines.push({ kind: "month", key: `month:${month}`, month });
      last = month;
    }
    lines.push({ kind: "document", key: found.id, found, startsMonth, endsMonth: false });
  }
  endMonth(lines);
  return lines;
}

function endMonth(lines: readonly Line[]): void {
  const last = lines.at(-1);
  if (last?.kind === "document") last.endsMonth = true;
}

/** How much of the time since the first question has been looked through, 0..1; `null`: nobody can tell. */
export function partLookedThrough(
  reachedAt: number | null,
  consultations: readonly Pick<Consultation, "requested_at">[],
  now: number,
): number | null {
  const first = Math.min(...consultations.map(({ requested_at }) => Date.parse(requested_at)));
  if (reachedAt === null || !Number.isFinite(first) || first >= now) return null;
  return Math.min(1, Math.max(0, (now - reachedAt) / (now - first)));
}

/** Photos without a small picture of their own are drawn from themselves up to this size. */
const DRAWN_BYTES_MAX = 200_000;

/** What is drawn in the list; `null`: the icon of its kind. */
export function previewOf({ kind, file }: DocumentItem): DocumentItem["file"]["source"] | null {
  if (file.thumbnail !== null) return file.thumbnail;
  const isLight = file.sizeBytes !== null && file.sizeBytes <= DRAWN_BYTES_MAX;
  return kind === "image" && isLight ? file.source : null;
}
