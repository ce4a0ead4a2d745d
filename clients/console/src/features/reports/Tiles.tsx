/** The figures that are looked at first, each with its change against the period before. */
import type { Report, ReportFigures } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { Count } from "./Count.tsx";
import { FigureName } from "./FigureName.tsx";
import { deltaOf, type FigureId, figureOf, figureWords, HEADLINES } from "./figures.ts";
import { Sparkline } from "./Sparkline.tsx";
import classes from "./Tiles.module.css";
import { deltaWords } from "./words.ts";

interface TilesProps {
  report: Report;
  before: ReportFigures | undefined;
  compares: boolean;
}

export function Tiles({ report, before, compares }: TilesProps) {
  const { t } = useTranslation();
  const isTime = !["queue", "operator"].includes(report.group);
  return (
    <ul className={classes.tiles} aria-label={t("reports.headlines")}>
      {HEADLINES.map((id) => (
        <li key={id} className={classes.tile}>
          <span className={classes.name}>
            <FigureName id={id} />
          </span>
          <span className={classes.value}>
            <Count id={id} figures={report.total} rowKey={null} />
          </span>
          {compares && before !== undefined && <Change id={id} now={report.total} before={before} />}
          {isTime && <Sparkline values={report.rows.map((row) => figureOf(id).of(row.figures))} />}
        </li>
      ))}
    </ul>
  );
}

const ARROWS = { more: "↑", less: "↓", same: "", unknown: "" } as const;

function Change({ id, now, before }: { id: FigureId; now: ReportFigures; before: ReportFigures }) {
  const { t } = useTranslation();
  const region = useRegion();
  const { of } = figureOf(id);
  const delta = deltaOf(id, of(now), of(before), region);
  const tone = delta.is === "more" || delta.is === "less" ? delta.tone : "plain";
  return (
    <span className={classes.change} data-tone={tone}>
      <span>
        <span aria-hidden>{ARROWS[delta.is]}</span> {deltaWords(delta, t)}
      </span>
      {delta.is !== "unknown" && delta.is !== "same" && (
        <span className={classes.was}>
          {t("reports.delta.was", { value: figureWords(id, of(before), region) })}
        </span>
      )}
    </span>
  );
}
