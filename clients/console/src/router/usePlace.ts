/** Where we are, and how to go elsewhere. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { changeSearch, type DeskSearch, type Place, parseSearch, parseSection } from "../live/route.ts";
import type { Section } from "../live/sections.ts";

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
  const search = useMemo(() => parseSearch(raw as Record<string, unknown>), [raw]);
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
        search: to === section ? search : {},
        replace: how === "replace",
      }),
    [navigate, section, search],
  );
  const filter = useCallback<Navigation["filter"]>(
    (change) =>
      void navigate({
        to: PATH,
        params: at(section, id),
        search: changeSearch(search, change),
        replace: true,
      }),
    [navigate, section, id, search],
  );
  return useMemo(() => ({ place, goSection, open, filter }), [place, goSection, open, filter]);
}
