/** The calls on a patient's card, newest first. */
import type { CallRow } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { CARD_PAGE, CardList, CardRow } from "../../ui/CardList.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { outcomeKey, staffNames } from "./model.ts";

export function PatientCalls({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { clock } = useFormats();
  const { open } = useDesk();
  const list = useAllPages<CallRow>(
    ["calls", "of", patientId],
    (cursor) => api.callRows({ patient: patientId, limit: CARD_PAGE, cursor }),
    { eager: false, limit: CARD_PAGE },
  );
  const title = ({ kind, talked_seconds: seconds }: CallRow) =>
    [t(`calls.kinds.${kind}`), seconds > 0 ? clock(seconds) : ""].filter(Boolean).join(" · ");
  return (
    <CardList title={t("section.calls")} list={list} nothing={t("patients.noCalls")}>
      {(row) => (
        <li key={row.id}>
          <CardRow
            title={title(row)}
            at={row.started_at}
            also={[t(outcomeKey(row)), ...staffNames(row)].join(" · ")}
            onOpen={() => open(row.id, "calls")}
          />
        </li>
      )}
    </CardList>
  );
}
