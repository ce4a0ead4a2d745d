/** The hashes of texts that people agree to or read as documents: the same stand beside an agreement, so that anybody can see to what it was given. */
import type { SettingsText } from "@consilium/kit/api";
import { languageName } from "@consilium/kit/ui";
import { useTranslation } from "react-i18next";
import classes from "../Settings.module.css";

export function Hashes({ texts }: { texts: readonly SettingsText[] | undefined }) {
  const { t } = useTranslation();
  if (texts === undefined || texts.length === 0) return null;
  return (
    <details className={classes.hashes}>
      <summary>{t("brandSettings.hashes")}</summary>
      <p className={classes.muted}>{t("brandSettings.hashesHint")}</p>
      <dl>
        {texts.map(({ field, language, hash }) => (
          <div key={`${field} ${language}`}>
            <dt>
              {field.replace(/^[a-z]+\./, "")}, {languageName(language)}
            </dt>
            <dd>
              <code>{hash}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
