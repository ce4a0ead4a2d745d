/** The words of a message, with addresses made into links. Never HTML. */
import { Fragment } from "react";
import { Marked } from "./find/found.tsx";

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+[^\s<>"'`.,:;!?)\]}»…]/giu;

export type TextPart = { kind: "text"; text: string } | { kind: "link"; url: string };

export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    if (match.index > at) parts.push({ kind: "text", text: text.slice(at, match.index) });
    parts.push({ kind: "link", url: match[0] });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: "text", text: text.slice(at) });
  return parts;
}

export function MessageText({ text }: { text: string }) {
  return partsOf(text).map((part, index) =>
    part.kind === "link" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts never move
      <a key={index} href={part.url} target="_blank" rel="noopener noreferrer nofollow">
        <Marked text={part.url} />
      </a>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts never move
      <Fragment key={index}>
        <Marked text={part.text} />
      </Fragment>
    ),
  );
}
