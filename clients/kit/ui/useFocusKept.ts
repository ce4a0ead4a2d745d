/** What had the focus may go with what was shown: then the keyboard goes on in what is shown now, and readers of the screen hear what that is. */
import { useEffect, useRef } from "react";

/** A dialog that closes gives the focus back after ten; whoever wants it first has it. Unit: ms. */
const GIVEN_BACK_MS = 30;

/**
 * `shown`: what is shown, as one word; `find`: where the focus goes when it went with what was shown before; `afterMs`: when what was there is gone
 * for certain. A focus that is somewhere stays there, and an open dialog keeps its own.
 */
export function useFocusKept(
  shown: string,
  find: () => HTMLElement | null | undefined,
  afterMs = GIVEN_BACK_MS,
): void {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    const goOn = () => isNowhere() && find()?.focus({ preventScroll: true });
    // Where a dialog closes in this very moment it gives the focus back a little later.
    let timer = setTimeout(() => {
      if (isNowhere()) timer = setTimeout(goOn, GIVEN_BACK_MS);
    }, afterMs);
    return () => clearTimeout(timer);
  }, [shown, find, afterMs]);
}

function isNowhere(): boolean {
  const { activeElement, body } = document;
  return (activeElement === null || activeElement === body) && document.querySelector(OPEN_DIALOG) === null;
}

/** A dialog that has the keyboard to itself, of the browser or of Mantine. */
export const OPEN_DIALOG = 'dialog[open], [role="dialog"][aria-modal="true"]';
