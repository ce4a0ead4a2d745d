/** Two cards of one human as values: what is the same, what is chosen, what is sent. */
import type { CardField, MergeCard, MergePreview, NewMerge } from "@consilium/kit/api";

/** The order in which a card shows its fields. */
export const CARD_FIELDS = [
  "name",
  "birth_date",
  "sex",
  "phone",
  "email",
  "insurance",
  "external_id",
] as const satisfies readonly CardField[];

/** Keys of the words for a field. */
export const FIELD_WORDS: Readonly<Record<CardField, string>> = {
  name: "patients.name",
  birth_date: "patients.birthDate",
  sex: "patients.sex",
  phone: "patients.phone",
  email: "patients.email",
  insurance: "patients.insurance",
  external_id: "patients.externalId",
};

export const REASON_MAX = 500;

/** Whether a reason says something. */
export function isReason(reason: string): boolean {
  const { length } = reason.trim();
  return length > 0 && length <= REASON_MAX;
}

/** Fields that both cards say alike; those that neither says are left out. */
export function sameFields({ leading, differing }: MergePreview): CardField[] {
  return CARD_FIELDS.filter((field) => !differing.includes(field) && leading.card[field] !== null);
}

/** The choice with one field the other way round. */
export function chosen(
  taken: readonly CardField[],
  field: CardField,
  from: "leading" | "merged",
): CardField[] {
  const others = taken.filter((one) => one !== field);
  return from === "merged" ? [...others, field] : others;
}

/** What the card shows then. */
export function outcome({ leading, merged }: MergePreview, taken: readonly CardField[]): MergeCard {
  const values = taken.map((field) => [field, merged.card[field]] as const);
  return { ...leading.card, ...Object.fromEntries(values) };
}

export function newMerge(
  preview: MergePreview,
  taken: readonly CardField[],
  reason: string,
  requestId: string,
): NewMerge {
  return {
    merged_id: preview.merged.card.patient_id,
    taken: CARD_FIELDS.filter((field) => taken.includes(field) && preview.differing.includes(field)),
    reason: reason.trim(),
    seen: preview.seen,
    request_id: requestId,
  };
}
