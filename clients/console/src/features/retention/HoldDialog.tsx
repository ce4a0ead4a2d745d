/** Puts a legal hold on a record or on all records of a patient; another one lifts it. Each says why. */
import type { LegalHold } from "@consilium/kit/api";
import { Modal, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HoldOn } from "../../desk/desk.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { refusals } from "../../ui/problem.ts";
import { isReason, newHold, REASON_MAX } from "./model.ts";
import classes from "./Retention.module.css";
import { useRetentionChanged } from "./useRetention.ts";

const SERVER_FIELDS = { reason: "reason" } as const;

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
  const [reason, setReason] = useState("");
  // One for each opening of the form: a repeated press places one hold.
  const [requestId] = useState(() => crypto.randomUUID());
  const sending = useMutation({
    mutationFn: () => send(reason, requestId),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  const { byField, general } = refusals(sending.error, SERVER_FIELDS, t);
  return (
    <DialogForm
      submit={submit}
      isWhole={isReason(reason)}
      busy={sending.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => sending.mutate()}
    >
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
        value={reason}
        error={byField.get("reason")}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
