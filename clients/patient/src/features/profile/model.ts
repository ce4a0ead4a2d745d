/** The fields about a person. Plain functions. */
import type { Me, PersonPatch, Sex } from "@consilium/kit/api";
import { isCalendarDate, phoneOf } from "@consilium/kit/brand";

export interface ProfileFields {
  name: string;
  /** `YYYY-MM-DD`, empty, or what was typed where it is no date (yet). */
  birthDate: string;
  sex: Sex | null;
  phone: string;
  email: string;
}

export type ProfileErrors = Partial<Record<keyof ProfileFields, string>>;

export function fieldsOf(me: Me): ProfileFields {
  return {
    name: me.name,
    birthDate: me.birth_date ?? "",
    sex: me.sex ?? null,
    phone: me.phone ?? "",
    email: me.email ?? "",
  };
}

/** `today` as `YYYY-MM-DD` in local time. */
export function checkProfile(fields: ProfileFields, today: string): ProfileErrors {
  const errors: ProfileErrors = {};
  if (fields.name.trim() === "") errors.name = "profile.error.name";
  const { birthDate } = fields;
  if (birthDate !== "" && (!isCalendarDate(birthDate) || birthDate > today || birthDate < "1900-01-01")) {
    errors.birthDate = "profile.error.birthDate";
  }
  if (fields.phone.trim() !== "" && phoneOf(fields.phone) === null) errors.phone = "profile.error.phone";
  if (fields.email.trim() !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields.email.trim())) {
    errors.email = "profile.error.email";
  }
  return errors;
}

/** Only what changed is sent. */
export function patchOf(before: ProfileFields, after: ProfileFields): PersonPatch {
  const patch: PersonPatch = {};
  if (after.name.trim() !== before.name) patch.name = after.name.trim();
  if (after.birthDate !== before.birthDate)
    patch.birth_date = after.birthDate === "" ? null : after.birthDate;
  if (after.sex !== before.sex) patch.sex = after.sex;
  const phone = after.phone.trim() === "" ? null : phoneOf(after.phone);
  if (phone !== (before.phone === "" ? null : before.phone)) patch.phone = phone;
  const email = after.email.trim();
  if (email !== before.email) patch.email = email === "" ? null : email;
  return patch;
}
