/** What helps to write to a patient: behind `/` stand canned replies and macros. A macro whose word is being typed stands first. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useMemo } from "react";
import { useWriting as useCanned } from "../features/canned/index.ts";
import { useMacroSuggestions } from "../features/macro/index.ts";

export function useWriting(row: ConsultationRow): ReturnType<typeof useCanned> {
  const canned = useCanned(row);
  const macros = useMacroSuggestions(row);
  return useMemo(() => {
    const { suggest } = canned;
    if (suggest === undefined) return canned;
    const find = (word: string) => {
      const found = macros(word);
      const isNamed = ({ about = "" }) => word !== "" && about.startsWith(`/${word.toLowerCase()}`);
      return [...found.filter(isNamed), ...suggest.find(word), ...found.filter((macro) => !isNamed(macro))];
    };
    return { ...canned, suggest: { ...suggest, find } };
  }, [canned, macros]);
}
