/** What lies over the panes: palette, sheets, forms, undo bars. One dialog at a time. */
import { useFocusKept } from "@consilium/kit/ui";
import { useEffect } from "react";
import { useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { findShown } from "../ui/Pane.tsx";
import { DialogForms, OverDesk } from "./parts.tsx";

/** A dialog fades out; what it was opened from by a menu is gone with the menu. Unit: ms. */
const FADED_MS = 300;

const NEVER = { get: () => "ready" as const, subscribe: () => () => undefined };

export function Dialogs() {
  const { dialog } = useDesk();
  const { engine, freshPassword } = useConsole();
  const password = useReadable(freshPassword);
  const current = useReadable(dialog);
  const recovery = useReadable(engine.recovery?.state ?? NEVER);
  const close = () => dialog.set(NO_DIALOG);
  useFocusKept(current.kind, findShown, FADED_MS);

  // It was wanted for one thing.
  useEffect(() => {
    if (recovery === "ready") freshPassword.set(null);
  }, [recovery, freshPassword]);

  // The first sign-in sets the keys up; without them the clinic can hand over no history.
  useEffect(() => {
    if (password !== null && (recovery === "absent" || recovery === "locked") && dialog.get().kind === "none")
      dialog.set({ kind: "keys" });
  }, [dialog, password, recovery]);

  return (
    <>
      <DialogForms dialog={current} onClose={close} />
      <OverDesk />
    </>
  );
}
