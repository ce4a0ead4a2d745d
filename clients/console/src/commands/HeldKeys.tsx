/**
 * Keys while a dialog or the palette was asked for and is on its way: none acts on the desk, what is typed goes into the palette once it is there, and
 * Escape takes the wish back.
 */
import type { Cell } from "@consilium/kit/matrix";
import { useSpotlight } from "@mantine/spotlight";
import { useEffect } from "react";
import { useDesk } from "../desk/DeskContext.tsx";
import { type DialogState, NO_DIALOG } from "../desk/desk.ts";
import { useReadable } from "../live/hooks.ts";
import { palette, paletteStore, typedBefore, typedBy } from "./palette-store.ts";

export function HeldKeys() {
  useHeldKeys(useDesk().dialog);
  return null;
}

export function useHeldKeys(dialog: Cell<DialogState>): void {
  const { opened } = useSpotlight(paletteStore);
  const wanted = useReadable(dialog).kind !== "none" || opened;
  useEffect(() => {
    if (!wanted) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") {
        typedBefore.set("");
        palette.close();
        dialog.set(NO_DIALOG);
      } else if (opened) typedBefore.set(typedBefore.get() + typedBy(event));
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [wanted, opened, dialog]);
}
