/** Who changed a canned reply, what and when. Asked for when it is unfolded. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import classes from "./CannedDialog.module.css";

export function CannedHistory({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.history} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("canned.history")}</summary>
      {open && <Versions id={id} version={version} />}
    </details>
  );
}

function Versions({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: ["canned-versions", id, version],
    queryFn: () => api.canned.versions(id),
  });
  if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (data === undefined) return <Loading rows={2} rowHeight={40} />;
  return (
    <ol className={classes.versions}>
      {data.map((one) => (
        <li key={one.version}>
          <span className={classes.line}>
            <span className={classes.name}>
              {t(`canned.did.${one.action}`)}: {one.by.name}
            </span>
            <When at={one.at} className={classes.language} />
          </span>
          <span className={classes.text}>
            {one.title} · /{one.shortcut} · {one.language.toUpperCase()}
          </span>
          <p className={classes.whole}>{one.text}</p>
        </li>
      ))}
    </ol>
  );
}
