/** Shows a PDF that was fetched: in a tab where the browser draws PDFs itself, else as a file that the system opens. */
import { saveBlob } from "./useOpenedFile.ts";

/** Long enough for a slow viewer to read it. */
const KEPT_MS = 5 * 60_000;

export function showPdf(file: { blob: Blob; name: string }): void {
  // An installed app has no tabs: what it opens in one is lost on some systems.
  const isInstalled = matchMedia("(display-mode: standalone)").matches;
  if (!navigator.pdfViewerEnabled || isInstalled) {
    saveBlob(file.blob, file.name);
    return;
  }
  const url = URL.createObjectURL(file.blob);
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
