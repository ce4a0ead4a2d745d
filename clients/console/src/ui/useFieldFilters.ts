/** What lists can be narrowed down by of the brand's own fields: of cards, or of consultations. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../session/ConsoleContext.tsx";
import { type FieldFilters, fieldFilters } from "./custom-fields.ts";

export function useFieldFilters(of: "patient" | "consultation"): FieldFilters {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data } = useQuery({ queryKey: ["fields"], queryFn: () => api.fields.all(), staleTime: 60_000 });
  return useMemo(() => (data === undefined ? [] : fieldFilters(data[of], t)), [data, of, t]);
}
