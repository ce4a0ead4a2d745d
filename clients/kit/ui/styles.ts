/** Styles of parts that come later. */

/** A style that did not come is asked for again: the page's loader takes it for there, and the part would come without it. */
export function healStyles(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
    if (link.sheet === null) link.replaceWith(link.cloneNode());
}
