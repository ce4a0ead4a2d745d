/** The talk: a notice where its history cannot be read yet, then the kit's timeline and composer. */
import type { ConsultationDetail, ConsultationRow } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import type { ConclusionItem, Engine, TimelineItem } from "@consilium/kit/matrix";
import {
  CallLine,
  ConclusionLine,
  ConversationPane,
  type ConversationPaneProps,
  useFinding,
  usePdf,
} from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconInfoCircle, IconKey } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { roleIn } from "../../live/sections.ts";
import { whoseName } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Loading } from "../../ui/Loadable.tsx";
import { isJoined, type KeysNotice, keysNotice } from "./model.ts";
import classes from "./Talk.module.css";

/** What helps to write: suggestions, what keeps a text from being sent, a button beside the field. */
export type Writing = Pick<ConversationPaneProps, "suggest" | "unfinished" | "composerExtra">;

interface TalkProps {
  row: ConsultationRow;
  detail: ConsultationDetail | null;
  closing: boolean;
  useWriting: (row: ConsultationRow) => Writing;
}

export function Talk({ row, ...rest }: TalkProps) {
  const { engine } = useConsole();
  const summaries = useReadable(engine.conversations);
  if (!isJoined(summaries.get(row.room_id))) return <Entering />;
  return <Joined key={row.room_id} row={row} engine={engine} {...rest} />;
}

/** The invitation is on its way. Normally a moment; said in words only when it takes longer. */
function Entering() {
  const { t } = useTranslation();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 6_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.entering}>
      <Loading rows={4} rowHeight={56} />
      <p role="status">{slow ? t("talk.enteringSlow") : t("talk.entering")}</p>
    </div>
  );
}

function Joined({ row, detail, closing, engine, useWriting }: TalkProps & { engine: Engine }) {
  const { t } = useTranslation();
  const { features } = useBrand();
  const { composer, finder } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const { me, presence } = useConsole();
  const watches = roleIn(row, me.operator?.id ?? null) === "observer";
  const canWrite = !closing && !watches && row.phase === "active";
  const renderItem = useCallLines(row);
  const writing = useWriting(row);

  const { finding, ask } = useFinding(useCallback(() => composer.get()?.(), [composer]));
  useEffect(() => {
    finder.set(ask);
    return () => finder.set(null);
  }, [finder, ask]);

  useEffect(() => {
    if (!canWrite) return;
    const focus = () => box.current?.querySelector("textarea")?.focus();
    composer.set(focus);
    return () => composer.set(null);
  }, [composer, canWrite]);

  // Colleagues who look on see that an answer is being written.
  useEffect(() => {
    const field = box.current;
    // Words that are looked for are no answer.
    const wrote = (event: Event) => event.target instanceof HTMLTextAreaElement && presence.wrote();
    field?.addEventListener("input", wrote);
    return () => field?.removeEventListener("input", wrote);
  }, [presence]);

  return (
    <div ref={box} className={classes.talk}>
      <Keys row={row} detail={detail} engine={engine} />
      <div className={classes.column}>
        <ConversationPane
          engine={engine}
          roomId={row.room_id}
          label={t("talk.label", { name: whoseName(row) })}
          attachments={features.attachments}
          reactions={features.reactions}
          voiceSeconds={features.voice_messages ? features.voice_message_seconds : null}
          canWrite={canWrite}
          readOnlyReason={t(closing ? "talk.closing" : watches ? "talk.watches" : "talk.held")}
          placeholder={t("talk.placeholder")}
          renderItem={renderItem}
          finding={finding}
          {...writing}
          empty={<p className={classes.empty}>{t("talk.empty")}</p>}
        />
      </div>
    </div>
  );
}

/** That a conclusion was signed, with the document as the patient has it. */
function ConclusionOfTalk({ item }: { item: ConclusionItem }) {
  const { api } = useConsole();
  const { consultationId } = item;
  const { open, busy, failed } = usePdf(
    useCallback(() => api.conclusions.pdf(consultationId), [api, consultationId]),
  );
  return <ConclusionLine item={item} onOpen={open} busy={busy} failed={failed} />;
}

/** Calls from the staff's end; the last one that came to nothing can be tried again. */
function useCallLines(row: ConsultationRow) {
  const { t } = useTranslation();
  const { context } = useCommands();
  const { dialog } = useDesk();
  const { mayStart } = context.call;
  return useCallback(
    (item: TimelineItem) => {
      if (item.kind === "conclusion") return <ConclusionOfTalk item={item} />;
      if (item.kind !== "call") return null;
      const again =
        mayStart && item.isLatest && item.consultationId === row.id && item.outcome !== "completed";
      const onPress = () => dialog.set({ kind: "call", consultationId: row.id, call: item.call });
      return (
        <CallLine item={item} side="staff" action={again ? { label: t("call.again"), onPress } : null} />
      );
    },
    [t, mayStart, row.id, dialog],
  );
}

function Keys({
  row,
  detail,
  engine,
}: {
  row: ConsultationRow;
  detail: ConsultationDetail | null;
  engine: Engine;
}) {
  const timeline = useMemo(() => engine.timeline(row.room_id), [engine, row.room_id]);
  const snapshot = useReadable(timeline.snapshot);
  const recovery = useRecoveryState(engine);
  const notice = keysNotice({ recovery, devices: detail?.keys.devices ?? null, snapshot });
  if (notice === null) return null;
  return <Notice notice={notice} onRequest={() => timeline.requestHistory()} />;
}

const ALWAYS_READY = { get: () => null, subscribe: () => () => undefined } as const;

export function useRecoveryState(engine: Engine) {
  return useReadable(engine.recovery?.state ?? ALWAYS_READY);
}

function Notice({
  notice,
  onRequest,
}: {
  notice: Exclude<KeysNotice, null>;
  onRequest: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const { dialog } = useDesk();
  const [asking, setAsking] = useState(false);
  const ask = () => {
    setAsking(true);
    void onRequest()
      .catch(() => undefined)
      .finally(() => setAsking(false));
  };
  const Icon = notice === "not-delivered" ? IconInfoCircle : IconKey;
  return (
    <div className={classes.notice} data-notice={notice} role="status">
      <Icon size={18} stroke={1.75} aria-hidden />
      <span className={classes.words}>
        <strong>{t(`keys.${notice}.title`)}</strong> {t(`keys.${notice}.text`)}
      </span>
      {(notice === "set-up" || notice === "unlock") && (
        <Button size="compact-sm" onClick={() => dialog.set({ kind: "keys" })}>
          {t(`keys.${notice}.action`)}
        </Button>
      )}
      {notice === "not-delivered" && (
        <Button size="compact-sm" variant="default" loading={asking} onClick={ask}>
          {t("keys.not-delivered.action")}
        </Button>
      )}
    </div>
  );
}
