/** Binds one conversation: its timeline, the draft that survives reloads, an answer or a change in progress, files that wait. */
import { useCallback, useEffect, useMemo, useState } from "react";
import type {
  Engine,
  MessageItem,
  ReplyPreview,
  TextDraft,
  Timeline,
  TimelineSnapshot,
} from "../matrix/types.ts";
import { useAttached } from "./useAttached.ts";
import { useDraft } from "./useDraft.ts";
import { useReadable } from "./useReadable.ts";

export interface Conversation {
  timeline: Timeline;
  snapshot: TimelineSnapshot;
  draft: TextDraft;
  setDraft: (draft: TextDraft) => void;
  attached: readonly File[];
  attach: (files: File[]) => void;
  detach: (file: File) => void;
  reply: ReplyPreview | null;
  startReply: (message: MessageItem) => void;
  cancelReply: () => void;
  editing: { eventId: string; text: string } | null;
  startEdit: (message: MessageItem) => void;
  cancelEdit: () => void;
  /** Sends text, files or the change; resolves when all is safely in the outbox. */
  send: () => Promise<void>;
}

export function useConversation(engine: Engine, roomId: string): Conversation {
  const timeline = useMemo(() => engine.timeline(roomId), [engine, roomId]);
  useEffect(() => () => timeline.close(), [timeline]);
  const snapshot = useReadable(timeline.snapshot);
  const [draft, setDraft, clearDraft] = useDraft(engine, roomId);
  const [attached, setAttached] = useAttached(engine, roomId);
  const [editing, setEditing] = useState<{ eventId: string; text: string; kept: TextDraft } | null>(null);
  const reply = useMemo(() => previewOf(snapshot, draft.replyTo), [snapshot, draft.replyTo]);

  const cancelEdit = useCallback(() => {
    if (editing === null) return;
    setDraft(editing.kept);
    setEditing(null);
  }, [editing, setDraft]);

  const startEdit = (message: MessageItem) => {
    if (message.eventId === null || message.body.type !== "text") return;
    setEditing({ eventId: message.eventId, text: message.body.text, kept: editing?.kept ?? draft });
    setDraft({ text: message.body.text, replyTo: null });
  };

  const sendText = async ({ text, replyTo }: TextDraft) => {
    if (text.trim() !== "") await timeline.sendText({ text: text.trim(), replyTo });
  };

  /** Pictures are made smaller first, which takes a while: until all of it is in the outbox the rest stays kept beside it. */
  const sendWithFiles = async (text: string) => {
    const { drafts } = engine;
    setAttached([], attached);
    await drafts.save(roomId, { text, replyTo: draft.replyTo });
    let rest = attached;
    try {
      for (const file of attached) {
        await timeline.sendFile(file, { replyTo: draft.replyTo });
        rest = rest.slice(1);
        await drafts.saveFiles(roomId, rest);
      }
      await sendText({ text, replyTo: null });
    } catch (cause) {
      setAttached(rest);
      setDraft(draft);
      throw cause;
    }
    // What was typed meanwhile is another draft.
    if ((await drafts.load(roomId))?.text === text) await drafts.save(roomId, { text: "", replyTo: null });
  };

  const send = async () => {
    const text = draft.text.trim();
    if (editing !== null) {
      if (text !== "" && text !== editing.text) await timeline.edit(editing.eventId, text);
      cancelEdit();
      return;
    }
    clearDraft();
    if (attached.length === 0) await sendText(draft);
    else await sendWithFiles(text);
  };

  return {
    timeline,
    snapshot,
    draft,
    setDraft,
    attached,
    attach: (files) =>
      setAttached([...attached, ...files.filter((file) => !attached.some((b) => same(b, file)))]),
    detach: (file) => setAttached(attached.filter((b) => b !== file)),
    reply,
    startReply: (message) => setDraft({ ...draft, replyTo: message.eventId }),
    cancelReply: () => setDraft({ ...draft, replyTo: null }),
    editing,
    startEdit,
    cancelEdit,
    send,
  };
}

function same(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}

function previewOf(snapshot: TimelineSnapshot, eventId: string | null): ReplyPreview | null {
  if (eventId === null) return null;
  const found = snapshot.items.find(
    (item): item is MessageItem => item.kind === "message" && item.eventId === eventId,
  );
  if (found === undefined) return { eventId, sender: null, text: "", kind: "unknown" };
  const text = found.body.type === "text" || found.body.type === "notice" ? found.body.text : "";
  return { eventId, sender: found.sender, text, kind: found.body.type };
}
