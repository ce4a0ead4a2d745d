/** A refusal, in place: who was faster, or why it did not work. Never a dialog. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconAlertTriangle, IconInfoCircle } from "../../icons.ts";
import type { ActionState } from "../../live/actions.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { problemWords } from "../../ui/problem.ts";
import classes from "./ConsultationPane.module.css";

export function ActionLine({ id, action }: { id: string; action: ActionState | null }) {
  const { t } = useTranslation();
  const { actions } = useConsole();
  if (action?.status !== "refused") return null;
  const taken = action.problem.takenBy ?? action.problem.offeredTo;
  const words = problemWords(action.problem, t);
  const text =
    taken !== null
      ? t(action.problem.slug === "offered" ? "consultation.offeredTo" : "consultation.takenBy", taken)
      : [words.title, words.text].filter(Boolean).join(" ");
  return (
    <p className={classes.line} data-tone={taken === null ? "danger" : "info"} role="alert">
      {taken === null ? (
        <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      ) : (
        <IconInfoCircle size={18} stroke={1.75} aria-hidden />
      )}
      <span className={classes.lineText}>
        {taken === null ? `${t(`consultation.refused.${action.verb}`)} ${text}` : text}
      </span>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => actions.dismiss(id)}>
        {t("understood")}
      </Button>
    </p>
  );
}
