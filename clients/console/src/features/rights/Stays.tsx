/** What of a patient stays sealed when his account ends, why and until when. */
import type { Deletion } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import classes from "./Rights.module.css";

export function Stays({ deletion }: { deletion: Deletion }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  if (deletion.stays.length === 0) return <p className={classes.words}>{t("rights.nothingStays")}</p>;
  return (
    <>
      <p className={classes.words}>{t("rights.stays")}</p>
      <ul className={classes.stays}>
        {deletion.stays.map(({ consultation_id, queue, requested_at, held, retention }) => (
          <li key={consultation_id}>
            <span>
              {queue.name}, {date(requested_at)}
            </span>
            <span className={classes.muted}>
              {[
                retention === null
                  ? null
                  : t("rights.until", { name: retention.class.name, date: date(retention.due_at) }),
                held ? t("rights.held") : null,
              ]
                .filter((part) => part !== null)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
