/** The conversation pane for one consultation: head with actions, then what its phase calls for. */
import type { ConsultationRow } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconArchive, IconMessages } from "../../icons.ts";
import { useActionState } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { ActionLine } from "./ActionLine.tsx";
import classes from "./ConsultationPane.module.css";
import { Head } from "./Head.tsx";
import { leadName, paneOf } from "./model.ts";
import { QueueCard } from "./QueueCard.tsx";
import { Talk, type Writing } from "./Talk.tsx";
import { useConsultation } from "./useConsultation.ts";

export interface ConsultationPaneProps {
  id: string;
  /** What staff tells one another about it, between its head and its talk. */
  About: ComponentType<{ row: ConsultationRow }>;
  /** What the composer suggests, for a consultation. */
  useWriting: (row: ConsultationRow) => Writing;
}

export function ConsultationPane(props: ConsultationPaneProps) {
  return <Open key={props.id} {...props} />;
}

function Open({ id, About, useWriting }: ConsultationPaneProps) {
  const { me } = useConsole();
  const state = useConsultation(id);
  const action = useActionState(id);
  if (state.status === "loading") return <Loading rows={4} rowHeight={72} />;
  if (state.status === "failed") return <Problem error={state.problem} onRetry={state.retry} />;
  if (state.status === "left") return <Left id={id} />;
  const { row, detail } = state;
  const kind = paneOf(row, me.operator?.id ?? null);
  return (
    <div className={classes.pane}>
      <Head row={row} kind={kind} />
      <ActionLine id={id} action={action} />
      <About key={row.conversation_id} row={row} />
      {kind === "queue-card" && <QueueCard row={row} answers={detail?.answers ?? null} action={action} />}
      {kind === "talk" && (
        <Talk row={row} detail={detail} closing={action?.status === "closing"} useWriting={useWriting} />
      )}
      {kind === "elsewhere" && <Elsewhere row={row} />}
      {kind === "ended" && <Ended row={row} />}
    </div>
  );
}

/** Who pressed a moment too late still reads who was faster. */
function Left({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.pane}>
      <ActionLine id={id} action={useActionState(id)} />
      <Nothing
        icon={<IconMessages size={32} stroke={1.5} />}
        title={t("consultation.leftTitle")}
        text={t("consultation.leftText")}
      />
    </div>
  );
}

function Elsewhere({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const name = leadName(row) ?? t("consultation.colleague");
  return (
    <Nothing
      icon={<IconMessages size={32} stroke={1.5} />}
      title={t("consultation.elsewhereTitle", { name })}
      text={t("consultation.elsewhereText")}
    />
  );
}

function Ended({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const { open } = useDesk();
  return (
    <div className={classes.ended}>
      <IconArchive size={32} stroke={1.5} aria-hidden />
      <h3>{t(`consultation.ended.${row.phase}`)}</h3>
      {row.ended_at !== null && <When at={row.ended_at} className={classes.muted} />}
      {row.end_reason !== null && <p className={classes.muted}>{row.end_reason}</p>}
      {row.phase === "archived" && (
        <Button variant="light" onClick={() => open(row.id, "archive")}>
          {t("consultation.toArchive")}
        </Button>
      )}
    </div>
  );
}
