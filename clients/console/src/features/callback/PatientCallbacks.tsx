/** The call-backs on a patient's card, newest first. */
import type { CallbackRow } from "@consilium/kit/api";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { CARD_PAGE, CardList, CardRow } from "../../ui/CardList.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { stateKey } from "./model.ts";

export function PatientCallbacks({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { api, desk } = useConsole();
  const { open } = useDesk();
  const client = useQueryClient();
  useEffect(
    () => desk.onCallback(() => void client.invalidateQueries({ queryKey: ["callbacks", "of"] })),
    [desk, client],
  );
  const list = useAllPages<CallbackRow>(
    ["callbacks", "of", patientId],
    (cursor) =>
      api.callbacks.list({ view: "all", patient: patientId, sort: "newest", limit: CARD_PAGE, cursor }),
    { eager: false, limit: CARD_PAGE },
  );
  return (
    <CardList title={t("section.callbacks")} list={list} nothing={t("patients.noCallbacks")}>
      {(row) => (
        <li key={row.id}>
          <CardRow
            title={row.reason ?? row.queue.name}
            at={row.requested_at}
            also={[t(stateKey(row)), row.operator?.name].filter(Boolean).join(" · ")}
            onOpen={() => open(row.id, "callbacks")}
          />
        </li>
      )}
    </CardList>
  );
}
