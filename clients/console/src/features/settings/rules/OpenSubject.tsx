/** The consultation or call-back that a rule is about, under its patient's name; a press opens it where it is now. */
import type { RuleRun } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../../desk/DeskContext.tsx";
import { useBoard, useMyOperator } from "../../../live/hooks.ts";
import { sectionOf } from "../../../live/sections.ts";

type Subject = Pick<RuleRun, "consultation_id" | "callback_id" | "patient">;

export function OpenSubject({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const { open } = useDesk();
  const { rows } = useBoard();
  const me = useMyOperator();
  const { consultation_id: consultation, callback_id: callback, patient } = subject;
  const name = patient?.name ?? t("brandSettings.rule.byForm");
  const show = () => {
    if (consultation !== null) {
      const row = rows.get(consultation);
      // What is not live any more is in the archive.
      open(consultation, (row === undefined ? null : sectionOf(row, me?.id ?? null)) ?? "archive");
    } else if (callback !== null) open(callback, "callbacks");
  };
  return (
    <Button size="compact-sm" variant="subtle" onClick={show}>
      {name}
    </Button>
  );
}
