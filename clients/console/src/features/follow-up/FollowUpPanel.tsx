/** One follow-up in a pane: when, whose, what for, and what becomes of it. */
import { ApiProblem, type FollowUp } from "@consilium/kit/api";
import { fullWhen, useRegion } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconAlarm, IconCheck, IconId } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { RecordPanel } from "../../ui/RecordPanel.tsx";
import { useOpen } from "./DueLines.tsx";
import classes from "./FollowUps.module.css";
import { followUpKey, useActs } from "./useFollowUps.ts";
import { MessageLine, PutOffMenu, useOwnerWords } from "./words.tsx";

export function FollowUpPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: followUpKey(id),
    queryFn: () => api.followUps.one(id),
  });
  if (isError && ApiProblem.of(error).slug === "not-found")
    return <Nothing icon={<IconAlarm size={32} stroke={1.5} />} title={t("followUps.unknown")} />;
  if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (data === undefined) return <Loading rows={6} rowHeight={24} />;
  return <Card followUp={data} />;
}

function Card({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation();
  const locale = useRegion();
  const owner = useOwnerWords();
  const { patient, state, note, due_at: at, ended_at: endedAt, ended_by: endedBy } = followUp;
  const ended =
    endedAt === null
      ? []
      : [
          {
            name: t(`followUps.state.${state}`),
            value: [fullWhen(endedAt, locale), endedBy?.name].filter(Boolean).join(", "),
          },
        ];
  return (
    <RecordPanel label={t("followUps.card")}>
      <header>
        <h2>{patient.name}</h2>
        <p className={classes.muted}>
          {t(followUp.is_due && state === "open" ? "followUps.isDue" : `followUps.state.${state}`)}
        </p>
      </header>
      {note !== null && <p className={classes.note}>{note}</p>}
      {followUp.message !== null && <MessageLine message={followUp.message} />}
      {state === "open" && <Buttons followUp={followUp} />}
      <Facts
        facts={[
          { name: t("followUps.when"), value: fullWhen(at, locale) },
          { name: t("followUps.who"), value: owner(followUp) },
          { name: t("followUps.queue"), value: followUp.queue.name },
          {
            name: t("followUps.madeBy"),
            value: `${followUp.created_by.name}, ${fullWhen(followUp.created_at, locale)}`,
          },
          ...ended,
        ]}
      />
      <ToPatient followUp={followUp} />
    </RecordPanel>
  );
}

function Buttons({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation();
  const { dialog } = useDesk();
  const { act, busy } = useActs();
  const edit = () => dialog.set({ kind: "follow-up", wish: { followUp } });
  return (
    <div className={classes.buttons}>
      <Button
        size="sm"
        loading={busy === followUp.id}
        leftSection={<IconCheck size={16} stroke={1.75} aria-hidden />}
        onClick={() => act({ kind: "done", followUp })}
      >
        {t("followUps.done")}
      </Button>
      <PutOffMenu onChoose={(until) => act({ kind: "put-off", followUp, until })} onOther={edit}>
        <Button size="sm" variant="default">
          {t("followUps.putOff")}
        </Button>
      </PutOffMenu>
      <Button size="sm" variant="default" onClick={edit}>
        {t("followUps.edit")}
      </Button>
      <Button
        size="sm"
        variant="default"
        className={classes.notNeeded ?? ""}
        onClick={() => act({ kind: "cancel", followUp })}
      >
        {t("followUps.cancel")}
      </Button>
    </div>
  );
}

function ToPatient({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation();
  const open = useOpen();
  return (
    <div className={classes.buttons}>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconId size={16} stroke={1.75} aria-hidden />}
        onClick={() => open(followUp)}
      >
        {t("followUps.open")}
      </Button>
    </div>
  );
}
