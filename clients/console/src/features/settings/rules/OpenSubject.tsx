/** The consultation or call-back that a rule is about, under its patient's name; a press opens it where it is now. */
import type { RuleRun } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOpenWhereItIs } from "../../../desk/useOpenWhereItIs.ts";

type Subject = Pick<RuleRun, "consultation_id" | "callback_id" | "patient">;

export function OpenSubject({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const open = useOpenWhereItIs();
  return (
    <Button size="compact-sm" variant="subtle" onClick={() => open(subject)}>
      {subject.patient?.name ?? t("brandSettings.rule.byForm")}
    </Button>
  );
}
