/** Who changed a tag, as the audit log tells it; an earlier version goes back into the form. */
import type { AuditEntry } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { VersionFold } from "../../history/VersionFold.tsx";
import { TagChip } from "../../ui/TagChip.tsx";
import { type TagForm, type TagVersion, versionsOf } from "./model.ts";
import classes from "./Tags.module.css";

interface TagHistoryProps {
  id: string;
  version: number;
  onBringBack: (form: TagForm) => void;
}

export function TagHistory({ id, version, onBringBack }: TagHistoryProps) {
  const { t } = useTranslation();
  const language = useLocale();
  return (
    <VersionFold<TagVersion>
      title={t("tags.history")}
      queryKey={["tag-history", id, version]}
      read={async (api) => versionsOf((await api.audit({ subject: id })).items as AuditEntry[])}
      line={({ sequence, at, by, form: { names, color, archived } }) => ({
        key: sequence,
        at,
        by,
        what: (
          <>
            <TagChip tag={{ name: names[language] ?? Object.values(names)[0] ?? "", color }} />
            {archived && <span className={classes.hint}>{t("tags.archived")}</span>}
          </>
        ),
      })}
      onBringBack={({ form }) => onBringBack(form)}
    />
  );
}
