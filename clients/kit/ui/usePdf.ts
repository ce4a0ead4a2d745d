/** A PDF on request: fetched when it is asked for, shown when it is there. */
import { useCallback, useState } from "react";
import { showPdf } from "./show-pdf.ts";

export interface PdfOnRequest {
  open: () => void;
  busy: boolean;
  failed: boolean;
}

/** `give`: what becomes of it; it is shown, unless something else is said. The same function each time. */
export function usePdf(
  load: () => Promise<{ blob: Blob; name: string }>,
  give: (file: { blob: Blob; name: string }) => void = showPdf,
): PdfOnRequest {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const open = useCallback(() => {
    setState("busy");
    load()
      .then((file) => {
        give(file);
        setState("idle");
      })
      .catch(() => setState("failed"));
  }, [load, give]);
  return { open, busy: state === "busy", failed: state === "failed" };
}
