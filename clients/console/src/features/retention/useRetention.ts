/** What a change of holds, or an erasure, makes old. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

export const HOLDS_KEY = "holds";
export const DUE_KEY = "archive-due";
export const CERTIFICATE_KEY = "erasure-certificate";

/** Asks again for everything that shows what is kept and what goes. */
export function useRetentionChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    const keys = [HOLDS_KEY, DUE_KEY, CERTIFICATE_KEY, "archive", "archive-record", "patient"];
    await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
  }, [client]);
}
