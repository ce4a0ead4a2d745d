/** What lists can be narrowed down by of the brand's own fields: of cards, or of consultations. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFieldDefinitions } from "../live/fields.ts";
import { type FieldFilters, fieldFilters } from "./custom-fields.ts";

export function useFieldFilters(of: "patient" | "consultation"): FieldFilters {
  const { t } = useTranslation();
  const fields = useFieldDefinitions()?.[of];
  return useMemo(() => (fields === undefined ? [] : fieldFilters(fields, t)), [fields, t]);
}
