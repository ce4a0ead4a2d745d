/** Which macros can be run on a consultation, and what each does, in order. Plain functions. */
import type { DeskFile, Macro, MacroContent } from "@consilium/kit/api";
import { folded } from "./names.ts";

/** One thing that a macro does. Tags and queues by id. */
export type MacroDoing =
  | { readonly kind: "text" }
  | { readonly kind: "files"; readonly files: readonly DeskFile[] }
  | { readonly kind: "remove_tags"; readonly tags: readonly string[] }
  | { readonly kind: "add_tags"; readonly tags: readonly string[] }
  | { readonly kind: "note"; readonly text: string; readonly mentions: readonly string[] }
  | { readonly kind: "hold"; readonly minutes: number | null }
  | { readonly kind: "transfer"; readonly queueId: string; readonly note: string }
  | { readonly kind: "close"; readonly note: string | null };

/** In the order in which the service does it; text and files first, by the operator's own client. */
export function doingsOf(content: MacroContent): MacroDoing[] {
  const { texts, files = [], remove_tags: remove, add_tags: add, note, mentions = [], ending } = content;
  const doings: MacroDoing[] = [];
  if (Object.keys(texts ?? {}).length > 0) doings.push({ kind: "text" });
  if (files.length > 0) doings.push({ kind: "files", files });
  if (remove !== undefined && remove.length > 0) doings.push({ kind: "remove_tags", tags: remove });
  if (add !== undefined && add.length > 0) doings.push({ kind: "add_tags", tags: add });
  if (note) doings.push({ kind: "note", text: note, mentions });
  switch (ending?.kind) {
    case "hold":
      doings.push({ kind: "hold", minutes: ending.minutes ?? null });
      break;
    case "transfer":
      doings.push({ kind: "transfer", queueId: ending.queue_id, note: ending.note });
      break;
    case "close":
      doings.push({ kind: "close", note: ending.note ?? null });
      break;
  }
  return doings;
}

/** The text in the first of these languages that it has; null: it says nothing. */
export function textIn({ texts = {} }: MacroContent, languages: readonly string[]): string | null {
  const found = languages.find((language) => texts[language] !== undefined);
  return (found === undefined ? Object.values(texts)[0] : texts[found]) ?? null;
}

/** Those in use for a queue that a word finds, by shortcut or any word of the title; true beginnings first. */
export function macrosFor(macros: Iterable<Macro>, queueId: string, word = ""): Macro[] {
  const wanted = folded(word);
  const begins = ({ content }: Macro) => folded(content.shortcut).startsWith(wanted);
  const fits = (macro: Macro) => {
    const { queues = [], title } = macro.content;
    if (macro.archived || (queues.length > 0 && !queues.includes(queueId))) return false;
    return (
      begins(macro) ||
      folded(title)
        .split(" ")
        .some((part) => part.startsWith(wanted))
    );
  };
  return [...macros]
    .filter(fits)
    .sort((a, b) => Number(begins(b)) - Number(begins(a)) || a.content.title.localeCompare(b.content.title));
}
