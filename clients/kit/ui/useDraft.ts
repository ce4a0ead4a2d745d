/** A draft that survives reloads, kept under a name: a room, or what else one writes about. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Engine, TextDraft } from "../matrix/types.ts";

const EMPTY: TextDraft = { text: "", replyTo: null };
/** A draft is written this long after the last key, and at once when the page goes. */
const DRAFT_PAUSE_MS = 300;

/** The draft under `name`, how it is changed, and how it is cleared. */
export function useDraft(
  { drafts }: Pick<Engine, "drafts">,
  name: string,
): [TextDraft, (draft: TextDraft) => void, () => void] {
  const [draft, show] = useState<TextDraft>(EMPTY);
  const pending = useRef<{ name: string; draft: TextDraft } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const flush = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    if (pending.current !== null) void drafts.save(pending.current.name, pending.current.draft);
    pending.current = null;
  }, [drafts]);

  useEffect(() => {
    let current = true;
    show(EMPTY);
    void drafts.load(name).then((kept) => {
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
  }, [drafts, name, flush]);

  const set = useCallback(
    (next: TextDraft) => {
      show(next);
      pending.current = { name, draft: next };
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = setTimeout(flush, DRAFT_PAUSE_MS);
    },
    [name, flush],
  );
  const clear = useCallback(() => {
    set(EMPTY);
    flush();
  }, [set, flush]);
  return [draft, set, clear];
}
