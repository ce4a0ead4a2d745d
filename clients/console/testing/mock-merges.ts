/** Two cards of one human in the pretend clinic: one pair looks alike; what is pressed is merged, separated, said to be two people's and taken back. */
import type {
  CardField,
  DismissedDuplicate,
  MergeCard,
  MergePreview,
  NewMerge,
  PatientCard,
  PatientDuplicates,
  PatientMerge,
  PatientRow,
  SeparateMerge,
} from "@consilium/kit/api";
import { otherCardFields } from "./mock-fields.ts";
import type { MockWorld } from "./mock-world.ts";

type By = DismissedDuplicate["by"];

/** Who look like one human, in this order. */
const ALIKE: readonly string[] = ["patient-20", "patient-21"];

const FIELDS: readonly CardField[] = [
  "name",
  "birth_date",
  "sex",
  "phone",
  "email",
  "insurance",
  "external_id",
];

const COUNTS: MergePreview["leading"]["counts"] = {
  accounts: 1,
  consultations: 3,
  open_consultations: 1,
  callbacks: 1,
  persons: 0,
  consents: 2,
  notes: 1,
  files: 2,
  holds: 0,
};

export class MockMerges {
  private readonly world: MockWorld;
  private merges: readonly PatientMerge[] = [];
  private dismissed: Pick<DismissedDuplicate, "at" | "by"> | null = null;

  constructor(world: MockWorld) {
    this.world = world;
  }

  /** The answer of a route below a patient; undefined: there is none. */
  answer(
    method: string | undefined,
    url: URL,
    [id, what, other]: readonly [string, string, string | undefined],
    body: unknown,
  ): unknown {
    if (what === "dismissed-duplicates") return this.dismiss(id, method === "PUT" ? this.caller() : null);
    if (other === "preview") return this.preview(id, url.searchParams.get("with") ?? "");
    return method === "GET" ? this.history(id) : this.merge(id, body as NewMerge);
  }

  private caller(): By {
    const { me, operators } = this.world;
    return { id: me, name: operators.get(me)?.name ?? "" };
  }

  /** Those who are in lists. */
  listed(): PatientRow[] {
    return this.world.patients.filter(({ id }) => this.leadingOf(id) === id);
  }

  private standing(): PatientMerge[] {
    return this.merges.filter(({ separated }) => separated === null);
  }

  private leadingOf(id: string): string {
    return this.standing().find(({ merged_id }) => merged_id === id)?.leading_id ?? id;
  }

  /** An account's own card. */
  private own(id: string): PatientCard | undefined {
    const patient = this.world.patients.find((row) => row.id === id);
    if (patient === undefined) return undefined;
    const card = this.world.card(patient);
    if (id !== ALIKE[1]) return card;
    const alike = this.world.patients.find((row) => row.id === ALIKE[0]);
    return { ...card, phone: alike?.phone ?? card.phone, fields: otherCardFields() };
  }

  /** The card that an account is on, with all accounts on it. */
  shown(id: string): PatientCard | undefined {
    const leading = this.leadingOf(id);
    let card = this.own(leading);
    if (card === undefined) return undefined;
    for (const merge of this.standing().filter((one) => one.leading_id === leading)) {
      const from = this.own(merge.merged_id);
      if (from !== undefined) card = withPart(card, from, merge);
    }
    return { ...card, ...this.duplicates(leading) };
  }

  private duplicates(id: string): PatientDuplicates {
    const other = ALIKE.find((one) => one !== id);
    const patient = this.world.patients.find((row) => row.id === other);
    const isAlike = ALIKE.includes(id) && ALIKE.every((one) => this.leadingOf(one) === one);
    if (!isAlike || patient === undefined) return { duplicates: [], dismissed: [] };
    if (this.dismissed !== null) return { duplicates: [], dismissed: [{ patient, ...this.dismissed }] };
    return { duplicates: [{ patient, because: ["phone"] }], dismissed: [] };
  }

  private preview(leading: string, merged: string): MergePreview | undefined {
    const [one, other] = [this.shown(leading), this.own(merged)];
    if (one === undefined || other === undefined) return undefined;
    const differing = FIELDS.filter((field) => one[field] !== other[field]);
    const value = (card: PatientCard, id: string) => card.fields.find((field) => field.id === id)?.value;
    const own = one.fields.map(({ id }) => id).filter((id) => value(one, id) !== value(other, id));
    const isPair = ALIKE.includes(leading) && ALIKE.includes(merged);
    return {
      leading: { card: mergeCard(one), counts: COUNTS },
      merged: { card: mergeCard(other), counts: COUNTS },
      differing,
      suggested: differing.filter((field) => one[field] === null),
      differing_fields: own,
      suggested_fields: own.filter((id) => value(one, id) === null),
      dismissed: isPair ? this.dismissed : null,
      obstacle: this.obstacle(leading, merged),
      seen: "seen",
    };
  }

  private obstacle(leading: string, merged: string): MergePreview["obstacle"] {
    if ([leading, merged].some((id) => this.leadingOf(id) !== id)) return "already_merged";
    return this.standing().some(({ leading_id }) => leading_id === merged) ? "leads_others" : null;
  }

  private merge(leading: string, body: NewMerge): PatientMerge {
    const { merged_id, taken = [], taken_fields = [], reason } = body;
    const merge: PatientMerge = {
      id: `merge-${this.merges.length}`,
      version: 1,
      leading_id: leading,
      merged_id,
      taken,
      taken_fields,
      reason,
      merged_at: new Date().toISOString(),
      merged_by: this.caller(),
      separated: null,
      after: null,
    };
    this.merges = [merge, ...this.merges];
    return merge;
  }

  separate(id: string, body: unknown): PatientMerge | undefined {
    const { reason } = body as SeparateMerge;
    const separated = { at: new Date().toISOString(), by: this.caller(), reason };
    this.merges = this.merges.map((one) => (one.id === id ? { ...one, version: 2, separated } : one));
    return this.merges.find((one) => one.id === id);
  }

  /** Those that stand say what each card would be without them. */
  private history(id: string): { merges: PatientMerge[] } {
    const merges = this.merges.filter((one) => one.leading_id === id || one.merged_id === id);
    return { merges: merges.map((one) => ({ ...one, after: this.after(one) })) };
  }

  private after({ leading_id, merged_id, separated }: PatientMerge): PatientMerge["after"] {
    const [leading, merged] = [this.own(leading_id), this.own(merged_id)];
    if (separated !== null || leading === undefined || merged === undefined) return null;
    return { leading: mergeCard(leading), merged: mergeCard(merged) };
  }

  /** `null`: taken back. */
  private dismiss(id: string, by: By | null): PatientDuplicates {
    this.dismissed = by === null ? null : { at: new Date().toISOString(), by };
    return this.duplicates(id);
  }
}

function withPart(card: PatientCard, from: PatientCard, merge: PatientMerge): PatientCard {
  const taken = Object.fromEntries(merge.taken.map((field) => [field, from[field]]));
  const account = {
    merge_id: merge.id,
    patient_id: from.id,
    user_id: from.user_id,
    name: from.name,
    merged_at: merge.merged_at,
    merged_by: merge.merged_by,
    taken: merge.taken,
    taken_fields: merge.taken_fields,
    consents: from.consents,
  };
  return {
    ...card,
    ...taken,
    fields: card.fields.map((field) =>
      merge.taken_fields.includes(field.id)
        ? (from.fields.find(({ id }) => id === field.id) ?? field)
        : field,
    ),
    consultations: [...card.consultations, ...from.consultations],
    merged: [...card.merged, account],
  };
}

function mergeCard(card: PatientCard): MergeCard {
  const { user_id, name, birth_date, sex, phone, email, insurance, external_id, fields, created_at } = card;
  return {
    patient_id: card.id,
    user_id,
    name,
    birth_date,
    sex,
    phone,
    email,
    insurance,
    external_id,
    fields,
    created_at,
  };
}
