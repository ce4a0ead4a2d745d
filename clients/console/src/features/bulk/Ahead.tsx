/** Before an act: to how many it will be done, to how many not, and why. */
import type { Macro } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import type { BulkWish } from "../../desk/desk.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import classes from "./Bulk.module.css";
import { type BulkForm, foreseen, reasonFor } from "./model.ts";

interface AheadProps {
  wish: BulkWish;
  form: BulkForm;
  macro: Macro | null;
}

export function Ahead({ wish, form, macro }: AheadProps) {
  const { t } = useTranslation();
  const { me } = useConsole();
  if (wish.of === "patients") return <p className={classes.ahead}>{t("bulk.aheadPatients")}</p>;
  const viewer = { operatorId: me.operator?.id ?? null, isSupervisor: me.role === "supervisor" };
  const { will, wont } = foreseen(wish.rows, reasonFor(wish.kind, { form, macro, viewer }));
  return (
    <ul className={classes.ahead} aria-label={t("bulk.ahead")}>
      <li>{t(`bulk.will.${wish.kind}`, { count: will })}</li>
      {wont.map(([reason, count]) => (
        <li key={reason} className={classes.wont}>
          {t(`bulk.wont.${reason}`, { count })}
        </li>
      ))}
    </ul>
  );
}
