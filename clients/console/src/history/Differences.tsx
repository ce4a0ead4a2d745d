/** What differs between two versions, field by field. */
import type { SettingsDifference } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import classes from "./Differences.module.css";

/** How a field is called, and how what stands in it is said. */
export interface FieldSpeech {
  readonly name: (field: string) => string;
  readonly value: (field: string, value: unknown) => string;
}

interface DifferencesProps {
  differences: readonly SettingsDifference[];
  speech: FieldSpeech;
}

export function Differences({ differences, speech }: DifferencesProps) {
  const { t } = useTranslation();
  return (
    <dl className={classes.differences}>
      {differences.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{speech.name(field)}</dt>
          <dd>
            <del className={isNothing(before) ? "unseen" : undefined}>
              <span className="unseen">{t("changes.before")} </span>
              {speech.value(field, before)}
            </del>
            <ins>
              <span className="unseen">{t("changes.after")} </span>
              {speech.value(field, after)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What was not there before is not struck out either. */
export function isNothing(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}
