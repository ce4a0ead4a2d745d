/** All figures of a report, row by row, with the whole period below and the period before it. */
import type { Report, ReportFigures } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Count } from "./Count.tsx";
import { FigureName } from "./FigureName.tsx";
import classes from "./FigureTable.module.css";
import { AREAS, type FigureId, figureOf, figuresIn, figureWords } from "./figures.ts";
import { rowWords } from "./words.ts";

interface FigureTableProps {
  report: Report;
  /** «Reports, 1–28 November» */
  caption: string;
  before: { readonly words: string; readonly figures: ReportFigures } | undefined;
}

export const FigureTable = memo(function FigureTable({ report, caption, before }: FigureTableProps) {
  const { t } = useTranslation();
  const region = useRegion();
  const all = [report.total, ...report.rows.map(({ figures }) => figures)];
  const areas = AREAS.map((area) => ({ area, ids: figuresIn(area, all) })).filter(
    ({ ids }) => ids.length > 0,
  );
  const ids = areas.flatMap(({ ids: own }) => own);
  return (
    // What scrolls sideways must be reached by the keyboard.
    <section className={classes.frame} tabIndex={0} aria-label={caption}>
      <table className={classes.table}>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2} className={classes.corner}>
              {t(`reports.rowOf.${report.group}`)}
            </th>
            {areas.map(({ area, ids: own }) => (
              <th key={area} scope="colgroup" colSpan={own.length} className={classes.area}>
                {t(`reports.area.${area}`)}
              </th>
            ))}
          </tr>
          <tr>
            {areas.flatMap(({ ids: own }) =>
              own.map((id, index) => (
                <th key={id} scope="col" data-first={index === 0}>
                  <FigureName id={id} />
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => {
            const words = rowWords(row, report.group, region, t);
            return (
              <tr key={row.key}>
                <th scope="row">{words}</th>
                {ids.map((id) => (
                  <td key={id} data-none={figureOf(id).of(row.figures) === null}>
                    <Count id={id} figures={row.figures} rowKey={row.key} rowName={words} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("reports.total")}</th>
            {ids.map((id) => (
              <td key={id}>
                <Count id={id} figures={report.total} rowKey={null} />
              </td>
            ))}
          </tr>
          {before !== undefined && <Before ids={ids} {...before} />}
        </tfoot>
      </table>
    </section>
  );
});

function Before({
  ids,
  words,
  figures,
}: {
  ids: readonly FigureId[];
  words: string;
  figures: ReportFigures;
}) {
  const region = useRegion();
  return (
    <tr className={classes.before}>
      <th scope="row">{words}</th>
      {ids.map((id) => (
        <td key={id}>{figureWords(id, figureOf(id).of(figures), region)}</td>
      ))}
    </tr>
  );
}
