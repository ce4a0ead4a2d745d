/** What is typed between the press that opens the palette and its field having the focus belongs to the field: a letter there is no shortcut of the desk. */
import { useSpotlight } from "@mantine/spotlight";
import { useEffect } from "react";
import { paletteStore, typedBy } from "./palette-store.ts";

export function useTypedAhead(write: (typed: string) => void): void {
  const { opened } = useSpotlight(paletteStore);
  useEffect(() => {
    if (!opened) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape") return;
      if (event.target instanceof Element && event.target.closest('[role="dialog"]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      const typed = typedBy(event);
      if (typed !== "") write(typed);
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [opened, write]);
}
