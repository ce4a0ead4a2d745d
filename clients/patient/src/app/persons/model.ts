/** Persons whom one acts for: what is typed about them, and who can be asked for. Plain functions. */
import type { NewPerson, Person, PersonChange, Relationship, Sex } from "@consilium/kit/api";
import { isCalendarDate } from "@consilium/kit/brand";

/** What the account holder is to somebody, as FHIR names it; the words say the other side of it: who that one is. */
export const RELATIONSHIPS = [
  "PRN",
  "CHILD",
  "SPS",
  "GRPRN",
  "GRNDCHILD",
  "SIB",
  "GUARD",
  "FAMMEMB",
  "O",
] as const satisfies readonly Relationship[];

export interface PersonFields {
  relationship: Relationship | null;
  name: string;
  /** `YYYY-MM-DD`, empty, or what was typed where it is no date (yet). */
  birthDate: string;
  sex: Sex | null;
}

export type PersonErrors = Partial<Record<keyof PersonFields, string>>;

export function fieldsOf(person: Person | null): PersonFields {
  return {
    relationship: person?.relationship ?? null,
    name: person?.name ?? "",
    birthDate: person?.birth_date ?? "",
    sex: person?.sex ?? null,
  };
}

/** Keys of the words for what is wrong, by field. `today` as `YYYY-MM-DD` in local time. */
export function checkPerson({ relationship, name, birthDate }: PersonFields, today: string): PersonErrors {
  const errors: PersonErrors = {};
  if (relationship === null) errors.relationship = "persons.error.relationship";
  if (name.trim() === "") errors.name = "persons.error.name";
  if (!isCalendarDate(birthDate) || birthDate > today || birthDate < "1900-01-01")
    errors.birthDate = "persons.error.birthDate";
  return errors;
}

/** `null`: it is not complete. */
export function newPersonOf(fields: PersonFields, requestId: string): NewPerson | null {
  const { relationship, name, birthDate, sex } = fields;
  if (relationship === null) return null;
  return { relationship, name: name.trim(), birth_date: birthDate, sex, request_id: requestId };
}

/** Only what changed is sent. */
export function changeOf(before: Person, after: PersonFields): PersonChange {
  const change: PersonChange = {};
  if (after.relationship !== null && after.relationship !== before.relationship)
    change.relationship = after.relationship;
  if (after.name.trim() !== before.name) change.name = after.name.trim();
  if (after.birthDate !== before.birth_date) change.birth_date = after.birthDate;
  if (after.sex !== before.sex) change.sex = after.sex;
  return change;
}

/** Those who can be asked for. */
export function activeOf(persons: readonly Person[]): Person[] {
  return persons.filter(({ active }) => active);
}

/** Those whose consultations stand in the history. */
export function withHistory(persons: readonly Person[]): Person[] {
  return persons.filter(({ active, consultations }) => active || consultations > 0);
}

/** The list with one of them as he is now. */
export function withPerson(persons: readonly Person[], person: Person): Person[] {
  const known = persons.some(({ id }) => id === person.id);
  const all = known ? persons.map((one) => (one.id === person.id ? person : one)) : [...persons, person];
  return [...activeOf(all), ...all.filter(({ active }) => !active)];
}
