/** What differs between two versions, field by field, in the words of the form. */
import type { SettingsDifference } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import classes from "./Settings.module.css";
import { nameOfField, useWords } from "./said.ts";

export function Differences({ differences }: { differences: readonly SettingsDifference[] }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <dl className={classes.differences}>
      {differences.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{nameOfField(field, t)}</dt>
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
