/** Queues, people and the day so far, in figures that are read from across a room. */
import type { ReportFigures, Wallboard } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { keepScreenOn } from "@consilium/kit/matrix";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { CommandIcon } from "../../commands/CommandButton.tsx";
import { shareWords, spanWords } from "../../format.ts";
import { IconAlertTriangle, IconArrowsMaximize, IconArrowsMinimize, IconInbox } from "../../icons.ts";
import { useNow } from "../../live/hooks.ts";
import { Elapsed, When } from "../../ui/Elapsed.tsx";
import { Nothing } from "../../ui/Loadable.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { canBeFull, leaveFullScreen, useFullScreen } from "./full-screen.ts";
import { isByOwnDay, longFrom, strainOf, sumsOf, type WallboardQueue, worst } from "./model.ts";
import { useWallboard } from "./useWallboard.ts";
import classes from "./WallboardView.module.css";

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
          {sums.waiting}
        </Big>
        <Big name={t("wallboard.longest")} tone={worst(board.queues, now)}>
          {sums.oldestSince === null ? "—" : <Elapsed since={sums.oldestSince} />}
        </Big>
        <Big name={t("wallboard.active")}>{sums.active}</Big>
        <Big name={t("wallboard.onHold")}>{sums.onHold}</Big>
        <Big name={t("wallboard.calls")}>{board.calls}</Big>
      </dl>
    </section>
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
  return (
    <li className={classes.queue} data-tone={strain}>
      <h4>{queue.name}</h4>
      <dl className={classes.pair}>
        <Big name={t("wallboard.waiting")} tone={strain}>
          {queue.waiting}
        </Big>
        <Big name={t("wallboard.longest")} tone={strain}>
          {queue.oldest_waiting_since === null ? "—" : <Elapsed since={queue.oldest_waiting_since} />}
        </Big>
      </dl>
      <Strained of={of} />
      <dl className={classes.small}>
        <Small name={t("wallboard.active")}>{queue.active}</Small>
        <Small name={t("wallboard.onHold")}>{queue.on_hold}</Small>
        <Small name={t("wallboard.online")}>{queue.operators_online}</Small>
      </dl>
      <p className={classes.day}>
        <span>{t("wallboard.queueToday", { entered: today.entered, answered: today.answered })}</span>
        {today.wait !== null && (
          <span>{t("wallboard.usualWait", { time: spanWords(today.wait.median_seconds, region) })}</span>
        )}
      </p>
    </li>
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
  const share = (permille: number | null) => (permille === null ? "—" : shareWords(permille, region));
  const span = (seconds: number | undefined) => (seconds === undefined ? "—" : spanWords(seconds, region));
  return (
    <section aria-labelledby="wallboard-today">
      <h3 id="wallboard-today" className={classes.title}>
        {t("wallboard.today")}
      </h3>
      <dl className={classes.today}>
        <Small name={t("reports.figure.entered.name")}>{today.entered}</Small>
        <Small name={t("reports.figure.answered.name")}>{today.answered}</Small>
        <Small name={t("reports.figure.closed.name")}>{today.closed}</Small>
        <Small name={t("reports.figure.abandonment.name")}>{share(today.abandonment_permille)}</Small>
        <Small name={t("reports.figure.waitMedian.name")}>{span(today.wait?.median_seconds)}</Small>
        <Small name={t("reports.figure.waitP90.name")}>{span(today.wait?.p90_seconds)}</Small>
        <Small name={t("reports.figure.callbacksOnTime.name")}>
          {share(today.callbacks_on_time_permille)}
        </Small>
        <Small name={t("reports.figure.occupancy.name")}>{share(today.occupancy_permille)}</Small>
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
