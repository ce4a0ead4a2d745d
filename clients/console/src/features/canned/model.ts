/** Canned replies as values: which are offered, what their placeholders become, what is left to fill in. */
import type { Canned, CannedChange, NewCanned } from "@consilium/kit/api";
import type { Insertion } from "@consilium/kit/ui";
import { folded } from "../../live/names.ts";

/** As the service knows them; the words of each stand under `canned.placeholder`. */
export const PLACEHOLDERS = ["patient.name", "operator.name", "queue.name"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Values = Readonly<Record<Placeholder, string | null>>;
export type Labels = Readonly<Record<Placeholder, string>>;

export const TITLE_MAX = 100;
export const SHORTCUT_MAX = 32;
export const TEXT_MAX = 4_000;
/** What a list of suggestions shows at once. */
const OFFERED_MAX = 8;

function rank(reply: Canned, word: string, language: string): number {
  const begins = reply.shortcut.startsWith(word) ? 0 : 2;
  return begins + (reply.language === language ? 0 : 1);
}

/** Replies for a queue that a word finds: by shortcut or any word of the title; the operator's language and true beginnings first. */
export function offered(
  replies: Iterable<Canned>,
  about: { readonly queueId: string; readonly language: string; readonly word: string },
): Canned[] {
  const word = folded(about.word);
  const fits = ({ queues, shortcut, title }: Canned) =>
    (queues.length === 0 || queues.includes(about.queueId)) &&
    (folded(shortcut).startsWith(word) ||
      folded(title)
        .split(" ")
        .some((part) => part.startsWith(word)));
  return [...replies]
    .filter(fits)
    .sort(
      (a, b) =>
        rank(a, word, about.language) - rank(b, word, about.language) || a.title.localeCompare(b.title),
    )
    .slice(0, OFFERED_MAX);
}

/** What stands where something has to be filled in. */
export function gapOf(label: string): string {
  return `‹${label}›`;
}

const PLACEHOLDER = /\{\{\s*([\w.]+)\s*\}\}/gu;

/** The text with what is known in its places; what is not known is a gap, and the first gap is selected. */
export function filled(text: string, values: Values, labels: Labels): Insertion {
  const whole = text.replaceAll(PLACEHOLDER, (found, name: string) => {
    const known = PLACEHOLDERS.find((each) => each === name);
    if (known === undefined) return found;
    const value = values[known]?.trim() ?? "";
    return value === "" ? gapOf(labels[known]) : value;
  });
  const gap = firstGap(whole, labels);
  if (gap === null) return { text: whole };
  return { text: whole, select: [whole.indexOf(gap), whole.indexOf(gap) + gap.length] };
}

/** The first gap that nobody has filled in; null: there is none. */
export function firstGap(text: string, labels: Labels): string | null {
  const found = PLACEHOLDERS.map((name) => gapOf(labels[name])).filter((gap) => text.includes(gap));
  return found.sort((a, b) => text.indexOf(a) - text.indexOf(b))[0] ?? null;
}

/** One line of a text. */
export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

export interface CannedForm {
  readonly scope: Canned["scope"];
  readonly title: string;
  readonly shortcut: string;
  readonly language: string;
  readonly queues: readonly string[];
  readonly text: string;
}

export function emptyForm(scope: Canned["scope"], language: string): CannedForm {
  return { scope, title: "", shortcut: "", language, queues: [], text: "" };
}

export function formOf({ scope, title, shortcut, language, queues, text }: Canned): CannedForm {
  return { scope, title, shortcut, language, queues, text };
}

export function isWhole({ title, shortcut, text }: CannedForm): boolean {
  return [title, shortcut, text].every((field) => field.trim() !== "");
}

export function newCanned(form: CannedForm): NewCanned {
  return { ...form, queues: [...form.queues] };
}

export function cannedChange({ scope: _, ...form }: CannedForm, version: number): CannedChange {
  return { ...form, queues: [...form.queues], version };
}

export function mayKeep(reply: Pick<Canned, "scope">, role: "operator" | "supervisor"): boolean {
  return reply.scope === "personal" || role === "supervisor";
}
