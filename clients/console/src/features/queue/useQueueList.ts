/** Binds the live board, the filters in the address and the pointer to the list on the screen. */
import type { ConsultationRow } from "@consilium/kit/api";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { useDesk } from "../../desk/DeskContext.tsx";
import { type Selecting, useSelection } from "../../list/useSelection.ts";
import { useBoard } from "../../live/hooks.ts";
import {
  type ListFilter,
  listRows,
  NOTHING_SHOWN,
  neighbour,
  type Shown,
  settle,
} from "../../live/queue-list.ts";
import { listFilter } from "../../live/route.ts";
import type { QueueSection } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";

/** Scrolled further than this, the list counts as not at its top. */
const TOP_PX = 4;

export interface ListedRow {
  readonly row: ConsultationRow;
  /** It stays only because somebody points at the list. */
  readonly gone: boolean;
  /** It is not this operator's to see any more: the row says what it last said. */
  readonly away: boolean;
}

export interface QueueListState {
  readonly filter: ListFilter;
  readonly rows: readonly ListedRow[];
  readonly announced: readonly string[];
  readonly total: number;
  readonly showAnnounced: () => void;
  readonly scroll: RefObject<VirtualizerHandle | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onScroll: (offset: number) => void;
  readonly onPointer: (inside: boolean) => void;
  readonly selecting: Selecting;
}

function sameShown(a: Shown, b: Shown): boolean {
  const equal = (x: readonly string[], y: readonly string[]) =>
    x.length === y.length && x.every((id, index) => y[index] === id);
  return (
    equal(a.ids, b.ids) &&
    equal(a.announced, b.announced) &&
    a.gone.size === b.gone.size &&
    [...a.gone].every((id) => b.gone.has(id))
  );
}

export function useQueueList(section: QueueSection): QueueListState {
  const { me } = useConsole();
  const { place, open, list } = useDesk();
  const board = useBoard();
  const scroll = useRef<VirtualizerHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const [pointed, setPointed] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const filter = useMemo(() => listFilter(place.search), [place.search]);
  const operatorId = me.operator?.id ?? null;
  const target = useMemo(
    () => listRows(board.rows.values(), section, filter, operatorId),
    [board, section, filter, operatorId],
  );
  const ids = useMemo(() => target.map(({ id }) => id), [target]);

  const key = `${section}|${JSON.stringify(filter)}`;
  const [kept, setKept] = useState<{ key: string; shown: Shown }>({ key, shown: NOTHING_SHOWN });
  const stillness = kept.key === key && (pointed || scrolled) ? "held" : "free";
  const next = settle(kept.shown, ids, stillness);
  const shown = kept.key === key && sameShown(next, kept.shown) ? kept.shown : next;
  if (shown !== kept.shown) setKept({ key, shown });

  const showAnnounced = useCallback(() => {
    setKept({ key, shown: settle(NOTHING_SHOWN, ids, "free") });
    setScrolled(false);
    scroll.current?.scrollTo(0);
  }, [key, ids]);

  const step = useCallback(
    (by: 1 | -1) => {
      const id = neighbour(shown.ids, place.id, by);
      if (id === null) return;
      open(id, section, place.id === null ? "push" : "replace");
      scroll.current?.scrollToIndex(shown.ids.indexOf(id), { align: "nearest" });
    },
    [shown.ids, place.id, open, section],
  );

  useEffect(() => {
    list.set({
      length: shown.ids.length,
      announced: shown.announced.length,
      step,
      showAnnounced,
      focusSearch: () => search.current?.focus(),
    });
    return () => list.set(null);
  }, [list, shown, step, showAnnounced]);

  const rows = useMemo(
    () =>
      shown.ids.flatMap((id) => {
        const live = board.rows.get(id);
        const row = live ?? board.left.get(id);
        return row === undefined ? [] : [{ row, gone: shown.gone.has(id), away: live === undefined }];
      }),
    [shown, board],
  );
  const here = useMemo(() => rows.flatMap(({ row, gone }) => (gone ? [] : [row.id])), [rows]);
  const selecting = useSelection(here, key);
  const onScroll = useCallback((offset: number) => setScrolled(offset > TOP_PX), []);
  return {
    filter,
    rows,
    announced: shown.announced,
    total: ids.length,
    showAnnounced,
    scroll,
    search,
    onScroll,
    onPointer: setPointed,
    selecting,
  };
}
