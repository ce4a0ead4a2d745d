/** Text as it is searched: without case, without the difference of ё and е, without marks on Latin letters; й is no и. */

const LATIN_WITH_MARK = /[\u00c0-\u024f]/g;
const MARKS = /\p{M}/gu;
/** A run of white space, or a letter with the marks that follow it. */
const PIECE = /\s+|\P{M}\p{M}*|\p{M}+/gu;

/** White space is one space, and none at the ends. */
export function fold(text: string): string {
  return letters(text).replace(/\s+/g, " ").trim();
}

/** What is searched for, word by word; none: nothing is. */
export function searchedWords(query: string): readonly string[] {
  return [...new Set(fold(query).split(" "))].filter((word) => word !== "");
}

/** A stretch of a text: from `start` up to `end`. */
export interface Place {
  start: number;
  end: number;
}

/** Where the words stand in a text as it was written; in order, none over another. */
export function placesOf(text: string, words: readonly string[]): Place[] {
  if (words.length === 0 || text === "") return [];
  const { folded, starts, ends } = mapped(text);
  const places: Place[] = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
      places.push({ start: starts[at] ?? 0, end: ends[at + word.length - 1] ?? text.length });
  }
  return joined(places.sort((a, b) => a.start - b.start));
}

function letters(text: string): string {
  const lower = text.normalize("NFC").toLowerCase().replaceAll("ё", "е");
  return lower.replaceAll(LATIN_WITH_MARK, (letter) => letter.normalize("NFD").replaceAll(MARKS, ""));
}

/** The folded text, and for each of its units the stretch that it came from: folding makes some texts shorter and some longer. */
function mapped(text: string): { folded: string; starts: number[]; ends: number[] } {
  const [starts, ends]: [number[], number[]] = [[], []];
  let folded = "";
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const plain = /\s/.test(piece) ? " " : letters(piece);
    for (let unit = 0; unit < plain.length; unit++) {
      starts.push(index);
      ends.push(index + piece.length);
    }
    folded += plain;
  }
  return { folded, starts, ends };
}

/** Places that touch or lie over one another become one. */
function joined(places: readonly Place[]): Place[] {
  const out: Place[] = [];
  for (const place of places) {
    const last = out.at(-1);
    if (last !== undefined && place.start <= last.end) last.end = Math.max(last.end, place.end);
    else out.push({ ...place });
  }
  return out;
}
