/** Who changed a macro, as the audit log tells it; an earlier version goes back into the form. */
import type { AuditEntry } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import { VersionFold } from "../../history/VersionFold.tsx";
import { doingsOf } from "../../live/macros.ts";
import classes from "./Macros.module.css";
import { contentOf, type MacroForm, type MacroVersion, versionsOf } from "./model.ts";

interface MacroHistoryProps {
  id: string;
  version: number;
  onBringBack: (form: MacroForm) => void;
}

export function MacroHistory({ id, version, onBringBack }: MacroHistoryProps) {
  const { t } = useTranslation();
  return (
    <VersionFold<MacroVersion>
      title={t("canned.history")}
      queryKey={["macro-history", id, version]}
      read={async (api) => versionsOf((await api.audit({ subject: id })).items as AuditEntry[])}
      line={({ sequence, at, by, form }) => ({
        key: sequence,
        at,
        by,
        what: (
          <>
            <span className={classes.name}>{form.title}</span>
            <span className={classes.quiet}>
              {[
                `/${form.shortcut}`,
                ...doingsOf(contentOf(form)).map(({ kind }) => t(`macros.short.${kind}`)),
              ].join(" · ")}
              {form.archived && ` · ${t("tags.archived")}`}
            </span>
          </>
        ),
      })}
      onBringBack={({ form }) => onBringBack(form)}
    />
  );
}
