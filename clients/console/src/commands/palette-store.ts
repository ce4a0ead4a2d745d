/** The palette's own store: who opens it needs nothing of what draws it. */
import { Cell } from "@consilium/kit/matrix";
import { createSpotlight } from "@mantine/spotlight";

export const [paletteStore, palette] = createSpotlight();

/** What was typed for it before it was there. */
export const typedBefore = new Cell("");

/** What a press writes: a letter, a line's end for Enter, nothing for a key such as Shift. */
export function typedBy({ key }: { key: string }): string {
  if (key === "Enter") return "\n";
  return key.length === 1 ? key : "";
}

/**
 * Marks what Enter chooses where nothing is marked: Mantine marks the first of what is found as one types in the field, not what was typed before the
 * field was there, nor the first of a list that came anew.
 */
export function markFirstFound(): void {
  const list = found();
  if (list === null || list.querySelector("[data-selected]") !== null) return;
  list.querySelector("[data-action]")?.setAttribute("data-selected", "true");
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}

/** What Enter does, without one. */
export function chooseMarked(): void {
  found()?.querySelector<HTMLElement>("[data-selected]")?.click();
}

const found = () => document.getElementById(paletteStore.getState().listId);
