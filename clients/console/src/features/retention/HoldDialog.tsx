/** Puts a legal hold on a record or on all records of a patient; another one lifts it. Each says why. */
import type { LegalHold } from "@consilium/kit/api";
import { Modal, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HoldOn } from "../../desk/desk.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { isReason, REASON_MAX } from "../../ui/given-reason.ts";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import { newHold } from "./model.ts";
import classes from "./Retention.module.css";
import { useRetentionChanged } from "./useRetention.ts";

interface HoldDialogProps {
  /** Null: closed. */
  on: HoldOn | null;
  /** Whose records, by name. */
  name: string;
  onClose: () => void;
}

export function HoldDialog({ on, name, onClose }: HoldDialogProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const words = on !== null && "patientId" in on ? "retention.holdPatientText" : "retention.holdRecordText";
  return (
    <Modal opened={on !== null} onClose={onClose} title={t("retention.place")}>
      {on !== null && (
        <Form
          text={t(words, { name })}
          submit={t("retention.place")}
          onClose={onClose}
          send={(reason, requestId) => api.retention.place(newHold(on, reason, requestId))}
        />
      )}
    </Modal>
  );
}

export function LiftDialog({ hold, onClose }: { hold: LegalHold | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  return (
    <Modal opened={hold !== null} onClose={onClose} title={t("retention.lift")}>
      {hold !== null && (
        <Form
          text={t("retention.liftText", { name: hold.patient.name, reason: hold.reason })}
          submit={t("retention.lift")}
          onClose={onClose}
          send={(reason) => api.retention.lift(hold.id, reason.trim())}
        />
      )}
    </Modal>
  );
}

interface FormProps {
  text: string;
  submit: string;
  send: (reason: string, requestId: string) => Promise<LegalHold>;
  onClose: () => void;
}

function Form({ text, submit, send, onClose }: FormProps) {
  const { t } = useTranslation();
  const changed = useRetentionChanged();
  // One for each opening of the form: a repeated press places one hold.
  const [requestId] = useState(() => crypto.randomUUID());
  const { form, change, errorOf, dialog } = useDialogForm({
    begin: () => ({ reason: "" }),
    send: ({ reason }) => send(reason, requestId),
    onSaved: async () => {
      await changed();
      onClose();
    },
  });
  return (
    <DialogForm submit={submit} isWhole={isReason(form.reason)} {...dialog} onClose={onClose}>
      <p className={classes.words}>{text}</p>
      <Textarea
        data-autofocus
        label={t("retention.reason")}
        description={t("retention.holdReasonHint")}
        required
        autosize
        minRows={2}
        maxRows={6}
        maxLength={REASON_MAX}
        value={form.reason}
        error={errorOf("reason")}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
    </DialogForm>
  );
}
