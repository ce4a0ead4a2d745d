/** Who changed a canned reply, what and when; an earlier version goes back into the form. */
import type { CannedVersion } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import { VersionFold } from "../../history/VersionFold.tsx";
import classes from "./CannedDialog.module.css";
import { FileNames } from "./FileNames.tsx";
import { type CannedForm, formOfVersion } from "./model.ts";

interface CannedHistoryProps {
  id: string;
  version: number;
  onBringBack: (form: Omit<CannedForm, "scope">) => void;
}

export function CannedHistory({ id, version, onBringBack }: CannedHistoryProps) {
  const { t } = useTranslation();
  return (
    <VersionFold<CannedVersion>
      title={t("canned.history")}
      queryKey={["canned-versions", id, version]}
      read={(api) => api.canned.versions(id)}
      line={({ version: key, at, by, action, title, shortcut, language, text, files }) => ({
        key,
        at,
        by: `${t(`canned.did.${action}`)}: ${by.name}`,
        what: (
          <>
            <span className={classes.name} lang={language}>
              {title}
            </span>
            <span className={classes.shortcut}>
              /{shortcut} · {language.toUpperCase()}
            </span>
            {text !== "" && (
              <p className={classes.said} lang={language}>
                {text}
              </p>
            )}
            {files.length > 0 && <FileNames files={files} />}
          </>
        ),
      })}
      onBringBack={(before) => onBringBack(formOfVersion(before))}
    />
  );
}
