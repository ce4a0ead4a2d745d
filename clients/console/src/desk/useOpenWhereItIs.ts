/** Opens a consultation or a call-back where it is now: what is not live any more is in the archive. */
import { useCallback } from "react";
import { useBoard, useMyOperator } from "../live/hooks.ts";
import { sectionOf } from "../live/sections.ts";
import { useDesk } from "./DeskContext.tsx";

interface Subject {
  readonly consultation_id: string | null;
  readonly callback_id: string | null;
}

export function useOpenWhereItIs(): (subject: Subject) => void {
  const { open } = useDesk();
  const { rows } = useBoard();
  const me = useMyOperator();
  return useCallback(
    ({ consultation_id: consultation, callback_id: callback }) => {
      if (consultation !== null) {
        const row = rows.get(consultation);
        open(consultation, (row === undefined ? null : sectionOf(row, me?.id ?? null)) ?? "archive");
      } else if (callback !== null) open(callback, "callbacks");
    },
    [open, rows, me],
  );
}
