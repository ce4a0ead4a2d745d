/** The placeholders' words, and what they become in a consultation. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../session/ConsoleContext.tsx";
import type { Labels, Values } from "./placeholders.ts";

export function useLabels(): Labels {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      "patient.name": t("canned.placeholder.patient_name"),
      "operator.name": t("canned.placeholder.operator_name"),
      "queue.name": t("canned.placeholder.queue_name"),
    }),
    [t],
  );
}

export function useValues(row: Pick<ConsultationRow, "patient" | "queue">): Values {
  const { me } = useConsole();
  const { name: patient } = row.patient;
  const { name: queue } = row.queue;
  const operator = me.operator?.name ?? me.name;
  return useMemo(
    () => ({ "patient.name": patient, "operator.name": operator, "queue.name": queue }),
    [patient, operator, queue],
  );
}
