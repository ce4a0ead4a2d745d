/** By which numbers the partner's system knew a patient before, and who changed that: looked at where two systems disagree. */
import type { ExternalIdChange } from "@consilium/kit/api";
import { fullWhen, useRegion } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import classes from "./PatientPanel.module.css";

/** Nothing where the number is the first one that was ever there. */
export function Numbers({ changes }: { changes: readonly ExternalIdChange[] }) {
  const { t } = useTranslation();
  const region = useRegion();
  if (changes.length < 2) return null;
  return (
    <details className={classes.numbers}>
      <summary>{t("patients.numbers.title", { count: changes.length })}</summary>
      <ol aria-label={t("patients.numbers.list")}>
        {changes.map(({ external_id: number, at, by }) => (
          <li key={`${at} ${number ?? ""}`}>
            <span>{number ?? t("patients.numbers.none")}</span>
            <span className={classes.numbersBy}>
              {by === "" ? "" : `${by}, `}
              <time dateTime={at}>{fullWhen(at, region)}</time>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
