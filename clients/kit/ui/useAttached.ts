/** Files beside the draft: those that waited when the app was closed are there again. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Engine } from "../matrix/types.ts";

/** The files, and how they are changed; `kept` is what stays on the device meanwhile. */
export function useAttached(
  { drafts }: Pick<Engine, "drafts">,
  roomId: string,
): [readonly File[], (files: readonly File[], kept?: readonly File[]) => void] {
  const [attached, show] = useState<readonly File[]>([]);
  const touched = useRef(false);

  useEffect(() => {
    let current = true;
    touched.current = false;
    show([]);
    void drafts.loadFiles(roomId).then((files) => {
      if (current && !touched.current) show(files);
    });
    return () => {
      current = false;
    };
  }, [drafts, roomId]);

  const set = useCallback(
    (files: readonly File[], kept = files) => {
      touched.current = true;
      show(files);
      void drafts.saveFiles(roomId, kept);
    },
    [drafts, roomId],
  );
  return [attached, set];
}
