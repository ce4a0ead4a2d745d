/** What is done with follow-ups: each act is shown in all lists at once when the service has it. */
import type { FollowUp } from "@consilium/kit/api";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FOLLOW_UPS } from "../../live/follow-ups.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { problemWords } from "../../ui/problem.ts";

export function followUpKey(id: string) {
  return [FOLLOW_UPS, "one", id] as const;
}

/** All lists are loaded again, and the card shows what was answered. */
export function useShown(): (followUp: FollowUp) => void {
  const client = useQueryClient();
  return (followUp) => {
    client.setQueryData(followUpKey(followUp.id), followUp);
    void client.invalidateQueries({ queryKey: [FOLLOW_UPS] });
  };
}

export type Act =
  | { readonly kind: "done"; readonly followUp: FollowUp }
  | { readonly kind: "cancel"; readonly followUp: FollowUp }
  | { readonly kind: "put-off"; readonly followUp: FollowUp; readonly until: Date };

export interface Acts {
  readonly act: (act: Act) => void;
  /** The follow-up with which something is under way. */
  readonly busy: string | null;
}

/** One press each; what is refused is said, and the lists show what holds. */
export function useActs(): Acts {
  const { t } = useTranslation();
  const { api } = useConsole();
  const client = useQueryClient();
  const shown = useShown();
  const acting = useMutation({
    mutationFn: (act: Act) => {
      const { followUp } = act;
      switch (act.kind) {
        case "done":
          return api.followUps.done(followUp);
        case "cancel":
          return api.followUps.cancel(followUp);
        case "put-off":
          return api.followUps.change(followUp.id, {
            version: followUp.version,
            due_at: act.until.toISOString(),
          });
      }
    },
    onSuccess: shown,
    onError: (error) => {
      notifications.show({
        color: "red",
        message: problemWords(error, t).title,
        closeButtonProps: { "aria-label": t("close") },
      });
      void client.invalidateQueries({ queryKey: [FOLLOW_UPS] });
    },
  });
  return {
    act: (act) => acting.mutate(act),
    busy: acting.isPending ? acting.variables.followUp.id : null,
  };
}
