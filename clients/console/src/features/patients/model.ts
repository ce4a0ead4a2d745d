/** Patients as values: what a search finds, what an edited card sends. */
import type { ConsultationRow, PatientCard, PatientRow, Sex } from "@consilium/kit/api";
import { isCalendarDate } from "@consilium/kit/brand";
import { folded } from "../../live/names.ts";
import { personWord } from "../../words.ts";

export interface PatientForm {
  readonly name: string;
  readonly birthDate: string;
  readonly sex: Sex | "";
  readonly phone: string;
  readonly email: string;
  readonly insurance: string;
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
  };
}

export interface PatientPatch {
  name?: string;
  birth_date?: string | null;
  sex?: Sex | null;
  phone?: string | null;
  email?: string | null;
  insurance?: string | null;
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
