/** A chart of one figure, chosen here; the table below says the same in numbers. */
import type { Report } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { Select } from "@mantine/core";
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { Fence } from "../../ui/Fence.tsx";
import { barsOf } from "./chart.ts";
import { drawnLater } from "./drawnLater.tsx";
import classes from "./FigureChart.module.css";
import { AREAS, type FigureId, figureOf, figuresIn } from "./figures.ts";
import { nameOf, tickWords } from "./words.ts";

const Drawing = drawnLater(async () => (await import("./BarsOfFigure.tsx")).BarsOfFigure);

interface FigureChartProps {
  report: Report;
  before: Report | undefined;
  figure: FigureId;
  /** Days of the report and of the one before, in words. */
  names: { readonly now: string; readonly before: string };
}

export const FigureChart = memo(function FigureChart({ report, before, figure, names }: FigureChartProps) {
  const { t } = useTranslation();
  const region = useRegion();
  const chart = useMemo(
    () => barsOf(report, before, figure, (row) => tickWords(row, report.group, region, t)),
    [report, before, figure, region, t],
  );
  const hasAny = chart.bars.some(({ now }) => now !== undefined);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <h3 className="unseen">{t("reports.chart")}</h3>
        <Choose report={report} figure={figure} />
      </figcaption>
      {hasAny ? (
        <Fence of={figure}>
          <Drawing
            label={t("reports.chartOf", { figure: nameOf(figure, t), days: names.now })}
            chart={chart}
            kind={figureOf(figure).kind}
            locale={region}
            names={names}
          />
        </Fence>
      ) : (
        <p className={classes.none}>{t("reports.noCase")}</p>
      )}
      {chart.left > 0 && <p className={classes.left}>{t("reports.notDrawn", { count: chart.left })}</p>}
    </figure>
  );
});

function Choose({ report, figure }: { report: Report; figure: FigureId }) {
  const { t } = useTranslation();
  const { filter } = useDesk();
  const data = useMemo(() => {
    const all = [report.total, ...report.rows.map(({ figures }) => figures)];
    return AREAS.map((area) => ({
      group: t(`reports.area.${area}`),
      items: figuresIn(area, all).map((id) => ({ value: id, label: nameOf(id, t) })),
    })).filter(({ items }) => items.length > 0);
  }, [report, t]);
  return (
    <Select
      size="sm"
      aria-label={t("reports.chartFigure")}
      data={data}
      value={figure}
      allowDeselect={false}
      maxDropdownHeight={360}
      className={classes.choose}
      onChange={(chosen) => filter({ figure: chosen })}
    />
  );
}
