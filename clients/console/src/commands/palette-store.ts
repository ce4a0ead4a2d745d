/** The palette's own store: who opens it needs nothing of what draws it. */
import { createSpotlight } from "@mantine/spotlight";

export const [paletteStore, palette] = createSpotlight();
