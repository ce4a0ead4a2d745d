/** After an act of which something was refused: what was done, and of each other row why not. */
import type { BulkFate } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { BulkWish } from "../../desk/desk.ts";
import { whoseName } from "../../live/whose.ts";
import { useFocusHere } from "../../ui/useFocusHere.ts";
import classes from "./Bulk.module.css";
import { told } from "./model.ts";
import { whyNot } from "./refusal.ts";

interface BulkOutcomeProps {
  wish: BulkWish;
  fates: readonly BulkFate[];
  onClose: () => void;
}

export function BulkOutcome({ wish, fates, onClose }: BulkOutcomeProps) {
  const { t } = useTranslation();
  const { done, unchanged, refused, notTried } = told(fates);
  const names = namesOf(wish);
  const place = useFocusHere<HTMLDivElement>();
  return (
    <div ref={place} className={classes.outcome}>
      <p role="status">{t("bulk.outcome.done", { count: done.length })}</p>
      {unchanged.length > 0 && <p>{t("bulk.outcome.unchanged", { count: unchanged.length })}</p>}
      {refused.length > 0 && (
        <>
          <p>{t("bulk.outcome.refused", { count: refused.length })}</p>
          <ul className={classes.refused} aria-label={t("bulk.outcome.label")}>
            {refused.map(({ id, problem }) => (
              <li key={id}>
                <span className={classes.name}>{names.get(id) ?? id}</span>
                <span>{problem === null ? "" : whyNot(wish.kind, problem, t)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {notTried.length > 0 && <p>{t("bulk.outcome.notTried", { count: notTried.length })}</p>}
      <div className={classes.buttons}>
        <Button data-autofocus onClick={onClose}>
          {t("understood")}
        </Button>
      </div>
    </div>
  );
}

function namesOf(wish: BulkWish): ReadonlyMap<string, string> {
  if (wish.of === "patients") return new Map(wish.rows.map(({ id, name }) => [id, name]));
  return new Map(wish.rows.map((row) => [row.id, `${whoseName(row)} · ${row.queue.name}`]));
}
