/** Whose health a consultation is about, and who acts for him. */
import type { ConsultationRow, Relationship, Sex } from "@consilium/kit/api";

export interface Whose {
  readonly name: string;
  readonly age: number | null;
  readonly sex: Sex | null;
  /** Who asked for him and talks; null: he himself. */
  readonly acting: { readonly name: string; readonly relationship: Relationship | null } | null;
}

export function whose({ patient, person }: Pick<ConsultationRow, "patient" | "person">): Whose {
  if (person === null) return { name: patient.name, age: patient.age, sex: patient.sex, acting: null };
  const { name, age, sex, relationship } = person;
  return { name, age, sex, acting: { name: patient.name, relationship } };
}

/** The name that a consultation goes by at the desk. */
export function whoseName(row: Pick<ConsultationRow, "patient" | "person">): string {
  return (row.person ?? row.patient).name;
}
