/** What a merge, or its end, makes old; and a field's value in words. */
import type { CardField, MergeCard } from "@consilium/kit/api";
import { calendarDate, useFormats, useRegion } from "@consilium/kit/brand";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useAskAgain } from "../../ui/useAskAgain.ts";
import { isSex } from "./model.ts";

export const MERGES_KEY = "merges";
export const MERGE_PREVIEW_KEY = "merge-preview";

const CARDS = ["patient", "patients", MERGES_KEY, MERGE_PREVIEW_KEY];
const WITH_CARDS = [...CARDS, "holds", "notes", "archive", "callbacks"];

/** Asks again for everything that shows a card, or a name on one. */
export function useMergeChanged(): () => Promise<void> {
  return useAskAgain(WITH_CARDS);
}

/** What a card says in a field, as people write it; null: nothing. */
export function useFieldValue(): (card: MergeCard, field: CardField) => string | null {
  const { t } = useTranslation();
  const locale = useRegion();
  const { phone } = useFormats();
  return useCallback(
    (card, field) => {
      const value = card[field];
      if (value === null || value === undefined || value === "") return null;
      if (field === "birth_date") return calendarDate(value, locale);
      if (field === "phone") return phone(value);
      if (field === "sex") return isSex(value) ? t(`sex.${value}`) : value;
      return value;
    },
    [t, locale, phone],
  );
}
