/** Who changed a canned reply, what and when. */
import type { CannedVersion } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import { VersionFold } from "../../history/VersionFold.tsx";
import classes from "./CannedDialog.module.css";

export function CannedHistory({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation();
  return (
    <VersionFold<CannedVersion>
      title={t("canned.history")}
      queryKey={["canned-versions", id, version]}
      read={(api) => api.canned.versions(id)}
      line={({ version: key, at, by, action, title, shortcut, language, text }) => ({
        key,
        at,
        by: `${t(`canned.did.${action}`)}: ${by.name}`,
        what: (
          <>
            <span className={classes.name}>{title}</span>
            <span className={classes.shortcut}>
              /{shortcut} · {language.toUpperCase()}
            </span>
            <p className={classes.said}>{text}</p>
          </>
        ),
      })}
    />
  );
}
