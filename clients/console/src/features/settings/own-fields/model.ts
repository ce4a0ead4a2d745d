/** The brand's own fields as they are set up: what is wrong with them, what a field of a type has. No React. */
import type { FieldOptionSettings, FieldSettings, FieldsSettings } from "@consilium/kit/api";
import { missing } from "../needed.ts";
import { freeName } from "../short-names.ts";

export type FieldType = FieldSettings["type"];
export type FilledBy = FieldSettings["filled_by"];
/** On what they stand. */
export type FieldList = keyof FieldsSettings;

export const LISTS: readonly FieldList[] = ["patient", "consultation"];
export const TYPES: readonly FieldType[] = ["text", "number", "date", "choice", "boolean"];

/** As many as the service takes. */
export const FIELDS_MAX = 30;
export const OPTIONS_MAX = 50;
const OPTIONS_MIN = 2;

/** Who may be asked to fill in: partners' systems fill in nothing of a consultation. */
export function fillersOf(list: FieldList): readonly FilledBy[] {
  return list === "patient" ? ["staff", "supervisor", "partner"] : ["staff", "supervisor"];
}

export function newOption(taken: readonly string[]): FieldOptionSettings {
  return { code: freeName("option", taken), text: {} };
}

export function newField(type: FieldType, id: string): FieldSettings {
  return withType({ id, name: {}, type: "text", options: [], filled_by: "staff" }, type);
}

/** The same field for something else: without choices where there is nothing to choose. */
export function withType(field: FieldSettings, type: FieldType): FieldSettings {
  if (field.type === type) return field;
  const first = newOption([]);
  return { ...field, type, options: type === "choice" ? [first, newOption([first.code])] : [] };
}

/** What can be seen to be wrong without asking the service, by its fields. */
export function wrongFieldsSettings(
  fields: FieldsSettings,
  languages: readonly string[],
  wrong: Map<string, string>,
): void {
  for (const list of LISTS) {
    if (fields[list].length > FIELDS_MAX) wrong.set(list, "tooManyFields");
    for (const { id, name, type, options } of fields[list]) {
      const key = `${list}.${id}`;
      missing(`${key}.name`, name, languages, wrong);
      if (type !== "choice") continue;
      if (options.length < OPTIONS_MIN) wrong.set(`${key}.options`, "twoOptions");
      if (options.length > OPTIONS_MAX) wrong.set(`${key}.options`, "tooManyFieldOptions");
      for (const { code, text } of options) missing(`${key}.options.${code}.text`, text, languages, wrong);
    }
  }
}
