/** What happened to a consultation, newest last, as its card shows it. */
import type { HistoryEntry } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import { When } from "../../ui/Elapsed.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import classes from "./ConsultationHistory.module.css";
import { historyKey } from "./model.ts";
import { useDetail } from "./useConsultation.ts";

export function ConsultationHistory({ id }: { id: string }) {
  const { t } = useTranslation();
  const answer = useDetail(id);
  return (
    <section className={classes.history} aria-label={t("history.label")}>
      <h3 className={classes.title}>{t("history.label")}</h3>
      <Loaded answer={answer} rows={3} rowHeight={28}>
        {({ history }) => (
          <ol className={classes.entries}>
            {history.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end
              <Entry key={index} entry={entry} />
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation();
  const key = historyKey(entry);
  return (
    <li className={classes.entry}>
      <span className={classes.line}>
        <span>
          {key === null ? entry.action : t(key)}
          {entry.operator !== null && entry.action !== "left" && `: ${entry.operator}`}
        </span>
        <When at={entry.at} className={classes.quiet} />
      </span>
      {entry.actor.kind !== "system" && <span className={classes.quiet}>{entry.actor.name}</span>}
      {entry.note !== null && entry.note !== "" && <span className={classes.note}>{entry.note}</span>}
    </li>
  );
}
