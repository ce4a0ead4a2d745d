/** A supervisor takes over what a colleague leads: whose, what follows, and why, for the history. */
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import classes from "./ConsultationDialog.module.css";
import { ConsultationDialog, type ConsultationDialogProps, ConsultationForm } from "./ConsultationDialog.tsx";
import { leadOf } from "./model.ts";

const NOTE_MAX = 2_000;

export function TakeOverDialog(props: ConsultationDialogProps) {
  return (
    <ConsultationDialog title="takeOver.title" {...props}>
      {(id) => <Form id={id} onClose={props.onClose} />}
    </ConsultationDialog>
  );
}

function Form({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { actions } = useConsole();
  const [note, setNote] = useState("");
  const row = useRow(id);
  const now = row === null ? null : leadOf(row);
  // Whom the supervisor saw leading it: if that has changed, he is told and sees who does.
  const [lead] = useState(now);
  return (
    <ConsultationForm
      id={id}
      verb="takeOver"
      submit={t("command.takeOver")}
      isWhole={lead !== null}
      send={async () => lead !== null && actions.takeOver(id, lead.operator_id, note)}
      onClose={onClose}
    >
      <p className={classes.about}>
        {t("takeOver.text", { name: lead?.name ?? t("consultation.colleague") })}
      </p>
      <Textarea
        data-autofocus
        label={t("takeOver.note")}
        description={t("takeOver.noteHint")}
        rows={3}
        maxLength={NOTE_MAX}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ConsultationForm>
  );
}
