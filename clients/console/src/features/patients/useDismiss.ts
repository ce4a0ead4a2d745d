/** Saying that two cards are two people's, and taking it back. Both cards are asked for again. */
import { MergeApi } from "@consilium/kit/api";
import { useMutation } from "@tanstack/react-query";
import { useDesk } from "../../desk/DeskContext.tsx";
import type { DismissedPair } from "../../desk/desk.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { useAskAgain } from "../../ui/useAskAgain.ts";
import { MERGE_PREVIEW_KEY } from "./useMerge.ts";

/** What shows both cards. */
const PAIR = ["patient", MERGE_PREVIEW_KEY];

/** Neither is suggested beside the other any more; one press takes it back. */
export function useDismissDuplicate() {
  const { api } = useConsole();
  const { dismissedPair } = useDesk();
  const changed = useAskAgain(PAIR);
  return useMutation({
    mutationFn: ({ patientId, otherId }: DismissedPair) =>
      new MergeApi(api.client).dismiss(patientId, otherId),
    onSuccess: (_, pair) => {
      dismissedPair.set(pair);
      return changed();
    },
  });
}

export function useRestoreDuplicate() {
  const { api } = useConsole();
  const { dismissedPair } = useDesk();
  const changed = useAskAgain(PAIR);
  return useMutation({
    mutationFn: ({ patientId, otherId }: DismissedPair) =>
      new MergeApi(api.client).restore(patientId, otherId),
    onSuccess: () => {
      dismissedPair.set(null);
      return changed();
    },
  });
}
