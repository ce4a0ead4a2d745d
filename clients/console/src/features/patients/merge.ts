/** Two cards of one human as values: what is the same, what is chosen, what is sent. */
import type { CardField, CustomField, MergeCard, MergePreview, NewMerge } from "@consilium/kit/api";

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

/** Fields that both cards say alike; those that neither says are left out. */
export function sameFields({ leading, differing }: MergePreview): CardField[] {
  return CARD_FIELDS.filter((field) => !differing.includes(field) && leading.card[field] !== null);
}

/** The brand's own fields that both cards say alike; those that neither says are left out. */
export function sameOwnFields({ leading, differing_fields }: MergePreview): CustomField[] {
  return leading.card.fields.filter(({ id, value }) => !differing_fields.includes(id) && value !== null);
}

/** One of the brand's own fields in which the cards differ, as each has it. */
export interface OwnDifference {
  readonly id: string;
  readonly name: string;
  readonly leading: CustomField;
  readonly merged: CustomField;
}

export function ownDifferences({ leading, merged, differing_fields }: MergePreview): OwnDifference[] {
  const differing = leading.card.fields.filter(({ id }) => differing_fields.includes(id));
  return differing.flatMap((field) => {
    const other = merged.card.fields.find(({ id }) => id === field.id);
    return other === undefined ? [] : [{ id: field.id, name: field.name, leading: field, merged: other }];
  });
}

/** What the card shows as the one that goes has it. */
export interface Choice {
  readonly taken: readonly CardField[];
  /** Ids of the brand's own fields. */
  readonly takenFields: readonly string[];
}

/** What is chosen from the start: what only the one that goes says. */
export function suggestedChoice({ suggested, suggested_fields }: MergePreview): Choice {
  return { taken: suggested, takenFields: suggested_fields };
}

/** The choice with one field the other way round. */
export function chosen<T>(taken: readonly T[], field: T, from: "leading" | "merged"): T[] {
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
  { taken, takenFields }: Choice,
  reason: string,
  requestId: string,
): NewMerge {
  return {
    merged_id: preview.merged.card.patient_id,
    taken: CARD_FIELDS.filter((field) => taken.includes(field) && preview.differing.includes(field)),
    taken_fields: preview.differing_fields.filter((id) => takenFields.includes(id)),
    reason: reason.trim(),
    seen: preview.seen,
    request_id: requestId,
  };
}
