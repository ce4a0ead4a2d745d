/** Conclusions among the documents: which there are, and how they lie on this device. Plain functions; reading and keeping is in `useConclusions.ts`. */
import type { Consultation } from "@consilium/kit/api";

/** A signed conclusion as the list shows it. Lies beside the kept PDF too: fields are added, never changed. */
export interface OwnConclusion {
  consultationId: string;
  conversationId: string;
  /** In the register. */
  number: number;
  /** The last one that was signed. */
  version: number;
  /** When that was; milliseconds since 1970. */
  at: number;
  /** Who signed it. */
  author: string;
  /** Where the patient asked. */
  service: string;
  /** When; milliseconds since 1970. */
  askedAt: number;
  /** Whom it is about, of those one acts for; `null`: oneself. */
  person: { readonly id: string; readonly name: string } | null;
  /** The consultation has a record to look at; one that is open has its conversation. */
  isOver: boolean;
}

type Concluded = Pick<
  Consultation,
  "id" | "conversation_id" | "queue" | "requested_at" | "phase" | "person" | "conclusion" | "erased_at"
>;

/** One for each consultation that has one; of two lists that name the same one the first counts, as it is fresher. */
export function conclusionsOf(consultations: readonly Concluded[]): OwnConclusion[] {
  const seen = new Set<string>();
  const own: OwnConclusion[] = [];
  for (const consultation of consultations) {
    if (seen.has(consultation.id)) continue;
    seen.add(consultation.id);
    const { conclusion, erased_at: erasedAt } = consultation;
    if (conclusion == null || erasedAt !== null) continue;
    own.push({
      consultationId: consultation.id,
      conversationId: consultation.conversation_id,
      number: conclusion.number,
      version: conclusion.version,
      at: Date.parse(conclusion.signed_at),
      // A list that an earlier version of the app kept on this device does not say it.
      author: conclusion.signed_by?.name ?? "",
      service: consultation.queue.name,
      askedAt: Date.parse(consultation.requested_at),
      person: consultation.person ?? null,
      isOver: consultation.phase === "archived",
    });
  }
  return own;
}

const PREFIX = "conclusion:";

/** Under which a version lies on this device. No event's id begins so. */
export function keptIdOf({
  consultationId,
  version,
}: Pick<OwnConclusion, "consultationId" | "version">): string {
  return `${PREFIX}${consultationId}:${version}`;
}

/** Addresses of its parts: the document, and what the list says of it. */
export const pdfAddress = (keptId: string): string => `${keptId}/pdf`;
export const aboutAddress = (keptId: string): string => `${keptId}/about`;

export interface KeptConclusion {
  id: string;
  consultationId: string;
  version: number;
}

/** Of everything that is kept, the conclusions. */
export function keptConclusions(ids: Iterable<string>): KeptConclusion[] {
  const kept: KeptConclusion[] = [];
  for (const id of ids) {
    if (!id.startsWith(PREFIX)) continue;
    const end = id.lastIndexOf(":");
    const version = Number(id.slice(end + 1));
    if (end > PREFIX.length && Number.isInteger(version))
      kept.push({ id, consultationId: id.slice(PREFIX.length, end), version });
  }
  return kept;
}

export interface Upkeep {
  /** Amended since they were kept: the new version takes the place of the old one. */
  renew: readonly { old: string; next: OwnConclusion }[];
  /** Erased with their consultation: nothing of them stays here. */
  gone: readonly string[];
}

/** What has to be done with what is kept, by what the lists say. What they do not name stays, and so does what an old list does not know yet. */
export function upkeepOf(kept: readonly KeptConclusion[], consultations: readonly Concluded[]): Upkeep {
  const erased = new Set(consultations.filter((one) => one.erased_at !== null).map(({ id }) => id));
  const own = new Map(conclusionsOf(consultations).map((one) => [one.consultationId, one]));
  const renew: { old: string; next: OwnConclusion }[] = [];
  const gone: string[] = [];
  for (const { id, consultationId, version } of kept) {
    const next = own.get(consultationId);
    if (next !== undefined && next.version > version) renew.push({ old: id, next });
    if (erased.has(consultationId)) gone.push(id);
  }
  return { renew, gone };
}

/** What is known, and beside it what only this device has: without a network the list of an earlier visit may be shorter. */
export function withKept(known: readonly OwnConclusion[], kept: readonly OwnConclusion[]): OwnConclusion[] {
  const named = new Set(known.map(({ consultationId }) => consultationId));
  return [...known, ...kept.filter(({ consultationId }) => !named.has(consultationId))];
}
