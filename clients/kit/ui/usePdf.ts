/** A PDF on request: fetched when it is asked for, shown when it is there. */
import { useCallback, useState } from "react";
import { showPdf } from "./show-pdf.ts";

export interface PdfOnRequest {
  open: () => void;
  busy: boolean;
  failed: boolean;
}

export function usePdf(load: () => Promise<{ blob: Blob; name: string }>): PdfOnRequest {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const open = useCallback(() => {
    setState("busy");
    load()
      .then((file) => {
        showPdf(file);
        setState("idle");
      })
      .catch(() => setState("failed"));
  }, [load]);
  return { open, busy: state === "busy", failed: state === "failed" };
}
