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
  const [attached, setAttached] = useState<readonly File[]>([]);
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

  const send = async () => {
    const text = draft.text.trim();
    if (editing !== null) {
      if (text !== "" && text !== editing.text) await timeline.edit(editing.eventId, text);
      cancelEdit();
      return;
    }
    const files = attached;
    setAttached([]);
    clearDraft();
    for (const file of files) await timeline.sendFile(file, { replyTo: draft.replyTo });
    if (text !== "") await timeline.sendText({ text, replyTo: files.length > 0 ? null : draft.replyTo });
  };

  return {
    timeline,
    snapshot,
    draft,
    setDraft,
    attached,
    attach: (files) =>
      setAttached((before) => [...before, ...files.filter((file) => !before.some((b) => same(b, file)))]),
    detach: (file) => setAttached((before) => before.filter((b) => b !== file)),
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
