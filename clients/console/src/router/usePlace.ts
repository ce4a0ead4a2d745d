/** Where we are, and how to go elsewhere. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useReadable } from "../live/hooks.ts";
import { changeSearch, type DeskSearch, type Place, parseSearch, parseSection } from "../live/route.ts";
import type { Section } from "../live/sections.ts";
import { resolved, withoutBareView } from "../live/views.ts";
import { useConsole } from "../session/ConsoleContext.tsx";

export interface Navigation {
  readonly place: Place;
  /** Another section, without filters but these. */
  readonly goSection: (section: Section, search?: DeskSearch) => void;
  /** Opens (or with null closes) something in a section; the filters stay when the section does. */
  readonly open: (id: string | null, section?: Section, how?: "push" | "replace") => void;
  readonly filter: (change: { readonly [Name in keyof DeskSearch]?: string | null }) => void;
}

/** Both parts are always named: what is left out would be taken from the address of the moment. */
export function at(section: Section, id: string | null): { section: Section; id: string | undefined } {
  return { section, id: id ?? undefined };
}

const PATH = "/$section/{-$id}" as const;

export function usePlace(): Navigation {
  const params = useParams({ strict: false });
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const section = parseSection(params.section);
  const id = params.id ?? null;
  const views = useReadable(useConsole().views.items);
  const written = useMemo(() => parseSearch(raw as Record<string, unknown>), [raw]);
  const search = useMemo(() => resolved(section, written, views), [section, written, views]);
  const place = useMemo<Place>(() => ({ section, id, search }), [section, id, search]);

  const goSection = useCallback(
    (next: Section, filters: DeskSearch = {}) =>
      void navigate({ to: PATH, params: at(next, null), search: filters }),
    [navigate],
  );
  const open = useCallback<Navigation["open"]>(
    (next, to = section, how = "push") =>
      void navigate({
        to: PATH,
        params: at(to, next),
        search: to === section ? written : {},
        replace: how === "replace",
      }),
    [navigate, section, written],
  );
  const filter = useCallback<Navigation["filter"]>(
    (change) =>
      void navigate({
        to: PATH,
        params: at(section, id),
        search: withoutBareView(changeSearch(search, change)),
        replace: true,
      }),
    [navigate, section, id, search],
  );
  return useMemo(() => ({ place, goSection, open, filter }), [place, goSection, open, filter]);
}
