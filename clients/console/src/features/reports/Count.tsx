/** A number of a report. Where consultations, calls or call-backs stand behind it, pressing it lists them. */
import type { ReportFigures } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { behindId } from "../../live/behind.ts";
import classes from "./Count.module.css";
import { type FigureId, figureOf, figureWords } from "./figures.ts";
import { isOfConsultations } from "./model.ts";
import { nameOf } from "./words.ts";

interface CountProps {
  id: FigureId;
  figures: ReportFigures;
  /** The row that it stands in; null: the whole period. */
  rowKey: string | null;
  /** The row's words, for who does not see where the number stands. */
  rowName?: string;
}

export function Count({ id, figures, rowKey, rowName }: CountProps) {
  const { t } = useTranslation();
  const region = useRegion();
  const { place, open } = useDesk();
  const { of, behind } = figureOf(id);
  const value = of(figures);
  const words = figureWords(id, value, region);
  if (behind === undefined || value === null || value === 0) {
    return <span data-none={value === null}>{words}</span>;
  }
  const target = behindId({ figure: behind, key: rowKey });
  const about = { figure: nameOf(id, t), count: words, row: rowName ?? t("reports.total") };
  return (
    <button
      type="button"
      className={classes.count}
      aria-label={t(isOfConsultations(behind) ? "reports.open" : "reports.openList", about)}
      aria-current={place.id === target ? "true" : undefined}
      onClick={() => open(target)}
    >
      {words}
    </button>
  );
}
