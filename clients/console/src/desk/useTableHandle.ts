/** Lets J, K and F drive the table of a section. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { neighbour } from "../live/queue-list.ts";
import type { Section } from "../live/sections.ts";
import { useDesk } from "./DeskContext.tsx";

export interface TableHandle {
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onOrder: (ids: readonly string[]) => void;
}

export function useTableHandle(section: Section): TableHandle {
  const { list, place, open } = useDesk();
  const search = useRef<HTMLInputElement>(null);
  const [ids, setIds] = useState<readonly string[]>([]);
  const onOrder = useCallback((next: readonly string[]) => setIds(next), []);
  useEffect(() => {
    list.set({
      length: ids.length,
      announced: 0,
      step: (by) => {
        const id = neighbour(ids, place.id, by);
        if (id !== null) open(id, section, place.id === null ? "push" : "replace");
      },
      showAnnounced: () => undefined,
      focusSearch: () => search.current?.focus(),
    });
    return () => list.set(null);
  }, [list, ids, place.id, open, section]);
  return { search, onOrder };
}
