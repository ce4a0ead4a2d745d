/** What is behind a number of the report, consultations, calls or call-backs; each opens where it is now. */
import type { BehindRow, CallbackRow, CallRow, ConsultationRow } from "@consilium/kit/api";
import { useFormats, useRegion } from "@consilium/kit/brand";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { IconChartBar } from "../../icons.ts";
import type { Behind } from "../../live/behind.ts";
import { type Section, sectionOf } from "../../live/sections.ts";
import { whoseName } from "../../live/whose.ts";
import { at } from "../../router/usePlace.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { Total } from "../../ui/Total.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { VirtualList } from "../../ui/VirtualList.tsx";
import classes from "./BehindPanel.module.css";
import type { Days } from "./days.ts";
import { behindOf, type Choice, isDays, isOfConsultations, queryOf } from "./model.ts";
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
  const list = useAllPages<BehindRow>(
    ["report-behind", query],
    (cursor) => api.reports.behind({ ...query, limit: PAGE, cursor }),
    { eager: false, limit: PAGE },
  );
  const title = t(`reports.behind.${figure}`);
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.head}>
        <h2>
          {title} {list.status === "success" && <Total of={list} className={classes.total} />}
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
        <Nothing
          icon={<IconChartBar size={32} stroke={1.5} />}
          title={t(isOfConsultations(figure) ? "reports.behind.none" : "reports.behind.noneOther")}
        />
      )}
      {list.items.length > 0 && (
        <div className={classes.rows}>
          <VirtualList label={title} items={list.items} rowHeight={ROW_HEIGHT} onEnd={list.more}>
            {(one) => <Row key={one.row.id} one={one} />}
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

function Row({ one }: { one: BehindRow }) {
  switch (one.of) {
    case "consultation":
      return <Consultation row={one.row} />;
    case "call":
      return <Call row={one.row} />;
    case "callback":
      return <Callback row={one.row} />;
  }
}

function Consultation({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  return (
    <Line
      id={row.id}
      // Whoever left while he waited said nothing to anybody: there is nothing to open.
      section={row.phase === "archived" ? "archive" : sectionOf(row, me.operator?.id ?? null)}
      name={whoseName(row)}
      at={row.requested_at}
      about={[row.queue.name, (row.participants[0] ?? row.previous_operator)?.name]}
      state={t(`phase.${row.phase}`)}
    />
  );
}

function Call({ row }: { row: CallRow }) {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const staff = row.participants.find(({ side }) => side === "staff")?.name;
  return (
    <Line
      id={row.id}
      section="calls"
      name={row.patient.name}
      at={row.started_at}
      about={[
        row.caller_side === "staff" ? row.caller_name : staff,
        row.talked_seconds > 0 ? clock(row.talked_seconds) : undefined,
      ]}
      state={t(row.outcome === null ? `calls.state.${row.state}` : `calls.outcome.${row.outcome}`)}
    />
  );
}

function Callback({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const phase = row.phase === "archived" ? (row.ending ?? "done") : row.phase;
  return (
    <Line
      id={row.id}
      section="callbacks"
      name={row.name}
      at={row.due_at}
      about={[row.queue.name, row.operator?.name]}
      state={t(`callbacks.phase.${phase}`)}
    />
  );
}

interface LineProps {
  id: string;
  /** Where it opens; null: nowhere. */
  section: Section | null;
  name: string;
  at: string;
  about: readonly (string | undefined)[];
  state: string;
}

function Line({ id, section, name, at: moment, about, state }: LineProps) {
  const content = (
    <>
      <span className={classes.line}>
        <span className={classes.name}>{name}</span>
        <When at={moment} className={classes.quiet} />
      </span>
      <span className={classes.line}>
        <span className={classes.about}>{about.filter(Boolean).join(" · ")}</span>
        <span className={classes.quiet}>{state}</span>
      </span>
    </>
  );
  if (section === null) return <div className={classes.row}>{content}</div>;
  return (
    <Link to="/$section/{-$id}" params={at(section, id)} search={{}} className={classes.row} data-row={id}>
      {content}
    </Link>
  );
}
