/** The way to correct for whom a consultation is: for its lead and supervisors, where there is anybody to choose. The card says whom, once somebody has read it. */
import type { ConsultationRow } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { isLead } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { hasWhomToChoose, mayCorrectWhom } from "./model.ts";

export function CorrectWhom({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const { me, api } = useConsole();
  const { dialog } = useDesk();
  const leads = isLead(row, me.operator?.id ?? null);
  // Reading a card is recorded: it is not asked for here.
  const { data: card } = useQuery({
    queryKey: ["patient", row.patient.id],
    queryFn: () => api.patient(row.patient.id),
    enabled: false,
  });
  if (!mayCorrectWhom(row.phase, leads, me.role === "supervisor")) return null;
  if (!hasWhomToChoose(row.person, card?.persons)) return null;
  return (
    <Button
      variant="default"
      size="sm"
      mx="md"
      mb="md"
      onClick={() => dialog.set({ kind: "whom", consultationId: row.id })}
    >
      {t("whom.correct")}
    </Button>
  );
}
