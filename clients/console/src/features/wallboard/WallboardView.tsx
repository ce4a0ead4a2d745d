/** Queues, people and the day so far, in figures that are read from across a room. */
import type { ReportFigure, ReportFigures, Wallboard } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { keepScreenOn } from "@consilium/kit/matrix";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { CommandIcon } from "../../commands/CommandButton.tsx";
import { shareWords, spanWords } from "../../format.ts";
import { IconAlertTriangle, IconArrowsMaximize, IconArrowsMinimize, IconInbox } from "../../icons.ts";
import { behindId } from "../../live/behind.ts";
import { useNow } from "../../live/hooks.ts";
import type { DeskSearch } from "../../live/route.ts";
import type { Section } from "../../live/sections.ts";
import { at } from "../../router/usePlace.ts";
import { Elapsed, When } from "../../ui/Elapsed.tsx";
import { Nothing } from "../../ui/Loadable.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { canBeFull, leaveFullScreen, useFullScreen } from "./full-screen.ts";
import { isByOwnDay, longFrom, strainOf, sumsOf, type WallboardQueue, worst } from "./model.ts";
import { useWallboard } from "./useWallboard.ts";
import classes from "./WallboardView.module.css";

/** There was no case: that is not nought. */
const NONE = "—";

export function WallboardView() {
  const { t } = useTranslation();
  const answer = useWallboard();
  const { data, isError } = answer;
  const full = useFullScreen();
  useEffect(() => (full ? keepScreenOn() : undefined), [full]);
  useEffect(() => leaveFullScreen, []);
  return (
    <div className={classes.wallboard} data-wallboard>
      <div className={classes.scaled}>
        <header className={classes.head}>
          <h2>{t("section.wallboard")}</h2>
          {data !== undefined && (
            <p className={classes.at} data-late={isError}>
              {isError && <IconAlertTriangle size={16} stroke={1.75} aria-hidden />}
              <span>
                {t(isError ? "wallboard.stale" : "wallboard.asOf")} <When at={data.at} />
              </span>
            </p>
          )}
          {canBeFull() && (
            <CommandIcon
              id="desk.full-screen"
              label={t(full ? "wallboard.leaveFull" : "command.fullScreen")}
              icon={full ? <IconArrowsMinimize size={20} /> : <IconArrowsMaximize size={20} />}
            />
          )}
        </header>
        <Loaded answer={answer} rows={4} rowHeight={120}>
          {(board) => <Board board={board} />}
        </Loaded>
      </div>
    </div>
  );
}

function Board({ board }: { board: Wallboard }) {
  const { t } = useTranslation();
  return (
    <>
      <Now board={board} />
      {board.queues.length === 0 ? (
        <Nothing icon={<IconInbox size={32} stroke={1.5} />} title={t("wallboard.noQueues")} />
      ) : (
        <section aria-labelledby="wallboard-queues">
          <h3 id="wallboard-queues" className={classes.title}>
            {t("wallboard.queues")}
          </h3>
          <ul className={classes.queues}>
            {board.queues.map((each) => (
              <QueueCard key={each.queue.id} of={each} />
            ))}
          </ul>
        </section>
      )}
      <div className={classes.foot}>
        <Today today={board.today} />
        <Operators operators={board.operators} />
      </div>
    </>
  );
}

/** Everything of this moment, all queues together. */
function Now({ board }: { board: Wallboard }) {
  const { t } = useTranslation();
  const now = useNow();
  const sums = sumsOf(board);
  return (
    <section aria-label={t("wallboard.now")}>
      <dl className={classes.now}>
        <Big name={t("wallboard.waiting")} tone={worst(board.queues, now)}>
          <Opens name={t("wallboard.waiting")} count={sums.waiting} section="waiting" />
        </Big>
        <Big name={t("wallboard.longest")} tone={worst(board.queues, now)}>
          {sums.oldestSince === null ? "—" : <Elapsed since={sums.oldestSince} />}
        </Big>
        <Big name={t("wallboard.active")}>
          <Opens name={t("wallboard.active")} count={sums.active} section="active" />
        </Big>
        <Big name={t("wallboard.onHold")}>
          <Opens name={t("wallboard.onHold")} count={sums.onHold} section="on-hold" />
        </Big>
        <Big name={t("wallboard.calls")}>
          <Opens name={t("wallboard.calls")} count={board.calls} section="calls" />
        </Big>
      </dl>
    </section>
  );
}

interface OpensProps {
  /** What is counted, for who does not see where the number stands. */
  name: string;
  count: number;
  /** As it is written, where that is not the plain number. */
  words?: string;
  section: Section;
  id?: string;
  search?: DeskSearch;
}

/** A number that opens the list of what it counts; of nothing there is no list. */
function Opens({ name, count, words, section, id, search = {} }: OpensProps) {
  const { t } = useTranslation();
  const shown = words ?? String(count);
  if (count === 0) return shown;
  return (
    <Link
      to="/$section/{-$id}"
      params={at(section, id ?? null)}
      search={search}
      className={classes.opens}
      aria-label={t("wallboard.open", { name, count: shown })}
    >
      {shown}
    </Link>
  );
}

/** A figure of today; pressed, the reports list what is behind it. */
function OfToday({ name, count, words, figure }: Omit<OpensProps, "section"> & { figure: ReportFigure }) {
  const id = behindId({ figure, key: null });
  return (
    <Opens
      name={name}
      count={count}
      {...(words !== undefined && { words })}
      section="reports"
      id={id}
      search={{ period: "today" }}
    />
  );
}

function Big({ name, tone, children }: { name: string; tone?: string; children: React.ReactNode }) {
  return (
    <div className={classes.big} data-tone={tone}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function QueueCard({ of }: { of: WallboardQueue }) {
  const { t } = useTranslation();
  const region = useRegion();
  const now = useNow();
  const { queue, today } = of;
  const strain = strainOf(of, now);
  const ofQueue: DeskSearch = { queue: queue.id };
  const named = (what: "waiting" | "active" | "onHold") => `${queue.name}, ${t(`wallboard.${what}`)}`;
  return (
    <li className={classes.queue} data-tone={strain}>
      <h4>{queue.name}</h4>
      <dl className={classes.pair}>
        <Big name={t("wallboard.waiting")} tone={strain}>
          <Opens name={named("waiting")} count={queue.waiting} section="waiting" search={ofQueue} />
        </Big>
        <Big name={t("wallboard.longest")} tone={strain}>
          {queue.oldest_waiting_since === null ? "—" : <Elapsed since={queue.oldest_waiting_since} />}
        </Big>
      </dl>
      <Strained of={of} />
      <dl className={classes.small}>
        <Small name={t("wallboard.active")}>
          <Opens name={named("active")} count={queue.active} section="active" search={ofQueue} />
        </Small>
        <Small name={t("wallboard.onHold")}>
          <Opens name={named("onHold")} count={queue.on_hold} section="on-hold" search={ofQueue} />
        </Small>
        <Small name={t("wallboard.online")}>{queue.operators_online}</Small>
      </dl>
      <p className={classes.day}>
        <EnteredToday of={of} />
        {today.wait !== null && (
          <span>{t("wallboard.usualWait", { time: spanWords(today.wait.median_seconds, region) })}</span>
        )}
      </p>
    </li>
  );
}

/** How many asked today; pressed, the reports list them. */
function EnteredToday({ of: { queue, today } }: { of: WallboardQueue }) {
  const { t } = useTranslation();
  const words = t("wallboard.queueToday", { entered: today.entered, answered: today.answered });
  if (today.entered === 0) return <span>{words}</span>;
  return (
    <Link
      to="/$section/{-$id}"
      params={at("reports", behindId({ figure: "entered", key: queue.id }))}
      search={{ period: "today", group: "queue" }}
      className={classes.opens}
    >
      {words}
    </Link>
  );
}

/** Why a queue is coloured, in words. */
function Strained({ of }: { of: WallboardQueue }) {
  const { t } = useTranslation();
  const region = useRegion();
  const now = useNow();
  const strain = strainOf(of, now);
  if (strain !== "long" && strain !== "unattended") return <p className={classes.strain} />;
  const time = spanWords(longFrom(of), region);
  return (
    <p className={classes.strain} data-tone={strain}>
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <span>
        {strain === "unattended"
          ? t("wallboard.unattended")
          : t(isByOwnDay(of) ? "wallboard.longForToday" : "wallboard.long", { time })}
      </span>
    </p>
  );
}

function Small({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Today({ today }: { today: ReportFigures }) {
  const { t } = useTranslation();
  const region = useRegion();
  const share = (permille: number | null) => (permille === null ? null : shareWords(permille, region));
  const span = (seconds: number | undefined) => (seconds === undefined ? null : spanWords(seconds, region));
  const shown = [
    { id: "entered", figure: "entered", count: today.entered, words: null },
    { id: "answered", figure: "answered", count: today.answered, words: null },
    { id: "closed", figure: "closed", count: today.closed, words: null },
    {
      id: "abandonment",
      figure: "abandoned",
      count: today.abandoned,
      words: share(today.abandonment_permille) ?? NONE,
    },
    {
      id: "waitMedian",
      figure: "wait",
      count: today.answered,
      words: span(today.wait?.median_seconds) ?? NONE,
    },
    { id: "waitP90", figure: "wait", count: today.answered, words: span(today.wait?.p90_seconds) ?? NONE },
    { id: "sla", figure: "sla_kept", count: today.sla.kept, words: share(today.sla.kept_permille) ?? NONE },
    {
      id: "callbacksOnTime",
      figure: "callbacks_on_time",
      count: today.callbacks_on_time,
      words: share(today.callbacks_on_time_permille) ?? NONE,
    },
  ] as const;
  return (
    <section aria-labelledby="wallboard-today">
      <h3 id="wallboard-today" className={classes.title}>
        {t("wallboard.today")}
      </h3>
      <dl className={classes.today}>
        {shown.map(({ id, figure, count, words }) => {
          const name = t(`reports.figure.${id}.name`);
          return (
            <Small key={id} name={name}>
              <OfToday name={name} count={count} figure={figure} {...(words !== null && { words })} />
            </Small>
          );
        })}
        <Small name={t("reports.figure.occupancy.name")}>{share(today.occupancy_permille) ?? NONE}</Small>
      </dl>
    </section>
  );
}

function Operators({ operators }: Pick<Wallboard, "operators">) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="wallboard-operators">
      <h3 id="wallboard-operators" className={classes.title}>
        {t("wallboard.operators")}
      </h3>
      <dl className={classes.today}>
        {operators.map(({ status, operators: count }) => (
          <div key={status}>
            <dt className={classes.status}>
              <StatusDot status={status} />
              {t(`status.${status}`)}
            </dt>
            <dd data-none={count === 0}>{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
