/** A report on a period: what is seen first, a chart of one figure, the table of all. */
import type { Report, ReportFigures } from "@consilium/kit/api";
import { useFormats, useRegion } from "@consilium/kit/brand";
import { saveBlob } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { IconChartBar, IconDownload } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { TableHead } from "../../ui/TableHead.tsx";
import { type Days, daysBefore } from "./days.ts";
import { FigureChart } from "./FigureChart.tsx";
import { FigureTable } from "./FigureTable.tsx";
import { Filters } from "./Filters.tsx";
import { type Choice, isDays, queryOf } from "./model.ts";
import classes from "./ReportsView.module.css";
import { Tiles } from "./Tiles.tsx";
import { useChoice, useReport } from "./useReport.ts";
import { daysWords } from "./words.ts";

export function ReportsView() {
  const { t } = useTranslation();
  const choice = useChoice();
  useLightPaper();
  return (
    <div className={classes.reports} data-printable>
      <TableHead title={t("section.reports")} total={null} tools={<Download choice={choice} />} />
      <div className={classes.inner}>
        <Filters choice={choice} />
        {isDays(choice.days) ? (
          <Body choice={choice} days={choice.days} today={choice.today} />
        ) : (
          <Nothing
            icon={<IconChartBar size={32} stroke={1.5} />}
            title={t("reports.noDaysTitle")}
            text={t("reports.noDaysText")}
          />
        )}
      </div>
    </div>
  );
}

/** Paper is light whatever the screen is. */
function useLightPaper(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    let scheme: string | undefined;
    const before = () => {
      scheme = dataset.mantineColorScheme;
      dataset.mantineColorScheme = "light";
    };
    const after = () => {
      if (scheme !== undefined) dataset.mantineColorScheme = scheme;
    };
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, []);
}

function Body({ choice, days, today }: { choice: Choice; days: Days; today: string }) {
  const region = useRegion();
  const { report, before, compared } = useReport(choice);
  const names = useMemo(
    () => ({ now: daysWords(days, region), before: daysWords(daysBefore(days), region) }),
    [days, region],
  );
  const { data } = report;
  if (data === undefined) {
    if (report.isError)
      return <Problem error={report.error} onRetry={() => void report.refetch()} busy={report.isFetching} />;
    return <Loading rows={5} rowHeight={88} />;
  }
  return (
    <div className={classes.body} aria-busy={report.isPlaceholderData}>
      <About
        names={names}
        zone={data.time_zone}
        isOpen={days.to >= today}
        compares={choice.compares}
        failed={compared.isError}
      />
      {report.isError && (
        <Problem error={report.error} onRetry={() => void report.refetch()} busy={report.isFetching} />
      )}
      <Figures choice={choice} report={data} before={before} names={names} />
    </div>
  );
}

interface Names {
  readonly now: string;
  readonly before: string;
}

/** Which days these are, in whose time, and against which they are held. */
function About(props: { names: Names; zone: string; isOpen: boolean; compares: boolean; failed: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { names, zone, isOpen, compares, failed } = props;
  return (
    <p className={classes.about}>
      <strong>{names.now}</strong>
      {isOpen && <span>{t("reports.goesOn")}</span>}
      {compares && (
        <span>{t(failed ? "reports.notCompared" : "reports.comparedWith", { days: names.before })}</span>
      )}
      <span>{t("reports.zone", { zone: formats.zone(zone) })}</span>
    </p>
  );
}

interface FiguresProps {
  choice: Choice;
  report: Report;
  before: Report | undefined;
  names: Names;
}

function Figures({ choice, report, before, names }: FiguresProps) {
  const { t } = useTranslation();
  const compared = useMemo(
    () =>
      before === undefined
        ? undefined
        : { words: t("reports.beforeRow", { days: names.before }), figures: before.total },
    [before, names, t],
  );
  if (isQuiet(report.total)) {
    return (
      <Nothing
        icon={<IconChartBar size={32} stroke={1.5} />}
        title={t("reports.emptyTitle")}
        text={t("reports.emptyText")}
      />
    );
  }
  return (
    <>
      <Tiles report={report} before={before?.total} compares={choice.compares} />
      <FigureChart report={report} before={before} figure={choice.figure} names={names} />
      <h3 className={classes.title}>{t("reports.table")}</h3>
      <FigureTable report={report} caption={t("reports.tableOf", { days: names.now })} before={compared} />
    </>
  );
}

/** Nothing was asked for, nobody called, nobody was on duty. */
function isQuiet({ entered, calls, callbacks_due, on_duty_seconds }: ReportFigures): boolean {
  return entered === 0 && calls === 0 && callbacks_due === 0 && (on_duty_seconds ?? 0) === 0;
}

function Download({ choice }: { choice: Choice }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { days } = choice;
  const { mutate, isPending, error } = useMutation({
    mutationFn: (days: Days) => api.reports.csv(queryOf(choice, days)),
    onSuccess: ({ blob, name }) => saveBlob(blob, name),
  });
  return (
    <>
      <Refusal error={error} />
      <Button
        size="sm"
        variant="default"
        className={classes.download}
        leftSection={<IconDownload size={18} stroke={1.75} />}
        loading={isPending}
        disabled={!isDays(days)}
        onClick={() => isDays(days) && mutate(days)}
      >
        {t("reports.download")}
      </Button>
    </>
  );
}
