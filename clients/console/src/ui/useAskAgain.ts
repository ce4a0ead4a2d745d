/** What an act makes old is asked for again. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** `keys`: the first words of the keys of what is old; always the same list. */
export function useAskAgain(keys: readonly string[]): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
  }, [client, keys]);
}
