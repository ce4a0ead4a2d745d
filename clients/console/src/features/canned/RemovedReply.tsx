/** A canned reply that was just removed: one press makes the same again. Its versions stay with the one that is gone. */
import type { Canned } from "@consilium/kit/api";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { UndoBar } from "../../ui/UndoBar.tsx";
import { formOf, newCanned } from "./model.ts";

export function RemovedReply() {
  const { t } = useTranslation();
  const { api, canned } = useConsole();
  const { removedReply } = useDesk();
  const back = useMutation({
    mutationFn: (reply: Canned) => api.canned.create(newCanned(formOf(reply))),
    onSuccess: (made) => {
      removedReply.set(null);
      canned.put(made);
    },
  });
  return (
    <UndoBar cell={removedReply} words={({ title }) => t("canned.removedNow", { name: title })} back={back} />
  );
}
