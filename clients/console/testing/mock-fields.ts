/** The brand's own fields as the looking glass shows them. */
import type { CustomField, CustomFields, FieldValue } from "@consilium/kit/api";

const BRANCH: CustomField = {
  id: "branch",
  name: "Филиал",
  type: "choice",
  options: [
    { code: "centre", text: "Центральный" },
    { code: "river", text: "На набережной" },
  ],
  filled_by: "staff",
  value: null,
  required: false,
};
const ALLERGIES: CustomField = { ...plain("allergies", "Аллергии", "text"), value: null };
const OBSERVED: CustomField = plain("observed", "На диспансерном учёте", "boolean");
const CONTRACT: CustomField = { ...plain("contract", "Номер договора", "text"), filled_by: "partner" };
const OCCASION: CustomField = {
  ...plain("occasion", "Повод обращения", "choice"),
  options: [
    { code: "first", text: "Первичное" },
    { code: "again", text: "Повторное" },
  ],
};
const VISIT: CustomField = plain("visit-on", "Записан на очный приём", "date");

/** What a queue asks for before the close and nobody filled in. */
export const MISSING_FIELDS = [{ id: VISIT.id, name: VISIT.name }];

function plain(id: string, name: string, type: CustomField["type"]): CustomField {
  return { id, name, type, options: [], filled_by: "staff", value: null, required: false };
}

const filled = (field: CustomField, value: FieldValue): CustomField => ({ ...field, value });

export function cardFields(isKnown: boolean): CustomField[] {
  const all = [ALLERGIES, BRANCH, OBSERVED, CONTRACT];
  if (!isKnown) return all;
  return [
    filled(ALLERGIES, "Пенициллин, пыльца берёзы"),
    filled(BRANCH, "river"),
    filled(OBSERVED, true),
    filled(CONTRACT, "Д-2026/118"),
  ];
}

/** Of somebody who has another card as well. */
export function otherCardFields(): CustomField[] {
  return [filled(ALLERGIES, "Пенициллин"), filled(BRANCH, "centre"), filled(OBSERVED, true), CONTRACT];
}

export function consultationFields(isKnown: boolean): CustomField[] {
  return isKnown ? [filled(OCCASION, "again"), filled(VISIT, "2026-12-09")] : [OCCASION, VISIT];
}

export function mockFields(): CustomFields {
  return { patient: cardFields(false), consultation: consultationFields(false) };
}
