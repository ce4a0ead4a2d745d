/** Binds finding in one conversation: the words, the hits, the one that is looked at, and loading what is older, page by page. */
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { searchedWords } from "../../brand/fold.ts";
import type { MessageItem, Timeline, TimelineSnapshot } from "../../matrix/types.ts";
import { hitsOf, type Look, lookOf, PAGES_AT_ONCE, placeAmong } from "./model.ts";

/** A message that the list is to show; a new value each time that somebody asks. */
export interface ShownMessage {
  key: string;
}

export interface Find {
  query: string;
  setQuery: (query: string) => void;
  words: readonly string[];
  count: number;
  /** From 1, the newest; 0: there is none. */
  place: number;
  current: MessageItem | null;
  shown: ShownMessage | null;
  look: Look;
  /** When the oldest message that was looked at was said; milliseconds since 1970. */
  reachedAt: number | null;
  older: () => void;
  newer: () => void;
  lookFurther: () => void;
}

/** Nothing is looked for, and nothing loaded, while it is not `open`; what was typed stays for the next time. */
export function useFind(timeline: Timeline, snapshot: TimelineSnapshot, open: boolean): Find {
  const { items, start } = snapshot;
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(open ? query : "");
  const words = useMemo(() => searchedWords(asked), [asked]);
  const hits = useMemo(() => hitsOf(items, words), [items, words]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const at = placeAmong(hits, chosen);
  const current = hits[at] ?? null;
  const key = current?.key ?? null;
  // What comes in meanwhile does not move the reader.
  useEffect(() => {
    if (key !== null) setChosen(key);
  }, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each `turn` asks anew, also for the same one
  const shown = useMemo(() => (key === null ? null : { key }), [key, turn]);
  const { look, lookFurther } = useLook(timeline, start, words);
  const step = (by: number) => {
    const next = hits[at + by];
    if (next !== undefined) setChosen(next.key);
    else if (by < 0 && (look === "stopped" || look === "failed")) lookFurther();
    setTurn(turn + 1);
  };
  return {
    query,
    setQuery,
    words,
    count: hits.length,
    place: hits.length - Math.max(at, 0),
    current,
    shown,
    look,
    reachedAt: look === "idle" ? null : reachedAt(items),
    older: () => step(-1),
    newer: () => step(1),
    lookFurther,
  };
}

/** Loads earlier messages, one page after the other, as long as words are looked for and the allowance lasts. */
function useLook(
  timeline: Timeline,
  start: TimelineSnapshot["start"],
  words: readonly string[],
): { look: Look; lookFurther: () => void } {
  const [loaded, setLoaded] = useState(0);
  const [allowed, setAllowed] = useState(PAGES_AT_ONCE);
  const busy = useRef(false);
  const look = lookOf(words, start, { loaded, allowed });
  const load = () => {
    if (busy.current) return;
    busy.current = true;
    void timeline.loadEarlier().finally(() => {
      busy.current = false;
      setLoaded((pages) => pages + 1);
    });
  };
  // `loaded` is there because a page may come between two drawings, and `start` says the same before and after.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is new each time and does the same
  useEffect(() => {
    if (look === "looking" && start === "more") load();
  }, [look, start, loaded, timeline]);
  const lookFurther = () => {
    setAllowed(loaded + PAGES_AT_ONCE);
    if (start === "failed") load();
  };
  return { look, lookFurther };
}

function reachedAt(items: TimelineSnapshot["items"]): number | null {
  const first = items.find((item) => "at" in item);
  return first !== undefined && "at" in first ? first.at : null;
}
