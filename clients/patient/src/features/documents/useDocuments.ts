/** Binds the list of documents: the client's list of files, the conclusions, what the consultation API knows of both, the search. */
import type { Consultation, Person } from "@consilium/kit/api";
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
import { keptIdOf, type OwnConclusion } from "./conclusions.ts";
import {
  ALL,
  ALWAYS,
  askedAt,
  type FoundConclusion,
  type FoundDocument,
  type FoundFile,
  isOf,
  isWithin,
  type Kind,
  type Line,
  linesOf,
  matches,
  type Period,
  partLookedThrough,
  SELF,
  together,
} from "./model.ts";
import { type ConclusionsScreen, useConclusions } from "./useConclusions.ts";

export type Shown = "all" | "kept";

export interface DocumentsScreen {
  engine: Engine | null;
  documents: Documents | null;
  /** The list could not be opened here; `openAgain` tries once more. */
  isShut: boolean;
  openAgain: () => void;
  snapshot: DocumentsSnapshot;
  /** Whether the conclusions are known: they come from the service, and without a network from the last visit. */
  conclusions: "loading" | "failed" | "known";
  loadConclusions: () => void;
  /** The document of a conclusion. */
  pdf: ConclusionsScreen["pdf"];
  /** All documents, whatever is searched for. */
  count: number;
  lines: readonly Line[];
  kept: ReadonlyMap<string, number>;
  keptBytes: number;
  /** Documents that are being put on this device, or could not be. */
  keeping: ReadonlyMap<string, Keeping>;
  keep: (found: FoundDocument) => void;
  /** 0..1, or unknown. */
  part: number | null;
  query: string;
  setQuery: (query: string) => void;
  period: Period;
  setPeriod: (period: Period) => void;
  kind: Kind;
  setKind: (kind: Kind) => void;
  /** There is a choice. */
  hasBothKinds: boolean;
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
  const snapshot = useReadable(documents?.snapshot ?? NO_SNAPSHOT);
  const kept = useReadable(documents?.kept ?? NOTHING_KEPT);
  const { consultations, state, load } = useConsultations();
  const own = useConclusions(documents, kept, consultations);
  const [keeping, keep] = useKeeping(documents, own);
  const [query, setQuery] = useState("");
  const [period, setPeriod] = useState<Period>(ALWAYS);
  const [kind, setKind] = useState<Kind>("all");
  const [shown, setShown] = useState<Shown>("all");
  const persons = withHistory(usePersons().persons);
  const [wanted, setWhose] = useState(ALL);
  const whose = wanted === SELF || persons.some(({ id }) => id === wanted) ? wanted : ALL;
  const files = useFoundFiles(snapshot, consultations);
  const conclusions = useFoundConclusions(own.conclusions);
  const hasBothKinds = files.length > 0 && conclusions.length > 0;
  // With one kind alone there is nothing to choose, and no choice that hides it.
  const looked = hasBothKinds ? kind : "all";
  const all = useMemo(() => together(files, conclusions), [files, conclusions]);
  // A long list follows the typing, it does not hold it up.
  const asked = useDeferredValue(query);
  const lines = useMemo(
    () =>
      linesOf(
        all.filter(
          (found) =>
            (looked === "all" || found.kind === looked) &&
            (shown === "all" || kept.has(found.id)) &&
            isWithin(found.at, period) &&
            isOf(found, whose) &&
            matches(found, asked),
        ),
      ),
    [all, looked, shown, kept, period, whose, asked],
  );
  return {
    engine,
    documents,
    isShut,
    openAgain,
    snapshot,
    conclusions: state,
    loadConclusions: load,
    pdf: own.pdf,
    count: all.length,
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
    kind: looked,
    setKind,
    hasBothKinds,
    shown,
    setShown,
    persons,
    whose,
    setWhose,
    showAll: () => {
      setQuery("");
      setPeriod(ALWAYS);
      setKind("all");
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
function useKeeping(
  documents: Documents | null,
  own: ConclusionsScreen,
): [ReadonlyMap<string, Keeping>, DocumentsScreen["keep"]] {
  const [keeping, setKeeping] = useState<ReadonlyMap<string, Keeping>>(new Map());
  const put = (id: string, state: Keeping | null) =>
    setKeeping((before) => {
      const after = new Map(before);
      if (state === null) after.delete(id);
      else after.set(id, state);
      return after;
    });
  const keep = async (found: FoundDocument) => {
    const { id } = found;
    if (documents === null) return;
    const onProgress = (part: number) => put(id, { status: "running", part });
    onProgress(0);
    const outcome =
      found.kind === "conclusion"
        ? await own.keep(found.conclusion)
        : await documents.keep(found.document, onProgress);
    put(id, outcome === "kept" ? null : { status: outcome });
  };
  return [keeping, (found) => void keep(found)];
}

/** All of them where they can be asked for; without a network those of the last visit. */
function useConsultations(): KnownConsultations {
  const { api } = useSignedIn();
  const asked = useQuery(queries.consultations(api));
  const latest = asked.data?.items;
  const every = useQuery(queries.everyConsultation(api)).data;
  const consultations = useMemo(() => [...(latest ?? []), ...(every ?? [])], [every, latest]);
  const cannotCome = asked.isError || asked.fetchStatus === "paused";
  const state = latest !== undefined ? "known" : cannotCome ? "failed" : "loading";
  return { consultations, state, load: () => void asked.refetch() };
}

interface KnownConsultations {
  consultations: readonly Consultation[];
  state: DocumentsScreen["conclusions"];
  load: () => void;
}

/** In which talk a document was sent, as the list says it. */
function talkOf(
  document: DocumentItem,
  consultations: readonly Consultation[],
): Pick<FoundFile, "service" | "person"> {
  const asked = askedAt(document, consultations);
  return { service: asked?.queue.name ?? null, person: asked?.person ?? null };
}

function useFoundFiles(
  snapshot: DocumentsSnapshot,
  consultations: readonly Consultation[],
): readonly FoundFile[] {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const days = useDays();
  return useMemo(
    () =>
      snapshot.documents.map(
        (document): FoundFile => ({
          kind: "file",
          id: document.id,
          name: document.file.name,
          at: document.at,
          document,
          sender: document.sender.kind === "me" ? t("documents.you") : senderName(document.sender, kit),
          ...talkOf(document, consultations),
          days: days(document.at),
        }),
      ),
    [snapshot.documents, consultations, days, t, kit],
  );
}

function useFoundConclusions(conclusions: readonly OwnConclusion[]): readonly FoundConclusion[] {
  const { t } = useTranslation();
  const days = useDays();
  return useMemo(
    () =>
      conclusions.map(
        (conclusion): FoundConclusion => ({
          kind: "conclusion",
          id: keptIdOf(conclusion),
          name: t("documents.conclusion", { number: String(conclusion.number) }),
          at: conclusion.at,
          conclusion,
          sender: conclusion.author,
          service: conclusion.service,
          person: conclusion.person,
          days: days(conclusion.at),
        }),
      ),
    [conclusions, days, t],
  );
}

/** A day in the ways in which people write it. */
function useDays(): (at: number) => readonly string[] {
  const region = useRegion();
  return useMemo(() => {
    const day = dateFormat(region, { day: "numeric", month: "long", year: "numeric" });
    // What people type, whatever is shown.
    const digits = dateFormat(region, { day: "2-digit", month: "2-digit", year: "numeric" });
    return (at) => [day.format(at), monthOf(at, region), digits.format(at)];
  }, [region]);
}
