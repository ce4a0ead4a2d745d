/** Opens an encrypted file for as long as a component shows it. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { FileSource, Files } from "../matrix/types.ts";

export type FileView =
  | { status: "idle" }
  | { status: "loading"; part: number }
  | { status: "ready"; objectUrl: string; blob: Blob }
  | { status: "failed" };

/** `source` null: nothing to show. `retry` starts again after a failure. */
export function useOpenedFile(
  files: Files,
  source: FileSource | null,
): { view: FileView; retry: () => void } {
  const [view, setView] = useState<FileView>({ status: "idle" });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);

  // A timeline that is folded anew describes the same file by another object: it stays open.
  const latest = useRef(source);
  latest.current = source;
  const identity = identityOf(source);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `identity` stands for the source, `attempt` starts it again
  useEffect(() => {
    const source = latest.current;
    if (source === null) return;
    const abort = new AbortController();
    let release: (() => void) | null = null;
    setView({ status: "loading", part: 0 });
    files
      .open(source, (part) => !abort.signal.aborted && setView({ status: "loading", part }), abort.signal)
      .then((opened) => {
        if (abort.signal.aborted) return opened.release();
        release = opened.release;
        setView({ status: "ready", objectUrl: opened.objectUrl, blob: opened.blob });
      })
      .catch(() => !abort.signal.aborted && setView({ status: "failed" }));
    return () => {
      abort.abort();
      release?.();
    };
  }, [files, identity, attempt]);

  return { view, retry };
}

/** Same for two descriptions of one file. */
function identityOf(source: FileSource | null): string | Blob | null {
  if (source === null) return null;
  return source.at === "local" ? source.blob : (source.encrypted?.url ?? source.url);
}

/** Gives a file to the person: the browser's own «save as». */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
