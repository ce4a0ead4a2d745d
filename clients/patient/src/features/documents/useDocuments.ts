/** Binds the list of documents: the client's list, what the consultation API knows of it, the search. */
import { useFormats, useRegion } from "@consilium/kit/brand";
import { Cell, type Documents, type DocumentsSnapshot, type Engine } from "@consilium/kit/matrix";
import { useReadable } from "@consilium/kit/ui";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../app/queries.ts";
import { useEngine, useSignedIn } from "../../app/session.tsx";
import {
  ALWAYS,
  type FoundDocument,
  isWithin,
  type Line,
  linesOf,
  matches,
  type Period,
  partLookedThrough,
  serviceOf,
} from "./model.ts";

export type Shown = "all" | "kept";

export interface DocumentsScreen {
  engine: Engine | null;
  documents: Documents | null;
  snapshot: DocumentsSnapshot;
  lines: readonly Line[];
  kept: ReadonlyMap<string, number>;
  keptBytes: number;
  /** 0..1, or unknown. */
  part: number | null;
  query: string;
  setQuery: (query: string) => void;
  period: Period;
  setPeriod: (period: Period) => void;
  shown: Shown;
  setShown: (shown: Shown) => void;
  isNarrowed: boolean;
  showAll: () => void;
}

const OPENING: DocumentsSnapshot = { status: "opening", documents: [], reachedAt: null, unreadable: 0 };
const NO_SNAPSHOT = new Cell<DocumentsSnapshot>(OPENING);
const NOTHING_KEPT = new Cell<ReadonlyMap<string, number>>(new Map());

export function useDocuments(): DocumentsScreen {
  const engine = useEngine();
  const documents = useOpened(engine);
  const snapshot = useReadable(documents?.snapshot ?? NO_SNAPSHOT);
  const kept = useReadable(documents?.kept ?? NOTHING_KEPT);
  const consultations = useConsultations();
  const [query, setQuery] = useState("");
  const [period, setPeriod] = useState<Period>(ALWAYS);
  const [shown, setShown] = useState<Shown>("all");
  const all = useFound(snapshot, consultations);
  // A long list follows the typing, it does not hold it up.
  const asked = useDeferredValue(query);
  const lines = useMemo(
    () =>
      linesOf(
        all.filter(
          (found) =>
            (shown === "all" || kept.has(found.document.id)) &&
            isWithin(found.document.at, period) &&
            matches(found, asked),
        ),
      ),
    [all, shown, kept, period, asked],
  );
  return {
    engine,
    documents,
    snapshot,
    lines,
    kept,
    keptBytes: [...kept.values()].reduce((sum, bytes) => sum + bytes, 0),
    part: partLookedThrough(snapshot.reachedAt, consultations, Date.now()),
    query,
    setQuery,
    period,
    setPeriod,
    shown,
    setShown,
    isNarrowed: query.trim() !== "" || shown === "kept" || period.from !== "" || period.to !== "",
    showAll: () => {
      setQuery("");
      setPeriod(ALWAYS);
      setShown("all");
    },
  };
}

function useOpened(engine: Engine | null): Documents | null {
  const [documents, setDocuments] = useState<Documents | null>(null);
  useEffect(() => {
    let current = true;
    void engine?.documents().then(
      (opened) => current && setDocuments(opened),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [engine]);
  return documents;
}

/** All of them where they can be asked for; without a network those of the last visit. */
function useConsultations() {
  const { api } = useSignedIn();
  const latest = useQuery(queries.consultations(api)).data?.items;
  const every = useQuery(queries.everyConsultation(api)).data;
  return useMemo(() => every ?? latest ?? [], [every, latest]);
}

function useFound(
  snapshot: DocumentsSnapshot,
  consultations: ReturnType<typeof useConsultations>,
): readonly FoundDocument[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const region = useRegion();
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(region, { day: "numeric", month: "long", year: "numeric" });
    const month = new Intl.DateTimeFormat(region, { month: "long", year: "numeric" });
    return snapshot.documents.map((document) => ({
      document,
      sender: document.sender.kind === "me" ? t("documents.you") : document.sender.name,
      service: serviceOf(document, consultations),
      days: [day.format(document.at), month.format(document.at), formats.date(document.at)],
    }));
  }, [snapshot.documents, consultations, region, formats, t]);
}
