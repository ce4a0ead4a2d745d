/** One call of the list: what happened, who was in it when; for supervisors, what the line was like. */
import { ApiProblem, type CallQuality, type CallRow } from "@consilium/kit/api";
import { fullWhen, useFormats, useRegion } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconPhone } from "../../icons.ts";
import { useRow } from "../../live/hooks.ts";
import { sectionOf } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { RecordPanel } from "../../ui/RecordPanel.tsx";
import classes from "./CallsView.module.css";
import { useCallRows } from "./CallsView.tsx";
import { badMeasures, outcomeKey, staffNames } from "./model.ts";

export function CallRecordPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const list = useCallRows();
  const listed = list.items.find((each) => each.id === id);
  // From a card, a report or an address one comes to a call that the pages here do not reach, or that the filters leave out.
  const one = useQuery({
    queryKey: ["calls", "one", id],
    queryFn: () => api.callRow(id),
    enabled: listed === undefined && list.status !== "pending",
  });
  const row = listed ?? one.data;
  if (row !== undefined) return <Record row={row} />;
  if (one.isError && ApiProblem.of(one.error).slug === "not-found")
    return <Nothing icon={<IconPhone size={32} stroke={1.5} />} title={t("calls.unknown")} />;
  if (one.isError)
    return <Problem error={one.error} onRetry={() => void one.refetch()} busy={one.isFetching} />;
  return <Loading rows={6} rowHeight={24} />;
}

function Record({ row }: { row: CallRow }) {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const { me } = useConsole();
  const { clock } = useFormats();
  const locale = useRegion();
  const { decline_reason: reason } = row;
  const facts = [
    { name: t("calls.outcome.name"), value: t(outcomeKey(row)) },
    ...(reason === null || reason === "none"
      ? []
      : [{ name: t("calls.reason"), value: kit(`call.reason.${reason}`) }]),
    { name: t("calls.kind"), value: t(`calls.kinds.${row.kind}`) },
    { name: t("calls.direction"), value: t(`calls.from.${row.caller_side}`) },
    { name: t("calls.started"), value: fullWhen(row.started_at, locale) },
    ...(row.talked_seconds > 0 ? [{ name: t("calls.length"), value: clock(row.talked_seconds) }] : []),
    { name: t("calls.operator"), value: staffNames(row).join(", ") },
  ];
  return (
    <RecordPanel label={t("calls.card")}>
      <h2>{row.patient.name}</h2>
      <Facts facts={facts} />
      <ToConsultation id={row.consultation_id} />
      {row.participants.length > 0 && <People row={row} />}
      {me.role === "supervisor" && row.answered_at !== null && <Quality id={row.id} />}
    </RecordPanel>
  );
}

function ToConsultation({ id }: { id: string | null }) {
  const { t } = useTranslation();
  const { open } = useDesk();
  const { me } = useConsole();
  const row = useRow(id);
  if (id === null) return null;
  const section = (row && sectionOf(row, me.operator?.id ?? null)) ?? "archive";
  return (
    <Button variant="default" size="sm" onClick={() => open(id, section)}>
      {t("calls.toConsultation")}
    </Button>
  );
}

function People({ row }: { row: CallRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <h3>{t("calls.people")}</h3>
      <ul className={classes.people}>
        {row.participants.map(({ user_id, name, joined_at, left_at }) => (
          <li key={user_id} className={classes.person}>
            <span>{name}</span>
            <span className={classes.muted}>
              {formats.time(joined_at)}–{left_at === null ? t("calls.now") : formats.time(left_at)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Quality({ id }: { id: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const answer = useQuery({
    queryKey: ["calls", "quality", id],
    queryFn: () => api.callQuality(id),
  });
  return (
    <>
      <h3>{t("calls.quality.title")}</h3>
      <Loaded answer={answer} rows={4} rowHeight={24}>
        {({ participants }) =>
          participants.length === 0 ? (
            <p className={classes.muted}>{t("calls.quality.none")}</p>
          ) : (
            participants.map((quality) => <QualityTable key={quality.user_id} quality={quality} />)
          )
        }
      </Loaded>
    </>
  );
}

function QualityTable({ quality }: { quality: CallQuality }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const bad = badMeasures(quality);
  const percent = (permille: number) => `${number(permille / 10)} %`;
  const ms = (value: number) => t("calls.quality.ms", { value: number(value) });
  const { loss_permille: loss, round_trip_ms: trip, jitter_ms: jitter } = quality;
  const rows = [
    { id: "loss", mean: percent(loss.mean), worst: percent(loss.worst) },
    { id: "roundTrip", mean: ms(trip.mean), worst: ms(trip.worst) },
    { id: "jitter", mean: ms(jitter.mean), worst: ms(jitter.worst) },
    { id: "freezes", mean: number(quality.freezes), worst: ms(quality.freeze_ms) },
  ] as const;
  return (
    <table className={classes.quality}>
      <caption>{quality.name}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{t("calls.quality.measure")}</span>
          </th>
          <th scope="col">{t("calls.quality.mean")}</th>
          <th scope="col">{t("calls.quality.worst")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, mean, worst }) => (
          <tr key={id} data-bad={bad.includes(id)}>
            <th scope="row">{t(`calls.quality.${id}`)}</th>
            <td>{mean}</td>
            <td>{worst}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
