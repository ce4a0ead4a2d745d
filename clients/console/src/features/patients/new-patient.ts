/** A patient who is to be made, as values: what is typed, what is asked before, what is sent. */
import type { CheckPatient, CustomField, FieldDefinition, NewPatient } from "@consilium/kit/api";
import { fieldsPatch, wrongFields } from "../../ui/custom-fields.ts";
import { checkForm, type PatientForm } from "./model.ts";

export interface NewPatientForm extends PatientForm {
  /** In which he is greeted; empty: as his device says. */
  readonly language: string;
}

export const EMPTY_PATIENT: NewPatientForm = {
  name: "",
  birthDate: "",
  sex: "",
  phone: "",
  email: "",
  insurance: "",
  fields: {},
  language: "",
};

/** The brand's own fields of a card on which nothing stands yet. */
export function emptyFields(definitions: readonly FieldDefinition[]): CustomField[] {
  return definitions.map((definition) => ({ ...definition, value: null, required: false }));
}

/** Keys of the words for what is wrong, by field; of own fields by `fields.` and the id. */
export function checkNew(
  form: NewPatientForm,
  fields: readonly CustomField[],
  today: string,
): Readonly<Partial<Record<string, string>>> {
  const own = wrongFields(fields, form.fields).map(({ id, type }) => [
    `fields.${id}`,
    `fields.error.${type}`,
  ]);
  return { ...checkForm(form, today), ...Object.fromEntries(own) };
}

const text = (value: string) => (value.trim() === "" ? null : value.trim());

/** What is asked before: whom it looks like. */
export function asked(form: NewPatientForm): CheckPatient {
  return {
    name: form.name.trim(),
    birth_date: text(form.birthDate),
    phone: text(form.phone),
    email: text(form.email),
  };
}

/** Whether two forms look like the same people. */
export function asksTheSame(one: NewPatientForm, other: NewPatientForm): boolean {
  return JSON.stringify(asked(one)) === JSON.stringify(asked(other));
}

export function newPatient(
  form: NewPatientForm,
  fields: readonly CustomField[],
  requestId: string,
): NewPatient {
  const own = fieldsPatch(fields, form.fields);
  return {
    ...asked(form),
    request_id: requestId,
    sex: form.sex === "" ? null : form.sex,
    insurance: text(form.insurance),
    language: text(form.language),
    fields: Object.keys(own).length === 0 ? null : own,
  };
}
