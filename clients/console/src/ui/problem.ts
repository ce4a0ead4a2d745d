/** A failed call in the operator's words: what happened, and whether trying again can help. */
import { ApiProblem, type FieldError } from "@consilium/kit/api";
import { languageName } from "@consilium/kit/ui";
import i18next, { type TFunction } from "i18next";

export interface ProblemWords {
  readonly title: string;
  readonly text: string | null;
  readonly again: boolean;
}

/** What is wrong with a field in the reader's language, where there are words for it; else in the service's. */
export function fieldWords({ code, params, message }: FieldError, t: TFunction): string {
  if (code === undefined || code === null) return message;
  const places = [`refused.${code}`, `brandSettings.refused.${code}`];
  const words = places.find((key) => i18next.exists(key));
  if (words === undefined) return message;
  const language = params?.language;
  return t(words, { ...params, ...(language === undefined ? {} : { language: languageName(language) }) });
}

/** What the service refused of a form: by field, else the form as a whole. `error`: null while nothing was refused. */
export function refusals(
  error: Error | null,
  fields: Readonly<Record<string, string>>,
  t: TFunction,
): { readonly byField: ReadonlyMap<string, string>; readonly general: ProblemWords | null } {
  if (error === null) return { byField: new Map(), general: null };
  const named = ApiProblem.of(error).fields.map(
    (wrong) => [fields[wrong.field] ?? wrong.field, fieldWords(wrong, t)] as const,
  );
  return { byField: new Map(named), general: named.length === 0 ? problemWords(error, t) : null };
}

/** The same in one text. */
export function refusalText(error: unknown, t: TFunction): string {
  const { fields } = ApiProblem.of(error);
  if (fields.length > 0) return fields.map((wrong) => fieldWords(wrong, t)).join(" ");
  const { title, text } = problemWords(error, t);
  return text === null ? title : `${title} ${text}`;
}

const OWN_WORDS = [
  "offline",
  "unavailable",
  "calls-unavailable",
  "nobody-there",
  "conclusion-required",
  "fields-required",
  "consents-missing",
  "erased",
  "held",
  "forbidden",
  "not-found",
  "rate-limited",
  "unexpected",
  "unauthenticated",
];

export function problemWords(error: unknown, t: TFunction): ProblemWords {
  const problem = ApiProblem.of(error);
  const again = problem.slug !== "forbidden" && problem.slug !== "not-found";
  if (OWN_WORDS.includes(problem.slug)) {
    return { title: t(`problem.${problem.slug}.title`), text: t(`problem.${problem.slug}.text`), again };
  }
  return { title: problem.detail, text: null, again };
}
