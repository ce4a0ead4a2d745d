/** An operator's card: status, queues, open talks, and the status history for supervisors and oneself. */
import type { Operator } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { localpartOf } from "@consilium/kit/matrix";
import { Avatar, languageName } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { secondsSince } from "../../format.ts";
import { IconHeadset, IconKey, IconPencil } from "../../icons.ts";
import { useBoard, useDeskState, useMyOperator } from "../../live/hooks.ts";
import { reasonWords, statusWords } from "../../live/reason.ts";
import { takesPart } from "../../live/sections.ts";
import { whoseName } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DutySentence } from "../../ui/Duty.tsx";
import { Elapsed, When } from "../../ui/Elapsed.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing } from "../../ui/Loadable.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { hoursWords } from "../../ui/week.ts";
import { mayChange } from "./model.ts";
import { OperatorHistory } from "./OperatorHistory.tsx";
import classes from "./OperatorPanel.module.css";

export function OperatorPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const board = useBoard();
  const { status } = useDeskState();
  const operator = board.operators.get(id);
  if (operator === undefined) {
    if (status === "loading") return <Loading rows={5} rowHeight={28} />;
    return <Nothing icon={<IconHeadset size={32} stroke={1.5} />} title={t("operators.unknown")} />;
  }
  return <Card operator={operator} />;
}

function Card({ operator }: { operator: Operator }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { dialog } = useDesk();
  const board = useBoard();
  const own = useMyOperator()?.role ?? "supervisor";
  const isSupervisor = me.role === "supervisor";
  const mayEdit = isSupervisor && mayChange(own, operator.role);
  const mayLook = isSupervisor || me.operator?.id === operator.id;
  return (
    <section className={classes.panel} aria-label={t("operators.card")}>
      <header className={classes.title}>
        <Avatar name={operator.name} size="md" online={operator.status === "online"} />
        <div>
          <h2>{operator.name}</h2>
          <p>{[operator.title, t(`role.${operator.role}`)].filter(Boolean).join(" · ")}</p>
        </div>
      </header>
      <Facts
        facts={[
          {
            name: t("operators.status"),
            value: (
              <span className={classes.status}>
                <StatusDot status={operator.status} color={operator.status_kind?.color ?? null} />
                {statusWords(operator, t)} · <Elapsed since={operator.status_since} />
              </span>
            ),
          },
          ...(operator.status_reason === null
            ? []
            : [{ name: t("operators.reason"), value: reasonWords(operator.status_reason, t) }]),
          {
            name: t("operators.queues"),
            value: operator.queues.map((id) => board.queues.get(id)?.name ?? id).join(", "),
          },
          { name: t("operators.skills"), value: operator.skills.join(", ") || t("operators.noSkills") },
          {
            name: t("operators.languages"),
            value: operator.languages.map(languageName).join(", ") || t("operators.anyLanguage"),
          },
          ...(operator.grade === null || operator.grade === undefined
            ? []
            : [{ name: t("operators.grade"), value: operator.grade }]),
          { name: t("operators.capacity"), value: String(operator.capacity) },
          { name: t("operators.hours"), value: <Schedule operator={operator} /> },
          { name: t("operators.account"), value: localpartOf(operator.user_id) },
        ]}
      />
      {mayEdit && (
        <Button
          variant="default"
          size="sm"
          className={classes.edit}
          leftSection={<IconPencil size={16} stroke={1.75} />}
          onClick={() => dialog.set({ kind: "operator", operatorId: operator.id })}
        >
          {t("operators.edit")}
        </Button>
      )}
      {isSupervisor && me.operator?.id !== operator.id && <ConfirmKeys operator={operator} />}
      <Talks operator={operator} />
      {mayLook && <StatusHistory id={operator.id} />}
      {isSupervisor && <OperatorHistory operator={operator} mayUndo={mayEdit} />}
    </section>
  );
}

/** Whether he is on duty, and his week as it is written down, in the zone that it is written in. */
function Schedule({ operator }: { operator: Operator }) {
  const { t } = useTranslation();
  const { zone } = useFormats();
  const week = hoursWords(operator.hours, t);
  return (
    <>
      <DutySentence times={operator.duty} />
      {week !== "" && (
        <span className={classes.week}>
          {operator.time_zone === null ? week : `${week} (${zone(operator.time_zone)})`}
        </span>
      )}
    </>
  );
}

/** A supervisor vouches for replaced keys. Two presses, with the reason to hesitate between them. */
function ConfirmKeys({ operator }: { operator: Operator }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const [asking, setAsking] = useState(false);
  const confirm = useMutation({
    mutationFn: () => api.approveIdentity(operator.id),
    onSuccess: () => setAsking(false),
  });
  if (confirm.isSuccess) {
    return (
      <p className={classes.muted} role="status">
        {t("operators.confirmedKeys")}
      </p>
    );
  }
  if (!asking) {
    return (
      <Button
        variant="default"
        size="sm"
        className={classes.edit}
        leftSection={<IconKey size={16} stroke={1.75} />}
        onClick={() => setAsking(true)}
      >
        {t("operators.confirmKeys")}
      </Button>
    );
  }
  return (
    <div className={classes.confirm} role="group" aria-label={t("operators.confirmKeys")}>
      <p>{t("operators.confirmKeysText", { name: operator.name })}</p>
      <Refusal error={confirm.error} />
      <div className={classes.buttons}>
        <Button variant="default" size="sm" onClick={() => setAsking(false)}>
          {t("cancel")}
        </Button>
        <Button size="sm" loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t("operators.confirmKeys")}
        </Button>
      </div>
    </div>
  );
}

function Talks({ operator }: { operator: Operator }) {
  const { t } = useTranslation();
  const { open } = useDesk();
  const board = useBoard();
  const rows = useMemo(
    () =>
      [...board.rows.values()].filter(
        (row) => (row.phase === "active" || row.phase === "on_hold") && takesPart(row, operator.id),
      ),
    [board.rows, operator.id],
  );
  return (
    <div className={classes.block}>
      <h3>
        {t("operators.openTalks")} <span className={classes.count}>{rows.length}</span>
      </h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classes.talk}
              onClick={() => open(row.id, row.phase === "active" ? "active" : "on-hold")}
            >
              <span>{whoseName(row)}</span>
              <span className={classes.muted}>
                {row.queue.name} · <Elapsed since={row.taken_at ?? row.requested_at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function StatusHistory({ id }: { id: string }) {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const { api } = useConsole();
  const since = useBoard().operators.get(id)?.status_since;
  const answer = useQuery({
    queryKey: ["status-history", id, since],
    queryFn: () => api.operatorStatusHistory(id, { limit: 20 }),
    placeholderData: (before) => before,
  });
  return (
    <div className={classes.block}>
      <h3>{t("operators.history")}</h3>
      <Loaded answer={answer} rows={3} rowHeight={24}>
        {({ items }) => (
          <ol>
            {items.map((entry) => (
              <li key={entry.since} className={classes.entry}>
                <When at={entry.since} className={classes.muted} />
                <span className={classes.status}>
                  <StatusDot status={entry.status} color={entry.kind?.color ?? null} />
                  {statusWords({ status: entry.status, status_kind: entry.kind }, t)}
                  {entry.reason !== null && (
                    <span className={classes.muted}> {reasonWords(entry.reason, t)}</span>
                  )}
                </span>
                <span className={classes.span}>
                  {entry.until === null ? (
                    <Elapsed since={entry.since} />
                  ) : (
                    clock(secondsSince(entry.since, Date.parse(entry.until)))
                  )}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </div>
  );
}
