/** What differs between two versions, field by field, in the words of the form. */
import type { SettingsDifference } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { collect, type ThingNames } from "./names.ts";
import classes from "./Settings.module.css";
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
  const words = useWords(all);
  return (
    <dl className={classes.differences}>
      {differences.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{nameOfField(field, t, all)}</dt>
          <dd>
            <del>
              <span className="unseen">{t("brandSettings.before")} </span>
              {words(field, before)}
            </del>
            <ins>
              <span className="unseen">{t("brandSettings.after")} </span>
              {words(field, after)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
