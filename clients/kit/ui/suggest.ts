/** What a field suggests while one writes: the word at the caret that asks for it, and the text that takes its place. Plain functions. */

export interface Suggestion {
  readonly id: string;
  readonly label: string;
  /** A second, quieter line. */
  readonly about?: string;
  /** Is done instead of putting a text in; the word that asked for it goes. */
  readonly act?: () => void;
}

/** Files that come with a text, by name. They are fetched first, and stand beside the draft before anything is sent. */
export interface ComingFiles {
  readonly names: readonly string[];
  readonly bring: () => Promise<readonly File[]>;
}

/** What takes the word's place; what of it is selected, to be written over; what comes with it. */
export interface Insertion {
  readonly text: string;
  readonly select?: readonly [number, number];
  readonly files?: ComingFiles;
}

export interface SuggestSource {
  /** Accessible name of the list. */
  readonly label: string;
  /** What the word begins with: `/`, `@`. */
  readonly trigger: string;
  /** How many spaces the word may have: names have one. */
  readonly spaces?: number;
  readonly find: (word: string) => readonly Suggestion[];
  readonly insert: (id: string) => Insertion;
}

/** Longer ones are no words that ask for something. */
const WORD_MAX = 40;

/** The word at the caret that begins with `trigger`, without it; null: there is none. It begins a line or stands behind a space. */
export function wordAt(
  text: string,
  caret: number,
  trigger: string,
  spaces = 0,
): { readonly from: number; readonly word: string } | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf(trigger);
  if (from < 0 || (from > 0 && !/\s/u.test(before.charAt(from - 1)))) return null;
  const word = before.slice(from + trigger.length);
  const found = word.match(/\s/gu) ?? [];
  if (word.length > WORD_MAX || found.length > spaces || /^\s|[\n\r]/u.test(word)) return null;
  return { from, word };
}

/** The text after an insertion, and what is selected in it. */
export function inserted(
  text: string,
  from: number,
  caret: number,
  insertion: Insertion,
): { readonly text: string; readonly select: readonly [number, number] } {
  const end = from + insertion.text.length;
  const select = insertion.select ?? ([insertion.text.length, insertion.text.length] as const);
  return {
    text: text.slice(0, from) + insertion.text + text.slice(caret),
    select: [Math.min(from + select[0], end), Math.min(from + select[1], end)],
  };
}
