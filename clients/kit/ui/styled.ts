/** The style of a page that was seen without it: put on before the app is drawn. */

/** A style that has failed before somebody listened says nothing more. */
const PATIENCE_MS = 8_000;

/** Settles when the page has its style, or when that cannot be had. */
export async function styled(): Promise<void> {
  const links = document.head.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"][media="print"]');
  await Promise.all([...links].map(putOn));
}

function putOn(link: HTMLLinkElement): Promise<unknown> | undefined {
  const comes =
    link.sheet === null
      ? new Promise((done) => {
          setTimeout(done, PATIENCE_MS);
          for (const end of ["load", "error"]) link.addEventListener(end, done, { once: true });
        })
      : undefined;
  link.media = "all";
  return comes;
}
