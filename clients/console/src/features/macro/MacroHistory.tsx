/** Who changed a macro, as the audit log tells it; an earlier version goes back into the form. Comes when it is unfolded. */
import type { AuditEntry } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { doingsOf } from "../../live/macros.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import classes from "./Macros.module.css";
import { contentOf, type MacroForm, versionsOf } from "./model.ts";

interface MacroHistoryProps {
  id: string;
  version: number;
  onBringBack: (form: MacroForm) => void;
}

export function MacroHistory(props: MacroHistoryProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.history} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("canned.history")}</summary>
      {open && <Versions {...props} />}
    </details>
  );
}

function Versions({ id, version, onBringBack }: MacroHistoryProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: ["macro-history", id, version],
    queryFn: () => api.audit({ subject: id }),
  });
  if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (data === undefined) return <Loading rows={2} rowHeight={40} />;
  return (
    <ol className={classes.versions} aria-label={t("canned.history")}>
      {versionsOf(data.items as AuditEntry[]).map(({ sequence, at, by, form }, place) => (
        <li key={sequence}>
          <span className={classes.name}>{form.title}</span>
          <span className={classes.quiet}>
            {[
              `/${form.shortcut}`,
              ...doingsOf(contentOf(form)).map(({ kind }) => t(`macros.short.${kind}`)),
            ].join(" · ")}
            {form.archived && ` · ${t("tags.archived")}`}
          </span>
          <span className={classes.changed}>
            {by} <When at={at} />
          </span>
          {place > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => onBringBack(form)}>
              {t("tags.bringBack")}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}
