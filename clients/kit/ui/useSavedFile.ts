/** Gives a file to the person: fetched, decrypted, and saved by the browser; can be stopped on the way. */
import { useState } from "react";
import type { FileBody, Files } from "../matrix/types.ts";
import { saveBlob } from "./useOpenedFile.ts";

export type Saving =
  | { status: "idle" }
  | { status: "running"; part: number; abort: AbortController }
  | { status: "failed" };

export function useSavedFile(
  files: Files,
  file: FileBody,
): { saving: Saving; save: () => void; stop: () => void } {
  const [saving, setSaving] = useState<Saving>({ status: "idle" });
  const save = async () => {
    const abort = new AbortController();
    setSaving({ status: "running", part: 0, abort });
    try {
      const opened = await files.open(
        file.source,
        (done) => setSaving({ status: "running", part: done, abort }),
        abort.signal,
      );
      saveBlob(opened.blob, file.name);
      opened.release();
      setSaving({ status: "idle" });
    } catch {
      setSaving({ status: abort.signal.aborted ? "idle" : "failed" });
    }
  };
  return {
    saving,
    save: () => void save(),
    stop: () => saving.status === "running" && saving.abort.abort(),
  };
}
