/** The consultations behind a number of the report, newest first; each opens where it is now. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { IconChartBar } from "../../icons.ts";
import { sectionOf } from "../../live/sections.ts";
import { whoseName } from "../../live/whose.ts";
import { at } from "../../router/usePlace.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { VirtualList } from "../../ui/VirtualList.tsx";
import classes from "./BehindPanel.module.css";
import type { Days } from "./days.ts";
import { type Behind, behindOf, type Choice, isDays, queryOf } from "./model.ts";
import { useChoice, useReport } from "./useReport.ts";
import { daysWords, rowWords } from "./words.ts";

const PAGE = 100;
/** Pixels at the base size; a row is measured when it is seen. */
const ROW_HEIGHT = 72;

export function BehindPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const choice = useChoice();
  const behind = behindOf(id);
  if (behind === null || !isDays(choice.days)) {
    return <Nothing icon={<IconChartBar size={32} stroke={1.5} />} title={t("reports.behind.unknown")} />;
  }
  return <Listed behind={behind} choice={choice} days={choice.days} />;
}

function Listed({ behind, choice, days }: { behind: Behind; choice: Choice; days: Days }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { figure, key } = behind;
  const query = { ...queryOf(choice, days), figure, ...(key === null ? {} : { key }) };
  const list = useAllPages<ConsultationRow>(
    ["report-behind", query],
    (cursor) => api.reports.behind({ ...query, limit: PAGE, cursor }),
    { eager: false, limit: PAGE },
  );
  const title = t(`reports.behind.${figure}`);
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.head}>
        <h2>
          {title} {list.status === "success" && <span className={classes.total}>{list.total}</span>}
        </h2>
        <Where behind={behind} choice={choice} days={days} />
      </header>
      {list.status === "pending" && <Loading rows={8} rowHeight={56} />}
      {list.status === "error" && (
        <Problem
          error={list.error}
          onRetry={list.items.length === 0 ? list.refetch : list.more}
          busy={list.fetching}
        />
      )}
      {list.status === "success" && list.items.length === 0 && (
        <Nothing icon={<IconChartBar size={32} stroke={1.5} />} title={t("reports.behind.none")} />
      )}
      {list.items.length > 0 && (
        <div className={classes.rows}>
          <VirtualList label={title} items={list.items} rowHeight={ROW_HEIGHT} onEnd={list.more}>
            {(row) => <Row key={row.id} row={row} />}
          </VirtualList>
        </div>
      )}
    </section>
  );
}

/** Of which row of the report these are. */
function Where({ behind: { key }, choice, days }: { behind: Behind; choice: Choice; days: Days }) {
  const { t } = useTranslation();
  const region = useRegion();
  const { report } = useReport(choice);
  const name = report.data?.rows.find((row) => row.key === key)?.name ?? null;
  const words = [
    ...(key === null ? [] : [rowWords({ key, name }, choice.group, region, t)]),
    ...(key !== null && choice.group === "day" ? [] : [daysWords(days, region)]),
  ];
  return <p className={classes.where}>{words.join(" · ")}</p>;
}

function Row({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const section = row.phase === "archived" ? "archive" : sectionOf(row, me.operator?.id ?? null);
  const content = (
    <>
      <span className={classes.line}>
        <span className={classes.name}>{whoseName(row)}</span>
        <When at={row.requested_at} className={classes.quiet} />
      </span>
      <span className={classes.line}>
        <span className={classes.about}>
          {[row.queue.name, (row.participants[0] ?? row.previous_operator)?.name].filter(Boolean).join(" · ")}
        </span>
        <span className={classes.quiet}>{t(`phase.${row.phase}`)}</span>
      </span>
    </>
  );
  // Whoever left while he waited said nothing to anybody: there is nothing to open.
  if (section === null) return <div className={classes.row}>{content}</div>;
  return (
    <Link
      to="/$section/{-$id}"
      params={at(section, row.id)}
      search={{}}
      className={classes.row}
      data-row={row.id}
    >
      {content}
    </Link>
  );
}
