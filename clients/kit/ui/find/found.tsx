/** The words that are being looked for, for whoever draws text: marked where they stand. */
import { createContext, Fragment, use } from "react";
import { placesOf } from "../../brand/fold.ts";
import css from "./Find.module.css";

export interface Found {
  words: readonly string[];
  /** The message that is looked at. */
  current: string | null;
}

const NOTHING: Found = { words: [], current: null };

export const FoundContext = createContext<Found>(NOTHING);

export const useFound = (): Found => use(FoundContext);

/** Text with what was found in it marked. */
export function Marked({ text }: { text: string }) {
  const { words } = useFound();
  if (words.length === 0) return text;
  return piecesOf(text, words).map(({ text: piece, start, found }) =>
    found ? (
      <mark key={start} className={css.mark}>
        {piece}
      </mark>
    ) : (
      <Fragment key={start}>{piece}</Fragment>
    ),
  );
}

export interface Piece {
  text: string;
  start: number;
  found: boolean;
}

export function piecesOf(text: string, words: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  const put = (start: number, end: number, found: boolean) => {
    if (end > start) pieces.push({ text: text.slice(start, end), start, found });
  };
  let at = 0;
  for (const { start, end } of placesOf(text, words)) {
    put(at, start, false);
    put(start, end, true);
    at = end;
  }
  put(at, text.length, false);
  return pieces;
}
