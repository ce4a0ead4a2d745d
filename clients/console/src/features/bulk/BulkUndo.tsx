/** What was just done to several: one press takes it back from those to which it was done. */
import { ApiProblem, BulkApi } from "@consilium/kit/api";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import type { BulkDone } from "../../desk/desk.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { UndoBar } from "../../ui/UndoBar.tsx";
import { whyNot } from "./refusal.ts";

export function BulkUndo() {
  const { t } = useTranslation();
  const { bulkDone } = useDesk();
  const { api } = useConsole();
  const back = useMutation({
    mutationFn: async ({ kind, ids, back: act }: BulkDone) => {
      const fates = await new BulkApi(api.client).act({
        ids: [...ids],
        act,
        request_id: crypto.randomUUID(),
      });
      // Somebody took one meanwhile, say: the first reason stands for all.
      const failed = fates.find(({ problem }) => problem !== null);
      if (failed?.problem) throw new ApiProblem("conflict", 409, whyNot(kind, failed.problem, t));
    },
    onSuccess: () => bulkDone.set(null),
  });
  return (
    <UndoBar
      cell={bulkDone}
      words={({ kind, ids }) => t(`bulk.did.${kind}`, { count: ids.length })}
      back={back}
    />
  );
}
