/** Finding words in one conversation: which messages have them, and which comes next. Plain functions over what is loaded. */
import { fold } from "../../brand/fold.ts";
import type { MessageBody, MessageItem, TimelineItem } from "../../matrix/types.ts";

/** Bodies stay the same objects while a timeline is drawn anew: each is folded once. */
const foldedBodies = new WeakMap<MessageBody, string>();

/** What a message can be found by: its words, or a file's caption and name. */
export function foldedText(body: MessageBody): string {
  const known = foldedBodies.get(body);
  if (known !== undefined) return known;
  const folded = fold(textOf(body));
  foldedBodies.set(body, folded);
  return folded;
}

function textOf(body: MessageBody): string {
  switch (body.type) {
    case "text":
    case "notice":
      return body.text;
    case "file":
      return `${body.file.name} ${body.caption ?? ""}`;
    case "image":
    case "audio":
    case "video":
      // Their names are not drawn: a camera's number is nothing that anybody sees here.
      return body.caption ?? "";
    case "redacted":
    case "unreadable":
    case "unknown":
      return "";
  }
}

/** Messages that have every word, oldest first. */
export function hitsOf(items: readonly TimelineItem[], words: readonly string[]): readonly MessageItem[] {
  if (words.length === 0) return [];
  return items.filter((item): item is MessageItem => {
    if (item.kind !== "message") return false;
    const text = foldedText(item.body);
    return text !== "" && words.every((word) => text.includes(word));
  });
}

/** Where the one that is looked at stands among the hits; the newest one unless another was chosen. −1: there is none. */
export function placeAmong(hits: readonly MessageItem[], chosen: string | null): number {
  const at = hits.findIndex(({ key }) => key === chosen);
  return at < 0 ? hits.length - 1 : at;
}

/** Looking back costs the network: one letter stands in every message and is no reason for it. */
const SHORTEST = 2;

export function isWorthLooking(words: readonly string[]): boolean {
  return words.some((word) => word.length >= SHORTEST);
}

/**
 * `looking`: earlier messages are being loaded · `stopped`: enough for one go, it goes on when asked · `failed`: they did not come ·
 * `whole`: the conversation is known from its first message on · `idle`: nothing is searched for, or too little.
 */
export type Look = "idle" | "looking" | "stopped" | "failed" | "whole";

/** Pages of earlier messages that are loaded before somebody has to ask again. */
export const PAGES_AT_ONCE = 25;

export function lookOf(
  words: readonly string[],
  start: "reached" | "more" | "loading" | "failed",
  pages: { loaded: number; allowed: number },
): Look {
  if (words.length === 0) return "idle";
  if (start === "reached") return "whole";
  if (!isWorthLooking(words)) return "idle";
  if (start === "failed") return "failed";
  return pages.loaded < pages.allowed ? "looking" : "stopped";
}
