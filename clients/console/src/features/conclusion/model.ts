/** What an editor of conclusions decides. Plain functions. */
import type {
  ApiProblem,
  ConclusionDraft,
  ConclusionSection,
  ConsultationRow,
  SaveConclusion,
} from "@consilium/kit/api";

/** Longest section, as the service has it. Unit: characters. */
export const SECTION_MAX = 8_000;
/** Longest reason of an amendment. Unit: characters. */
export const REASON_MAX = 1_000;

/** What is written, by the section's code. */
export type Texts = ReadonlyMap<string, string>;

export function textsOf(draft: ConclusionDraft): Texts {
  return new Map(draft.sections.map(({ code, text }) => [code, text]));
}

export function toSave(draft: ConclusionDraft, texts: Texts, language: string): SaveConclusion {
  const sections = draft.sections
    .map(({ code }) => ({ code, text: texts.get(code) ?? "" }))
    .filter(({ text }) => text.trim() !== "");
  return { version: draft.version, language, sections };
}

/** Required sections in which nothing is written. */
export function missing(draft: ConclusionDraft, texts: Texts): ConclusionSection[] {
  return draft.sections.filter(({ code, required }) => required && (texts.get(code) ?? "").trim() === "");
}

export function isBlank(texts: Texts): boolean {
  return [...texts.values()].every((text) => text.trim() === "");
}

/** The section that a refusal names first; null: none of them. */
export function refusedSection(problem: ApiProblem | null): string | null {
  const field = problem?.fields.find(({ field }) => field.startsWith("sections."))?.field;
  return field === undefined ? null : field.slice("sections.".length);
}

/** How a consultation stands with its conclusion. */
export type Standing = "off" | "optional" | "required" | "signed";

export function standingOf(row: Pick<ConsultationRow, "conclusion" | "conclusion_need">): Standing {
  return row.conclusion !== null ? "signed" : row.conclusion_need;
}
