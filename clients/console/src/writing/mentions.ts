/** Whom a text of staff mentions, and what is suggested behind an `@`. Plain functions. */
import type { Operator } from "@consilium/kit/api";
import { folded } from "../live/names.ts";

/** The service takes so many in one text. */
export const MENTIONS_MAX = 10;
/** What a list of suggestions shows at once. */
const SUGGESTED_MAX = 8;

export type Colleague = Pick<Operator, "id" | "name" | "title">;

export type NotePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "mention"; readonly name: string };

/** The longest name first, so that «@Anna Petrova» is not read as «@Anna». */
function byLength<T extends { readonly name: string }>(people: Iterable<T>): T[] {
  return [...people].filter(({ name }) => name.length > 0).sort((a, b) => b.name.length - a.name.length);
}

/** Whether a name ends where the text goes on with something that is no part of a word. */
function endsThere(text: string, end: number): boolean {
  return end >= text.length || !/[\p{L}\p{N}]/u.test(text.charAt(end));
}

/** The text in parts: `@` and a known name is a mention. */
export function partsOf<T extends { readonly name: string }>(text: string, people: Iterable<T>): NotePart[] {
  const known = byLength(people);
  const parts: NotePart[] = [];
  let [plain, at] = [0, text.indexOf("@")];
  while (at >= 0) {
    const from = at;
    const found = known.find(
      ({ name }) => text.startsWith(name, from + 1) && endsThere(text, from + 1 + name.length),
    );
    if (found !== undefined) {
      if (from > plain) parts.push({ kind: "text", text: text.slice(plain, from) });
      parts.push({ kind: "mention", name: found.name });
      plain = from + 1 + found.name.length;
    }
    at = text.indexOf("@", found === undefined ? from + 1 : plain);
  }
  if (plain < text.length) parts.push({ kind: "text", text: text.slice(plain) });
  return parts;
}

/** Ids of the colleagues whom a text mentions, each once. */
export function mentionedIn(text: string, colleagues: readonly Colleague[]): string[] {
  const names = new Set(
    partsOf(text, colleagues).flatMap((part) => (part.kind === "mention" ? part.name : [])),
  );
  return colleagues.filter(({ name }) => names.has(name)).map(({ id }) => id);
}

/** Colleagues one of whose names begins with what stands behind the `@`. */
export function suggested(word: string, colleagues: readonly Colleague[]): Colleague[] {
  const wanted = folded(word);
  const begins = ({ name }: Colleague) =>
    folded(name).startsWith(wanted) ||
    folded(name)
      .split(" ")
      .some((part) => part.startsWith(wanted));
  return colleagues
    .filter(begins)
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, SUGGESTED_MAX);
}

/** All colleagues but oneself. */
export function colleaguesOf(operators: Iterable<Operator>, operatorId: string | null): Colleague[] {
  return [...operators].filter(({ id }) => id !== operatorId);
}
