/** What differs between two versions, field by field, in the words of the form. */
import type { SettingsDifference } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Differences as Told } from "../../history/Differences.tsx";
import { collect, type ThingNames } from "./names.ts";
import { nameOfField, useWords } from "./said.ts";

interface DifferencesProps {
  differences: readonly SettingsDifference[];
  /** What the things in the section are called today. */
  names: ThingNames;
}

export function Differences({ differences, names }: DifferencesProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  // What came or went as a whole says its name itself.
  const all = useMemo(() => {
    const known = new Map(names);
    for (const { field, before, after } of differences) {
      collect(field, after, locale, known);
      collect(field, before, locale, known);
    }
    return known;
  }, [differences, names, locale]);
  const value = useWords(all);
  return <Told differences={differences} speech={{ name: (field) => nameOfField(field, t, all), value }} />;
}
