/** What is asked for beside a question, what was ticked, and what can be done with a consent. Plain functions. */
import type { Consent, ConsentDocument, GivenConsent } from "@consilium/kit/api";

/** One that can be ticked: it has a text of today. */
export type AskedConsent = Consent & { offered: ConsentDocument };

function isOffered(consent: Consent): consent is AskedConsent {
  return consent.offered !== null;
}

/**
 * Those that stand beside a question: required ones until they are given to the text of today; of the others those that the brand asks for
 * there, until somebody has decided.
 */
export function askedOf(consents: readonly Consent[]): AskedConsent[] {
  return consents
    .filter(isOffered)
    .filter(({ required, asked, status }) =>
      required ? status !== "active" : asked === "before_first_question" && status === "proposed",
    );
}

/** A tick is of a text: of another one it is none. */
export type Ticks = ReadonlySet<string>;

export function ticked(ticks: Ticks, hash: string): Ticks {
  const next = new Set(ticks);
  if (!next.delete(hash)) next.add(hash);
  return next;
}

/** Purposes of the required ones that are not ticked. */
export function untickedOf(asked: readonly AskedConsent[], ticks: Ticks): string[] {
  return asked
    .filter(({ required, offered }) => required && !ticks.has(offered.hash))
    .map(({ purpose }) => purpose);
}

/** What goes along with a question. */
export function givenOf(asked: readonly AskedConsent[], ticks: Ticks): GivenConsent[] {
  return asked
    .filter(({ offered }) => ticks.has(offered.hash))
    .map(({ purpose, offered }) => ({ purpose, hash: offered.hash }));
}

export type Standing = "given" | "changed" | "withdrawn" | "asked" | "open";

/** How a consent stands, for a person: `asked`: it is asked for before a question, `open`: it can be given or left. */
export function standingOf({ status, required }: Pick<Consent, "status" | "required">): Standing {
  switch (status) {
    case "active":
      return "given";
    case "outdated":
      return "changed";
    case "inactive":
      return "withdrawn";
    case "proposed":
      return required ? "asked" : "open";
  }
}

/** What was agreed to, as long as it stands; else what can be agreed to today. */
export function documentOf({ status, offered, last }: Consent): ConsentDocument | null {
  return status === "active" || offered === null ? (last?.document ?? offered) : offered;
}

export function canGive({ status, offered }: Consent): boolean {
  return offered !== null && status !== "active";
}

export function canWithdraw({ last }: Pick<Consent, "last">): boolean {
  return last !== null && last.decision === "given";
}

/** Paragraphs of a text. */
export function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
}
