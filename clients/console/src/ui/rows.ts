/** The keyboard in a list of rows, of which one is in the tab order: arrows walk, and the focus goes along with what J and K open. */
import { type KeyboardEvent, type RefObject, useEffect } from "react";

const ROW = '[data-row], [role="row"][aria-selected]';
const CURRENT = '[data-row][aria-current="true"], [role="row"][aria-selected="true"]';

/** Arrow keys walk the rows that are drawn; J and K, which may go further, are commands. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(ROW)];
  const index = rows.indexOf(document.activeElement as HTMLElement);
  if (index < 0) return;
  event.preventDefault();
  rows[index + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
}

/** J and K move the choice; the focus goes with it where it stood on a row. */
export function useFocusOnCurrent(box: RefObject<HTMLElement | null>, current: string | null): void {
  useEffect(() => {
    const { activeElement } = document;
    const isOnRow = activeElement?.matches(ROW) === true && box.current?.contains(activeElement) === true;
    if (current !== null && isOnRow) box.current?.querySelector<HTMLElement>(CURRENT)?.focus();
  }, [box, current]);
}
