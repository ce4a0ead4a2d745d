/** The brand's own fields as values: what is typed into them, what is sent of it, how what stands there is said. No React. */
import type { CustomField, FieldDefinition, FieldValue, Role } from "@consilium/kit/api";
import { calendarDate, isCalendarDate, numberFormat } from "@consilium/kit/brand";
import type { TFunction } from "i18next";

/** As it is typed, by the field's id; empty: nothing. */
export type TypedFields = Readonly<Record<string, string>>;

/** Whether somebody of a role fills the field in. */
export function isFilledBy({ filled_by: by }: FieldDefinition, role: Role): boolean {
  return by === "staff" || (by === "supervisor" && role === "supervisor");
}

export function typedOf(fields: readonly CustomField[]): TypedFields {
  return Object.fromEntries(fields.map(({ id, value }) => [id, textOf(value)]));
}

function textOf(value: FieldValue | null): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** What is typed as the service takes it; undefined: it is nothing of the kind. */
function meant({ type }: FieldDefinition, typed: string): FieldValue | null | undefined {
  const text = typed.trim();
  if (text === "") return null;
  if (type === "boolean") return text === "yes";
  if (type === "date") return isCalendarDate(text) ? text : undefined;
  if (type !== "number") return text;
  const number = Number(text.replace(",", "."));
  return Number.isFinite(number) ? number : undefined;
}

/** Fields in which something stands that cannot be. */
export function wrongFields(fields: readonly CustomField[], typed: TypedFields): readonly CustomField[] {
  return fields.filter((field) => meant(field, typed[field.id] ?? "") === undefined);
}

/** Fields that are asked for before the close and in which nothing stands. */
export function lackingFields(fields: readonly CustomField[], typed: TypedFields): readonly CustomField[] {
  return fields.filter((field) => field.required && meant(field, typed[field.id] ?? "") === null);
}

/** Only what was changed; an emptied field is null. */
export function fieldsPatch(
  fields: readonly CustomField[],
  typed: TypedFields,
): Record<string, FieldValue | null> {
  const patch: Record<string, FieldValue | null> = {};
  for (const field of fields) {
    const value = meant(field, typed[field.id] ?? "");
    if (value !== undefined && value !== field.value) patch[field.id] = value;
  }
  return patch;
}

/** What can be chosen, and what was chosen and cannot be any more. */
export function choicesOf(field: CustomField): { readonly code: string; readonly text: string }[] {
  const { options, value } = field;
  if (typeof value !== "string" || options.some(({ code }) => code === value)) return options;
  return [...options, { code: value, text: value }];
}

/** What stands in a field, as it is read; null: nothing. */
export function fieldWords(field: CustomField, t: TFunction, locale: string): string | null {
  const { value, type } = field;
  if (value === null) return null;
  if (typeof value === "boolean") return t(value ? "fields.yes" : "fields.no");
  if (typeof value === "number") return numberFormat(locale, { maximumFractionDigits: 20 }).format(value);
  if (type === "date") return calendarDate(value, locale);
  return choicesOf(field).find(({ code }) => type === "choice" && code === value)?.text ?? value;
}

/** By field, its choices: `branch:river`, with its words. */
export type FieldFilters = {
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string }[];
}[];

/** What lists can be narrowed down by. */
export function fieldFilters(fields: readonly FieldDefinition[], t: TFunction): FieldFilters {
  const answers = [
    { code: "yes", text: t("fields.yes") },
    { code: "no", text: t("fields.no") },
  ];
  return fields
    .filter(({ type }) => type === "choice" || type === "boolean")
    .map(({ id, name, type, options }) => ({
      group: name,
      items: (type === "boolean" ? answers : options).map(({ code, text }) => ({
        value: `${id}:${code}`,
        label: `${name}: ${text}`,
      })),
    }));
}
