/** Binds the conclusions: which the consultation API knows, what of them lies on this device, reading and keeping them. */
import type { Consultation } from "@consilium/kit/api";
import type { Documents } from "@consilium/kit/matrix";
import { useEffect, useMemo, useRef, useState } from "react";
import { type SignedIn, useSignedIn } from "../../app/session.tsx";
import {
  aboutAddress,
  conclusionsOf,
  keptConclusions,
  keptIdOf,
  type OwnConclusion,
  pdfAddress,
  upkeepOf,
  withKept,
} from "./conclusions.ts";

type Api = SignedIn["api"];

export interface ConclusionsScreen {
  conclusions: readonly OwnConclusion[];
  /** The document: from this device where it is kept, else from the server. */
  pdf: (conclusion: OwnConclusion) => Promise<{ blob: Blob; name: string }>;
  keep: (conclusion: OwnConclusion) => Promise<"kept" | "full" | "failed">;
}

export function useConclusions(
  documents: Documents | null,
  kept: ReadonlyMap<string, number>,
  consultations: readonly Consultation[],
): ConclusionsScreen {
  const { api } = useSignedIn();
  const described = useDescribed(documents, kept);
  useUpkeep(documents, kept, consultations, api);
  const conclusions = useMemo(
    () => withKept(conclusionsOf(consultations), described),
    [consultations, described],
  );
  return {
    conclusions,
    pdf: (conclusion) => readPdf(conclusion, documents, api),
    keep: async (conclusion) => (documents === null ? "failed" : keepPdf(conclusion, documents, api)),
  };
}

const PDF = "application/pdf";

async function readPdf(
  conclusion: OwnConclusion,
  documents: Documents | null,
  api: Api,
): Promise<{ blob: Blob; name: string }> {
  const { consultationId, number, version } = conclusion;
  const bytes = (await documents?.keptBytes(pdfAddress(keptIdOf(conclusion)))) ?? null;
  if (bytes === null) return api.conclusions.pdf(consultationId, version);
  return { blob: new Blob([bytes], { type: PDF }), name: `conclusion-${number}-${version}.pdf` };
}

async function keepPdf(
  conclusion: OwnConclusion,
  documents: Documents,
  api: Api,
): Promise<"kept" | "full" | "failed"> {
  const id = keptIdOf(conclusion);
  try {
    const { blob } = await api.conclusions.pdf(conclusion.consultationId, conclusion.version);
    const about = new TextEncoder().encode(JSON.stringify(conclusion)).buffer as ArrayBuffer;
    return await documents.keepParts(id, [
      { url: pdfAddress(id), bytes: await blob.arrayBuffer() },
      { url: aboutAddress(id), bytes: about },
    ]);
  } catch {
    return "failed";
  }
}

/** What is kept says itself what it is. */
function useDescribed(
  documents: Documents | null,
  kept: ReadonlyMap<string, number>,
): readonly OwnConclusion[] {
  const [described, setDescribed] = useState<readonly OwnConclusion[]>([]);
  useEffect(() => {
    let current = true;
    const ids = keptConclusions(kept.keys()).map(({ id }) => id);
    if (documents === null || ids.length === 0) {
      setDescribed((before) => (before.length === 0 ? before : []));
      return;
    }
    const reading = ids.map((id) =>
      documents
        .keptBytes(aboutAddress(id))
        .then(opened)
        .catch(() => null),
    );
    void Promise.all(reading).then((found) => current && setDescribed(found.filter((one) => one !== null)));
    return () => {
      current = false;
    };
  }, [documents, kept]);
  return described;
}

/** `null`: it was let go meanwhile. Throws where what lies there cannot be read: one of them hides no other. */
function opened(bytes: ArrayBuffer | null): OwnConclusion | null {
  return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as OwnConclusion);
}

/** What is kept follows what was amended and what was erased. What cannot be done now is tried at the next look. */
function useUpkeep(
  documents: Documents | null,
  kept: ReadonlyMap<string, number>,
  consultations: readonly Consultation[],
  api: Api,
): void {
  const tried = useRef(new Set<string>());
  useEffect(() => {
    if (documents === null) return;
    const { renew, gone } = upkeepOf(keptConclusions(kept.keys()), consultations);
    for (const id of gone) void documents.letGo(id);
    for (const { old, next } of renew) {
      const id = keptIdOf(next);
      if (tried.current.has(id)) continue;
      tried.current.add(id);
      void keepPdf(next, documents, api).then((outcome) => {
        if (outcome === "kept") void documents.letGo(old);
      });
    }
  }, [documents, kept, consultations, api]);
}
