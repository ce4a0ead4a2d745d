/** Binds the list of documents: the client's list, what the consultation API knows of it, the search. */
import type { Person } from "@consilium/kit/api";
import { dateFormat, monthOf, useRegion } from "@consilium/kit/brand";
import {
  Cell,
  type DocumentItem,
  type Documents,
  type DocumentsSnapshot,
  type Engine,
} from "@consilium/kit/matrix";
import { senderName, useReadable } from "@consilium/kit/ui";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { withHistory } from "../../app/persons/model.ts";
import { usePersons } from "../../app/persons/usePersons.ts";
import { queries } from "../../app/queries.ts";
import { useEngine, useSignedIn } from "../../app/session.tsx";
import {
  ALL,
  ALWAYS,
  askedAt,
  type FoundDocument,
  isOf,
  isWithin,
  type Line,
  linesOf,
  matches,
  type Period,
  partLookedThrough,
  SELF,
} from "./model.ts";

export type Shown = "all" | "kept";

export interface DocumentsScreen {
  engine: Engine | null;
  documents: Documents | null;
  /** The list could not be opened here; `openAgain` tries once more. */
  isShut: boolean;
  openAgain: () => void;
  snapshot: DocumentsSnapshot;
  lines: readonly Line[];
  kept: ReadonlyMap<string, number>;
  keptBytes: number;
  /** Documents that are being put on this device, or could not be. */
  keeping: ReadonlyMap<string, Keeping>;
  keep: (document: DocumentItem) => void;
  /** 0..1, or unknown. */
  part: number | null;
  query: string;
  setQuery: (query: string) => void;
  period: Period;
  setPeriod: (period: Period) => void;
  shown: Shown;
  setShown: (shown: Shown) => void;
  /** Whom one acts for and may have documents of. */
  persons: readonly Person[];
  /** `all`, `self`, or the id of one of these. */
  whose: string;
  setWhose: (whose: string) => void;
  showAll: () => void;
}

const OPENING: DocumentsSnapshot = { status: "opening", documents: [], reachedAt: null, unreadable: 0 };
const NO_SNAPSHOT = new Cell<DocumentsSnapshot>(OPENING);
const NOTHING_KEPT = new Cell<ReadonlyMap<string, number>>(new Map());

export function useDocuments(): DocumentsScreen {
  const engine = useEngine();
  const { documents, isShut, openAgain } = useOpened(engine);
  const [keeping, keep] = useKeeping(documents);
  const snapshot = useReadable(documents?.snapshot ?? NO_SNAPSHOT);
  const kept = useReadable(documents?.kept ?? NOTHING_KEPT);
  const consultations = useConsultations();
  const [query, setQuery] = useState("");
  const [period, setPeriod] = useState<Period>(ALWAYS);
  const [shown, setShown] = useState<Shown>("all");
  const persons = withHistory(usePersons().persons);
  const [wanted, setWhose] = useState(ALL);
  const whose = wanted === SELF || persons.some(({ id }) => id === wanted) ? wanted : ALL;
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
            isOf(found, whose) &&
            matches(found, asked),
        ),
      ),
    [all, shown, kept, period, whose, asked],
  );
  return {
    engine,
    documents,
    isShut,
    openAgain,
    snapshot,
    lines,
    kept,
    keptBytes: [...kept.values()].reduce((sum, bytes) => sum + bytes, 0),
    keeping,
    keep,
    part: partLookedThrough(snapshot.reachedAt, consultations, Date.now()),
    query,
    setQuery,
    period,
    setPeriod,
    shown,
    setShown,
    persons,
    whose,
    setWhose,
    showAll: () => {
      setQuery("");
      setPeriod(ALWAYS);
      setShown("all");
      setWhose(ALL);
    },
  };
}

function useOpened(engine: Engine | null): Pick<DocumentsScreen, "documents" | "isShut" | "openAgain"> {
  const [documents, setDocuments] = useState<Documents | null>(null);
  const [isShut, setShut] = useState(false);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` opens it again
  useEffect(() => {
    let current = true;
    setShut(false);
    void engine?.documents().then(
      (opened) => current && setDocuments(opened),
      () => current && setShut(true),
    );
    return () => {
      current = false;
    };
  }, [engine, tries]);
  return { documents, isShut, openAgain: () => setTries((count) => count + 1) };
}

export type Keeping = { status: "running"; part: number } | { status: "full" | "failed" };

/** Lives with the screen, not with the row: a list draws only the rows in sight. */
function useKeeping(documents: Documents | null): [ReadonlyMap<string, Keeping>, DocumentsScreen["keep"]] {
  const [keeping, setKeeping] = useState<ReadonlyMap<string, Keeping>>(new Map());
  const put = (id: string, state: Keeping | null) =>
    setKeeping((before) => {
      const after = new Map(before);
      if (state === null) after.delete(id);
      else after.set(id, state);
      return after;
    });
  const keep = async (document: DocumentItem) => {
    const { id } = document;
    if (documents === null) return;
    put(id, { status: "running", part: 0 });
    const outcome = await documents.keep(document, (part) => put(id, { status: "running", part }));
    put(id, outcome === "kept" ? null : { status: outcome });
  };
  return [keeping, (document) => void keep(document)];
}

/** All of them where they can be asked for; without a network those of the last visit. */
function useConsultations() {
  const { api } = useSignedIn();
  const latest = useQuery(queries.consultations(api)).data?.items;
  const every = useQuery(queries.everyConsultation(api)).data;
  return useMemo(() => [...(latest ?? []), ...(every ?? [])], [every, latest]);
}

/** In which talk a document was sent, as the list says it. */
function talkOf(
  document: DocumentItem,
  consultations: ReturnType<typeof useConsultations>,
): Pick<FoundDocument, "service" | "person"> {
  const asked = askedAt(document, consultations);
  return { service: asked?.queue.name ?? null, person: asked?.person ?? null };
}

function useFound(
  snapshot: DocumentsSnapshot,
  consultations: ReturnType<typeof useConsultations>,
): readonly FoundDocument[] {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const region = useRegion();
  return useMemo(() => {
    const day = dateFormat(region, { day: "numeric", month: "long", year: "numeric" });
    // What people type, whatever is shown.
    const digits = dateFormat(region, { day: "2-digit", month: "2-digit", year: "numeric" });
    return snapshot.documents.map((document) => ({
      document,
      sender: document.sender.kind === "me" ? t("documents.you") : senderName(document.sender, kit),
      ...talkOf(document, consultations),
      days: [day.format(document.at), monthOf(document.at, region), digits.format(document.at)],
    }));
  }, [snapshot.documents, consultations, region, t, kit]);
}
