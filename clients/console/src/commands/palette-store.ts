/** The palette's own store: who opens it needs nothing of what draws it. */
import { Cell } from "@consilium/kit/matrix";
import { createSpotlight } from "@mantine/spotlight";

export const [paletteStore, palette] = createSpotlight();

/** What was typed for it before it was there. */
export const typedBefore = new Cell("");
