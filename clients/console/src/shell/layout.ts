/** How many panes there is room for. The numbers stand in `Desk.module.css` too: media queries read no variables. */

/** From here the card has a pane of its own; below it lies over the rest. */
export const CARD_PANE_MIN = "80em";
/** Below this one pane is shown at a time. */
export const ONE_PANE_MAX = "40em";

export function hasCardPane(): boolean {
  return window.matchMedia(`(min-width: ${CARD_PANE_MIN})`).matches;
}
