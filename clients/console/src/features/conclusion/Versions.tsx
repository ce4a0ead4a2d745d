/** What was signed: number, version, when, by whom, why it replaced the one before, and each as PDF. */
import type { ConclusionVersion } from "@consilium/kit/api";
import { fullWhen, useRegion } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { PdfButton } from "../../ui/PdfButton.tsx";
import classes from "./Conclusion.module.css";

interface VersionsProps {
  consultationId: string;
  versions: readonly ConclusionVersion[];
}

export function Versions({ consultationId, versions }: VersionsProps) {
  const { t } = useTranslation();
  const locale = useRegion();
  if (versions.length === 0) return null;
  return (
    <ol className={classes.versions} aria-label={t("conclusion.signed")}>
      {versions.map(({ number, version, signed_at, signed_by, reason, hash }, index) => (
        <li key={version} className={classes.version} data-current={index === 0}>
          <span className={classes.versionWords}>
            <strong>{t("conclusion.numbered", { number, version })}</strong>
            <span>
              {signed_by.name}, <time dateTime={signed_at}>{fullWhen(signed_at, locale)}</time>
            </span>
            {reason !== null && <span>{t("conclusion.because", { reason })}</span>}
            <span className={classes.hash} title={hash}>
              SHA-256 <code>{hash.slice(0, 16)}…</code>
            </span>
          </span>
          <PdfButton
            consultationId={consultationId}
            version={version}
            label={t("conclusion.pdf")}
            about={t("conclusion.numbered", { number, version })}
          />
        </li>
      ))}
    </ol>
  );
}
