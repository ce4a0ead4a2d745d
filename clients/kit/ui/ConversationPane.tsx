/** Timeline and composer of one conversation, wired: what both apps put in the middle of their screens. */
import { Button } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { foldClosed, foldedWith } from "../matrix/timeline/fold.ts";
import type { Engine, MessageItem, TimelineItem, TimelineSnapshot } from "../matrix/types.ts";
import { canRecord } from "../matrix/voice/recorder.ts";
import { Composer } from "./Composer.tsx";
import { Dialog } from "./Dialog.tsx";
import { DropArea } from "./DropArea.tsx";
import { FindBar } from "./find/FindBar.tsx";
import { type Found, FoundContext } from "./find/found.tsx";
import { useFind } from "./find/useFind.ts";
import type { Finding } from "./find/useFinding.ts";
import { PhotoFrame } from "./ImageViewer.tsx";
import { MessageList } from "./MessageList.tsx";
import type { ComposerProps } from "./props.ts";
import type { OnReact } from "./reactions/Reactions.tsx";
import { type Conversation, useConversation } from "./useConversation.ts";
import { player } from "./voice/player.ts";
import { type VoiceUse, voiceFileName } from "./voice/useVoice.ts";

export interface ConversationPaneProps {
  engine: Engine;
  roomId: string;
  /** Accessible name of the list. */
  label: string;
  attachments: boolean;
  /** `false` shows the timeline alone, with `readOnlyReason` in the composer's place. */
  canWrite?: boolean;
  readOnlyReason?: string;
  placeholder?: string;
  empty?: ReactNode;
  renderItem?: (item: TimelineItem) => ReactNode | null;
  /** Finished consultations fold into cards (the patient's dialogue); staff see everything. */
  foldsClosed?: boolean;
  /** Beside the send button. */
  composerExtra?: ReactNode;
  /** What the composer suggests while one writes. */
  suggest?: ComposerProps["suggest"];
  /** Why a text cannot be sent as it stands. */
  unfinished?: ComposerProps["unfinished"];
  /** Signs can be put under messages. */
  reactions?: boolean;
  /** The longest voice message, in seconds; null: none are recorded here. */
  voiceSeconds?: number | null;
  /** Words are looked for in this conversation. */
  finding?: Finding | null;
}

export function ConversationPane(props: ConversationPaneProps) {
  const { engine, roomId, attachments, canWrite = true } = props;
  const { t } = useTranslation("kit");
  const conversation = useConversation(engine, roomId);
  const { timeline } = conversation;
  const finding = props.finding ?? null;
  const find = useFind(timeline, conversation.snapshot, finding !== null);
  const { snapshot, toggle } = useFolded(conversation.snapshot, props.foldsClosed ?? false, find.shown);
  const found = useMemo<Found>(
    () => ({ words: find.words, current: find.current?.key ?? null }),
    [find.words, find.current?.key],
  );
  const voice = useVoiceMessages(engine, conversation, props.voiceSeconds ?? null);
  const [removing, setRemoving] = useState<MessageItem | null>(null);
  const onSeen = useCallback(() => timeline.markRead(), [timeline]);
  const onReact = useCallback<OnReact>(
    ({ eventId }, sign) => {
      if (eventId !== null) void timeline.react(eventId, sign);
    },
    [timeline],
  );
  const onLoadEarlier = useCallback(() => void timeline.loadEarlier(), [timeline]);
  const writes = canWrite && (snapshot.canSend || snapshot.status === "loading");
  return (
    <DropArea enabled={attachments && writes} onFiles={conversation.attach}>
      {finding !== null && <FindBar find={find} onClose={finding.onClose} asked={finding.asked} />}
      <div style={{ flex: 1, minHeight: 0 }}>
        <PhotoFrame files={engine.files}>
          <FoundContext value={found}>
            <MessageList
              snapshot={snapshot}
              files={engine.files}
              label={props.label}
              empty={props.empty}
              renderItem={props.renderItem}
              onLoadEarlier={onLoadEarlier}
              onSeen={onSeen}
              onReply={writes ? conversation.startReply : undefined}
              onEdit={writes ? conversation.startEdit : undefined}
              onRedact={writes ? setRemoving : undefined}
              onReact={writes && props.reactions === true ? onReact : undefined}
              onRetry={(key) => timeline.retry(key)}
              onCancel={(key) => void timeline.cancel(key)}
              onToggleClosed={toggle}
              onRequestHistory={() => void timeline.requestHistory()}
              shown={find.shown}
            />
          </FoundContext>
        </PhotoFrame>
      </div>
      <Composer
        draft={conversation.draft}
        onDraft={conversation.setDraft}
        onSend={() => void conversation.send()}
        attached={conversation.attached}
        onAttach={conversation.attach}
        onDetach={conversation.detach}
        onTyping={(typing) => timeline.setTyping(typing)}
        reply={conversation.reply}
        onCancelReply={conversation.cancelReply}
        editing={conversation.editing}
        onCancelEdit={conversation.cancelEdit}
        attachments={attachments}
        disabled={!writes}
        disabledReason={writes ? undefined : props.readOnlyReason}
        placeholder={props.placeholder}
        voice={writes ? voice : null}
        extra={props.composerExtra}
        suggest={props.suggest}
        unfinished={props.unfinished}
      />
      <Dialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={t("redact.title")}
        footer={
          <>
            <Button variant="default" onClick={() => setRemoving(null)}>
              {t("redact.keep")}
            </Button>
            <Button
              color="red"
              onClick={() => {
                if (removing?.eventId != null) void timeline.redact(removing.eventId);
                setRemoving(null);
              }}
            >
              {t("redact.confirm")}
            </Button>
          </>
        }
      >
        <p>{t("redact.text")}</p>
      </Dialog>
    </DropArea>
  );
}

/** Voice messages of this conversation: what was spoken goes out as an answer where one is being written. What is heard ends with it. */
function useVoiceMessages(
  engine: Engine,
  { timeline, draft, cancelReply }: Conversation,
  seconds: number | null,
): VoiceUse | null {
  const { t } = useTranslation("kit");
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation is another room to be heard in
  useEffect(() => () => player.stop(), [timeline]);
  if (seconds === null || !canRecord()) return null;
  return {
    seconds,
    bytesMax: () => engine.uploadBytesMax(),
    onRecorded: (recording) => {
      const name = voiceFileName(t("voice.name"), recording.mimetype);
      void timeline.sendVoice(recording, { name, replyTo: draft.replyTo });
      if (draft.replyTo !== null) cancelReply();
    },
  };
}

/** `shown`: a message that is looked for; the consultation in which it lies is unfolded. */
function useFolded(
  snapshot: TimelineSnapshot,
  folds: boolean,
  shown: { readonly key: string } | null,
): { snapshot: TimelineSnapshot; toggle: (id: string) => void } {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((consultationId: string) => {
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(consultationId)) next.add(consultationId);
      return next;
    });
  }, []);
  const latest = useRef(snapshot);
  latest.current = snapshot;
  useEffect(() => {
    const lies = shown === null || !folds ? null : foldedWith(latest.current.items, shown.key);
    if (lies !== null) setOpened((before) => (before.has(lies) ? before : new Set(before).add(lies)));
  }, [shown, folds]);
  const drawn = useMemo(
    () =>
      folds
        ? { ...snapshot, items: foldClosed(snapshot.items, opened, snapshot.start === "reached") }
        : snapshot,
    [snapshot, folds, opened],
  );
  return { snapshot: drawn, toggle };
}
