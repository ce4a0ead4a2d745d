/** Binds the rows that are chosen to the list on the screen and to its keys. */
import { type KeyboardEvent, useCallback, useMemo, useState } from "react";
import {
  everything,
  NOTHING_CHOSEN,
  reached,
  type Selection,
  toggled,
  within,
  without,
} from "./selection.ts";

export interface Selecting {
  readonly ids: ReadonlySet<string>;
  /** One row; `shift`: all up to it. */
  readonly pick: (id: string, shift: boolean) => void;
  readonly all: () => void;
  readonly clear: () => void;
  /** Those are done: the others stay chosen. */
  readonly settle: (done: readonly string[]) => void;
  /** For the box of the rows: Ctrl-A chooses all, Shift and the space bar the row in focus, Escape none. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** `scope`: what the list is narrowed by; what is chosen is of one. */
export function useSelection(order: readonly string[], scope: string): Selecting {
  const [kept, setKept] = useState<{ readonly scope: string; readonly selection: Selection }>({
    scope,
    selection: NOTHING_CHOSEN,
  });
  const selection = useMemo(
    () => (kept.scope === scope ? within(kept.selection, order) : NOTHING_CHOSEN),
    [kept, scope, order],
  );
  const change = useCallback(
    (make: (before: Selection) => Selection) => setKept({ scope, selection: make(selection) }),
    [scope, selection],
  );
  const pick = useCallback(
    (id: string, shift: boolean) =>
      change((before) => (shift ? reached(before, order, id) : toggled(before, id))),
    [change, order],
  );
  const all = useCallback(() => change(() => everything(order)), [change, order]);
  const clear = useCallback(() => change(() => NOTHING_CHOSEN), [change]);
  // It is called when an answer comes, after other rows may have been chosen.
  const settle = useCallback(
    (done: readonly string[]) =>
      setKept((before) => ({ ...before, selection: without(before.selection, done) })),
    [],
  );
  const { size } = selection.ids;
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const plain = !event.altKey && !event.shiftKey;
      if (event.code === "KeyA" && (event.ctrlKey || event.metaKey) && plain) {
        event.preventDefault();
        all();
      } else if (event.code === "Space" && event.shiftKey) {
        const id = event.target instanceof HTMLElement ? event.target.dataset.row : undefined;
        if (id === undefined) return;
        event.preventDefault();
        pick(id, false);
      } else if (event.code === "Escape" && size > 0) {
        event.stopPropagation();
        clear();
      }
    },
    [all, pick, clear, size],
  );
  return useMemo(
    () => ({ ids: selection.ids, pick, all, clear, settle, onKeyDown }),
    [selection, pick, all, clear, settle, onKeyDown],
  );
}
