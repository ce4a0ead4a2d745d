/** Patients as values: what a search finds, what an edited card sends. */
import type { ConsultationRow, FieldValue, PatientCard, PatientRow, Sex } from "@consilium/kit/api";
import { isCalendarDate } from "@consilium/kit/brand";
import { isDays } from "../../list/days.ts";
import { folded } from "../../live/names.ts";
import type { DeskSearch } from "../../live/route.ts";
import { fieldsPatch, type TypedFields, typedOf } from "../../ui/custom-fields.ts";
import { personWord } from "../../words.ts";

export interface PatientForm {
  readonly name: string;
  readonly birthDate: string;
  readonly sex: Sex | "";
  readonly phone: string;
  readonly email: string;
  readonly insurance: string;
  /** The brand's own fields. */
  readonly fields: TypedFields;
}

/** A clinic's patients have a policy; a firm's clients are not asked for one. */
export function asksInsurance(texts: Parameters<typeof personWord>[0]): boolean {
  return personWord(texts) === "patient";
}

export function isSex(value: string | null): value is Sex {
  return value === "female" || value === "male" || value === "other";
}

export function formOf(card: PatientCard): PatientForm {
  return {
    name: card.name,
    birthDate: card.birth_date?.slice(0, 10) ?? "",
    sex: isSex(card.sex) ? card.sex : "",
    phone: card.phone ?? "",
    email: card.email ?? "",
    insurance: card.insurance ?? "",
    fields: typedOf(card.fields),
  };
}

export interface PatientPatch {
  name?: string;
  birth_date?: string | null;
  sex?: Sex | null;
  phone?: string | null;
  email?: string | null;
  insurance?: string | null;
  fields?: Record<string, FieldValue | null>;
}

/** Only what was changed; an emptied field is null. */
export function patchOf(card: PatientCard, form: PatientForm): PatientPatch {
  const before = formOf(card);
  const patch: PatientPatch = {};
  const text = (value: string) => (value.trim() === "" ? null : value.trim());
  if (form.name.trim() !== before.name) patch.name = form.name.trim();
  if (form.birthDate !== before.birthDate) patch.birth_date = form.birthDate === "" ? null : form.birthDate;
  if (form.sex !== before.sex) patch.sex = form.sex === "" ? null : form.sex;
  if (form.phone !== before.phone) patch.phone = text(form.phone);
  if (form.email !== before.email) patch.email = text(form.email);
  if (form.insurance !== before.insurance) patch.insurance = text(form.insurance);
  const fields = fieldsPatch(card.fields, form.fields);
  if (Object.keys(fields).length > 0) patch.fields = fields;
  return patch;
}

export type PatientFormErrors = Partial<Record<"name" | "birthDate" | "email" | "phone", string>>;

/** Keys of the words for what is wrong, by field. */
export function checkForm(form: PatientForm, today: string): PatientFormErrors {
  const errors: PatientFormErrors = {};
  if (form.name.trim() === "") errors.name = "patients.error.name";
  const { birthDate } = form;
  if (birthDate !== "" && (!isCalendarDate(birthDate) || birthDate > today || birthDate < "1880-01-01"))
    errors.birthDate = "patients.error.birthDate";
  if (form.email.trim() !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.email.trim()))
    errors.email = "patients.error.email";
  if (form.phone.trim() !== "" && form.phone.replaceAll(/\D/g, "").length < 5)
    errors.phone = "patients.error.phone";
  return errors;
}

export const SEXES: readonly Sex[] = ["female", "male", "other"];

/** What of the address narrows the list besides the search. */
export interface PatientFilter {
  readonly sex: Sex | null;
  /** A consultation in the last so many days. */
  readonly days: number | null;
  /** What stands in a field of the brand's own; rows do not say it. */
  readonly field: string | null;
}

export function patientFilter({
  sex,
  days,
  field,
}: Pick<DeskSearch, "sex" | "days" | "field">): PatientFilter {
  return {
    sex: sex !== undefined && isSex(sex) ? sex : null,
    days: isDays(days) ? Number(days) : null,
    field: field ?? null,
  };
}

const DAY_MS = 86_400_000;

/** Rows that a filter leaves. */
export function narrowed(
  rows: readonly PatientRow[],
  { sex, days }: Omit<PatientFilter, "field">,
  now: number,
): readonly PatientRow[] {
  if (sex === null && days === null) return rows;
  return rows.filter((row) => {
    if (sex !== null && row.sex !== sex) return false;
    const last = row.last_consultation_at;
    return days === null || (last !== null && Date.parse(last) >= now - days * DAY_MS);
  });
}

/** Rows by name, phone digits or e-mail; of a card with several accounts by those of each. */
export function findPatients(rows: readonly PatientRow[], q: string): readonly PatientRow[] {
  const needle = folded(q.trim());
  if (needle === "") return rows;
  const digits = needle.replaceAll(/\D/g, "");
  return rows.filter(
    (row) =>
      folded(row.name).includes(needle) ||
      row.also.some((text) => folded(text).includes(needle)) ||
      (row.email?.toLocaleLowerCase().includes(needle) ?? false) ||
      (digits.length >= 3 &&
        [row.phone ?? "", ...row.also].some((text) => text.replaceAll(/\D/g, "").includes(digits))),
  );
}

/** A card's consultations, newest first, as the live desk knows them: the card itself is read (and recorded) once. */
export function liveConsultations(
  known: readonly ConsultationRow[],
  live: Iterable<ConsultationRow>,
  isOfCard: (row: ConsultationRow) => boolean,
): ConsultationRow[] {
  const rows = new Map(known.map((row) => [row.id, row]));
  for (const row of live) if (isOfCard(row)) rows.set(row.id, row);
  return [...rows.values()].sort((a, b) => (a.requested_at < b.requested_at ? 1 : -1));
}
