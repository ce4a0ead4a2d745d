/** Who read a patient's card, newest first, as the audit log has it; for supervisors. */
import type { AuditEntry } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { CARD_PAGE, CardList, CardRow } from "../../ui/CardList.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";

export function CardReaders({ patientId }: { patientId: string }) {
  const { me } = useConsole();
  return me.role === "supervisor" ? <Readers patientId={patientId} /> : null;
}

function Readers({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { goSection } = useDesk();
  const list = useAllPages<AuditEntry>(
    ["audit", "readers", patientId],
    (cursor) => api.audit({ action: "patient.read", subject: patientId, limit: CARD_PAGE, cursor }),
    { eager: false, limit: CARD_PAGE },
  );
  const all = (
    <>
      {t("patients.readersHint")}{" "}
      <Button size="compact-sm" variant="subtle" onClick={() => goSection("audit", { subject: patientId })}>
        {t("patients.allInAudit")}
      </Button>
    </>
  );
  return (
    <CardList title={t("patients.readers")} list={list} nothing={t("patients.noReaders")} hint={all}>
      {({ sequence, at, actor }) => (
        <li key={sequence}>
          <CardRow
            title={actor.name === "" ? t(`role.${actor.role}`) : actor.name}
            at={at}
            also={t(`role.${actor.role}`)}
          />
        </li>
      )}
    </CardList>
  );
}
