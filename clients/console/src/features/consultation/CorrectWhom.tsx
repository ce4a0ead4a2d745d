/** The way to correct for whom a consultation is: for its lead, and for supervisors. */
import type { ConsultationRow } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { isLead } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { mayCorrectWhom } from "./model.ts";

export function CorrectWhom({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { dialog } = useDesk();
  const leads = isLead(row, me.operator?.id ?? null);
  if (!mayCorrectWhom(row.phase, leads, me.role === "supervisor")) return null;
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
