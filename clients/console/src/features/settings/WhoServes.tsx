/** Who serves a queue. It is set with each operator, where it belongs to everything else that is said of him. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useBoard } from "../../live/hooks.ts";
import { at } from "../../router/usePlace.ts";
import { FieldGroup } from "./fields.tsx";
import classes from "./Settings.module.css";

export function WhoServes({ queueId }: { queueId: string }) {
  const { t } = useTranslation();
  const board = useBoard();
  const serving = [...board.operators.values()].filter(({ queues }) => queues.includes(queueId));
  return (
    <FieldGroup title={t("brandSettings.queue.staff")} hint={t("brandSettings.queue.staffHint")}>
      {serving.length === 0 && <p className={classes.muted}>{t("brandSettings.queue.noStaff")}</p>}
      <ul className={classes.people}>
        {serving.map(({ id, name }) => (
          <li key={id}>
            <Link to="/$section/{-$id}" params={at("operators", id)} search={{}}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </FieldGroup>
  );
}
