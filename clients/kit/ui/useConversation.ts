/** Binds one conversation: its timeline, the draft that survives reloads, an answer or a change in progress, files that wait. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type {
  Engine,
  MessageItem,
  ReplyPreview,
  TextDraft,
  Timeline,
  TimelineSnapshot,
} from "../matrix/types.ts";
import { useReadable } from "./useReadable.ts";

const EMPTY: TextDraft = { text: "", replyTo: null };
/** A draft is written this long after the last key, and at once when the page goes. */
const DRAFT_PAUSE_MS = 300;

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

  const send = async () => {
    const text = draft.text.trim();
    if (editing !== null) {
      if (text !== "" && text !== editing.text) await timeline.edit(editing.eventId, text);
      cancelEdit();
      return;
    }
    const files = attached;
    clearDraft();
    setAttached([], files);
    for (const [index, file] of files.entries()) {
      await timeline.sendFile(file, { replyTo: draft.replyTo });
      await engine.drafts.saveFiles(roomId, files.slice(index + 1));
    }
    if (text !== "") await timeline.sendText({ text, replyTo: files.length > 0 ? null : draft.replyTo });
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

/** Files beside the draft: those that waited when the app was closed are there again. `kept` is what stays on the device meanwhile. */
function useAttached(
  engine: Engine,
  roomId: string,
): [readonly File[], (files: readonly File[], kept?: readonly File[]) => void] {
  const [attached, show] = useState<readonly File[]>([]);
  const touched = useRef(false);

  useEffect(() => {
    let current = true;
    touched.current = false;
    show([]);
    void engine.drafts.loadFiles(roomId).then((files) => {
      if (current && !touched.current) show(files);
    });
    return () => {
      current = false;
    };
  }, [engine, roomId]);

  const set = useCallback(
    (files: readonly File[], kept = files) => {
      touched.current = true;
      show(files);
      void engine.drafts.saveFiles(roomId, kept);
    },
    [engine, roomId],
  );
  return [attached, set];
}

function useDraft(engine: Engine, roomId: string): [TextDraft, (draft: TextDraft) => void, () => void] {
  const [draft, show] = useState<TextDraft>(EMPTY);
  const pending = useRef<{ roomId: string; draft: TextDraft } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const flush = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    if (pending.current !== null) void engine.drafts.save(pending.current.roomId, pending.current.draft);
    pending.current = null;
  }, [engine]);

  useEffect(() => {
    let current = true;
    show(EMPTY);
    void engine.drafts.load(roomId).then((kept) => {
      // What was typed while the draft was being read wins.
      if (current && kept !== null && pending.current === null) show(kept);
    });
    const onHide = () => document.visibilityState === "hidden" && flush();
    document.addEventListener("visibilitychange", onHide);
    addEventListener("pagehide", flush);
    return () => {
      current = false;
      flush();
      document.removeEventListener("visibilitychange", onHide);
      removeEventListener("pagehide", flush);
    };
  }, [engine, roomId, flush]);

  const set = useCallback(
    (next: TextDraft) => {
      show(next);
      pending.current = { roomId, draft: next };
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = setTimeout(flush, DRAFT_PAUSE_MS);
    },
    [roomId, flush],
  );
  const clear = useCallback(() => {
    set(EMPTY);
    flush();
  }, [set, flush]);
  return [draft, set, clear];
}
