/** Who changed a tag, as the audit log tells it; an earlier version goes back into the form. Comes when it is unfolded. */
import type { AuditEntry } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { TagChip } from "../../ui/TagChip.tsx";
import { type TagForm, versionsOf } from "./model.ts";
import classes from "./Tags.module.css";

interface TagHistoryProps {
  id: string;
  version: number;
  onBringBack: (form: TagForm) => void;
}

export function TagHistory({ id, version, onBringBack }: TagHistoryProps) {
  const { t } = useTranslation();
  const language = useLocale();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: ["tag-history", id, version],
    queryFn: () => api.audit({ subject: id }),
  });
  if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (data === undefined) return <Loading rows={2} rowHeight={40} />;
  return (
    <ol className={classes.choices} aria-label={t("tags.history")}>
      {versionsOf(data.items as AuditEntry[]).map(({ sequence, at, by, form }, place) => (
        <li key={sequence} className={classes.tag}>
          <TagChip
            tag={{ name: form.names[language] ?? Object.values(form.names)[0] ?? "", color: form.color }}
          />
          {form.archived && <span className={classes.hint}>{t("tags.archived")}</span>}
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
