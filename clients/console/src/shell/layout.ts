/** How many panes there is room for. The numbers stand in `Desk.module.css` too: media queries read no variables. */
import { isQueueSection, type Section } from "../live/sections.ts";

/** From here the card has a pane of its own; below it lies over the rest. */
export const CARD_PANE_MIN = "80em";
/** Below this one pane is shown at a time. */
export const ONE_PANE_MAX = "40em";

export function hasCardPane(): boolean {
  return window.matchMedia(`(min-width: ${CARD_PANE_MIN})`).matches;
}

/** `split`: list and conversation; `table`: one wide list whose rows open a card. */
export type Shape = "split" | "table";

export function shapeOf(section: Section): Shape {
  return isQueueSection(section) || section === "archive" || section === "settings" ? "split" : "table";
}
