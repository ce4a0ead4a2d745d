/** How the consultation in front stands with its conclusion, and the way to it. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconFileText } from "../../icons.ts";
import classes from "./Conclusion.module.css";
import { standingOf } from "./model.ts";

export function ConclusionStatus({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const standing = standingOf(row);
  if (standing === "off" || row.phase === "queued" || row.phase === "cancelled" || row.phase === "abandoned")
    return null;
  const words =
    row.conclusion === null
      ? t(`conclusion.standing.${standing}`)
      : t("conclusion.standing.signed", { number: row.conclusion.number, version: row.conclusion.version });
  return (
    <div className={classes.status} data-standing={standing}>
      <span>{words}</span>
      <CommandButton
        id="consultation.conclusion"
        size="compact-xs"
        variant="subtle"
        color="gray"
        icon={<IconFileText size={14} stroke={1.75} />}
      />
    </div>
  );
}
